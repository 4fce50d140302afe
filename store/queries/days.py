"""The technicians with their day: what each did, does, and comes to next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.targets import ClockKind
    from store.queries.people import TechnicianLine


class BarKind(StrEnum):
    """How certain a bar of the timeline is."""

    DONE = "done"
    NOW = "now"
    PLAN = "plan"
    """Reckoned as a recommendation does: nobody has promised it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One order in a technician's day."""

    number: int
    title: str
    kind: BarKind
    from_at: datetime
    to_at: datetime
    """When it is over; of what is under way or planned, as it is reckoned."""
    clashes: bool = False
    """Whether he is not there then, or at another order."""
    version: int = 0
    priority: int = 0
    sets_out_at: datetime | None = None
    """When he sets out for it; None for what is under way or over."""
    late: timedelta = timedelta()
    """By how much the promise is missed that is missed first."""
    promise: ClockKind | None = None
    """Which one."""
    appointed: bool = False
    """Whether its promise to arrive is an appointment."""
    locked: bool = False
    """Whether it stays with him."""
    planned: bool = False
    """Whether it begins at a time that was planned, not when its turn comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One technician; what he does at sites out of sight is not told."""

    line: TechnicianLine
    skills: tuple[str, ...]
    """Each with its level."""
    bars: tuple[Bar, ...]
    """In the order of time."""
    there: tuple[tuple[datetime, datetime], ...]
    """His shifts in that time, and while he is at what is under way; all of it where none was ever
    entered.
    """
    away: tuple[tuple[datetime, datetime], ...]
    """His absences."""
    done: int
    """How many orders he has done since the day began."""
    stranded: int = 0
    """Orders that he has and no time for in the coming days."""

    @property
    def to_do(self) -> int:
        """How many he has, the one at hand included."""
        return sum(bar.kind is not BarKind.DONE for bar in self.bars) + self.stranded

    @property
    def late(self) -> int:
        """How many of his orders miss a promise."""
        return sum(bar.promise is not None for bar in self.bars)

    @property
    def next(self) -> Bar | None:
        """What he comes to next."""
        return next((bar for bar in self.bars if bar.kind is BarKind.PLAN), None)

    @property
    def clashes(self) -> tuple[int, ...]:
        """Which of his orders cannot be as they stand, each once."""
        return tuple(dict.fromkeys(bar.number for bar in self.bars if bar.clashes))


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicianDays(Query[tuple[Day, ...]]):
    """Technicians in sight with their time between two instants, as the board lists them."""

    from_at: datetime
    to_at: datetime
    since: datetime
    """When the day began in which what is done is counted."""
    limit: int = 500
