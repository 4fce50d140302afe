"""How early the desk is told that a calendar's holidays and make-up workdays run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import date, datetime

AHEAD = timedelta(days=60)
"""The first alarm: long enough to hear of the next year's holidays and to type them in."""

NEAR = timedelta(days=14)
"""The second: from about here on, deadlines of some working days lie beyond what is known."""

KIND = "horizon"
"""What an alarm of this is called, beside the kinds of timers."""

LABEL = N_("holidays run out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One alarm of the ladder that leads to the end of a horizon."""

    level: int
    """From 1; a higher one is worse, and 0 stands for none."""
    ahead: timedelta
    """How long before the end it is due, in real time."""
    severity: int
    """1 worst to 4 quiet."""

    def due_at(self, ends_at: datetime) -> datetime:
        """When it is due for a horizon that ends then."""
        return ends_at - self.ahead


RUNGS: tuple[Rung, ...] = (
    Rung(level=1, ahead=AHEAD, severity=2),
    Rung(level=2, ahead=NEAR, severity=1),
    Rung(level=3, ahead=timedelta(), severity=1),
)


def rung(level: int) -> Rung:
    """The rung of a level from 1 on."""
    return RUNGS[min(level, len(RUNGS)) - 1]


def worst_due(ends_at: datetime, *, at: datetime) -> Rung | None:
    """The worst rung that is due by then; None while there is time."""
    return next((held for held in reversed(RUNGS) if held.due_at(ends_at) <= at), None)


def next_due(ends_at: datetime, *, level: int) -> datetime | None:
    """When the rung after a level is due; None after the last."""
    return RUNGS[level].due_at(ends_at) if level < len(RUNGS) else None


def year_after(known_until: date) -> int:
    """The year whose holidays are wanted next."""
    return (known_until + timedelta(days=1)).year
