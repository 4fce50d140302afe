"""The predicate of a queue as a condition that a statement can carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, text

from store.domain.errors import QueueUnknown
from store.persistence.types import Instant
from store.queries.queues import QUEUES, Queue

if TYPE_CHECKING:
    from sqlalchemy import TextClause


def queue_named(name: str) -> Queue:
    """A queue of the table; `NameUnknown` for others."""
    if name not in QUEUES:
        raise QueueUnknown(name=name, known=", ".join(QUEUES))
    return QUEUES[name]


def in_queue(queue: Queue) -> TextClause:
    """Whether a row of `work_order` belongs in a queue at the instant bound as `at`."""
    return holding(queue.predicate())


def holding(predicate: str) -> TextClause:
    """A predicate over `work_order`; the text stands as it is, for the indexes."""
    if ":at" not in predicate:
        return text(predicate)
    return text(predicate).bindparams(bindparam("at", type_=Instant()))
