"""Exceptions as they are told: one statement for the rows, and who may decide those that wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from store.domain.exception_limits import limit_held, month_of, rungs, suffices, turn
from store.domain.exceptions import Grant, rung_at
from store.domain.exceptions_told import PLAIN
from store.persistence.exception_limits import EXCEPTION, Deciding, deciders, limits_of, spent_by
from store.persistence.exception_work import notes, read_exception
from store.persistence.tables import metadata
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES
from store.queries.answers.scope import within
from store.queries.exceptions import ExceptionLine

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select

    from store.domain.exceptions import OrderException
    from store.persistence.reader import Reader

_E = EXCEPTION.c
_OPERATORS = metadata.tables["operator"]
_ASKER, _DECIDER, _HOLDER = (_OPERATORS.alias(name) for name in ("asker", "decider", "holder"))
_TOLD = (
    EXCEPTION.join(ORDERS, ORDERS.c.number == _E.number)
    .outerjoin(SITES, SITES.c.id == ORDERS.c.site_id)
    .outerjoin(CUSTOMERS, CUSTOMERS.c.id == ORDERS.c.customer_id)
    .outerjoin(_ASKER, _ASKER.c.id == _E.asked_by)
    .outerjoin(_DECIDER, _DECIDER.c.id == _E.decided_by)
    .outerjoin(_HOLDER, _HOLDER.c.id == _E.limit_of)
)
_AROUND = (
    *(ORDERS.c.title.label("order_title"), CUSTOMERS.c.name.label("customer_name")),
    *(SITES.c.name.label("site_name"), ORDERS.c.site_id.label("order_site")),
    *(_ASKER.c.name.label("asker_name"), _DECIDER.c.name.label("decider_name")),
    _HOLDER.c.name.label("holder_name"),
)


def live_of(reader: Reader, number: int) -> tuple[ExceptionLine, ...]:
    """What waits or may be used on an order that the asker sees, for its card."""
    asked = told_rows(reader).where(_E.number == number, is_live(reader)).order_by(_E.id)
    return tuple(line_of(reader, row) for row in reader.conn.execute(asked).all())


def is_live(reader: Reader) -> ColumnElement[bool]:
    """Whether something of it is still to come."""
    granted = and_(_E.state == Grant.GRANTED.value, _E.expires_at > reader.at)
    return or_(_E.state == Grant.ASKED.value, granted)


def told_rows(reader: Reader) -> Select[Any]:
    """Those at the asker's sites, with the names around them."""
    columns = (_E[name] for name in PLAIN)
    here = within(reader, ORDERS.c.site_id)
    return select(*columns, *_AROUND).select_from(_TOLD).where(here)


def line_of(reader: Reader, row: Any) -> ExceptionLine:
    """One row of `told_rows`."""
    one = read_exception(row)
    told: dict[str, Any] = {}
    if one.state is Grant.ASKED:
        told = _waits(reader, one, row.order_site)
    return ExceptionLine(
        exception=one,
        stands=one.stands(reader.at),
        title=row.order_title,
        customer=row.customer_name,
        place=row.site_name,
        asked_by=row.asker_name or "?",
        decided_by=row.decider_name or "",
        limit_of=row.holder_name or "",
        moves=bool(one.clock) and one.id not in _notes(reader, one),
        **told,
    )


def _notes(reader: Reader, one: OrderException) -> frozenset[int]:
    return reader.once(f"notes {one.number}", lambda: notes(reader.conn, one.number))


def _waits(reader: Reader, one: OrderException, site: int | None) -> dict[str, Any]:
    """Whose turn it is, and whether the asker may decide it."""
    me, conn = reader.who.operator, reader.conn
    limits = reader.once(f"limits {one.kind}", lambda: limits_of(conn, one.kind))
    desk = reader.once("deciding", lambda: Deciding(conn, at=reader.at))
    held = deciders(conn, one, site=site, at=reader.at, limits=limits, desk=desk)
    rung = rung_at(one.asked_at, one.decide_by, at=reader.at)
    now = turn(rungs(held), rung)
    may = any(decider.may(me) for decider in held)
    if not may and me != one.asked_by:  # the program of the desk, in whose name somebody works
        mine = limit_held(limits, kind=one.kind, operator=me, role=reader.who.role.value)
        month = month_of(reader.at, one.zone)
        may = mine is not None and suffices(mine, one.size, spent_by(conn, me, one.kind, month))
    return {
        "waits_for": tuple(desk.holders[decider.operator].name for decider in now),
        "rung": rung,
        "mine": any(decider.may(me) for decider in now),
        "may": may,
    }
