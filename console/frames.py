"""What the terminal shows, cell by cell, and the fewest bytes that bring it to the next frame.

    frame = Frame(width, height)
    frame.draw(y, strips)          # what a line shall show, left to right from column 0
    frame.put(x, y, strip)         # or only a part of it
    text = frame.flush((x, y))     # the bytes to write; the terminal is then taken to show it
    frame.forget()                 # the terminal's content is unknown: the next flush paints all

`draw` and `flush` are apart on purpose: while a terminal does not read, frames are drawn and none
is flushed, and the one flush afterwards carries only the net change.

A wide character owns two cells, the second holding an empty string, so a run that touches one half
always rewrites both. Characters without width other than combining marks never become a cell: this
is a second gate behind `console/gate.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from textual.strip import Strip

from console.wire import move, repen
from store.domain.text import MARKS_A_BASE, is_mark, is_unsafe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.segment import Segment

_UNKNOWN = "\0"
"""Stands in a cell whose content we cannot vouch for; equal to no character ever drawn."""

_STEADY = re.compile(
    r"[\x20-\x7e\u3000-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uff01-\uff5e]*"
)
"""Characters that every terminal gives the same width; after others the column is not trusted."""

_LONGEST_GAP = 3
"""Unchanged cells that are cheaper to write again than to jump over."""


@lru_cache(maxsize=1024)
def split(text: str) -> tuple[str, ...]:
    """Cut a text into cells; marks ride on their base, anything else without width is dropped."""
    cells: list[str] = []
    for character in text:
        width = get_character_cell_size(character)
        if is_unsafe(character):
            cells.extend(" " * width)
        elif width == 0:
            _attach(cells, character)
        else:
            cells.append(character)
            cells.extend([""] * (width - 1))
    return tuple(cells)


def _attach(cells: list[str], mark: str) -> None:
    """Put a combining mark on the character before it; one without a base is dropped."""
    base = len(cells) - 1
    while base >= 0 and not cells[base]:
        base -= 1
    if base >= 0 and is_mark(mark) and len(cells[base]) <= MARKS_A_BASE:
        cells[base] += mark


def cells_of(
    segments: Iterable[Segment], length: int, colours: ColorSystem
) -> tuple[list[str], list[str]]:
    """The characters and the pens of a line's part, one of each a cell, exactly `length` long."""
    characters: list[str] = []
    pens: list[str] = []
    for text, style, control in segments:
        if control:
            continue
        # isprintable() is False for every control character, so this is the gate's fast path too.
        cells: Sequence[str] = text if text.isascii() and text.isprintable() else split(text)
        characters.extend(cells)
        pens.extend([Strip.render_ansi(style, colours) if style else ""] * len(cells))
    if len(characters) != length:
        _fit(characters, pens, length)
    return characters, pens


def _fit(characters: list[str], pens: list[str], length: int) -> None:
    """Trim or pad a line whose real width differs from the promised one."""
    missing = length - len(characters)
    if missing > 0:
        characters.extend(" " * missing)
        pens.extend([pens[-1] if pens else ""] * missing)
        return
    halved = characters[length] == ""
    del characters[length:], pens[length:]
    if halved and characters:
        characters[-1] = " "


def changed_part(strip: Strip, old: Strip | None) -> tuple[int, list[Segment], int]:
    """The middle of a strip that is not the very same segments as in the old one.

    Its column in the strip, its segments and its width in cells. Widgets that keep the segments of
    a line's quiet parts (the work table does) save most of the work of a frame here; for the
    others the whole strip is the changed part.
    """
    new = list(strip)
    if old is None:
        return 0, new, strip.cell_length
    before = list(old)
    shorter = min(len(new), len(before))
    head = 0
    while head < shorter and new[head] is before[head]:
        head += 1
    tail = 0
    while tail < shorter - head and new[-1 - tail] is before[-1 - tail]:
        tail += 1
    middle = new[head : len(new) - tail]
    width = _width(middle)
    if width != _width(before[head : len(before) - tail]):
        return 0, new, strip.cell_length
    return _width(new[:head]), middle, width


def _width(segments: Sequence[Segment]) -> int:
    return sum(segment.cell_length for segment in segments)


