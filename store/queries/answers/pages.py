"""The statements of the queues, built once for each queue, scope and place, then only bound.

Binds: `at` the instant of asking; `edge_at`, `edge_number` the key at the edge; `limit`, `skip` and
`upto`, their sum.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, literal_column, select, text, true, tuple_, union_all

from store.persistence import scoping
from store.persistence.types import Id, Instant, Whole
from store.queries.answers.conditions import holding, in_queue
from store.queries.answers.lines import COLUMNS, ORDERS, joined
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select, Subquery

    from store.domain.who import Scope
    from store.queries.queues import Queue

KEPT = 512
"""Statements kept at once: all of one desk's, and those of a few sites' offices."""


class Edge(Enum):
    """Where a page begins, or for the last two ends."""

    FIRST = "at the beginning"
    AFTER = "after a key"
    SINCE = "at a key"
    BEFORE = "just before a key"
    LAST = "at the end"


_MOST_SITES = 200
"""So many sites are gone through one by one on PostgreSQL; for more the whole queue is walked."""
_AT_SITE = (
    *("number", "state", "category"),
    *("rank_at", "next_deadline", "risk_at", "wake_at", "orphan_at"),
)
"""What `ix_live_site` tells: all that queues of the desk ask."""
_BACKWARDS = frozenset({Edge.BEFORE, Edge.LAST})
_LIMIT, _SKIP, _UPTO = (bindparam(name, type_=Whole) for name in ("limit", "skip", "upto"))
_KEY = tuple_(bindparam("edge_at", type_=Instant()), bindparam("edge_number", type_=Id))


@lru_cache(KEPT)
def page_of(queue: str, scope: Scope, kind: str, edge: Edge) -> Select[Any]:
    """One page in the queue's order: keys off an index first, then only its rows read whole."""
    keys = _keys(QUEUES[queue], scope, kind, edge)
    order: tuple[Any, ...] = (keys.c.at, keys.c.number)
    if edge in _BACKWARDS:
        order = (keys.c.at.desc(), keys.c.number.desc())
    page = select(keys).order_by(*order).limit(_LIMIT).offset(_SKIP).subquery("page")
    source = joined(page.join(ORDERS, ORDERS.c.number == page.c.number))
    return select(*COLUMNS).select_from(source).order_by(page.c.at, page.c.number)


@lru_cache(KEPT)
def rows_before(queue: str, scope: Scope, kind: str, *, whole: bool) -> Select[int]:
    """How many rows of a queue stand before a key, or how many it has."""
    held = counted().where(in_queue(QUEUES[queue]), seen(scope, kind))
    return held if whole else held.where(*_beyond(_place(QUEUES[queue], ORDERS.c), Edge.BEFORE))


@lru_cache(KEPT)
def key_of(queue: str, scope: Scope, kind: str) -> Select[Any]:
    """Where the order bound as `number` stands in a queue, if it does."""
    column = ORDERS.c[QUEUES[queue].order]
    mine = ORDERS.c.number == bindparam("number")
    return select(column).where(mine, in_queue(QUEUES[queue]), seen(scope, kind))


def _keys(queue: Queue, scope: Scope, kind: str, edge: Edge) -> Subquery:
    if kind == "postgresql" and queue.live and 0 < len(scope.sites or ()) <= _MOST_SITES:
        return _site_by_site(queue, scope, edge)
    column, number = _place(queue, ORDERS.c)
    order = (column.desc(), number.desc()) if edge in _BACKWARDS else (column, number)
    lanes = [
        select(column.label("at"), number)
        .where(holding(lane), seen(scope, kind), *_beyond((column, number), edge))
        .order_by(*order)
        .limit(_UPTO)
        for lane in queue.lanes()
    ]
    if len(lanes) == 1:
        return lanes[0].subquery("keys")
    # SQLite takes a limit inside a union only in a subquery of its own.
    return union_all(*(select(lane.subquery()) for lane in lanes)).subquery("keys")


def _site_by_site(queue: Queue, scope: Scope, edge: Edge) -> Subquery:
    """What each site has at the desk, looked through outside of the walk.

    PostgreSQL has no idea how few of a queue lie at some sites: it would look for them to its end.
    """
    site = scoping.each_site(scope)
    held = (
        select(literal_column("1").label("live"), *(ORDERS.c[name] for name in _AT_SITE))
        .where(text("live = 1"), ORDERS.c.site_id == site.c.id)
        .offset(literal_column("0"))
    )
    mine = held.lateral("mine")
    column, number = _place(queue, mine.c)
    keys = select(column.label("at"), number).select_from(site.join(mine, true()))
    beyond = _beyond((column, number), edge)
    return keys.where(holding(queue.predicate()), *beyond).subquery("keys")


def _beyond(place: tuple[Any, Any], edge: Edge) -> tuple[ColumnElement[bool], ...]:
    here: Any = tuple_(*place)
    conditions: dict[Edge, tuple[ColumnElement[bool], ...]] = {
        Edge.AFTER: (here > _KEY,),
        Edge.SINCE: (here >= _KEY,),
        Edge.BEFORE: (here < _KEY,),
    }
    return conditions.get(edge, ())


def _place(queue: Queue, columns: Any) -> tuple[Any, Any]:
    return columns[queue.order], columns["number"]


def counted() -> Select[int]:
    """How many orders; the caller says which."""
    return select(func.count()).select_from(ORDERS)


def seen(scope: Scope, kind: str) -> ColumnElement[bool]:
    """The asker's sites, tested while a queue's own index is walked.

    SQLite keeps no statistics of ours and would take any index on the site first, even the one
    over all closed orders; the plus sign forbids it that.
    """
    site: Any = ORDERS.c.site_id if kind == "postgresql" else literal_column("+work_order.site_id")
    return scoping.within(scope, site, kind)
