"""Answers which crews lack somebody, and who of a crew is not there when its work begins."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, func, select, text

from store.domain.lifecycle import LIVE_VISITS
from store.persistence.mapping import VISIT
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.queries.answers.has_done import has_done
from store.queries.answers.scope import within
from store.queries.crews import NotThere, ShortCrew

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from store.persistence.reader import Reader
    from store.queries.crews import ShortCrews

ORDERS, TECHNICIANS, ABSENCES = (
    metadata.tables[name] for name in ("work_order", "technician", "absence")
)
_LIVE = [state.value for state in LIVE_VISITS]
_WENT: Select[Any] = (
    select(ORDERS.c.number, func.count())
    .select_from(ORDERS.join(VISIT, VISIT.c.number == ORDERS.c.number))
    .where(text("work_order.live = 1"), ORDERS.c.crew > 1, has_done(VISIT))
    .group_by(ORDERS.c.number)
)
"""How many of each crew have done their part."""


def short_crews(reader: Reader, query: ShortCrews) -> tuple[ShortCrew, ...]:
    """By number; what is begun later than so may still find somebody."""
    rows = _rows(reader, text("work_order.live = 1"))
    away = _away(reader, rows)
    went = parts_done(reader)
    soon = reader.at + reader.pace.here(timedelta(hours=query.hours))
    crews: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        crews[row.number].append(row)
    found = []
    for number, crew in sorted(crews.items()):
        begins = _begins(crew[0], reader.at)
        found_by_now = len(crew) + went.get(number, 0)
        missing = max(0, crew[0].crew - found_by_now) if begins <= soon else 0
        if missing or number in away:
            gone = tuple(away.get(number, ()))
            found.append(ShortCrew(number=number, missing=missing, away=gone))
    return tuple(found)


def parts_done(reader: Reader) -> Mapping[int, int]:
    """How many have done their part of an open order that takes several, where anybody has."""
    return {row[0]: row[1] for row in reader.conn.execute(_WENT)}


def away_from(reader: Reader, numbers: Sequence[int]) -> Mapping[int, Sequence[NotThere]]:
    """By order, who of those that have it is not there when its work begins."""
    return _away(reader, _rows(reader, among(ORDERS.c.number, "numbers", reader.kind), numbers))


def _rows(
    reader: Reader, which: ColumnElement[bool] | Any, numbers: Sequence[int] = ()
) -> Sequence[Any]:
    """Each visit of some orders that take several people."""
    order, who = ORDERS.c, TECHNICIANS.c
    asked = (
        select(
            *(order.number, order.crew, order.planned_at, order.appointment_at),
            *(who.id, who.code, who.name, who.state.label("duty")),
        )
        .select_from(
            ORDERS.join(VISIT, VISIT.c.number == order.number).join(
                TECHNICIANS, who.id == VISIT.c.technician_id
            )
        )
        .where(order.crew > 1, VISIT.c.state.in_(_LIVE), which, within(reader, order.site_id))
        .order_by(order.number, VISIT.c.place)
    )
    return reader.conn.execute(asked, {"numbers": list(numbers)} if numbers else {}).all()


def _away(reader: Reader, rows: Sequence[Any]) -> Mapping[int, Sequence[NotThere]]:
    people = sorted({row.id for row in rows})
    if not people:
        return {}
    kept = ABSENCES.c
    asked = select(kept.technician_id, kept.starts_at, kept.ends_at).where(
        among(kept.technician_id, "people", reader.kind), kept.ends_at > reader.at
    )
    absent: defaultdict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for who, begins, ends in reader.conn.execute(asked, {"people": people}).all():
        absent[who].append((begins, ends))
    found: defaultdict[int, list[NotThere]] = defaultdict(list)
    for row in rows:
        then = _begins(row, reader.at)
        until = max(
            (ends for begins, ends in absent[row.id] if begins <= then < ends), default=None
        )
        if until is not None or (row.duty == "off" and then == reader.at):
            found[row.number].append(NotThere(code=row.code, name=row.name, until=until))
    return found


def _begins(row: Any, at: datetime) -> datetime:
    """When its work is meant to begin; now, where that was not said."""
    begins: datetime = max(
        (at, *(one for one in (row.planned_at, row.appointment_at) if one is not None))
    )
    return begins
