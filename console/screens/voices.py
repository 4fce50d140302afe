"""Complaints, the first due before the others, and praise: one key a step, Enter for the order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.actions_voices import BOOK, BY_KEY, NEW
from console.book_steps import step
from console.i18n import _
from console.looks import spread
from console.render_voices import (
    SHOW,
    how_many,
    keys_told,
    voice_columns,
    voice_row,
    voice_told,
)
from console.screens.commanding import Commanding
from console.screens.telling import Telling
from console.sources import HeldRows
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from textual.widget import Widget

    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable
    from store.queries.voices import VoiceLine

VIEWS = 3
"""What is open, what is over, praise."""


class VoicesScreen(Telling, Commanding):
    """The list above, the one at hand below; Enter opens its order, Esc leads back."""

    NAME = "complaints"
    DEFAULT_CSS = "VoicesScreen > #voice { background: $surface; }"
    NOT_HERE = frozenset({"take_back"})
    BINDINGS: ClassVar = [
        Binding("escape,backspace", "back", show=False),
        Binding(SHOW, "show", show=False),
        *(Binding(key, f"step('{key}')", show=False) for key in BY_KEY),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[VoiceLine, ...] | None = None
        self._view = 0
        self._minute = -1

    def columns(self) -> tuple[Column, ...]:
        """What is told of each."""
        return voice_columns()

    def below(self) -> Iterable[Widget]:
        """The one at hand, whole."""
        yield PartsBar(id="voice")

    def set_up(self) -> None:
        """What the list has no room for."""
        super().set_up()
        self.query_one("#voice", PartsBar).show(self._told)

    def tick(self, at: datetime) -> None:
        """Once a minute another may be late."""
        super().tick(at)
        minute = self.desk.rota.minute(at)
        if minute != self._minute:
            self._minute = minute
            self.ask_again()

    # -- keys --------------------------------------------------------------------------------

    def chosen(self) -> VoiceLine | None:
        """The one under the cursor."""
        key = self.table.cursor_key
        return next((line for line in self._found or () if line.voice.id == key), None)

    def do_complaints(self) -> None:
        """We are there: the same key leads back."""
        self.action_back()

    def do_help(self) -> None:
        """The keys of this list before those of every screen."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation(), keys_told()))

    def action_show(self) -> None:
        """What is over, praise, and what is open again."""
        self._view = (self._view + 1) % VIEWS
        self.ask_again.now()

    def action_step(self, key: str) -> None:
        """One step of the one at hand; what it must be told is asked."""
        from console.errand import Errand

        name = BY_KEY[key]
        if self._found is None or self.hands.busy_with(None):
            self.desk.typed.after(partial(self.action_step, key))
            return
        self.hands.hush()
        line = self.chosen()
        if line is None and name not in NEW:
            self.hands.refuse(_("no row is chosen"))
            return
        if name in NEW or line is None:
            action, number = step(BOOK, name, None), 0
        else:
            action = step(BOOK, name, line.voice.id, line.voice.version)
            number = line.voice.number or 0
        errand = Errand(action=action, line=None, questions=list(action.questions), number=number)
        self.hands.open_or_go(errand)

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """The order that it is about."""
        message.stop()
        line = self.chosen()
        if line is not None and line.voice.number is not None:
            self.open_details(line.voice.number)
        elif line is not None:
            self.hands.refuse(_("this one is about no order"))

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another one is at hand."""
        message.stop()
        self.query_one("#voice", PartsBar).renew()

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> tuple[VoiceLine, ...]:
        """Those of the view."""
        from store.queries.voices import ListVoices

        return seat.ask(ListVoices(over=self._view == 1, praise=self._view == VIEWS - 1))

    def take(self, found: tuple[VoiceLine, ...]) -> None:
        """As the store sorts them."""
        self._found = found

    def show_rows(self) -> None:
        """The first due before the others."""
        lines = enumerate(self._found or ())
        self.table.hold(HeldRows(tuple(voice_row(line, place) for place, line in lines)))
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#voice", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """How many there are."""
        if self._found is None:
            return ((),)
        text, tone = how_many(self._found, self._view, at=self.desk.now())
        how = _("digits do a step, Enter order, Esc back ")
        return (spread(((f" {text}", tone),), ((how, "muted"),), width),)

    def _told(self, width: int, _height: int) -> tuple[Parts, ...]:
        return voice_told(self.chosen(), at=self.desk.now(), zone=self.desk.zone, width=width)
