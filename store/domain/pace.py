"""How fast a desk lives: in a drill all that is learnt and assumed of life takes less time.

What is reckoned with how long work, ways and rest take is reckoned in life; what is told is when
that is at the desk. On a desk where it is serious both are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from typing import Final

_MINUTE: Final = timedelta(minutes=1)
_NONE: Final = "-"
_STEPS_MIN: Final = (60, 30, 20, 15, 10, 5, 2, 1)
"""Spans that a clock's face knows."""


@dataclass(frozen=True, slots=True)
class Pace:
    """So many times faster than life."""

    speed: float = 1.0
    since: datetime | None = None
    """What was before it went at the pace of life; None where nothing was."""
    until: datetime | None = None
    """When the drill is over that the desk is there for; None where it is serious."""

    def here(self, life: timedelta) -> timedelta:
        """How long at the desk what takes so long in life."""
        return life / self.speed

    def minutes(self, begins: datetime, ends: datetime) -> float:
        """The minutes of life between two instants of the desk's present."""
        return (ends - begins).total_seconds() / 60 * self.speed

    def after(self, at: datetime, minutes: float) -> datetime:
        """The instant that lies so many minutes of life ahead."""
        return at + self.here(timedelta(minutes=minutes))

    def lasted(self, begins: datetime, ends: datetime) -> timedelta:
        """How long in life what is over lasted."""
        turns = begins if self.since is None else min(ends, max(begins, self.since))
        return (turns - begins) + (ends - turns) * self.speed

    def hour(self) -> timedelta:
        """An hour of life, as long as a clock's face shows it well."""
        most = self.here(timedelta(hours=1)) / _MINUTE
        return _MINUTE * next((step for step in _STEPS_MIN if step <= most), 1)

    def written(self) -> str:
        """As a store keeps it, for every console that opens it."""
        moments = ("" if at is None else at.isoformat() for at in (self.since, self.until))
        return " ".join((f"{self.speed!r}", *(moment or _NONE for moment in moments)))


LIFE: Final = Pace()


def read_pace(text: str) -> Pace:
    """What `written` wrote; of life where that means nothing."""
    try:
        speed, *moments = text.split()
        since, until = (None if one == _NONE else datetime.fromisoformat(one) for one in moments)
        pace = Pace(float(speed), since, until)
    except ValueError:
        return LIFE
    return pace if 0 < pace.speed < inf else LIFE
