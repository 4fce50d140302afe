"""The answer for the alarm strip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, select, union_all

from store.domain.alarms import LOUD, QUIET
from store.persistence.tables import metadata
from store.queries.alarms import AlarmLine, Quiet, Strip
from store.queries.answers.calendars import horizon_alarms
from store.queries.answers.lines import ALARMS, ORDERS, SITES
from store.queries.answers.scope import checked_limit, within

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import FromClause, Select

    from store.persistence.reader import Reader
    from store.queries.alarms import AlarmStrip

OPERATORS = metadata.tables["operator"]
STANDING = ALARMS.c.cleared_at.is_(None)
COLUMNS = (
    *(ALARMS.c.number, ORDERS.c.title, ORDERS.c.priority, SITES.c.name.label("site_name")),
    *(ALARMS.c.kind, ALARMS.c.clock, ALARMS.c.level, ALARMS.c.severity, ALARMS.c.due_at),
    *(ALARMS.c.raised_at, ALARMS.c.acknowledged_at, OPERATORS.c.name.label("acknowledged_by")),
    ALARMS.c.rings,
)


def alarm_strip(reader: Reader, query: AlarmStrip) -> Strip:
    """Three statements: the sums, the worst few, and the calendars whose holidays run out."""
    rings = and_(ALARMS.c.severity != QUIET, ALARMS.c.acknowledged_at.is_(None))
    quiet = ALARMS.c.severity == QUIET
    loud = and_(rings, ALARMS.c.severity <= LOUD)
    sums = reader.conn.execute(
        select(
            func.count(),
            func.count(case((rings, 1))),
            func.count(case((quiet, 1))),
            func.min(case((quiet, ALARMS.c.due_at))),
            func.max(case((quiet, ALARMS.c.due_at))),
            func.count(case((loud, 1))),
            func.max(case((loud, ALARMS.c.raised_at))),
        )
        .select_from(in_sight(reader))
        .where(STANDING, within(reader, ORDERS.c.site_id))
    ).one()
    worst = reader.conn.execute(_worst(reader, checked_limit(query.limit)))
    orders = [AlarmLine(**row) for row in worst.mappings()]
    calendars = horizon_alarms(reader)
    # Calendars are few and stand nowhere else: they are told, however many orders ring.
    orders = orders[: max(0, query.limit - len(calendars))]
    ringing = [
        alarm.raised_at
        for alarm in calendars
        if alarm.acknowledged_at is None and alarm.severity <= LOUD
    ]
    return Strip(
        alarms=tuple(sorted((*orders, *calendars), key=_first)[: query.limit]),
        standing=sums[0] + len(calendars),
        unacknowledged=sums[1] + sum(alarm.acknowledged_at is None for alarm in calendars),
        loud=sums[5] + len(ringing),
        loud_at=max(filter(None, (sums[6], *ringing)), default=None),
        quiet=Quiet(count=sums[2], oldest_at=sums[3], newest_at=sums[4]),
    )


def _first(alarm: AlarmLine) -> tuple[bool, int, datetime]:
    """The order of the strip; of two that are equal in this the older row stays before."""
    return alarm.acknowledged_at is not None, alarm.severity, alarm.raised_at


def in_sight(reader: Reader) -> FromClause:
    """The alarms, with their orders where the asker's sites must be known."""
    if reader.who.scope.sites is None:
        return ALARMS
    return ALARMS.join(ORDERS, ORDERS.c.number == ALARMS.c.number)


def told(source: FromClause) -> FromClause:
    """The source, which has `alarm` and `work_order`, with what a line shows of other tables."""
    return source.outerjoin(SITES, SITES.c.id == ORDERS.c.site_id).outerjoin(
        OPERATORS, OPERATORS.c.id == ALARMS.c.acknowledged_by
    )


def _worst(reader: Reader, limit: int) -> Select[Any]:
    """Ids first, each half off the index by severity, then the few rows whole."""
    order = (ALARMS.c.severity, ALARMS.c.due_at, ALARMS.c.id)
    halves = []
    acknowledged = ALARMS.c.acknowledged_at.is_not(None) & (ALARMS.c.severity < QUIET)
    for seen in (ALARMS.c.acknowledged_at.is_(None), acknowledged):
        half = (
            select(ALARMS.c.id)
            .select_from(in_sight(reader))
            .where(STANDING, seen, within(reader, ORDERS.c.site_id))
            .order_by(*order)
            .limit(limit)
        )
        halves.append(select(half.subquery()))
    ids = union_all(*halves).subquery("worst")
    source = ids.join(ALARMS, ALARMS.c.id == ids.c.id).join(
        ORDERS, ORDERS.c.number == ALARMS.c.number
    )
    return (
        select(*COLUMNS)
        .select_from(told(source))
        .order_by(ALARMS.c.acknowledged_at.is_not(None), *order)
        .limit(limit)
    )
