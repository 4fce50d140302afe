"""Answers of the board: keyset pages and positions of the queues."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.queries.answers.conditions import queue_named
from store.queries.answers.lines import COLUMNS, ORDERS, PLACES, joined, lines
from store.queries.answers.pages import Edge, key_of, page_of, rows_before
from store.queries.answers.scope import checked_limit, within
from store.queries.board import BoardLine, Key, LineOf, Page, QueuePage, QueuePosition

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.queues import Queue


def queue_page(reader: Reader, query: QueuePage) -> Page:
    """One page; `NameUnknown` for a queue that is not in the table."""
    queue = queue_named(query.queue)
    page = _page(reader, queue, query)
    if not query.counted:
        return page
    total = _before(reader, queue, None)
    skipped = _before(reader, queue, page.lines[0].key) if page.lines else total
    return replace(page, skipped=skipped, total=total)


def queue_position(reader: Reader, query: QueuePosition) -> int:
    """How many rows come first; the place itself need not hold a row."""
    return _before(reader, queue_named(query.queue), query.key)


def line_of(reader: Reader, query: LineOf) -> BoardLine | None:
    """One order's line."""
    found = select(*COLUMNS).select_from(joined(ORDERS))
    wanted = found.where(ORDERS.c.number == query.number, within(reader, ORDERS.c.site_id))
    return next(iter(lines(reader.conn.execute(wanted), PLACES["rank_at"], reader)), None)


def _page(reader: Reader, queue: Queue, query: QueuePage) -> Page:
    limit = checked_limit(query.limit)
    if query.around is not None:
        return _around(reader, queue, query.around, limit)
    if query.before is not None or query.last:
        edge = Edge.LAST if query.before is None else Edge.BEFORE
        rows = _rows(reader, queue, edge, limit + 1, query.before)
        return Page(lines=rows[-limit:], at_top=len(rows) <= limit, at_end=query.last)
    edge, key = _forward(query)
    skip = max(0, query.position or 0)
    rows = _rows(reader, queue, edge, limit + 1, key, skip=skip)
    first = skip == 0 and edge is Edge.FIRST
    return Page(lines=rows[:limit], at_top=first, at_end=len(rows) <= limit)


def _forward(query: QueuePage) -> tuple[Edge, Key | None]:
    if query.after is not None:
        return Edge.AFTER, query.after
    return (Edge.FIRST, None) if query.since is None else (Edge.SINCE, query.since)


def _around(reader: Reader, queue: Queue, number: int, limit: int) -> Page:
    found = reader.conn.execute(
        key_of(queue.name, reader.who.scope, reader.kind), {"at": reader.at, "number": number}
    )
    at = found.scalar()
    if at is None:
        return _page(reader, queue, QueuePage(queue=queue.name, limit=limit))
    key = Key(at, number)
    follow = _rows(reader, queue, Edge.SINCE, limit + 1, key)
    above = max(limit // 2, limit - len(follow))
    lead = _rows(reader, queue, Edge.BEFORE, above + 1, key)
    shown = (*lead[-above:], *follow)[:limit] if above else follow[:limit]
    at_end = bool(follow) and shown[-1] == follow[-1]
    return Page(lines=shown, at_top=len(lead) <= above, at_end=at_end and len(follow) <= limit)


def _rows(
    reader: Reader, queue: Queue, edge: Edge, limit: int, key: Key | None, *, skip: int = 0
) -> tuple[BoardLine, ...]:
    bound: dict[str, Any] = {"at": reader.at, "limit": limit, "upto": limit + skip, "skip": skip}
    if key is not None:
        bound |= {"edge_at": key.at, "edge_number": key.number}
    page = page_of(queue.name, reader.who.scope, reader.kind, edge)
    return lines(reader.conn.execute(page, bound), PLACES[queue.order], reader)


def _before(reader: Reader, queue: Queue, key: Key | None) -> int:
    """How many rows stand before a key, or in the whole queue."""
    bound: dict[str, Any] = {"at": reader.at}
    if key is not None:
        bound |= {"edge_at": key.at, "edge_number": key.number}
    held = rows_before(queue.name, reader.who.scope, reader.kind, whole=key is None)
    return reader.conn.execute(held, bound).scalar_one()
