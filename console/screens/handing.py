"""The change of shifts as it is shown: asked for again with all news, as time goes on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from console.actions import ACTIONS
from console.carrying import told
from console.i18n import _
from console.looks import cut
from console.pacing import Newest, Paced
from console.panes.hand_bar import HandBar
from console.render_handover import (
    counted,
    handover_columns,
    handover_rows,
    key_of,
    keys_said,
    standing_said,
)
from console.screens.commanding import Commanding
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from console.widgets.work_table import WorkTable
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult

    from console.actions_kinds import Situation
    from console.feed import NewsArrived
    from console.looks import Parts
    from console.seat import Seat
    from store.queries.handover import Handover, HandoverLine

_APART_S = 0.5
_THERE = N_("Enter opens the order; this is to be done there")
_HERE = frozenset({"quit", "help", "refresh", "language", "mute", "command", "handover"})


class Handing(Commanding):
    """Notes and items in one list; what can be done with them is the screen's."""

    CSS = """
    Handing { background: $background; }
    Handing #status, Handing #keys { height: 1; background: $panel; }
    Handing #heading { height: 3; background: $surface; }
    """

    class Arrived(Message):
        """The hand-over has come back."""

        def __init__(
            self, found: Handover | None, question: int, error: Exception | None = None
        ) -> None:
            super().__init__()
            self.found = found
            self.question = question
            self.error = error

    def __init__(self) -> None:
        super().__init__()
        self.held: Handover | None = None
        self.over: int | None = None
        """A hand-over that was accepted while we looked at it: shown until we leave."""
        self._questions = Newest()
        self.ask_again = Paced(self, _APART_S, self._look)

    def compose(self) -> ComposeResult:
        """From the top down."""
        yield PartsBar(id="status")
        yield PartsBar(id="heading")
        yield WorkTable(handover_columns(), HeldRows(), at=self.desk.now(), id="items")
        yield HandBar(zone=self.desk.zone, drafts=self.desk.drafts)
        yield PartsBar(id="keys")

    @property
    def table(self) -> WorkTable:
        """The items."""
        return self.query_one(WorkTable)

    def on_mount(self) -> None:
        """The arrows go through the items."""
        super().on_mount()
        self.hands.home = self.table
        self.query_one("#heading", PartsBar).show(self._heading)
        self.desk.focus_on(self.table)

    def line(self) -> None:
        """No order: an item is chosen."""

    def situation(self) -> Situation:
        """What is about an order is done where it is shown whole."""
        lacks = {name: _THERE for name in ACTIONS if name not in _HERE}
        return replace(super().situation(), lacks=lacks)

    def action_act(self, name: str) -> None:
        """What this screen can; else say where it can be done."""
        lacking = self.situation().lacks.get(name)
        if lacking is not None:
            self.hands.refuse(partial(_, lacking))
        else:
            super().action_act(name)

    def seated(self, seat: Seat) -> None:
        """Ask for it."""
        super().seated(seat)
        self.ask_again()

    def hear(self, news: NewsArrived) -> None:  # noqa: ARG002  any news may change what is open
        """Ask again."""
        self.ask_again()

    def say_again(self) -> None:
        """Another language."""
        super().say_again()
        self.table.set_columns(handover_columns())
        self._show()

    def chosen(self) -> HandoverLine | None:
        key = self.table.cursor_key
        lines = self.held.lines if self.held else ()
        return next((line for line in lines if key_of(line) == key), None)

    # -- asking and showing ------------------------------------------------------------------

    def _look(self) -> None:
        if self.desk.seat is not None:
            work = partial(self._fetch, self.desk.seat, self._questions.ask())
            self.run_worker(work, thread=True, group="handover", exit_on_error=False)

    def _fetch(self, seat: Seat, question: int) -> None:
        from store.queries.handover import ShowHandover

        try:
            found = seat.ask(ShowHandover(handover=self.over))
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            self.post_message(self.Arrived(None, question, error))
        else:
            self.post_message(self.Arrived(found, question))

    def on_handing_arrived(self, message: Arrived) -> None:
        """Show it; what was shown stays when nothing came."""
        message.stop()
        if not self._questions.is_news(message.question):
            return
        if message.error is not None:
            self.hands.refuse(told(message.error))
            return
        self.held = message.found
        self._show()
        self.renew_bars()

    def tick(self, at: datetime) -> None:
        """Time passes."""
        super().tick(at)
        self.table.tick(at)

    def _show(self) -> None:
        if self.held is not None:
            rows = handover_rows(self.held, at=self.desk.now(), zone=self.desk.zone)
            self.table.set_source(HeldRows(rows))
        self.query_one("#heading", PartsBar).renew()

    def _heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        held = self.held
        if held is None:
            return (((_(" asking the store ..."), "muted"),),)
        text, tone = standing_said(held, at=self.desk.now(), zone=self.desk.zone)
        rows = ((text, tone), (counted(held), "strong"), (keys_said(held), "muted"))
        return tuple(cut(((f" {said}", look),), width) for said, look in rows)
