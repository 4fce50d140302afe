"""How many rows each queue has: one walk by state, and a short one for each queue by time."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, literal_column, select, text

from store.persistence import scoping
from store.queries.answers.conditions import holding, in_queue
from store.queries.answers.pages import KEPT, counted, seen
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Select

    from store.domain.who import Scope
    from store.persistence.reader import Reader
    from store.queries.board import QueueCounts
    from store.queries.queues import Queue

_FROM = {
    # Left to itself SQLite takes an index over the closed orders too.
    ("sqlite", True): "work_order INDEXED BY ix_live_site",
    ("sqlite", False): "work_order INDEXED BY ix_live_state",
}


def queue_counts(reader: Reader, _query: QueueCounts) -> Mapping[str, int]:
    """Two statements on one moment; each count is that of the rows which the queue shows."""
    scope, at = reader.who.scope, {"at": reader.at}
    wheres = _wheres(scope)
    by_state = reader.conn.execute(_by_state(scope, reader.kind), at).all()
    others = [queue for queue in QUEUES.values() if not _of_states(queue, scope)]
    alone = reader.conn.execute(_alone(scope, reader.kind), at).one()
    counts = dict(zip((queue.name for queue in others), alone, strict=True))
    for name, queue in QUEUES.items():
        if name not in counts:
            place = 1 + wheres.index(queue.where)
            mine = (row for row in by_state if not queue.states or row[0] in queue.states)
            counts[name] = sum(row[place] for row in mine)
    return {name: counts[name] for name in QUEUES}


def _of_states(queue: Queue, scope: Scope) -> bool:
    """Whether the walk by state can tell: what it asks lies in that index, or the rows are few."""
    return queue.live and (queue.order == "rank_at" or scope.sites is not None)


def _wheres(scope: Scope) -> list[str]:
    """What the queues of the walk by state ask besides the state."""
    return sorted({queue.where for queue in QUEUES.values() if _of_states(queue, scope)})


@lru_cache(KEPT)
def _by_state(scope: Scope, kind: str) -> Select[Any]:
    some = scope.sites is not None
    tallies: tuple[Any, ...] = tuple(
        func.count(case((holding(where), 1))) if where else func.count() for where in _wheres(scope)
    )
    state: Any = literal_column("state")
    return (
        select(state, *tallies)
        .select_from(text(_FROM.get((kind, some), "work_order")))
        .where(text("live = 1"), scoping.within(scope, literal_column("site_id"), kind))
        .group_by(state)
    )


@lru_cache(KEPT)
def _alone(scope: Scope, kind: str) -> Select[Any]:
    """The other queues, each by the index that it walks."""
    others = (queue for queue in QUEUES.values() if not _of_states(queue, scope))
    return select(
        *(counted().where(in_queue(queue), seen(scope, kind)).scalar_subquery() for queue in others)
    )
