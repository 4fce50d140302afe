"""Automatic dispatch: in which mode the desk dispatches what, and what the modes mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.hanging import HANG
from console.i18n import _
from console.looks import spread
from console.render_automatic import (
    SENT_LATELY,
    explained,
    sent_said,
    setting_columns,
    setting_row,
)
from console.screens.telling import NOT_HERE, Telling
from console.sources import HeldRows
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from store.queries.automatic import AutomaticLine


class AutomaticScreen(Telling):
    """The settings, those that count first on top; what was sent by itself is one key away."""

    NAME = "automatic"
    THERE = NOT_HERE
    DEFAULT_CSS = """
    AutomaticScreen > #meant { background: $surface; }
    """
    BINDINGS: ClassVar = [
        Binding("escape,backspace,circumflex_accent", "back", show=False),
        Binding("l", "sent", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[AutomaticLine, ...] = ()
        self._sent: int | None = None
        """How many orders the desk has sent somebody to by itself lately; None for very many."""

    def columns(self) -> tuple[Column, ...]:
        """What is told of a setting."""
        return setting_columns()

    def below(self) -> Iterable[Widget]:
        """What the modes mean."""
        yield PartsBar(id="meant")

    def set_up(self) -> None:
        """The meaning stands there from the beginning."""
        super().set_up()
        self.query_one("#meant", PartsBar).show(self._meant)

    def do_automatic(self) -> None:
        """We are there."""

    # -- asking and showing ------------------------------------------------------------------

    def action_sent(self) -> None:
        """The board lists to what the desk has sent somebody by itself."""
        self.desk.go_back(SENT_LATELY)

    def asked(self, seat: Seat) -> tuple[tuple[AutomaticLine, ...], int | None]:
        """All of them, and how much came of them."""
        from store.queries.automatic import ListAutomatic
        from store.queries.finding import CountOrders

        with seat.asking() as ask:
            count = ask(CountOrders(text=SENT_LATELY, zone=self.desk.zone))
            return ask(ListAutomatic()), count

    def take(self, found: tuple[tuple[AutomaticLine, ...], int | None]) -> None:
        """As the store ranks them."""
        self._found, self._sent = found
        for name in ("#meant", "#keys"):
            self.query_one(name, PartsBar).renew()

    def show_rows(self) -> None:
        """The one that counts first on top."""
        rows = (setting_row(line, place) for place, line in enumerate(self._found))
        self.table.hold(HeldRows(tuple(rows)))
        self.query_one("#heading", PartsBar).renew()

    def heading(self, _width: int, _height: int) -> tuple[Parts, ...]:
        """How it is set."""
        said = _("typed on the board: auto propose, auto act overdue 1 margin 20, auto off")
        return (((f" {said}", "muted"),),)

    def _meant(self, _width: int, _height: int) -> tuple[Parts, ...]:
        meant = tuple(((f" {mode}  ", "key"), HANG, (text, "muted")) for mode, text in explained())
        if not self._answered:
            return meant
        return (((f" {sent_said(self._sent)}", "strong"),), *meant)

    def _keys(self, width: int, _height: int) -> tuple[Parts, ...]:
        some = self._answered and self._sent != 0
        lists: Parts = ((" l ", "key"), (_("list these orders") + " ", "")) if some else ()
        return (spread((*lists, (" Esc ", "key"), (_("back"), "")), (), width),)
