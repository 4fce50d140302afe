"""A board of numbered rows: `board.py COUNT STEP FIRST`; `t` lets a second pass, `a` adds a row."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from textual.widgets import Static

from console.terminal import FrugalApp
from console.widgets.columns import Column
from console.widgets.work_table import WorkTable
from tests.console.apps.numbers import START, ByHand, Numbers

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from console.widgets.window import Source

COLUMNS = (
    Column(name="number", title="No.", width=8),
    Column(name="left", title="left", width=6, align="right", clock=True),
    Column(name="title", title="标题", width=20, flexible=True),
    Column(name="state", title="state", width=8),
    Column(name="site", title="site", width=8, since=100),
)


class Board(FrugalApp[None]):
    """A header line and a work table."""

    BINDINGS = [
        ("t", "second", "tick"),
        ("a", "add", "add"),
        ("r", "take", "take away"),
        ("z", "nothing", "nothing"),
        ("q", "quit", "quit"),
    ]

    def __init__(self, source: Source) -> None:
        super().__init__()
        self.source = source
        self.at = START
        self.heard = Static("board", markup=False)

    def compose(self) -> ComposeResult:
        yield self.heard
        yield WorkTable(COLUMNS, self.source, at=self.at)

    def on_mount(self) -> None:
        self.query_one(WorkTable).focus()

    def action_second(self) -> None:
        self.at += timedelta(seconds=1)
        self.query_one(WorkTable).tick(self.at)

    def action_add(self) -> None:
        """A new row above all others."""
        if isinstance(self.source, ByHand):
            first = self.source.rows[0]
            mark = first.mark[0] - 1
            self.source.put(replace(first, key=mark, mark=(mark,), cells=(f"N{-mark:07}",)))
            self.query_one(WorkTable).reload()

    def action_take(self) -> None:
        """The row under the cursor leaves the list."""
        if isinstance(self.source, ByHand):
            self.source.drop(self.query_one(WorkTable).cursor_key)
            self.query_one(WorkTable).reload()

    def action_nothing(self) -> None:
        """A key that changes nothing, to measure what a key costs."""

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        self.heard.update(f"board on {message.key}", layout=False)

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        self.heard.update(f"board chose {message.key}", layout=False)


def main() -> int:
    count, step, first = (float(word) for word in sys.argv[1:4])
    numbers = Numbers(int(count), step=step, first=first)
    by_hand = "by-hand" in sys.argv
    source = ByHand(numbers.row(n) for n in range(int(count))) if by_hand else numbers
    board = Board(source)
    board.run()
    return board.return_code or 0


if __name__ == "__main__":
    sys.exit(main())
