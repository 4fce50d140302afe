"""A list of a million numbered rows in memory, and lists made by hand; sources for tests."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from console.widgets.window import Ask, Page, Row, Tinted, Where

if TYPE_CHECKING:
    from collections.abc import Iterable

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TITLES = ("紧急工单：三号楼电梯停运", "Boiler 锅炉 pressure", "消防水泵漏水，请速到场", "Lamp out")


class Numbers:
    """Rows made from their number, `count` of them; row n is due n * `step` seconds on."""

    instant = True

    def __init__(self, count: int, *, step: float = 7.0, first: float = 15.0) -> None:
        self.count = count
        self.step = step
        self.first = first

    def row(self, number: int) -> Row:
        """The row with this number."""
        return Row(
            key=number,
            version=0,
            mark=(number,),
            cells=(f"W{number:07}", TITLES[number % 4], Tinted("new", "good"), f"S{number % 97}"),
            due_at=START + timedelta(seconds=self.first + number * self.step),
        )

    def page(self, ask: Ask) -> Page:
        """The page asked for, made on the spot."""
        low = self._low(ask)
        high = min(self.count, low + ask.limit)
        low = max(0, low)
        rows = tuple(self.row(number) for number in range(low, high))
        return Page(
            rows=rows, count=self.count, start=low, at_top=low == 0, at_end=high == self.count
        )

    def _low(self, ask: Ask) -> int:
        mark = ask.mark[0] if ask.mark else 0
        key = ask.key if isinstance(ask.key, int) else 0
        return {
            Where.TOP: 0,
            Where.END: self.count - ask.limit,
            Where.FROM: mark,
            Where.AFTER: mark + 1,
            Where.BEFORE: mark - ask.limit,
            Where.AT: ask.offset,
            Where.KEY: key - ask.limit // 2,
        }[ask.where]


class ByHand:
    """A list held in memory whose rows a test may add, move and take away."""

    instant = True

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.rows = sorted(rows, key=lambda row: row.mark)

    def put(self, row: Row) -> None:
        """Add a row, or give one another place."""
        self.drop(row.key)
        self.rows.append(row)
        self.rows.sort(key=lambda one: one.mark)

    def drop(self, key: object) -> None:
        """Take a row away."""
        self.rows = [row for row in self.rows if row.key != key]

    def page(self, ask: Ask) -> Page:
        """The page asked for."""
        low, high = self._range(ask)
        low, high = max(0, low), min(len(self.rows), high)
        return Page(
            rows=tuple(self.rows[low:high]),
            count=len(self.rows),
            at_top=low == 0,
            at_end=high == len(self.rows),
        )

    def _range(self, ask: Ask) -> tuple[int, int]:
        marks = [row.mark for row in self.rows]
        keys = [row.key for row in self.rows]
        mark = ask.mark or ()
        key = keys.index(ask.key) if ask.key in keys else 0
        low, high = {
            Where.TOP: (0, None),
            Where.END: (len(marks) - ask.limit, None),
            Where.FROM: (bisect_left(marks, mark), None),
            Where.AFTER: (bisect_right(marks, mark), None),
            Where.BEFORE: (bisect_left(marks, mark) - ask.limit, bisect_left(marks, mark)),
            Where.AT: (ask.offset, None),
            Where.KEY: (key - ask.limit // 2, None),
        }[ask.where]
        return low, low + ask.limit if high is None else high
