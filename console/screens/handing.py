"""The change of shifts as it is shown: asked for again with all news, as time goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from console.actions import ACTIONS
from console.cli_help import wrapped
from console.i18n import _
from console.looks import cut
from console.render_handover import (
    counted,
    handover_columns,
    handover_rows,
    key_of,
    keys_lines,
    standing_said,
)
from console.screens.commanding import Commanding
from console.screens.telling import Telling
from console.sources import HeldRows
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from console.actions_kinds import Situation
    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from store.queries.handover import Handover, HandoverLine

_HERE = frozenset(
    {"quit", "help", "refresh", "language", "mute", "command", "handover", "copy_row"}
)


class Handing(Telling, Commanding):
    """Notes and items in one list; what can be done with them is the screen's."""

    NAME = "handover"
    DEFAULT_CSS = "Handing > #heading { height: auto; }"
    FOLLOWS = False

    def __init__(self) -> None:
        super().__init__()
        self.held: Handover | None = None
        self.over: int | None = None
        """A hand-over that was accepted while we looked at it: shown until we leave."""

    def columns(self) -> tuple[Column, ...]:
        """What is told of an item."""
        return handover_columns()

    def situation(self) -> Situation:
        """What is about an order is done where it is shown whole."""
        lacks = {name: self.why_elsewhere(name) for name in ACTIONS if name not in _HERE}
        return replace(super().situation(), lacks=lacks)

    def chosen(self) -> HandoverLine | None:
        key = self.table.cursor_key
        lines = self.held.lines if self.held else ()
        return next((line for line in lines if key_of(line) == key), None)

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> Handover:
        """The one that is offered, or what one would be now."""
        from store.queries.handover import ShowHandover

        return seat.ask(ShowHandover(handover=self.over))

    def take(self, found: Handover) -> None:
        """With its notes and items."""
        self.held = found

    def show_rows(self) -> None:
        """Notes first, then item by item."""
        if self.held is not None:
            rows = handover_rows(self.held, at=self.desk.now(), zone=self.desk.zone)
            self.table.hold(HeldRows(rows))
        self.query_one("#heading", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """How it stands, what there is, and which keys lead on."""
        held = self.held
        if held is None:
            return (((_(" asking the store ..."), "muted"),),)
        text, tone = standing_said(held, at=self.desk.now(), zone=self.desk.zone)
        keys = keys_lines(held, width - 1, other=self._of_the_sample())
        counts = ((line, "strong") for line in wrapped(counted(held), width - 1))
        rows = ((text, tone), *counts, *((line, "muted") for line in keys))
        return tuple(cut(((f" {said}", look),), width) for said, look in rows)

    def _of_the_sample(self) -> str:
        """Who takes over a throw-away desk, as the command that opens his console."""
        if not self.desk.sample:
            return ""
        from console.demo.seats import second_console

        return second_console(self.desk.address)
