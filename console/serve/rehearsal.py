"""Rows that a console shows to nobody, before it is copied for whoever comes.

What drawing orders looks up for the first time (the nearest colour of a smaller palette, how wide
a text is, what is written from one look to the next) is then known to every copy.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle, islice, product
from typing import TYPE_CHECKING, Final

from console.render import board_row
from console.sources import HeldRows
from console.widgets.work_table import WorkTable
from store.domain.lifecycle import STATES
from store.domain.targets import ClockKind
from store.queries.board import BoardLine, Key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from console.screens.board import BoardScreen

_LEFT: Final = (timedelta(minutes=-5), timedelta(minutes=5), timedelta(hours=3), timedelta(days=2))
"""Until a promise: broken, near, today, and told in hours."""
_QUEUE: Final = "all"


def begin(board: BoardScreen) -> None:
    """Show orders of all kinds, as many as there is room for."""
    table = board.query_one("#orders", WorkTable)
    at = board.desk.now()
    lines = islice(_lines(at), max(1, table.rows_shown))
    table.set_source(HeldRows(tuple(board_row(line, at=at, queue=_QUEUE) for line in lines)))


def end(board: BoardScreen) -> None:
    """Show none again."""
    board.query_one("#orders", WorkTable).set_source(HeldRows())


def _lines(at: datetime) -> Iterator[BoardLine]:
    kinds = cycle(product(STATES, _LEFT))
    for number, (state, left) in enumerate(kinds, 1):
        due_at = at + left
        yield BoardLine(
            key=Key(due_at, number),
            number=number,
            version=1,
            title="-",
            priority=number % 4 + 1,
            state=state,
            category=STATES[state].category,
            state_since=at - timedelta(minutes=number),
            opened_at=at - timedelta(hours=number),
            reason="",
            wake_at=None,
            next_deadline=due_at,
            next_clock=ClockKind.RESOLVE,
            risk_at=None,
            orphan_at=None,
            follow_at=None,
            rank_at=due_at,
            site=None,
            site_code=None,
            site_name=None,
            customer_name=None,
            technician_code=None,
            technician_name=None,
            severity=number % 4 or None,
            acknowledged=False,
        )
