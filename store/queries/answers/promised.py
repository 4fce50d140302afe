"""Deadlines before there is an order, by the same rule as those of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from store.domain.agreed import arrive_by as by_the_level
from store.domain.errors import NameAmbiguous, NameUnknown
from store.domain.order import WorkOrder
from store.domain.reckon import promise
from store.domain.replay import whole_ms
from store.domain.running import running
from store.domain.targets import ClockKind
from store.persistence.contracts import NOW, level_now
from store.persistence.levels import Shelf
from store.persistence.lookups import entry
from store.persistence.scoping import served
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.queries.answers.card import seen_order
from store.queries.answers.finding_names import ids_of
from store.queries.answers.lines import CUSTOMERS, ORDERS
from store.queries.answers.scope import within
from store.queries.promised import Promised

if TYPE_CHECKING:
    from datetime import datetime

    from store.persistence.reader import Reader
    from store.queries.promised import ArriveBy, PromisedNow, ResolveBy

LEVELS = metadata.tables["service_level"]
CLOCKS = metadata.tables["clock"]
_OF_CUSTOMER = select(level_now()).where(CUSTOMERS.c.id == bindparam("customer"))
_OF_THE_DESK = select(func.min(LEVELS.c.id))
_NAME = select(LEVELS.c.name).where(LEVELS.c.id == bindparam("level"))


def promised_now(reader: Reader, query: PromisedNow) -> Promised | None:
    """By the customer's level, else the desk's."""
    conn, at = reader.conn, whole_ms(reader.at)
    level = _of_customer(reader, query.customer, at) if query.customer.strip() else None
    if level is None:
        level = conn.execute(_OF_THE_DESK).scalar_one()
    if level is None:
        return None
    order = WorkOrder(
        number=0,
        priority=query.priority,
        state_since=at,
        opened_at=at,
        created_at=at,
        progress_at=at,
        level=level,
    )
    rules = Shelf(conn).rules(order)
    clocks = promise(order, rules, at=at).clocks
    name: str = conn.execute(_NAME, {"level": level}).scalar_one()
    due = tuple((clock.kind, clock.due_at) for clock in clocks if clock.due_at is not None)
    return Promised(level=name, clocks=due, running=running(clocks, rules.hours, at=at))


def _of_customer(reader: Reader, said: str, at: datetime) -> int | None:
    """Of whom an order would be; else of the only one who sounds so, while it is being written."""
    try:
        return entry(reader, "customer", said).level
    except NameAmbiguous:
        return None
    except NameUnknown:
        ids = ids_of(reader, "customer", (said,))
    if len(ids) != 1:
        return None
    asked = _OF_CUSTOMER.where(served(reader.who.scope, CUSTOMERS.c.id, reader.kind))
    found: int | None = reader.conn.execute(
        asked, {"customer": ids.pop(), NOW: at}
    ).scalar_one_or_none()
    return found


def resolve_by(reader: Reader, query: ResolveBy) -> dict[int, datetime]:
    """Of clocks that run."""
    clock = CLOCKS.c
    asked = select(clock.number, clock.due_at).where(
        among(clock.number, "numbers", reader.kind),
        clock.kind == ClockKind.RESOLVE.value,
        *(one.is_(None) for one in (clock.met_at, clock.ended_at)),
        clock.due_at.is_not(None),
        clock.number.in_(select(ORDERS.c.number).where(within(reader, ORDERS.c.site_id))),
    )
    rows = reader.conn.execute(asked, {"numbers": list(query.numbers)}).all()
    return {row.number: row.due_at for row in rows}


def arrive_by(reader: Reader, query: ArriveBy) -> datetime | None:
    """Whatever appointment took its place."""
    order = seen_order(reader, query.number)
    return by_the_level(order, Shelf(reader.conn).rules(order))
