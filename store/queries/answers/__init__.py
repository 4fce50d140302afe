"""Each question's type to the function that answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.queries.answers import board
from store.queries.board import LineOf, QueueCounts, QueuePage, QueuePosition

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.intents import Query

ANSWERS: Mapping[type[Query[Any]], Callable[..., Any]] = {
    QueueCounts: board.queue_counts,
    QueuePage: board.queue_page,
    QueuePosition: board.queue_position,
    LineOf: board.line_of,
}
