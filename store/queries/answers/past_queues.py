"""The queues of a past moment: which order belonged where, worked out from marks in hand."""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

from store.persistence.types import to_ms
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from store.queries.board import BoardLine
    from store.queries.queues import Queue


class Mark(NamedTuple):
    """What decides where an order stands; instants in epoch milliseconds."""

    number: int
    state: str
    next_deadline: int | None
    risk_at: int | None
    wake_at: int | None
    orphan_at: int | None
    follow_at: int | None
    rank_at: int
    severity: int | None
    acknowledged_at: int | None
    left: bool = False
    """Whether it had left the desk."""


MARKS = ("next_deadline", "risk_at", "wake_at", "orphan_at", "follow_at", "rank_at")
"""The columns of `work_order` that are instants, in their order."""


def mark_of(line: BoardLine, *, left: bool) -> Mark:
    """The mark of an order that was told again."""
    due, risk, wake, orphan, follow, rank = (_ms(getattr(line, name)) for name in MARKS)
    return Mark(
        number=line.number,
        state=line.state.value,
        next_deadline=due,
        risk_at=risk,
        wake_at=wake,
        orphan_at=orphan,
        follow_at=follow,
        rank_at=rank or 0,
        severity=line.severity,
        acknowledged_at=int(line.acknowledged) or None,
        left=left,
    )


def counted(marks: Iterable[Mark], at: datetime) -> dict[str, int]:
    """How many orders each queue held."""
    held = tuple(marks)
    return {name: sum(1 for _mark in _holding(queue, held, at)) for name, queue in QUEUES.items()}


def first(marks: Iterable[Mark], queue: str, at: datetime, limit: int) -> list[int]:
    """The numbers of the first orders of a queue, in its order."""
    by = Mark._fields.index(QUEUES[queue].order)
    held = _holding(QUEUES[queue], marks, at)
    return [mark.number for mark in nsmallest(limit, held, key=lambda m: (m[by], m.number))]


def _holding(queue: Queue, marks: Iterable[Mark], at: datetime) -> Iterable[Mark]:
    holds, now, states = HOLDS[queue.where], to_ms(at), {state.value for state in queue.states}
    for mark in marks:
        if queue.live and mark.left:
            continue
        if (not states or mark.state in states) and holds(mark, now):
            yield mark


def _ms(at: datetime | None) -> int | None:
    return None if at is None else to_ms(at)


def _due(instant: int | None, now: int) -> bool:
    return instant is not None and instant <= now


HOLDS: Mapping[str, Callable[[Mark, int], bool]] = {
    "": lambda _mark, _now: True,
    "next_deadline >= :at AND risk_at <= :at": lambda mark, now: (
        mark.next_deadline is not None and mark.next_deadline >= now and _due(mark.risk_at, now)
    ),
    "next_deadline < :at": lambda mark, now: (
        mark.next_deadline is not None and mark.next_deadline < now
    ),
    "wake_at <= :at": lambda mark, now: _due(mark.wake_at, now),
    "follow_at IS NOT NULL AND follow_at <= :at": lambda mark, now: _due(mark.follow_at, now),
    "orphan_at <= :at": lambda mark, now: _due(mark.orphan_at, now),
}
"""What each condition of a queue means for a mark."""
