"""The answers for calls to customers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, literal, null, or_, select, type_coerce

from store.domain.calls import (
    A_DAY,
    ALL_OUTCOMES,
    CallReason,
    Outcome,
    in_a_row,
    next_call,
)
from store.domain.lifecycle import Category, read_state
from store.domain.revisits import period_of
from store.domain.timer_kinds import TimerKind
from store.persistence.levels import Shelf
from store.persistence.loading import FOLLOW_UP, TIMER
from store.persistence.revisits import REVISIT
from store.persistence.types import Whole
from store.queries.answers.card import OPERATORS, seen_order
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES, TECHNICIANS
from store.queries.answers.revisits import KIND
from store.queries.answers.scope import checked_limit, holds, within
from store.queries.calls import CallLine

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, FromClause, Select

    from store.persistence.reader import Reader
    from store.queries.calls import Calls, NextCalls

_TRIES = FOLLOW_UP.alias("tries")
_UNANSWERED = (
    select(func.count())
    .select_from(_TRIES)
    .where(_TRIES.c.number == ORDERS.c.number)
    .where(_TRIES.c.outcome.startswith(Outcome.NO_ANSWER.value))
    .scalar_subquery()
)
_ABOUT = (
    *(ORDERS.c.title, ORDERS.c.priority, ORDERS.c.state, ORDERS.c.next_deadline),
    *(CUSTOMERS.c.name.label("customer"), CUSTOMERS.c.phone, SITES.c.name.label("site")),
    *(TECHNICIANS.c.name.label("technician"), _UNANSWERED.label("tries")),
)


def calls(reader: Reader, query: Calls) -> tuple[CallLine, ...]:
    """Three statements: what was promised, what is silent and nobody has promised to call, and
    revisits whose day has come."""
    limit = checked_limit(query.limit)
    promised = reader.conn.execute(_promised(reader, query).limit(limit)).mappings()
    found = [_line(row, _reason(row)) for row in promised]
    if len(found) < limit:
        silent = _silent(reader, query).limit(limit - len(found))
        found += [_line(row, CallReason.SILENT) for row in reader.conn.execute(silent).mappings()]
    if len(found) < limit:
        due = _revisits(reader, query).limit(limit - len(found))
        found += [_line(row, _reason(row)) for row in reader.conn.execute(due).mappings()]
    return tuple(found)


def next_calls(reader: Reader, query: NextCalls) -> Mapping[Outcome, datetime | None]:
    """By the hours of the order's own service level, and by day where somebody was reached."""
    order = seen_order(reader, query.number)
    shelf = Shelf(reader.conn)
    hours, desk = shelf.rules(order).hours, shelf.desk_hours()
    told = (
        select(FOLLOW_UP.c.outcome)
        .where(FOLLOW_UP.c.number == query.number, FOLLOW_UP.c.done_at.is_not(None))
        .order_by(FOLLOW_UP.c.place)
    )
    outcomes = list(reader.conn.execute(told).scalars())
    return {
        outcome: next_call(
            outcome, before=in_a_row(outcomes, outcome), at=reader.at, hours=hours, desk=desk
        )
        for outcome in ALL_OUTCOMES
    }


def _promised(reader: Reader, query: Calls) -> Select[Any]:
    asked = _open(reader, query, _PROMISES.outerjoin(REVISIT, _IS_ITS))
    return asked.where(FOLLOW_UP.c.due_at <= reader.at)


def _revisits(reader: Reader, query: Calls) -> Select[Any]:
    """Of today's, those that nobody has called yet; one called in vain is promised anew."""
    asked = _open(reader, query, _PROMISES.join(REVISIT, _IS_ITS))
    return asked.where(
        FOLLOW_UP.c.due_at > reader.at,
        FOLLOW_UP.c.due_at == REVISIT.c.due_at,
        REVISIT.c.opens_at <= reader.at,
    )


