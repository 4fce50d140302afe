"""The answer for running work that owes a note each working day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from store.domain.daily import is_owed, note_due
from store.domain.errors import LevelUnreadable
from store.domain.lifecycle import State
from store.persistence.levels import Shelf
from store.persistence.loading import load
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES, TECHNICIANS
from store.queries.answers.scope import checked_limit, within
from store.queries.daily import DailyLine

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.daily import ListDaily

_O = ORDERS.c
_MOST = 500
"""Orders loaded at a time."""


def list_daily(reader: Reader, query: ListDaily) -> tuple[DailyLine, ...]:
    """All that somebody is at work on, by what each is judged by."""
    limit = checked_limit(query.limit)
    asked = (
        select(
            *(_O.number, _O.title, SITES.c.name.label("site")),
            *(CUSTOMERS.c.name.label("customer"), TECHNICIANS.c.name.label("technician")),
        )
        .select_from(
            ORDERS.outerjoin(SITES, SITES.c.id == _O.site_id)
            .outerjoin(CUSTOMERS, CUSTOMERS.c.id == _O.customer_id)
            .outerjoin(TECHNICIANS, TECHNICIANS.c.id == _O.technician_id)
        )
        .where(_O.live == 1, _O.state == State.ON_SITE.value, within(reader, _O.site_id))
        .order_by(_O.number)
    )
    rows = {row.number: row for row in reader.conn.execute(asked)}
    numbers, shelf, found = list(rows), Shelf(reader.conn), []
    for start in range(0, len(numbers), _MOST):
        some = numbers[start : start + _MOST]
        for number, known in load(reader.conn, some, lock=False).items():
            order = known.now
            try:
                due_at = note_due(order, shelf.rules(order))
            except LevelUnreadable:
                continue
            if due_at is None:
                continue
            line = DailyLine(
                **rows[number]._asdict(),
                progress=order.progress,
                noted_at=order.noted_at,
                due_at=due_at,
                missing=is_owed(order, None) or due_at < reader.at,
            )
            found.append(line)
    found.sort(key=lambda line: (not line.missing, line.due_at, line.number))
    return tuple(found[:limit])
