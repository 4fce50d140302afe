"""A work table that says what to do where it has no rows, and cuts none that there is room for."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Protocol

from rich.cells import cell_len

from console.widgets.window import Source, Tinted
from console.widgets.work_table import WorkTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from textual.strip import Strip

    from console.widgets.columns import Column
    from console.widgets.window import Row

_MEASURED = 200
"""So many rows tell how wide their columns are to be; more are not worth the time."""


class Held(Source, Protocol):
    """A source that has all its rows at hand."""

    rows: tuple[Row, ...]


class ToldTable(WorkTable):
    """The first line says why there is nothing, the second which key leads on."""

    nothing: Callable[[], tuple[str, ...]] = staticmethod(tuple)
    """The lines for no rows; none of them while it is not known whether there are any."""

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
        needs = measured(self.columns, source.rows, self.needs or {})
        if needs != self.needs:
            self.needs, self._painter = needs, None
            self.refresh()
        self.set_source(source)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """In other columns, other words are the widest."""
        self.needs = None
        super().set_columns(columns)


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
