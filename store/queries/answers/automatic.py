"""Answers about automatic dispatch."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain.dispatch.automatic import ALL_OPEN, QUEUES, Mode, Setting, in_force
from store.domain.finding.refusal import QueryUnclear
from store.persistence.automatic import AUTOMATIC
from store.persistence.tables.views import SHARED
from store.queries.answers.board import line_of
from store.queries.answers.finding import count_orders
from store.queries.answers.scope import checked_limit
from store.queries.answers.views import VIEWS
from store.queries.automatic import AutomaticLine
from store.queries.board import LineOf
from store.queries.finding import CountOrders

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.automatic import ListAutomatic, ModeFor


def list_automatic(reader: Reader, query: ListAutomatic) -> tuple[AutomaticLine, ...]:
    """Views before queues, one priority before all of them."""
    asked = select(*AUTOMATIC.c).limit(checked_limit(query.limit))
    wanted = query.text.casefold()
    rows = [row for row in reader.conn.execute(asked) if wanted in row.queue.casefold()]
    lines = (
        AutomaticLine(
            id=row.id,
            setting=_setting(row),
            version=row.version,
            open_orders=_count(reader, _setting(row), f"p:{row.priority}" if row.priority else ""),
        )
        for row in rows
    )
    return tuple(sorted(lines, key=_listed))


def mode_for(reader: Reader, query: ModeFor) -> Setting | None:
    """Of all settings the one that counts."""
    line = line_of(reader, LineOf(number=query.number))
    if line is None:
        return None

    def holds(one: Setting) -> bool:
        if one.view:
            return bool(_count(reader, one, f"#{query.number}"))
        if one.queue == ALL_OPEN:
            return True
        return line.overdue(reader.at) if one.queue == "overdue" else line.at_risk(reader.at)

    settings = map(_setting, reader.conn.execute(select(*AUTOMATIC.c)))
    return in_force(settings, line.priority, holds)


def _setting(row: Any) -> Setting:
    return Setting(
        queue=row.queue,
        view=row.view,
        priority=row.priority,
        mode=Mode(row.mode),
        margin=row.margin,
        accept_s=row.accept_s,
    )


def _listed(line: AutomaticLine) -> tuple[bool, int, str, bool, int]:
    one = line.setting
    place = QUEUES.index(one.queue) if one.queue in QUEUES else 0
    return not one.view, -place, one.queue, not one.priority, one.priority


def _count(reader: Reader, one: Setting, more: str) -> int | None:
    """How many orders of its queue fit; None for too many, or a view that nobody has any more."""
    if not one.view:
        return count_orders(reader, CountOrders(text=more, queue=one.queue))
    mine = select(VIEWS.c.query).where(VIEWS.c.owner_id == SHARED, VIEWS.c.name == one.queue)
    text = reader.conn.execute(mine).scalar_one_or_none()
    with suppress(QueryUnclear):
        if text is not None:
            return count_orders(reader, CountOrders(text=f"({text}) {more}" if text else more))
    return None
