"""Lists for work tables: a queue of the store, and rows held in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.render import board_row
from console.widgets.window import Ask, Page, Where

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.seat import Seat
    from console.widgets.window import Row
    from store.queries.board import QueuePage


class QueueSource:
    """The orders of one queue, asked from the store page by page."""

    instant = False

    def __init__(
        self,
        seat: Seat,
        queue: str,
        *,
        count: Callable[[str], int | None] = lambda _queue: None,
    ) -> None:
        self._seat = seat
        self.queue = queue
        self._count = count
        """The queue's length as last counted; None where it must be counted with the page."""

    def page(self, ask: Ask) -> Page:
        """The page asked for; blocks, and raises what the store raises."""
        known = self._count(self.queue)
        found = self._seat.ask(self._query(ask, counted=known is None or ask.where is Where.KEY))
        at = self._seat.now()
        rows = tuple(board_row(line, at=at, queue=self.queue) for line in found.lines)
        return Page(
            rows=rows,
            count=max(len(rows), found.total if found.total is not None else known or 0),
            start=ask.offset if ask.where is Where.AT else found.skipped,
            at_top=found.at_top,
            at_end=found.at_end,
        )

    def _query(self, ask: Ask, *, counted: bool) -> QueuePage:
        from store.queries.board import Key, QueuePage

        key = Key(*ask.mark) if ask.mark else None
        place: dict[Where, dict[str, Any]] = {
            Where.TOP: {},
            Where.END: {"last": True},
            Where.FROM: {"since": key},
            Where.AFTER: {"after": key},
            Where.BEFORE: {"before": key},
            Where.AT: {"position": ask.offset},
            Where.KEY: {"around": ask.key},
        }
        return QueuePage(queue=self.queue, limit=ask.limit, counted=counted, **place[ask.where])


class HeldRows:
    """Rows in memory, all of them in every page."""

    instant = True

    def __init__(self, rows: tuple[Row, ...] = ()) -> None:
        self.rows = rows

    def page(self, _ask: Ask) -> Page:
        """All rows."""
        return Page(rows=self.rows, count=len(self.rows), start=0, at_top=True, at_end=True)
