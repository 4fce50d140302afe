"""How fast a desk lives: in a drill all that is learnt and assumed of life takes less time.

What is reckoned with how long work, ways and rest take is reckoned in life; what is told is when
that is at the desk. On a desk where it is serious both are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

_MINUTE: Final = timedelta(minutes=1)
_STEPS_MIN: Final = (60, 30, 20, 15, 10, 5, 2, 1)
"""Spans that a clock's face knows."""


@dataclass(frozen=True, slots=True)
class Pace:
    """So many times faster than life."""

    speed: float = 1.0
    since: datetime | None = None
    """What was before it went at the pace of life; None where nothing was."""

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


LIFE: Final = Pace()
