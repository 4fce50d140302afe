"""The answer to “why this deadline”."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from store.domain.due_times import stops
from store.domain.ledger import ledger
from store.persistence.levels import Shelf
from store.persistence.tables import CalendarRow, CalendarVersionRow
from store.queries.answers.card import seen_order
from store.queries.answers.reckoning import calendar_of
from store.queries.explain import Explanation

if TYPE_CHECKING:
    from store.domain.order import Clock, WorkOrder
    from store.domain.targets import ClockKind
    from store.persistence.reader import Reader
    from store.queries.explain import Explain

_LATEST = datetime.max.replace(tzinfo=UTC)


def explain(reader: Reader, query: Explain) -> Explanation | None:
    """The clock's own calendar version, target and pauses, laid out."""
    order = seen_order(reader, query.number)
    clock = _chosen(order, query.kind)
    if clock is None:
        return None
    calendar = calendar_of(clock, Shelf(reader.conn).rules(order))
    fixed = clock.target is None
    until = clock.met_at or clock.ended_at or reader.at
    asked = (calendar, clock.started_at, clock.target, until, stops(clock, order.pauses))
    return Explanation(
        number=order.number,
        title=order.title,
        clock=clock,
        calendar=None if fixed else _calendar_name(reader, clock.calendar_version),
        zone=str(calendar.spec()["zone"]),
        fixed=fixed,
        entries=() if fixed else ledger(*asked, known_before=calendar.known_before()),
    )


def _chosen(order: WorkOrder, kind: ClockKind | None) -> Clock | None:
    if kind is not None:
        runs = [clock for clock in order.clocks if clock.kind is kind]
        return max(runs, key=lambda clock: clock.run, default=None)
    running = [clock for clock in order.clocks if clock.running]
    nearest = min(
        running, key=lambda clock: clock.breached_at or clock.due_at or _LATEST, default=None
    )
    return nearest or (order.clocks[-1] if order.clocks else None)


def _calendar_name(reader: Reader, version: int | None) -> str | None:
    if version is None:
        return None
    found = (
        select(CalendarRow.name)
        .join(CalendarVersionRow, CalendarVersionRow.calendar_id == CalendarRow.id)
        .where(CalendarVersionRow.id == version)
    )
    return reader.conn.execute(found).scalar_one_or_none()
