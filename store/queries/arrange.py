"""What it would come to if orders went to other people, or came at other times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from store.domain.dispatch.rules import Barred
    from store.domain.dispatch.weigh import DayCost
    from store.domain.targets import ClockKind
    from store.queries.recommend import Person, Slipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """One order to be put into somebody's day."""

    number: int
    technician: int
    slot: int | None = None
    """Before which of the orders that he has, counted without those that are placed; None for
    where it costs least.
    """
    instead: int | None = None
    """Whose place he takes, where several have it: the others begin when he does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where it would come."""

    number: int
    version: int
    title: str
    priority: int
    who: Person
    slot: int
    slots: int
    """How many there are."""
    plan_at: datetime | None
    """The start that is to be planned; None where it comes there in its turn anyway."""
    start_at: datetime | None
    """When work would begin; None where he has no time for it at all."""
    done_at: datetime | None
    promise: ClockKind | None
    """The promise that would be missed first."""
    late: timedelta
    appointed: bool
    """Whether its promise to arrive is an appointment."""
    broken: tuple[Barred, ...]
    """Every hard rule that stands against it."""
    instead: int | None = None
    """Whose place he takes among several; None where he has it already, or alone."""
    beside: bool = False
    """Whether he has it together with the one who is placed, and only begins when that one does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayWeighed:
    """One person's day before and after."""

    who: Person
    before: DayCost
    after: DayCost


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What would become of it, by how everybody stood whose day it touches."""

    placed: tuple[Placed, ...]
    days: tuple[DayWeighed, ...]
    slips: tuple[Slipped, ...]
    """Orders that would be done later."""
    at: datetime
    """When that was read."""
    stamps: tuple[tuple[int, str], ...]
    """How each of them stood then, in a word."""
    places: tuple[tuple[int, str], ...] = ()
    """Where each of the orders lay then that has a site."""

    @property
    def broken(self) -> tuple[Barred, ...]:
        """The hard rules that it breaks."""
        return tuple(rule for one in self.placed for rule in one.broken)

    @property
    def more(self) -> float:
        """Minutes that it costs, all days together; negative is a gain."""
        return sum(one.after.total - one.before.total for one in self.days)

    @property
    def worse(self) -> bool:
        """Whether anything gets worse: somebody's day costs more, in whole minutes as they are
        told, an order slips, or a rule is broken.
        """
        dearer = (round(day.after.total) > round(day.before.total) for day in self.days)
        return any(dearer) or bool(self.slips or self.broken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrange(Query[Arrangement]):
    """What it would come to; `OrderUnknown`, `NameUnknown`, `MoveRefused` for what is begun."""

    placings: tuple[Placing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap(Query[Arrangement]):
    """What it would come to if two orders changed places."""

    one: int
    other: int
    one_of: int | None = None
    """Whose place in it changes, where several have it; of the other likewise."""
    other_of: int | None = None