class Frame:
    """The cells a terminal shows and those it ought to show."""

    def __init__(
        self, width: int, height: int, colours: ColorSystem = ColorSystem.TRUECOLOR
    ) -> None:
        self.width = width
        self.height = height
        self._colours = colours
        self._wanted = [[" "] * width for _ in range(height)]
        self._wanted_pens = [[""] * width for _ in range(height)]
        self._shown = [[_UNKNOWN] * width for _ in range(height)]
        self._shown_pens = [[""] * width for _ in range(height)]
        self._pieces: list[dict[int, Strip]] = [{} for _ in range(height)]
        self._patched: set[tuple[int, int]] = set()
        """Strips of which something else lies there now than their own cells."""
        self._changed: dict[int, tuple[int, int]] = {}
        self._column: int | None = None
        self._row: int | None = None
        self._pen: str | None = None
        self._steady = True

    def forget(self) -> None:
        """Take nothing on the terminal for granted; the next flush paints every cell."""
        for row in self._shown:
            row[:] = [_UNKNOWN] * self.width
        self._column = self._row = self._pen = None
        self._changed = dict.fromkeys(range(self.height), (0, self.width))

    def draw(self, y: int, strips: Iterable[Strip]) -> None:
        """Say what line `y` shall show: strips side by side from column 0."""
        x = 0
        for strip in strips:
            self.put(x, y, strip)
            x += strip.cell_length

    def put(self, x: int, y: int, strip: Strip) -> None:
        """Say what part of line `y` shall show, from column `x` on; the rest of it stays."""
        pieces = self._pieces[y]
        # Textual hands out the same strip until a line changes, so most are known by identity.
        if (old := pieces.get(x)) is strip and (x, y) not in self._patched:
            return
        end = x + strip.cell_length
        if old is None or old.cell_length != strip.cell_length:
            for start, other in list(pieces.items()):
                if start < end and start + other.cell_length > x:
                    del pieces[start]
        if (x, y) in self._patched:
            self._patched.discard((x, y))
            self._lay(x, y, strip, None)
        else:
            self._lay(x, y, strip, old)
        pieces[x] = strip

    def patch(self, x: int, y: int, at: int, segments: list[Segment]) -> None:
        """Lay something over a part of the strip that lies at column `x`, from column `at` on."""
        self._patched.add((x, y))
        self._set(at, y, segments, _width(segments))

    def lies(self, x: int, y: int, strip: Strip) -> bool:
        """Whether line `y` shows this very strip from column `x` on, in full."""
        return 0 <= y < self.height and self._pieces[y].get(x) is strip

    def _lay(self, x: int, y: int, strip: Strip, old: Strip | None) -> None:
        """Lay a strip's cells down, only the part that differs from the strip that lay there."""
        skip, segments, length = changed_part(strip, old)
        self._set(x + skip, y, segments, length)

    def _set(self, x: int, y: int, segments: Sequence[Segment], length: int) -> None:
        if (room := self.width - x) <= 0:
            return  # beyond the right edge, as on a terminal narrower than its widgets
        characters, pens = cells_of(segments, length, self._colours)
        if len(characters) > room:
            _fit(characters, pens, room)
        end = x + len(characters)
        self._wanted[y][x:end] = characters
        self._wanted_pens[y][x:end] = pens
        left, right = self._changed.get(y, (x, end))
        self._changed[y] = (min(left, x), max(right, end))

    def flush(self, cursor: tuple[int, int]) -> str:
        """The bytes that turn what is shown into what is wanted and leave the cursor in place."""
        out: list[str] = []
        for y, (left, right) in sorted(self._changed.items()):
            self._flush_line(y, left, right, out)
        self._changed.clear()
        here = (self._column, self._row)
        if here != cursor:
            out.append(move(here, cursor))
            self._column, self._row = cursor
        return "".join(out)

    def _flush_line(self, y: int, left: int, right: int, out: list[str]) -> None:
        wanted, pens = self._wanted[y], self._wanted_pens[y]
        shown, shown_pens = self._shown[y], self._shown_pens[y]
        for x in range(left, right):
            if wanted[x] != shown[x] or pens[x] != shown_pens[x]:
                self._write(x, y, out)
        shown[left:right] = wanted[left:right]
        shown_pens[left:right] = pens[left:right]

    def _write(self, x: int, y: int, out: list[str]) -> None:
        """Write one changed cell, coming from wherever the cursor stands."""
        character = self._wanted[y][x]
        if not character:
            return  # the second half of a wide character, written with its first
        if self._row != y or self._column != x:
            self._reach(x, y, out)
        pen = self._wanted_pens[y][x]
        if pen != self._pen:
            out.append(repen(self._pen, pen))
            self._pen = pen
        out.append(character)
        if not character.isascii():
            self._steady = self._steady and _STEADY.fullmatch(character) is not None
        end = x + (2 if x + 1 < self.width and not self._wanted[y][x + 1] else 1)
        # In the last column the cursor stays or hangs, as the terminal likes.
        self._column = end if end < self.width else None

    def _reach(self, x: int, y: int, out: list[str]) -> None:
        column = self._column if self._steady else None
        self._steady = True
        if self._row == y and column is not None and 0 < x - column <= _LONGEST_GAP:
            between = "".join(self._wanted[y][column:x])
            same_pen = all(pen == self._pen for pen in self._wanted_pens[y][column:x])
            if same_pen and between.isascii() and len(between) == x - column:
                out.append(between)
                return
        out.append(move((column, self._row), (x, y)))
        self._column, self._row = x, y
