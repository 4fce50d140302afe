"""Revisits in the store: which customers are due for one, and the plan of a month.

The database says that a customer has one a month: any number of processes may plan at once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from store.domain.errors import LevelUnreadable
from store.domain.revisits import (
    CallingDay,
    Wanting,
    calling_days,
    is_wanted,
    kind_of,
    months_of,
    spread,
)
from store.persistence import contracts
from store.persistence.figures import figures_of
from store.persistence.levels import Shelf
from store.persistence.mapping import ORDER, table_of
from store.persistence.statements import insert_into
from store.persistence.tables import CustomerRow, RevisitRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from store.domain.calendar import Calendar
    from store.domain.dispatch.figures import Figures

REVISIT, CUSTOMER = table_of(RevisitRow), table_of(CustomerRow)

_LAST = (
    select(func.max(REVISIT.c.period))
    .where(REVISIT.c.customer_id == CUSTOMER.c.id)
    .scalar_subquery()
)
_OTHERS = (
    select(REVISIT.c.id)
    .where(REVISIT.c.order_number == ORDER.c.number, REVISIT.c.customer_id != ORDER.c.customer_id)
    .exists()
)
"""An order was another customer's, and his revisit is promised at it: one at a time, there."""
_ITS = and_(ORDER.c.customer_id == CUSTOMER.c.id, ~_OTHERS)
_NEWEST = func.coalesce(
    # What is over has nothing else to remind of; silence of what runs is told by its own alarm.
    select(func.max(ORDER.c.number)).where(_ITS, ORDER.c.live == 0).scalar_subquery(),
    select(func.max(ORDER.c.number)).where(_ITS).scalar_subquery(),
)
_CUSTOMERS = (
    select(
        *(CUSTOMER.c.id, CUSTOMER.c.tier, _LAST.label("last"), _NEWEST.label("number")),
        contracts.level_now().label("level"),
    )
    .where(CUSTOMER.c.erased_at.is_(None))
    .order_by(CUSTOMER.c.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One revisit that was planned now."""

    id: int
    customer: int
    number: int
    """The order at which it is promised."""
    period: str
    day: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """A customer who is to have a revisit, and the days on which it could be."""

    customer: int
    number: int
    period: str
    days: Mapping[date, CallingDay]


def any_due(conn: Connection, *, at: datetime) -> bool:
    """Whether some customer is due for a revisit that can be planned now."""
    return bool(_due(conn, figures_of(conn), at=at))


def plan(work: Any, *, most: int) -> tuple[Planned, ...]:
    """Plan what is due, even over what is left of the month; the first `most` of them.

    Nothing is planned for a customer for whom nothing was ever done: there is no order to ask
    about, nor one at which it could ring.
    """
    work.hold_promises()
    work.flush()
    due = _due(work.conn, figures_of(work.conn), at=work.at)
    chosen: list[tuple[_Due, CallingDay]] = []
    for period in sorted({one.period for one in due}):
        mine = [one for one in due if one.period == period]
        wanting = [Wanting(customer=one.customer, days=tuple(one.days)) for one in mine]
        days = spread(wanting, _load(work.conn, period))
        chosen += [(one, one.days[days[one.customer]]) for one in mine]
    rows = [(_insert(work, one, day), one, day) for one, day in chosen[:most]]
    work.know(sorted({one.number for _id, one, _day in rows}))
    return tuple(_promised(work, *row) for row in rows)


def customer_of(conn: Connection, number: int, period: str) -> int | None:
    """Whose revisit of a month is promised at an order, whoever's that is by now."""
    mine = (REVISIT.c.order_number == number, REVISIT.c.period == period)
    return conn.execute(select(REVISIT.c.customer_id).where(*mine)).scalars().first()


def _insert(work: Any, one: _Due, day: CallingDay) -> int:
    """Its row comes before its promise: whoever plans the same at once is stopped here."""
    row = {
        "customer_id": one.customer,
        "period": one.period,
        "day": day.day.isoformat(),
        "opens_at": day.opens_at,
        "due_at": day.closes_at,
        "order_number": one.number,
    }
    made = work.conn.execute(insert_into(REVISIT), row).inserted_primary_key
    return int(made[0])


def _promised(work: Any, revisit: int, one: _Due, day: CallingDay) -> Planned:
    work.promise_follow_up(
        one.number, due_at=day.closes_at, kind=kind_of(one.period), revisit=revisit
    )
    return Planned(
        id=revisit,
        customer=one.customer,
        number=one.number,
        period=one.period,
        day=day.day.isoformat(),
        due_at=day.closes_at,
    )


def _load(conn: Connection, period: str) -> Counter[date]:
    asked = select(REVISIT.c.day).where(REVISIT.c.period == period)
    return Counter(date.fromisoformat(day) for day in conn.execute(asked).scalars())


def _due(conn: Connection, figures: Figures, *, at: datetime) -> list[_Due]:
    if not any((figures.revisit_key, figures.revisit_standard, figures.revisit_others)):
        return []
    shelf, found = Shelf(conn), []
    desk = shelf.desk_hours()
    known: dict[int | None, tuple[str, Mapping[date, CallingDay]]] = {}
    for row in conn.execute(_CUSTOMERS, {contracts.NOW: at}).all():
        months = months_of(figures, row.tier)
        if not months or row.number is None:
            continue
        if row.level not in known:
            period, days = calling_days(_hours(shelf, row.level, desk), desk, at=at)
            known[row.level] = period, {one.day: one for one in days}
        period, of_day = known[row.level]
        if of_day and is_wanted(row.last, period, months):
            found.append(_Due(customer=row.id, number=row.number, period=period, days=of_day))
    return found


def _hours(shelf: Shelf, level: int | None, desk: Calendar) -> Calendar:
    """The customer's calendar; the desk's where he has none, or none that can be read."""
    if level is None:
        return desk
    try:
        return shelf.current(level).calendar or desk
    except LevelUnreadable:
        return desk
