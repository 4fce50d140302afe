"""Brings the rows of each order together, in bounded memory, wherever in the file they lie."""

from __future__ import annotations

import contextlib
import heapq
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from console.intake.reader import Row, Table
from console.intake.troubles import RowRefused
from console.throw_away import thrown_away
from store.domain.words import N_

if TYPE_CHECKING:
    from pathlib import Path

MOST_HELD = 20_000
"""Rows kept in memory at once; a file that needs more goes through temporary files."""
MOST_FILES = 200

Group = list[Row]
"""The rows of one order in file order, or one row alone that belongs to none."""
Key = Callable[[Row], str]


def one_by_one(table: Table, key: Key) -> Iterator[Group]:
    """Each row an order; a second row of the same id is marked as wrong."""
    seen: set[int] = set()
    for row in table.rows():
        name = key(row)
        mark = hash(name)
        if name and mark in seen:
            wrong = N_('an earlier row has the same id; is each row an event? (mode = "events")')
            yield [Row(line=row.line, cells=row.cells, wrong=RowRefused(wrong=wrong))]
            continue
        seen.add(mark)
        yield [row]


def by_order(table: Table, key: Key, *, most_held: int = MOST_HELD) -> Iterator[Group]:
    """The rows of each order together; orders come when their last row has been read.

    The file is read once more before, to know where each order begins and ends.
    """
    spans = _spans(table, key)
    if _most_open(spans) <= most_held:
        return _streamed(table, key, spans)
    return _spilled(table, key, spans, most_held)


@dataclass(slots=True)
class _Span:
    first: int
    last: int
    rows: int = 1


def _spans(table: Table, key: Key) -> dict[str, _Span]:
    spans: dict[str, _Span] = {}
    for row in table.rows():
        name = key(row)
        if not name:
            continue
        span = spans.get(name)
        if span is None:
            spans[name] = _Span(row.line, row.line)
        else:
            span.last = row.line
            span.rows += 1
    return spans


def _most_open(spans: dict[str, _Span]) -> int:
    """The most rows of unfinished orders at any point of the file, at worst."""
    ends: list[tuple[int, int]] = []
    held = most = 0
    for span in spans.values():  # in the order of their first lines
        while ends and ends[0][0] < span.first:
            held -= heapq.heappop(ends)[1]
        heapq.heappush(ends, (span.last, span.rows))
        held += span.rows
        most = max(most, held)
    return most


def _streamed(table: Table, key: Key, spans: dict[str, _Span]) -> Iterator[Group]:
    held: dict[str, Group] = {}
    for row in table.rows():
        name = key(row)
        if not name:
            yield [row]
            continue
        group = held.setdefault(name, [])
        group.append(row)
        if len(group) == spans[name].rows:
            yield held.pop(name)


@dataclass(slots=True)
class _Pile:
    """Rows of some orders on disk."""

    path: Path
    rows: int = 0
    lines: list[str] = field(default_factory=list)

    def add(self, name: str, row: Row) -> None:
        self.lines.append(json.dumps([name, row.line, row.cells]) + "\n")
        if len(self.lines) >= 200:
            self.write()

    def write(self) -> None:
        with self.path.open("a", encoding="ascii") as stream:
            stream.writelines(self.lines)
        self.lines.clear()

    def groups(self) -> Iterator[Group]:
        self.write()
        held: dict[str, Group] = {}
        with contextlib.closing(_opened(self.path)) as stream:
            for line in stream:
                name, number, cells = json.loads(line)
                held.setdefault(name, []).append(Row(line=number, cells=cells))
        yield from held.values()


def _opened(path: Path) -> IO[str]:
    return path.open(encoding="ascii")


def _spilled(table: Table, key: Key, spans: dict[str, _Span], most_held: int) -> Iterator[Group]:
    """Orders go to piles by where they begin; then one pile at a time is read back."""
    total = sum(span.rows for span in spans.values())
    room = max(most_held, total // MOST_FILES + 1)
    with thrown_away("paidan-import-") as folder:
        piles: list[_Pile] = []
        pile_of: dict[str, _Pile] = {}
        for name, span in spans.items():
            if not piles or piles[-1].rows + span.rows > room:
                piles.append(_Pile(folder / f"{len(piles)}.jsonl"))
            piles[-1].rows += span.rows
            pile_of[name] = piles[-1]
        for row in table.rows():
            name = key(row)
            if name:
                pile_of[name].add(name, row)
            else:
                yield [row]
        for pile in piles:
            yield from pile.groups()
