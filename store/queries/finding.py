"""What is asked in the language of queries: orders that fit, in any order, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import total_ordering
from typing import TYPE_CHECKING, Any, NamedTuple

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import tzinfo

    from store.queries.board import BoardLine

MOST = 1_000
"""So many orders that fit are counted exactly; of more it is only known that there are more."""


class Place(NamedTuple):
    """Where a row stands: its value in the sorted column (None stands last), then its number."""

    value: Any
    number: int


@total_ordering
@dataclass(frozen=True, slots=True)
class Standing:
    """A place among others of one sort: what stands higher in the list is less."""

    place: Place
    descending: bool

    def __lt__(self, other: Standing) -> bool:
        one, two = (self, other) if not self.descending else (other, self)
        mine, theirs = self.place.value, other.place.value
        if mine is None or theirs is None:
            missing = (mine is None, theirs is None)
            return missing == (False, True) or (
                all(missing) and one.place.number < two.place.number
            )
        return one.place < two.place


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Some neighbouring orders among those that fit, in the order that was asked for."""

    lines: tuple[BoardLine, ...]
    places: tuple[Place, ...]
    """Where each line stands."""
    sort: str
    descending: bool
    at_top: bool = False
    """Certainly nothing stands before the first line."""
    at_end: bool = False
    """Certainly nothing follows the last."""
    skipped: int | None = None
    """How many stand before the first line; None unless `counted`, or where too many fit."""
    total: int | None = None
    """How many fit; None unless `counted`, or where they are more than `MOST`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindOrders(Query[Found]):
    """One page of the orders that fit; name at most one of the places, none means the beginning.

    `QueryUnclear` for a text that cannot be read.
    """

    text: str = ""
    queue: str | None = None
    """Only orders that this queue holds now."""
    sort: str = ""
    """One of `store.domain.finding.sorts`; empty is the queue's own order, else by urgency while
    all are at the desk, else the newest first."""
    descending: bool = False
    zone: tzinfo | None = None
    """Whose wall clock days are counted by; None is this machine's."""
    limit: int = 60
    after: Place | None = None
    """The rows that follow this place."""
    since: Place | None = None
    """The row at this place if it is still there, and those that follow."""
    before: Place | None = None
    """The rows just before this place."""
    around: int | None = None
    """The page with this order in its middle; the beginning if it does not fit."""
    position: int | None = None
    """The rows from this one on, counted from 0."""
    last: bool = False
    """The end."""
    counted: bool = False
    """Whether the answer says how many fit, and how many stand before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountOrders(Query[int | None]):
    """How many orders fit; None where they are more than `MOST`."""

    text: str = ""
    queue: str | None = None
    zone: tzinfo | None = None


MEANT = 12
"""So many entries that a name means are told by their own names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMeant:
    """What a name in a query stands for, where that is not just one entry."""

    field: str
    typed: str
    names: tuple[str, ...]
    """Of the entries, by name; `MEANT` of them at most."""
    count: int
    """How many there are; 0 where nothing is called so."""
    exactly: bool = False
    """Whether it was asked for by the whole of a code or name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesMeant(Query[tuple[NameMeant, ...]]):
    """The names in a query that mean several entries in the asker's sight, or none.

    `QueryUnclear` for a text that cannot be read.
    """

    text: str