_IS_ITS = and_(
    REVISIT.c.order_number == FOLLOW_UP.c.number, FOLLOW_UP.c.kind == KIND + REVISIT.c.period
)
_WHOSE = func.coalesce(REVISIT.c.customer_id, ORDERS.c.customer_id)
"""Whom a promise is to: a revisit is to whom it was planned for, whoever's its order is by now."""
_PROMISES = FOLLOW_UP.join(ORDERS, ORDERS.c.number == FOLLOW_UP.c.number)


def _open(reader: Reader, query: Calls, source: FromClause) -> Select[Any]:
    """Promises that are open, of the sites in sight, the first due first."""
    columns: tuple[Any, ...] = (
        *(FOLLOW_UP.c.number, FOLLOW_UP.c.place, FOLLOW_UP.c.due_at, FOLLOW_UP.c.note),
        *(FOLLOW_UP.c.kind, OPERATORS.c.name.label("made_by"), *_ABOUT),
    )
    made_by = OPERATORS.c.id == FOLLOW_UP.c.made_by
    return (
        select(*columns)
        .select_from(_told(source, _WHOSE).outerjoin(OPERATORS, made_by))
        .where(FOLLOW_UP.c.done_at.is_(None), within(reader, ORDERS.c.site_id), _fits(query))
        .order_by(FOLLOW_UP.c.due_at, FOLLOW_UP.c.number, FOLLOW_UP.c.place)
    )


def _reason(row: Any) -> CallReason:
    return CallReason.REVISIT if period_of(row["kind"]) else CallReason.PROMISED


def _silent(reader: Reader, query: Calls) -> Select[Any]:
    """Whose silence has rung and stands, or that made no progress for a day."""
    rang = (
        select(TIMER.c.id)
        .where(TIMER.c.number == ORDERS.c.number, TIMER.c.kind == TimerKind.SILENCE.value)
        .where(TIMER.c.clock == "", TIMER.c.level == 0, TIMER.c.fired_at.is_not(None))
        .where(TIMER.c.run == _ms(ORDERS.c.progress_at) // 1000)
    )
    columns: tuple[Any, ...] = (
        *(ORDERS.c.number, null().label("place"), ORDERS.c.progress_at.label("due_at")),
        *(literal("").label("note"), null().label("made_by"), *_ABOUT),
    )
    return (
        select(*columns)
        .select_from(_told(ORDERS, ORDERS.c.customer_id))
        .where(ORDERS.c.live == 1, ORDERS.c.category == Category.OPEN.value)
        .where(or_(ORDERS.c.progress_at <= reader.at - A_DAY, rang.exists()))
        .where(or_(ORDERS.c.follow_at.is_(None), ORDERS.c.follow_at > reader.at))
        .where(within(reader, ORDERS.c.site_id), _fits(query))
        .order_by(ORDERS.c.priority, ORDERS.c.progress_at, ORDERS.c.number)
    )


def _ms(column: Any) -> ColumnElement[Any]:
    """An instant as the number that is stored."""
    return type_coerce(column, Whole)


def _told(source: FromClause, whose: ColumnElement[Any]) -> FromClause:
    return (
        source.outerjoin(SITES, SITES.c.id == ORDERS.c.site_id)
        .outerjoin(CUSTOMERS, CUSTOMERS.c.id == whose)
        .outerjoin(TECHNICIANS, TECHNICIANS.c.id == ORDERS.c.technician_id)
    )


def _fits(query: Calls) -> ColumnElement[bool]:
    return and_(holds(query.text, ORDERS.c.title, CUSTOMERS.c.name, SITES.c.name))


def _line(row: Any, why: CallReason) -> CallLine:
    told = {name: value for name, value in row.items() if name != "kind"}
    period = period_of(row["kind"]) if "kind" in row else None
    told |= {"state": read_state(row["state"]), "period": period or ""}
    return CallLine(**told, why=why)
