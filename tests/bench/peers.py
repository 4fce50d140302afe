"""What we are measured against: `peers.py table` is Textual's DataTable, `counter` a bare app."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.widgets import DataTable, Static

from console.render_time import left
from tests.console.apps.numbers import START, Numbers

if TYPE_CHECKING:
    from textual.app import ComposeResult

_TICKING = 40


class Table(App[None]):
    """The board as a DataTable: a thousand rows, forty of which tick on `t`."""

    BINDINGS = [("t", "second", "tick"), ("z", "nothing", "nothing"), ("q", "quit", "quit")]

    def compose(self) -> ComposeResult:
        yield Static("board", markup=False)
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        self.at = START
        self.numbers = Numbers(1000, first=100.0)
        table: DataTable[Any] = self.query_one(DataTable)
        self.columns = table.add_columns("No.", "left", "标题", "state", "site")
        for number in range(1000):
            row = self.numbers.row(number)
            first, *rest = (str(cell if isinstance(cell, str) else cell.text) for cell in row.cells)
            table.add_row(first, left(row.due_at, self.at), *rest, key=str(number))
        table.focus()

    def action_second(self) -> None:
        self.at += timedelta(seconds=1)
        table: DataTable[Any] = self.query_one(DataTable)
        for number in range(_TICKING):
            text = left(self.numbers.row(number).due_at, self.at)
            table.update_cell(str(number), self.columns[1], text)

    def action_nothing(self) -> None:
        return


class Counter(App[None]):
    """The least an app can do for a key."""

    BINDINGS = [("j", "count", "count"), ("k", "count", "count"), ("q", "quit", "quit")]
    presses = 0

    def compose(self) -> ComposeResult:
        yield Static("board on 0", markup=False)

    def action_count(self) -> None:
        self.presses += 1
        self.query_one(Static).update(f"board on {self.presses}", layout=False)


if __name__ == "__main__":
    {"table": Table, "counter": Counter}[sys.argv[1]]().run()
