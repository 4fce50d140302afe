"""What the board asks: counts, a page of a queue, and where an order stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from store.domain.dispatch.automatic import Why
from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.lifecycle import Category, State
    from store.domain.targets import ClockKind


class Key(NamedTuple):
    """Where a row stands in its queue: the queue's order column, then the number."""

    at: datetime
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominee:
    """Whom the desk proposes for an order."""

    id: int
    code: str
    name: str
    arrive_at: datetime | None
    left_s: int | None
    """What is left of the promise when the work is done; None where there is none."""
    why: str = ""
    """One of `Why`: why it asks where it might act; empty where it only proposes."""

    @property
    def has_it(self) -> bool:
        """Whether it is who has the order already, since nobody else is left."""
        return self.why == Why.NOBODY_ELSE


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """One order as a queue shows it."""

    key: Key
    number: int
    version: int
    title: str
    priority: int
    state: State
    category: Category
    state_since: datetime
    opened_at: datetime
    reason: str
    wake_at: datetime | None
    next_deadline: datetime | None
    """None while every running clock stands paused, or nothing was promised."""
    next_clock: ClockKind | None
    risk_at: datetime | None
    orphan_at: datetime | None
    follow_at: datetime | None
    """The earliest open follow-up."""
    rank_at: datetime
    """What runs out first: a deadline, the wait, a promised call; else far away."""
    site: int | None
    site_code: str | None
    site_name: str | None
    customer_name: str | None
    technician_code: str | None
    technician_name: str | None
    severity: int | None
    """Of the standing alarm, 1 worst; None when none stands."""
    acknowledged: bool
    """Whether the standing alarm was acknowledged, or stands on the shelf."""
    rings: int = 0
    """How often the standing alarm rang, for one reason after another."""
    alarm: int | None = None
    """The id of the standing alarm: an order may have one after another."""
    incident: bool = False
    """Whether it is a major incident."""
    chased: int = 0
    """How often its customer asked where we are."""
    shelved: bool = False
    """Whether the standing alarm stands on the shelf, and comes back by itself."""
    nominee: Nominee | None = None
    """Whom the desk proposes, where it does."""
    locked: bool = False
    """Whether it is locked to whoever has it."""
    under: int = 0
    """How many orders under a major incident are open now; of no matter for a past moment."""
    crew: int = 1
    """How many people it takes."""
    others: tuple[str, ...] = ()
    """Who has it beside `technician_name`, by name; not told of a past moment."""
    mates: tuple[str, ...] = ()
    """The codes of these."""
    went: int = 0
    """How many of a crew have done their part; not told of a past moment."""
    away: tuple[str, ...] = ()
    """The codes of those who have it and are not there when its work begins, where it takes
    several."""
    appointed: bool = False
    """Whether its promise to arrive is an appointment."""
    site_zone: str = ""
    """In which its customer's clock hangs."""
    hands: int = 0
    """How many technicians a major incident has: the last one who finishes his part finishes it."""
    waiver: int | None = None
    """The newest waiver that moved a deadline, by the id of its exception; None where none did."""

    @property
    def hands_on(self) -> tuple[tuple[str, str], ...]:
        """All who have it, each by code and name."""
        if self.technician_code is None:
            return ()
        first = self.technician_code, self.technician_name or self.technician_code
        return first, *zip(self.mates, self.others, strict=False)

    @property
    def hands_there(self) -> int:
        """How many of its crew are there when its work begins, or have done their part."""
        return len(self.hands_on) - len(self.away) + self.went

    @property
    def missing(self) -> int:
        """How many are still to be found where it takes several; none where nobody has it yet."""
        named = self.technician_name or self.technician_code
        return max(0, self.crew - 1 - len(self.others) - self.went) if named else 0

    def overdue(self, at: datetime) -> bool:
        """Whether a promise is broken at this instant; the due time itself is in time."""
        return self.next_deadline is not None and at > self.next_deadline

    def at_risk(self, at: datetime) -> bool:
        """Whether a promise is near its end, and not yet broken."""
        return not self.overdue(at) and self.risk_at is not None and at >= self.risk_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some neighbouring rows of a queue, in its order."""

    lines: tuple[BoardLine, ...]
    at_top: bool = False
    """Certainly nothing stands before the first line."""
    at_end: bool = False
    """Certainly nothing follows the last."""
    skipped: int | None = None
    """How many rows of the queue stand before the first line; None unless `counted`."""
    total: int | None = None
    """How many rows the queue has; None unless `counted`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueCounts(Query[Mapping[str, int]]):
    """How many rows each queue has, by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage(Query[Page]):
    """One page of a queue; name at most one of the places, none means the beginning."""

    queue: str
    limit: int = 60
    after: Key | None = None
    """The rows that follow this place."""
    since: Key | None = None
    """The row at this place if it is still there, and those that follow."""
    before: Key | None = None
    """The rows just before this place."""
    around: int | None = None
    """The page with this order in its middle; the beginning if it is not in the queue."""
    position: int | None = None
    """The rows from this one on, counted from 0."""
    last: bool = False
    """The end of the queue."""
    counted: bool = False
    """Whether the answer says how many rows there are, and how many stand before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePosition(Query[int]):
    """How many rows of a queue stand before a place."""

    queue: str
    key: Key


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOf(Query[BoardLine | None]):
    """One order as a queue shows it, whether or not the queue holds it; None if unknown."""

    number: int
