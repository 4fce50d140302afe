"""A list whose rows are left out as one types what they are to have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from console.screens.telling import Telling
from console.sources import HeldRows
from console.widgets.window import Tinted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from console.panes.sift_bar import SiftBar
    from console.widgets.window import Row


def sifted(rows: Iterable[Row], text: str) -> tuple[Row, ...]:
    """Those in whose cells each of the words stands somewhere."""
    words = text.casefold().split()
    return tuple(row for row in rows if all(word in _said(row) for word in words))


def _said(row: Row) -> str:
    cells = (cell[0] if isinstance(cell, Tinted) else cell for cell in row.cells)
    return "\n".join(cells).casefold()


class Sifting(Telling):
    """`/` asks for words; Esc on the rows shows all of them again before it leads back."""

    def __init__(self) -> None:
        super().__init__()
        self._sieve: SiftBar | None = None
        self._any = False
        """Whether there is any row, be it left out."""

    def hold(self, rows: Iterable[Row]) -> None:
        """Show those of them that have what is looked for."""
        whole, bar = tuple(rows), self._sieve
        found = whole if bar is None else sifted(whole, bar.text)
        self._any = bool(whole)
        self.table.hold(HeldRows(found))
        if bar is not None:
            bar.counted(len(found), len(whole))

    def do_filter(self) -> None:
        """Type what the rows are to have."""
        if self._sieve is None:
            from console.panes.sift_bar import SiftBar

            self._sieve = SiftBar()
            _mounting = self.mount(self._sieve, before="#rows")
            if self._sieve.is_attached:  # else the console is being left
                self._sieve.build()
        self._sieve.open()

    def on_sift_bar_typed(self) -> None:
        """As the words come."""
        self.show_rows()

    def on_sift_bar_left(self) -> None:
        """The keys belong to the rows that are left."""
        self.show_rows()
        self.hands.take_keys()
        self.desk.typed.go_on(by="filter")

    def action_back(self) -> None:
        """First all rows, then to the screen below."""
        if self._sieve is not None and self._sieve.text:
            self._sieve.clear()
            self.show_rows()
        else:
            super().action_back()

    def nothing(self) -> tuple[str, ...]:
        """Where rows are left out, that; else why there is none."""
        if self._any and self._sieve is not None and self._sieve.text:
            return _("No row has all of these words."), _("Esc shows all rows again.")
        return super().nothing()
