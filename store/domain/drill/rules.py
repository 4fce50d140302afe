"""Rules by which a desk sends people: what a free technician does next, and who goes to a call.

The desk's own rule sets the minutes of driving against how much an order presses: that falls off
with the time it still has, measured in what it takes, as in Vepsalainen and Morton, Priority Rules
for Job Shops with Weighted Tardiness Costs (Management Science 33, 1987), and grows with each day
it is late, so that nobody is passed over for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Final

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WEIGHTS: Final = (20.0, 8.0, 3.0, 1.0)
"""Of a minute's lateness, by priority."""
_LOOKS_AHEAD: Final = 6.0
"""How many jobs' time before its due time an order begins to press."""
_WORTH_MIN: Final = 5.0
"""Minutes of driving that a late order of weight 1 is worth."""
_DAY: Final = 24 * 60.0


@dataclass(frozen=True, slots=True)
class Choice:
    """An order that a technician might go to."""

    called_at: float
    due_at: float
    weight: float
    drive: float
    """Minutes to get there."""
    labour: float
    """Minutes of work, as one expects them."""


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """One rule; the least value is chosen."""

    label: str
    next_job: Callable[[Choice, float], float]
    """What a free technician goes to, at a moment."""
    nearest: bool
    """Whether the nearest goes to a call, or who has been free for longest."""


def _first_come(choice: Choice, at: float) -> float:
    del at
    return choice.called_at


def _earliest_due(choice: Choice, at: float) -> float:
    del at
    return choice.due_at


def _pressing(choice: Choice, at: float) -> float:
    takes = choice.drive + choice.labour
    spare = choice.due_at - at - takes
    press = exp(-spare / (_LOOKS_AHEAD * takes)) if spare > 0 else 1 - spare / _DAY
    return choice.drive - _WORTH_MIN * choice.weight * press


RULES: Final[Mapping[str, RuleSpec]] = {
    "first-come": RuleSpec(N_("first come, first served"), _first_come, nearest=False),
    "earliest-due": RuleSpec(N_("earliest due, the nearest goes"), _earliest_due, nearest=True),
    "dispatch": RuleSpec(N_("weight, deadline and travel"), _pressing, nearest=True),
}
FIRST: Final = "first-come"
"""What the others are held against."""
OURS: Final = "dispatch"
