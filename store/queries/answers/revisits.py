"""The answers for revisits."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select

from store.domain.calls import Outcome, read_outcome
from store.domain.errors import BadInput
from store.domain.revisits import Call, Standing, is_period, kind_of, period_of, standing
from store.domain.words import N_
from store.persistence.loading import FOLLOW_UP
from store.persistence.revisits import CUSTOMER, REVISIT
from store.persistence.tables import metadata
from store.queries.answers.card import seen_order
from store.queries.answers.lines import ORDERS
from store.queries.answers.scope import checked_limit, within
from store.queries.customers import PromiseLine
from store.queries.revisits import PastOrder, RevisitLine, RevisitSheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from store.persistence.reader import Reader
    from store.queries.revisits import ListRevisits, ShowRevisit

KIND = "revisit "
"""Before the month in the kind of a promise, as `kind_of` writes it."""
_OPERATORS = metadata.tables["operator"]
_F, _R, _O = FOLLOW_UP.c, REVISIT.c, ORDERS.c
_IS_ITS = and_(_F.number == _R.order_number, _F.kind == KIND + _R.period)
_STILL_OPEN = select(_F.number).where(_IS_ITS, _F.done_at.is_(None)).exists()
REVISIT_COLUMNS = (
    *(_R.id, _R.order_number, _R.period, _R.day, _R.opens_at, _R.due_at),
    *(CUSTOMER.c.code, CUSTOMER.c.name, CUSTOMER.c.tier, CUSTOMER.c.phone),
)
REVISITS_SEEN = REVISIT.join(CUSTOMER, CUSTOMER.c.id == _R.customer_id).join(
    ORDERS, _O.number == _R.order_number
)
_FIRST = (Standing.MISSED, Standing.DUE, Standing.PLANNED)


def list_revisits(reader: Reader, query: ListRevisits) -> tuple[RevisitLine, ...]:
    """Two statements: the revisits, and the promises that they are."""
    limit = checked_limit(query.limit)
    wanted: ColumnElement[bool] = _STILL_OPEN
    if query.period:
        if not is_period(query.period):
            raise BadInput(
                where=N_("month"), wrong=query.period, right=N_("a month such as 2026-10")
            )
        wanted = _R.period == query.period
    asked = (
        select(*REVISIT_COLUMNS)
        .select_from(REVISITS_SEEN)
        .where(wanted, within(reader, _O.site_id))
    )
    lines = lines_of(reader.conn, reader.conn.execute(asked).all(), at=reader.at)
    return tuple(sorted(lines, key=_urgency)[:limit])


def show_revisit(reader: Reader, query: ShowRevisit) -> RevisitSheet | None:
    """By the order that it is promised at."""
    seen_order(reader, query.number)
    limit = checked_limit(query.limit)
    asked = select(_F.kind).where(_F.number == query.number, _F.place == query.place)
    period = period_of(reader.conn.execute(asked).scalar_one_or_none() or "")
    if period is None:
        return None
    mine = and_(_R.order_number == query.number, _R.period == period)
    rows = select(_R.customer_id, *REVISIT_COLUMNS).select_from(REVISITS_SEEN).where(mine)
    row = reader.conn.execute(rows).first()
    if row is None:
        return None
    (line,) = lines_of(reader.conn, [row], at=reader.at)
    return RevisitSheet(
        line=line,
        orders=_orders(reader, row.customer_id, limit),
        promises=_promises(reader, row.customer_id, limit),
        last=_last(reader, row.customer_id, period),
    )


def lines_of(conn: Connection, rows: Sequence[Any], *, at: datetime) -> list[RevisitLine]:
    """Revisits as they stood, or stand, at a moment."""
    calls = _calls(conn, [row.id for row in rows])
    return [_line(row, calls[row.id], at=at) for row in rows]


def _line(row: Any, calls: Sequence[Any], *, at: datetime) -> RevisitLine:
    told = [Call(due_at=c.due_at, done_at=c.done_at, outcome=c.outcome) for c in calls]
    stands, said = standing(told, opens_at=row.opens_at, due_at=row.due_at, at=at)
    last = calls[told.index(said)] if said is not None else None
    done_at = None if last is None else last.done_at
    tries = sum(read_outcome(call.outcome)[0] is Outcome.NO_ANSWER for call in calls)
    return RevisitLine(
        number=row.order_number,
        place=None if last is None else last.place,
        customer=row.code,
        name=row.name,
        tier=row.tier,
        phone=row.phone,
        period=row.period,
        day=row.day,
        due_at=row.due_at,
        standing=stands,
        tries=tries,
        next_at=last.due_at if last is not None and done_at is None else None,
        done_at=done_at,
        done_by="" if last is None or done_at is None else last.by or "?",
        outcome="" if last is None else last.outcome or "",
    )


def _calls(conn: Connection, revisits: Sequence[int]) -> dict[int, list[Any]]:
    """The promises that each of them is, by place."""
    found: dict[int, list[Any]] = defaultdict(list)
    for start in range(0, len(revisits), 500):
        asked = (
            select(
                _R.id, _F.place, _F.due_at, _F.done_at, _F.outcome, _OPERATORS.c.name.label("by")
            )
            .select_from(
                REVISIT.join(FOLLOW_UP, _IS_ITS).outerjoin(
                    _OPERATORS, _OPERATORS.c.id == _F.done_by
                )
            )
            .where(_R.id.in_(revisits[start : start + 500]))
            .order_by(_R.id, _F.place)
        )
        for row in conn.execute(asked):
            found[row.id].append(row)
    return found


def _urgency(line: RevisitLine) -> tuple[int, str, str, str]:
    place = _FIRST.index(line.standing) if line.standing in _FIRST else len(_FIRST)
    return place, line.day, line.customer, line.period


def _orders(reader: Reader, customer: int, limit: int) -> tuple[PastOrder, ...]:
    asked = (
        select(_O.number, _O.title, _O.opened_at, _O.done_at, _O.csat, _O.nps)
        .where(_O.customer_id == customer, within(reader, _O.site_id))
        .order_by(_O.number.desc())
        .limit(limit)
    )
    return tuple(PastOrder(**row) for row in reader.conn.execute(asked).mappings())


def _promises(reader: Reader, customer: int, limit: int) -> tuple[PromiseLine, ...]:
    asked = (
        select(_F.number, _O.title, _F.due_at, _F.note)
        .join(ORDERS, _O.number == _F.number)
        .where(_O.customer_id == customer, _F.done_at.is_(None))
        .where(~_F.kind.startswith(KIND), within(reader, _O.site_id))
        .order_by(_F.due_at, _F.number)
        .limit(limit)
    )
    return tuple(PromiseLine(**row) for row in reader.conn.execute(asked).mappings())


def _last(reader: Reader, customer: int, period: str) -> RevisitLine | None:
    asked = (
        select(*REVISIT_COLUMNS)
        .select_from(REVISITS_SEEN)
        .where(_R.customer_id == customer, _R.period < period, within(reader, _O.site_id))
        .order_by(_R.period.desc())
        .limit(1)
    )
    rows = reader.conn.execute(asked).all()
    return lines_of(reader.conn, rows, at=reader.at)[0] if rows else None


assert kind_of("") == KIND
