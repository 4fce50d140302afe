"""Answers of the board: counts, keyset pages and positions of the queues."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    bindparam,
    func,
    select,
    tuple_,
    union_all,
)

from store.persistence.types import Instant
from store.queries.answers.conditions import holding, in_queue, queue_named
from store.queries.answers.lines import COLUMNS, ORDERS, joined, lines
from store.queries.answers.scope import checked_limit, within
from store.queries.board import BoardLine, Key, LineOf, Page, QueueCounts, QueuePage, QueuePosition
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.persistence.reader import Reader
    from store.queries.queues import Queue


def queue_counts(reader: Reader, _query: QueueCounts) -> Mapping[str, int]:
    """All counts in one statement, each by the index that its queue walks."""
    counts = [_held(reader, queue).scalar_subquery() for queue in QUEUES.values()]
    return dict(zip(QUEUES, reader.conn.execute(select(*counts)).one(), strict=True))


def queue_page(reader: Reader, query: QueuePage) -> Page:
    """One page; `NameUnknown` for a queue that is not in the table."""
    queue = queue_named(query.queue)
    page = _page(reader, queue, query)
    if not query.counted:
        return page
    total = _number(reader, _held(reader, queue))
    skipped = _before(reader, queue, page.lines[0].key) if page.lines else total
    return replace(page, skipped=skipped, total=total)


def queue_position(reader: Reader, query: QueuePosition) -> int:
    """How many rows come first; the place itself need not hold a row."""
    return _before(reader, queue_named(query.queue), query.key)


def line_of(reader: Reader, query: LineOf) -> BoardLine | None:
    """One order's line."""
    found = select(*COLUMNS, ORDERS.c.rank_at).select_from(joined(ORDERS))
    wanted = found.where(ORDERS.c.number == query.number, within(reader, ORDERS.c.site_id))
    return next(iter(lines(reader.conn.execute(wanted), "rank_at")), None)


def _page(reader: Reader, queue: Queue, query: QueuePage) -> Page:
    limit = checked_limit(query.limit)
    if query.around is not None:
        return _around(reader, queue, query.around, limit)
    if query.before is not None or query.last:
        past = None if query.before is None else _place(queue) < _pair(query.before)
        rows = _rows(reader, queue, past, limit + 1, backwards=True)
        return Page(lines=rows[-limit:], at_top=len(rows) <= limit, at_end=query.last)
    skip = max(0, query.position or 0)
    rows = _rows(reader, queue, _beyond(queue, query), limit + 1, skip=skip)
    first = skip == 0 and query.after is None and query.since is None
    return Page(lines=rows[:limit], at_top=first, at_end=len(rows) <= limit)


def _beyond(queue: Queue, query: QueuePage) -> Any:
    """The condition on where rows begin; None for the queue's own beginning."""
    if query.after is not None:
        return _place(queue) > _pair(query.after)
    return None if query.since is None else _place(queue) >= _pair(query.since)


def _around(reader: Reader, queue: Queue, number: int, limit: int) -> Page:
    here = select(ORDERS.c[queue.order]).where(
        ORDERS.c.number == number, in_queue(queue, reader.at), within(reader, ORDERS.c.site_id)
    )
    at = reader.conn.execute(here).scalar()
    if at is None:
        return _page(reader, queue, QueuePage(queue=queue.name, limit=limit))
    place, key = _place(queue), _pair(Key(at, number))
    follow = _rows(reader, queue, place >= key, limit + 1)
    above = max(limit // 2, limit - len(follow))
    lead = _rows(reader, queue, place < key, above + 1, backwards=True)
    shown = (*lead[-above:], *follow)[:limit] if above else follow[:limit]
    at_end = bool(follow) and shown[-1] == follow[-1]
    return Page(lines=shown, at_top=len(lead) <= above, at_end=at_end and len(follow) <= limit)


def _rows(
    reader: Reader,
    queue: Queue,
    beyond: ColumnElement[bool] | None,
    limit: int,
    *,
    skip: int = 0,
    backwards: bool = False,
) -> tuple[BoardLine, ...]:
    """Keys first, each lane off its index; only the rows of the page are then read whole."""
    keys = _keys(reader, queue, beyond, limit + skip, backwards=backwards)
    order = [keys.c.at.desc(), keys.c.number.desc()] if backwards else [keys.c.at, keys.c.number]
    page = select(keys).order_by(*order).limit(limit).offset(skip).subquery("page")
    source = joined(page.join(ORDERS, ORDERS.c.number == page.c.number))
    extra = [] if queue.order in {c.name for c in COLUMNS} else [ORDERS.c[queue.order]]
    found = select(*COLUMNS, *extra).select_from(source).order_by(page.c.at, page.c.number)
    return lines(reader.conn.execute(found), queue.order)


def _keys(
    reader: Reader,
    queue: Queue,
    beyond: ColumnElement[bool] | None,
    limit: int,
    *,
    backwards: bool,
) -> Subquery:
    column, number = ORDERS.c[queue.order], ORDERS.c.number
    order = (column.desc(), number.desc()) if backwards else (column, number)
    lanes: list[Select[Any]] = []
    for lane in queue.lanes():
        keys = select(column.label("at"), number).where(
            holding(lane, reader.at), within(reader, ORDERS.c.site_id)
        )
        if beyond is not None:
            keys = keys.where(beyond)
        lanes.append(keys.order_by(*order).limit(limit))
    if len(lanes) == 1:
        return lanes[0].subquery("keys")
    # SQLite takes a limit inside a union only in a subquery of its own.
    return union_all(*(select(lane.subquery()) for lane in lanes)).subquery("keys")


def _held(reader: Reader, queue: Queue) -> Select[int]:
    held = select(func.count()).select_from(ORDERS)
    return held.where(in_queue(queue, reader.at), within(reader, ORDERS.c.site_id))


def _before(reader: Reader, queue: Queue, key: Key) -> int:
    return _number(reader, _held(reader, queue).where(_place(queue) < _pair(key)))


def _number(reader: Reader, count: Select[int]) -> int:
    return reader.conn.execute(count).scalar_one()


def _place(queue: Queue) -> Any:
    return tuple_(ORDERS.c[queue.order], ORDERS.c.number)


def _pair(key: Key) -> Any:
    return tuple_(
        bindparam(None, key.at, type_=Instant()),
        bindparam(None, key.number, type_=ORDERS.c.number.type),
    )
