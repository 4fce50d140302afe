"""Lists for work tables: a queue of the store, the technicians, and rows held in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.hands_first import hands_first
from console.i18n import language
from console.render import board_row, line_looks
from console.render_people import person_row
from console.widgets.window import Ask, Page, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from console.render import OrderRow
    from console.seat import Seat
    from console.widgets.window import Row
    from store.queries.asking import Asking
    from store.queries.board import BoardLine, QueuePage
    from store.queries.people import TechnicianLine


_MOST_LEFT = 32
"""A screenful; whoever leaves more behind has let them in long before."""


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
        self._rows = KeptRows(queue)

    def page(self, ask: Ask) -> Page:
        """The page asked for; blocks, and raises what the store raises."""
        hands_first.stand_back()
        known = self._count(self.queue)
        query = self._query(ask, counted=known is None or ask.where is Where.KEY)
        at = self._seat.now()
        with self._seat.asking() as asked:
            (found,) = asked.several(query)
            rows = self._rows.of(found.lines, at=at)
            left = left_rows(asked, ask, rows, at=at, queue=self.queue)
        return Page(
            rows=rows,
            count=max(len(rows), found.total if found.total is not None else known or 0),
            start=ask.offset if ask.where is Where.AT else found.skipped,
            at_top=found.at_top,
            at_end=found.at_end,
            left=left,
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


class KeptRows:
    """Rows as they were drawn of the same lines, as long as they would look the same."""

    def __init__(self, queue: str) -> None:
        self._queue = queue
        self._kept: Mapping[int, tuple[BoardLine, object, OrderRow]] = {}

    def of(self, lines: Sequence[BoardLine], *, at: datetime) -> tuple[OrderRow, ...]:
        """The rows of these lines."""
        before, tongue = self._kept, language()
        kept: dict[int, tuple[BoardLine, object, OrderRow]] = {}
        for line in lines:
            told = line_looks(line, at), tongue
            found = before.get(line.number)
            if found is None or found[0] is not line or found[1] != told:
                found = line, told, board_row(line, at=at, queue=self._queue)
            kept[line.number] = found
        self._kept = kept
        return tuple(row for _line, _told, row in kept.values())


def left_rows(
    asked: Asking, ask: Ask, rows: tuple[OrderRow, ...], *, at: datetime, queue: str
) -> tuple[OrderRow, ...]:
    """The orders held that a page does not bring: they left the list, and are shown as they are."""
    from store.queries.board import LineOf

    missing = ask.held - {row.key for row in rows}
    keys = [key for key in missing if isinstance(key, int)][:_MOST_LEFT]
    found = asked.several(*(LineOf(number=key) for key in keys)) if keys else ()
    return tuple(board_row(line, at=at, queue=queue) for line in found if line is not None)


class HeldRows:
    """Rows in memory, all of them in every page."""

    instant = True

    def __init__(self, rows: tuple[Row, ...] = ()) -> None:
        self.rows = rows

    def page(self, _ask: Ask) -> Page:
        """All rows."""
        return Page(rows=self.rows, count=len(self.rows), start=0, at_top=True, at_end=True)


class People:
    """The technicians as last told; a row is made when it is about to be shown."""

    instant = True

    def __init__(self, at: datetime) -> None:
        self.lines: tuple[TechnicianLine, ...] = ()
        self.at = at
        """The instant up to which the rows count how long something has lasted."""

    def page(self, ask: Ask) -> Page:
        """The page asked for."""
        count = len(self.lines)
        low, high = placed(ask, count, self._index(ask.key))
        lines = enumerate(self.lines[low:high], low)
        return Page(
            rows=tuple(person_row(line, place, at=self.at) for place, line in lines),
            count=count,
            start=low,
            at_top=low == 0,
            at_end=high == count,
        )

    def _index(self, key: object) -> int:
        return next((place for place, line in enumerate(self.lines) if line.id == key), 0)


def placed(ask: Ask, count: int, of_key: int) -> tuple[int, int]:
    """Which rows are asked for of so many, whose marks are their places; and where the key is."""
    place = int(ask.mark[0]) if ask.mark else 0
    first = {
        Where.TOP: 0,
        Where.END: count - ask.limit,
        Where.FROM: place,
        Where.AFTER: place + 1,
        Where.BEFORE: place - ask.limit,
        Where.AT: ask.offset,
        Where.KEY: of_key - ask.limit // 2,
    }[ask.where]
    low = max(0, min(first, count))
    return low, place if ask.where is Where.BEFORE else min(count, low + ask.limit)
