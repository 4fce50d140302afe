"""The records of a CSV text, none of which swallows the row after it.

What is well-formed is one record, whatever its texts hold: a stranger wrote them, and they may look
like rows. A quote that is never closed, or closed amid a text, would take the rows after it along;
it costs the line that it stands in, and those after it are read as rows again.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST: Final = 8 << 20
"""Characters that a row of many lines has at most; more are those of a quote left open."""
_LINE: Final = 64
"""What a line counts for beside its characters: also an empty one takes memory."""

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


class _Fate(Enum):
    """What becomes, in a line that begins within a quoted text, of the record."""

    GOES_ON = auto()
    ENDS = auto()
    BREAKS = auto()


class _Unending(Exception):
    """The quoted text of the record in hand does not end as one may."""


class _Feed:
    """The lines that a CSV reader is fed; a record gets more than one only if it ends well.

    Whatever is open at the beginning of a line comes to the same end, so each line is looked at
    once, however many quotes before it are open.
    """

    def __init__(self, read: Callable[[], str], delimiter: str) -> None:
        self._read = read
        self._delimiter = delimiter
        self._ahead: deque[str] = deque()
        """Lines that were looked at; within all but the last the quoted text goes on."""
        self._weight = 0
        self._fate = _Fate.GOES_ON
        self._sound = False
        """Whether the lines of the record in hand are known to end well."""
        self.taken: list[str] = []
        self.number = 0
        self.wrong = ""

    def begin(self) -> None:
        """Let the next line be the first of a record."""
        self.taken, self._sound, self.wrong = [], False, ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.taken and not self._sound:
            self.wrong = self._look()
            if self.wrong:
                raise _Unending
            self._sound = True
        if self._ahead:
            line = self._ahead.popleft()
            self._weight -= len(line) + _LINE
        else:
            line = self._read()
        if not line:
            raise StopIteration
        self.taken.append(line)
        self.number += 1
        return line

    def _look(self) -> str:
        """What is wrong with the quoted text that is open now."""
        if not self._ahead:
            self._fate = _Fate.GOES_ON
        while self._fate is _Fate.GOES_ON and self._weight <= LONGEST:
            line = self._read()
            if not line:
                return _OPEN
            self._ahead.append(line)
            self._weight += len(line) + _LINE
            self._fate = _within(line, self._delimiter)
        if self._weight > LONGEST:
            return _OPEN
        return _SWALLOWS if self._fate is _Fate.BREAKS else ""


def records(read: Callable[[], str], delimiter: str) -> Iterator[Record]:
    """Every record in order; `read` gives the next line, and an empty text at the end."""
    feed = _Feed(read, delimiter)
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    while True:
        feed.begin()
        begins = feed.number + 1
        try:
            cells, wrong = next(reader), ""
        except StopIteration:
            return
        except _Unending:
            cells, wrong = _apart(feed.taken[0], delimiter), feed.wrong
        except csv.Error:
            cells, wrong = _mended(feed.taken[0], delimiter)
        yield Record(begins, feed.taken, cells, wrong)


def _within(line: str, delimiter: str) -> _Fate:
    """What becomes of a quoted text that is open where the line begins."""
    if '"' not in line:
        return _Fate.GOES_ON
    asked_on = False

    def fed() -> Iterator[str]:
        nonlocal asked_on
        yield f'"{line}'
        asked_on = True

    try:
        next(csv.reader(fed(), delimiter=delimiter, strict=True))
    except csv.Error:
        return _Fate.GOES_ON if asked_on else _Fate.BREAKS
    return _Fate.ENDS


def _mended(line: str, delimiter: str) -> tuple[list[str], str]:
    """The cells of a line whose closing quotes have only blanks behind them; else what is wrong."""
    bare = re.sub(rf'"[ \t]+(?={re.escape(delimiter)}|[\r\n]|$)', '"', line)
    try:
        return next(csv.reader([bare], delimiter=delimiter, strict=True)), ""
    except csv.Error:
        wrong = _OPEN if line.count('"') % 2 else _BARE
        return _apart(line, delimiter), wrong


def _apart(line: str, delimiter: str) -> list[str]:
    """The cells of a line, whatever its quotes say."""
    return line.rstrip("\r\n").split(delimiter)
