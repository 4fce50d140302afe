"""Turns one line of a work table into a strip; no app, no clock, no widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from rich.segment import Segment
from textual.strip import Strip

from console.widgets.columns import fit, fit_text
from console.widgets.window import Tinted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.style import Style

    from console.widgets.columns import Column, Slot
    from console.widgets.window import Line

Held = Literal["", "cursor", "blurred"]
"""Whether the cursor is on a line, and whether the table has the keys."""

Finish = Callable[[list[Segment]], list[Segment]]
"""The terminal's filters: what leaves the painter has passed them."""

_GUTTER = 3
_BAR = 1
_KEPT = 256
_SIGNS: Mapping[tuple[bool, bool], str] = {
    (False, False): "   ",
    (True, False): " > ",
    (False, True): "~  ",
    (True, True): "~> ",
}
"""The cursor and the mark of a gone row, apart from what follows: neither is a state or a key."""


class LinePainter:
    """Paints lines for one width and one set of looks; make a new one when either changes."""

    def __init__(
        self,
        columns: Sequence[Column],
        width: int,
        looks: Mapping[str, Style],
        finish: Finish,
        needs: Mapping[str, int] | None = None,
    ) -> None:
        self.width = width
        self._finish = finish
        self.slots = fit(columns, width, left=_GUTTER, right=_BAR + 1, needs=needs)
        self._looks = looks
        self._clock = next((slot for slot in self.slots if slot.column.clock), None)
        self._ones: dict[tuple[str, Style], list[Segment]] = {}
        self._parts: dict[tuple[object, ...], tuple[list[Segment], list[Segment]]] = {}

    def header(self) -> Strip:
        """The titles of the columns."""
        look = self._looks["header"]
        segments: list[Segment] = []
        x = 0
        for slot in self.slots:
            segments.append(Segment(" " * (slot.x - x), look))
            title = fit_text(slot.column.title, slot.width, slot.column.align)
            segments.append(Segment(title, look))
            x = slot.x + slot.width
        segments.append(Segment(" " * max(0, self.width - x), look))
        return Strip(self._finish(segments), max(x, self.width))

    def notice(self, waiting: str) -> Strip:
        """What waits to be let in, in a line of its own below the rows."""
        look = self._looks["header"] + self._looks["waiting"]
        text = fit_text(f"{' ' * _GUTTER}{waiting}", self.width)
        return Strip(self._finish([Segment(text, look)]), self.width)

    def told(self, text: str, look: str) -> Strip:
        """A line of words in the place of a row."""
        style = self._looks["base"] + self._looks[look]
        said = fit_text(f"{' ' * _GUTTER}{text}", self.width)
        return Strip(self._finish([Segment(said, style)]), self.width)

    def line(
        self, line: Line, clock: str, near: str, held: Held, *, bar: bool, sign: str = ""
    ) -> Strip:
        """One row with its countdown; a `sign` of one cell may stand before it."""
        before, after = self._static(line, held, sign)
        edge = self._one(" ", self._looks["bar"] if bar else self._base(line, held))
        _x, clocked = self.countdown(line, clock, near, held)
        return Strip([*before, *clocked, *after, *edge], self.width)

    def countdown(self, line: Line, clock: str, near: str, held: Held) -> tuple[int, list[Segment]]:
        """The clock of a row alone, and where it stands; nothing where there is no room for it."""
        if self._clock is None:
            return 0, []
        base = self._base(line, held)
        style = base if held or line.gone or not near else base + self._looks[near]
        text = fit_text(clock, self._clock.width, self._clock.column.align)
        return self._clock.x, self._one(text, style)

    def missing(self, held: Held, *, bar: bool) -> Strip:
        """A row that has not arrived yet."""
        base = self._looks[held or "base"] + self._looks["missing"]
        text = fit_text(f"{_SIGNS[bool(held), False]}...", max(0, self.width - _BAR))
        edge = Segment(" ", self._looks["bar"] if bar else self._looks["base"])
        return Strip(self._finish([Segment(text, base), edge]), self.width)

    def blank(self) -> Strip:
        """A line below the last row."""
        return Strip(self._one(" " * self.width, self._looks["base"]), self.width)

    def _one(self, text: str, style: Style) -> list[Segment]:
        """One finished segment; the same object for the same text and style."""
        name = (text, style)
        made = self._ones.get(name)
        if made is None:
            if len(self._ones) > _KEPT:
                self._ones.clear()
            made = self._ones[name] = self._finish([Segment(text, style)])
        return made

    def _base(self, line: Line, held: Held) -> Style:
        base = self._looks[held or "base"]
        return base + self._looks["gone"] if line.gone and not held else base

    def _static(self, line: Line, held: Held, sign: str) -> tuple[list[Segment], list[Segment]]:
        """Everything but the countdown, left and right of it."""
        row = line.row
        name = (row.key, row.version, line.gone, held, sign)
        parts = self._parts.get(name)
        if parts is None:
            if len(self._parts) > _KEPT:
                self._parts.clear()
            before, after = self._cut(line, held, sign)
            parts = self._parts[name] = (self._finish(before), self._finish(after))
        return parts

    def _cut(self, line: Line, held: Held, sign: str) -> tuple[list[Segment], list[Segment]]:
        base = self._base(line, held)
        parts: tuple[list[Segment], list[Segment]] = ([], [])
        side = parts[0]
        gutter = _SIGNS[bool(held), line.gone]
        side.append(Segment(sign + gutter[1:] if sign and not line.gone else gutter, base))
        x = _GUTTER
        for slot in self.slots:
            if slot.x > x:
                side.append(Segment(" " * (slot.x - x), base))
            if slot.column.clock:
                side = parts[1]
            else:
                side.append(self._cell(line, slot, base, plain=bool(held) or line.gone))
            x = slot.x + slot.width
        side.append(Segment(" " * max(0, self.width - _BAR - x), base))
        return parts

    def _cell(self, line: Line, slot: Slot, base: Style, *, plain: bool) -> Segment:
        cells = line.row.cells
        cell = cells[slot.cell] if slot.cell < len(cells) else ""
        text, tone = cell if isinstance(cell, Tinted) else (cell, "")
        style = base + self._looks[tone] if tone in self._looks and not plain else base
        return Segment(fit_text(text, slot.width, slot.column.align), style)
