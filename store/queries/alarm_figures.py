"""What the desk knows of its own alarms: time to acknowledge, load, rules that cry wolf."""

from __future__ import annotations

from dataclasses import dataclass

from store.domain.intents import Query

MOST: int = 20_000
"""The newest alarms, among which those of the days asked for are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRule:
    """One rule's alarms, or those of all rules together."""

    kind: str
    """The timer kind that rang; empty for all together, which is the sum of all rules."""
    alarms: int
    """Alarms that rang by this rule last."""
    rings: int
    """How often it rang: an alarm may ring by one rule after another."""
    acknowledged: int
    """How often one was acknowledged: again where it rang again for another reason."""
    waiting: int
    """Those that ring now, and nobody has acknowledged."""
    lapsed: int
    """Rings whose cause went away by itself before anybody acted, or another rule rang."""
    escalated: int
    median_s: float | None
    """Seconds from ring to acknowledgement; None where nobody acknowledged any."""
    p90_s: float | None
    mean_s: float | None
    operator_hours: int
    """Hours in which an operator gave a command, one for each of them.

    Who sees some sites only is told of commands about their orders.
    """
    rings_per_hour: float | None
    """None where nobody was at the desk."""
    cries_wolf: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRules(Query[tuple[AlarmRule, ...]]):
    """All together first, then rule by rule, those that ring most first; quiet ones left out."""

    text: str = ""
    """Only the rule of this kind."""
    limit: int = 100
    days: int = 7
    """How far back; the operators' hours are known for as long as receipts are kept."""
