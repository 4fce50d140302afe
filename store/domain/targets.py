"""Service levels: which clocks run, how long, when they warn."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from store.domain.survey_rules import SurveyRules
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


class ClockKind(StrEnum):
    """The promises that an order can carry."""

    RESPOND = "respond"
    """Created until a technician accepts; assigned is not accepted. Never pauses."""
    ARRIVE = "arrive"
    RESOLVE = "resolve"
    NEXT_UPDATE = "next_update"
    """The last word to the customer until the next; starts again with each update."""


CLOCK_LABELS: Mapping[ClockKind, str] = {
    ClockKind.RESPOND: N_("respond"),
    ClockKind.ARRIVE: N_("arrive"),
    ClockKind.RESOLVE: N_("resolve"),
    ClockKind.NEXT_UPDATE: N_("next update"),
}

LEAST = 4
"""The least urgent priority; 1 is the most urgent."""

PAUSABLE = frozenset({ClockKind.ARRIVE, ClockKind.RESOLVE})
"""Clocks that stand still while the order waits."""


@dataclass(frozen=True, slots=True)
class Target:
    """How long a clock may run: working seconds, or working days to the same time of day."""

    seconds: int | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLevel:
    """Targets by priority (1 is most urgent) and clock, and when to warn."""

    id: int
    code: str
    calendar: int
    """The calendar's id; clocks keep the version they were computed with."""
    targets: Mapping[tuple[int, ClockKind], Target] = field(default_factory=dict)
    warn: tuple[int, ...] = (50, 75, 90)
    """Percent of the target at which a level is reached, besides 100."""
    after_s: tuple[int, ...] = ()
    """Working seconds after the due time at which an unmet clock rings again."""
    risk: int = 75
    """The percent from which an order counts as at risk."""
    ring_from: int = 75
    """Levels below are journalled but raise no alarm."""
    orphan_after_s: int = 900
    """Wall seconds that an order may have nobody following it."""
    silent_after_s: int | None = None
    """Working seconds without progress before silence is an alarm."""
    daily_by_s: int | None = None
    """By when work that runs for days owes a note each working day, in seconds after midnight."""
    escalate_after_s: int | None = 900
    """Wall seconds that a loud alarm may ring unacknowledged before the supervisor is called."""
    survey: SurveyRules = field(default_factory=SurveyRules)
    """How its customers are asked about what was delivered."""
