"""The records of a CSV text, none of which swallows the row after it.

A quote that is never closed, or closed by one of a later row, would make one text of all the rows
between. Here it costs the line that it stands in: those after it are read as rows again.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_LINES: Final = 2_000
"""Lines that a row has at most; more are those of a quote that nobody closed."""
_TELLING: Final = 4
"""Digits from which on two cells of one shape are more than chance: a year, a time, a number."""
_DIGITS: Final = re.compile(r"\d+")

_OPEN: Final = N_('a quote opens here and is never closed: close it, or write "" for one in a text')
_SWALLOWS: Final = N_(
    'a quote opens here and is closed in another row: close it, or write "" for one in a text'
)
_BARE: Final = N_('there is a quote within a quoted text: write "" for it')


@dataclass(slots=True)
class Record:
    """One record: where it begins, its lines as they stand, its cells, and what is wrong."""

    line: int
    lines: list[str]
    cells: list[str]
    wrong: str = ""


class _TooLong(Exception):
    """A record has more lines than any row."""


class _Feed:
    """The lines that a CSV reader is fed; those of the record in hand can be put back."""

    def __init__(self, read: Callable[[], str]) -> None:
        self._read = read
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES:
            raise _TooLong
        line = self._back.popleft() if self._back else self._read()
        if not line:
            raise StopIteration
        self.taken.append(line)
        self.number += 1
        return line

    def leave_first(self) -> str:
        """Put all but the first line back; that line."""
        first, *rest = self.taken
        self._back.extendleft(reversed(rest))
        self.number -= len(rest)
        return first


def records(read: Callable[[], str], delimiter: str, *, width: int = 0) -> Iterator[Record]:
    """Every record in order; `read` gives the next line, and an empty text at the end.

    `width` is that of the header, by which a line within a quoted text is known as a row.
    """
    feed = _Feed(read)
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    while True:
        feed.taken = []
        begins = feed.number + 1
        try:
            cells, wrong = next(reader), ""
        except StopIteration:
            return
        except (csv.Error, _TooLong):
            cells, wrong = _mended(feed.taken, delimiter)
        else:
            if len(feed.taken) > 1 and _swallows(feed.taken, delimiter, width):
                wrong = _SWALLOWS
        if wrong:
            first = feed.leave_first()
            yield Record(begins, [first], _apart(first, delimiter), wrong)
        else:
            yield Record(begins, feed.taken, cells)


def _mended(lines: list[str], delimiter: str) -> tuple[list[str], str]:
    """The cells of a line whose closing quotes have only blanks behind them; else what is wrong."""
    if len(lines) > 1:
        return [], _SWALLOWS if any('"' in line for line in lines[1:]) else _OPEN
    bare = re.sub(rf'"[ \t]+(?={re.escape(delimiter)}|[\r\n]|$)', '"', lines[0])
    try:
        return next(csv.reader([bare], delimiter=delimiter, strict=True)), ""
    except csv.Error:
        return [], _OPEN if lines[0].count('"') % 2 else _BARE


def _swallows(lines: list[str], delimiter: str, width: int) -> bool:
    """Whether a line within is a row of its own: as many cells, and one of the same shape."""
    if width < 2:
        return False
    begins = _apart(lines[0], delimiter)
    within = (_apart(line, delimiter) for line in lines[1:])
    return any(len(cells) == width and _alike(begins, cells) for cells in within)


def _apart(line: str, delimiter: str) -> list[str]:
    """The cells of a line, whatever its quotes say."""
    return line.rstrip("\r\n").split(delimiter)


def _alike(one: list[str], other: list[str]) -> bool:
    """Whether the two have a cell in common that is written alike, such as a time."""
    return any(
        _shape(a) == _shape(b) and min(map(_digits, (a, b))) >= _TELLING
        for a, b in zip(one, other, strict=False)
    )


def _shape(cell: str) -> str:
    return _DIGITS.sub("9", cell.strip().strip('"'))


def _digits(cell: str) -> int:
    return sum(map(str.isdecimal, cell))
