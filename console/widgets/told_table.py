"""A work table that says what to do where it has no rows, and cuts none that there is room for."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from rich.cells import cell_len

from console.widgets.window import Ask, Source, Tinted, Where
from console.widgets.work_table import WorkTable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from textual.strip import Strip

    from console.widgets.columns import Column
    from console.widgets.window import Key, Row

_MEASURED = 200
"""So many rows tell how wide their columns are to be; more are not worth the time."""


class Held(Source, Protocol):
    """A source that has all its rows at hand."""

    rows: tuple[Row, ...]


class ToldTable(WorkTable):
    """The first line says why there is nothing, the second which key leads on."""

    nothing: Callable[[], tuple[str, ...]] = staticmethod(tuple)
    """The lines for no rows; none of them while it is not known whether there are any."""

    keys: tuple[Key, ...] = ()
    """Of the rows as they came last, in their order."""
    later: Callable[[Callable[[], None]], bool] = staticmethod(lambda _move: False)
    """Whether a move of the cursor waits for the first rows, and is made then."""
    spurned: Callable[[], None] = staticmethod(lambda: None)
    """Says why Enter opens nothing, where there is no row."""

    def action_step(self, rows: int) -> None:
        """Move the cursor."""
        if not self.later(partial(self.action_step, rows)):
            super().action_step(rows)

    def action_leaf(self, halves: int) -> None:
        """Move by half pages."""
        if not self.later(partial(self.action_leaf, halves)):
            super().action_leaf(halves)

    def action_last(self) -> None:
        """Go to the last row."""
        if not self.later(self.action_last):
            super().action_last()

    def action_choose(self) -> None:
        """Open the row under the cursor; without one, say why there is none to open."""
        if self.settled and not self.window.count and self.nothing():
            self.spurned()
        else:
            super().action_choose()

    def content_line(self, y: int) -> Strip:
        """A line of what is said, where there are no rows."""
        if y and not self.window.count:
            said = self.nothing()
            if y <= len(said):
                painter = self._ready_painter(self.size.width)
                return painter.told(said[y - 1], "strong" if y == 1 else "muted")
        return super().content_line(y)

    def say_nothing(self) -> None:
        """It is known now whether there are rows."""
        if not self.window.count:
            self.refresh()

    def hold(self, source: Held) -> None:
        """Show these rows, their columns as wide as they need; they only ever become wider."""
        before = self._take_up(source)
        if self.cursor_key is not None and self.cursor_key not in self.keys:
            self.cursor_key = beside(self.cursor_key, before, self.keys)
        self.set_source(source)

    def renew(self, source: Held) -> None:
        """Show these rows as far as nothing at or above the cursor moves; the others wait."""
        self._take_up(source)
        self._source = source
        if self.window.lines:
            self._ask("news", Ask(where=Where.TOP, limit=len(source.rows)))
        else:
            self.jump_to(self.cursor_key, look_again=True)

    def let_in(self) -> None:
        """Show what waits, in its order, unless the row under the cursor is gone: it stays."""
        line = self.line_at_cursor
        shown = tuple(line.row.key for line in self.window.lines)
        if shown != self.keys and not (line is not None and line.gone):
            self.action_apply()

    def _take_up(self, source: Held) -> tuple[Key, ...]:
        """Know these rows, and which there were before."""
        needs = measured(self.columns, source.rows, self.needs or {})
        if needs != self.needs:
            self.needs, self._painter = needs, None
            self.refresh()
        before, self.keys = self.keys, tuple(row.key for row in source.rows)
        return before

    def set_columns(self, columns: Sequence[Column]) -> None:
        """In other columns, other words are the widest."""
        self.needs = None
        super().set_columns(columns)


def beside(key: Key, before: Sequence[Key], now: Collection[Key]) -> Key | None:
    """Where the cursor goes whose row is gone: to what followed it, else to what stood before."""
    if key not in before:
        return None
    place = before.index(key)
    following = (*before[place + 1 :], *reversed(before[:place]))
    return next((one for one in following if one in now), None)


def measured(
    columns: Iterable[Column], rows: Iterable[Row], before: Mapping[str, int]
) -> dict[str, int]:
    """How wide the widest cell of each column is, never less than before."""
    names = [column.name for column in columns if not column.clock]
    needs = dict(before)
    for row in islice(rows, _MEASURED):
        for name, cell in zip(names, row.cells, strict=False):
            text = cell[0] if isinstance(cell, Tinted) else cell
            needs[name] = max(needs.get(name, 0), cell_len(text))
    return needs
