"""What orders are sorted by, and pages that begin at a place: rows without a value stand last."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    and_,
    bindparam,
    case,
    collate,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.types import Text

from store.domain.errors import NameUnknown
from store.domain.finding.sorts import SORTS
from store.domain.lifecycle import STATES, Category, State
from store.domain.words import N_
from store.persistence.types import Instant, Whole
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES, TECHNICIANS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from store.queries.finding import Place

_NUMBER: Any = ORDERS.c.number
_AT_WORK = (Category.OPEN.value, Category.WAITING.value)
_NEVER: Any = literal_column(str(2**63 - 1))
"""Later than anything: SQLite takes nothing for the least of all."""


@dataclass(frozen=True, slots=True)
class Sort:
    """One order of rows."""

    name: str
    descending: bool
    column: Any
    type: Any
    nullable: bool

    def by(self, *, backwards: bool = False) -> tuple[Any, ...]:
        """What to order orders by; backwards is from the last row to the first."""
        return self.of(self.column, _NUMBER, backwards=backwards)

    def of(self, column: Any, number: Any, *, backwards: bool = False) -> tuple[Any, ...]:
        """The same for rows that hold the sorted value and the number in these columns."""
        down = self.descending is not backwards
        last = number.desc() if down else number
        if self.name == "number":
            return (last,)
        missing = column.is_(None)
        empty = (missing.desc() if backwards else missing,) if self.nullable else ()
        return (*empty, column.desc() if down else column, last)

    def beyond(self, place: Place, *, backwards: bool = False, itself: bool = False) -> Any:
        """Whether a row stands behind a place (backwards: before it), or is the row there."""
        number = bindparam("edge_number", place.number, Whole, unique=True)
        down = self.descending is not backwards
        next_ = number > _NUMBER if down else number < _NUMBER
        here = or_(next_, number == _NUMBER) if itself else next_
        if self.name == "number":
            return here
        if place.value is None:
            missing = and_(self.column.is_(None), here)
            return or_(self.column.is_not(None), missing) if backwards else missing
        value = bindparam("edge", place.value, self.type, unique=True)
        further = self.column < value if down else self.column > value
        found = or_(further, and_(self.column == value, here))
        if self.nullable and not backwards:
            return or_(found, self.column.is_(None))
        return found

    def picked(
        self,
        numbers: Iterable[int],
        place: Place | None,
        limit: int,
        *,
        backwards: bool = False,
        itself: bool = False,
        skip: int = 0,
    ) -> list[int]:
        """Of the sort by number: the numbers that stand on such a page."""
        down = self.descending is not backwards
        edge = None if place is None else place.number
        beyond = sorted(
            (
                number
                for number in numbers
                if edge is None
                or (itself and number == edge)
                or (number < edge if down else number > edge)
            ),
            reverse=down,
        )
        return beyond[skip : skip + limit]


def sort_named(name: str, kind: str, *, descending: bool, order: str = "rank_at") -> Sort:
    """One of `SORTS`, in a list that is itself in this order; `NameUnknown` for others."""
    if name not in SORTS:
        raise NameUnknown(what=N_("column"), name=name)
    column, type_, nullable = _COLUMNS[name]
    if name == "left":
        column = _runs_out(kind) if order == "rank_at" else ORDERS.c[order]
    if type_ is Text and kind == "postgresql":
        column = collate(column, "C")  # as Python compares, whatever language the server speaks
    return Sort(name, descending, column, type_, nullable)


@cache
def _runs_out(kind: str) -> ColumnElement[datetime]:
    """What an order counts down to on the screen: a deadline, the wait or a promised call."""
    order = ORDERS.c
    ends: tuple[Any, ...] = (
        order.next_deadline,
        case((order.state == State.WAITING.value, order.wake_at)),
        case((order.category.in_(_AT_WORK), order.follow_at)),
    )
    if kind == "postgresql":
        return type_coerce(func.least(*ends), Instant)
    first = func.min(*(func.coalesce(end, _NEVER) for end in ends))
    return type_coerce(func.nullif(first, _NEVER), Instant)


def _name_in(table: Any, key: Any) -> Any:
    return select(table.c.name).where(table.c.id == key).scalar_subquery()


def _along_the_way() -> ColumnElement[int]:
    """A state's place in the table of states; strange ones stand last."""
    places = {state.value: place for place, state in enumerate(STATES)}
    return case(places, value=ORDERS.c.state, else_=len(places))


_COLUMNS: dict[str, tuple[Any, Any, bool]] = {
    "rank": (ORDERS.c.rank_at, Instant, False),
    "number": (_NUMBER, Whole, False),
    "state": (_along_the_way(), Whole, False),
    "priority": (ORDERS.c.priority, Whole, False),
    "left": (ORDERS.c.next_deadline, Instant, True),
    "title": (ORDERS.c.title, Text, False),
    "site": (_name_in(SITES, ORDERS.c.site_id), Text, True),
    "customer": (_name_in(CUSTOMERS, ORDERS.c.customer_id), Text, True),
    "technician": (_name_in(TECHNICIANS, ORDERS.c.technician_id), Text, True),
    "since": (ORDERS.c.state_since, Instant, False),
    "opened": (ORDERS.c.opened_at, Instant, False),
    "closed": (ORDERS.c.closed_at, Instant, True),
    "call": (ORDERS.c.follow_at, Instant, True),
}
OF_QUEUES = {"rank_at": "rank", "next_deadline": "left", "follow_at": "call"}
"""The sort that is a queue's own order."""
