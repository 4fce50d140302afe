"""Jump anywhere: type a number, a word or a name, choose with the arrows, Enter goes."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message

from console.actions import ACTIONS, first_sign
from console.desk_app import DeskApp
from console.i18n import _
from console.looks import spread
from console.pacing import Newest, Rested
from console.palette import Hit, at_hand, in_order, looked_up
from console.render_bars import drill_part
from console.slicing import Sliced
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from console.widgets.columns import Column
from console.widgets.prompt_line import PromptLine
from console.widgets.told_table import ToldTable
from console.widgets.window import Row, Tinted

if TYPE_CHECKING:
    from datetime import datetime

    from textual.app import ComposeResult
    from textual.widgets import Input

    from console.feed import NewsArrived
    from console.looks import Part, Parts
    from console.seat import Seat
    from console.widgets.work_table import WorkTable
    from store.queries.views import View

_REST_S = 0.12
"""So long no key must come before the store is asked."""


class PaletteScreen(Sliced["Hit | None"]):
    """One line and what fits it."""

    DEFAULT_CSS = """
    PaletteScreen { background: $background; }
    PaletteScreen > #title { height: 1; background: $panel; }
    PaletteScreen > Input { height: 1; border: none; padding: 0 1; background: $surface; }
    PaletteScreen > Input:focus { border: none; }
    PaletteScreen > #hits { height: 1fr; }
    """
    BINDINGS: ClassVar = [
        Binding("escape,ctrl+p", "leave", show=False, id="palette.leave"),
        Binding("down,tab", "step(1)", show=False, priority=True, id="palette.next"),
        Binding("up,shift+tab", "step(-1)", show=False, priority=True, id="palette.previous"),
        Binding("pagedown", "step(10)", show=False, priority=True),
        Binding("pageup", "step(-10)", show=False, priority=True),
    ]

    class Arrived(Message):
        """The store has said what it knows."""

        def __init__(self, question: int, text: str, hits: list[Hit]) -> None:
            super().__init__()
            self.question = question
            self.text = text
            self.hits = hits

    def __init__(self, views: tuple[View, ...]) -> None:
        super().__init__()
        self._views = views
        self._known: list[Hit] = []
        self._hits: list[Hit] = []
        """What is shown, in order."""
        self._answered = True
        """Whether the store has said what it knows of what is typed."""
        self._questions = Newest()
        self._look_up = Rested(self, _REST_S, self._ask)

    @property
    def desk(self) -> DeskApp:
        """The app, as what it is."""
        assert isinstance(self.app, DeskApp)
        return self.app

    @property
    def table(self) -> ToldTable:
        """What fits."""
        return self.query_one("#hits", ToldTable)

    def compose(self) -> ComposeResult:
        """Title, line, hits."""
        yield PartsBar(id="title")
        yield PromptLine(id="line")
        yield ToldTable(_columns(), HeldRows(), at=self.desk.now(), id="hits")

    def on_mount(self) -> None:
        """Type at once."""
        line = self.query_one(PromptLine)
        line.wanted = True
        self.query_one("#title", PartsBar).show(self._title)
        self.table.can_focus = False
        self.table.nothing = self._nothing
        self.desk.focus_on(line)
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is at hand is shown at once; the store is asked once the hands rest."""
        event.stop()
        self._known, self._answered = [], not event.value.strip()
        self._show()
        self._look_up()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to what is chosen; fast hands get the same as slow ones."""
        event.stop()
        if self._answered:
            self._take()
        else:
            self.desk.typed.after(self._take)
            self._ask()

    def _take(self) -> None:
        key, hits = self.table.cursor_key, self._hits
        if isinstance(key, int) and 0 <= key < len(hits):
            self.desk.go_back(hits[key])
        else:
            self.desk.typed.forget()

    def action_step(self, rows: int) -> None:
        """Choose another one."""
        self.table.move_to(self.table.cursor + rows)

    def action_leave(self) -> None:
        """Back to where one was."""
        self.desk.go_back(None)

    def on_palette_screen_arrived(self, message: Arrived) -> None:
        """Show it, if it still fits what is typed."""
        message.stop()
        if not self._questions.is_news(message.question):
            return
        if message.text == self.query_one(PromptLine).value.strip():
            self._known, self._answered = message.hits, True
            self._show()
            self.desk.typed.go_on()

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Nobody else need hear of it."""
        message.stop()

    def know_views(self, views: tuple[View, ...]) -> None:
        """Views that came after it was opened; what has been chosen stays chosen."""
        if views == self._views:
            return
        key, hits = self.table.cursor_key, self._hits
        held = hits[key] if isinstance(key, int) and 0 < key < len(hits) else None
        self._views = views
        self._show()
        if held in self._hits:
            self.table.move_to(self._hits.index(held))

    def _ask(self) -> None:
        seat, text = self.desk.seat, self.query_one(PromptLine).value.strip()
        if seat is None or not text:
            return
        work = partial(self._fetch, seat, text, self._questions.ask())
        self.run_worker(work, thread=True, group="palette", exit_on_error=False)

    def _fetch(self, seat: Seat, text: str, question: int) -> None:
        hits: list[Hit] = []
        with suppress(Exception):  # the status line of the board tells why
            hits = looked_up(seat, text)
        self.post_message(self.Arrived(question, text, hits))

    def _show(self) -> None:
        text = self.query_one(PromptLine).value
        self._hits = in_order(self._known, at_hand(text, self._views, self.desk.keys))
        self.table.hold(HeldRows(tuple(_row(n, hit) for n, hit in enumerate(self._hits))))
        self.table.move_to(0)
        self.table.say_nothing()
        self.query_one("#title", PartsBar).renew()

    def _nothing(self) -> tuple[str, ...]:
        from console.render_nothing import nothing

        if not self._answered or self._hits:
            return ()
        return nothing("palette", lambda name: first_sign(ACTIONS[name], self.desk.keys))

    def _title(self, width: int, _height: int) -> tuple[Parts, ...]:
        said = _("Jump to an order, customer, site, technician, list or action")
        told: list[Part] = [(_("Enter opens, Esc back "), "muted")]
        if self._answered and not self._hits:
            told.insert(0, (_("nothing fits") + "  ", "overdue"))
        drill = drill_part(self.desk.standing, self.desk.now())
        return (spread((*drill, (f" {said}", "strong")), tuple(told), width),)

    # The palette lets the desk's life pass by.

    def tick(self, at: datetime) -> None:
        """Nothing here counts seconds."""

    def hear(self, news: NewsArrived) -> None:
        """What is found stays as it was."""

    def say_again(self) -> None:
        """Another language."""
        self.query_one("#title", PartsBar).renew()

    def seated(self, seat: Seat) -> None:
        """Nothing to ask."""


def _columns() -> tuple[Column, ...]:
    return (
        Column(name="what", title=_("what"), width=11),
        Column(name="name", title=_("name"), width=24, flexible=True),
        Column(name="more", title="", width=20, flexible=True, since=74),
    )


def _row(place: int, hit: Hit) -> Row:
    cells: tuple[str | Tinted, ...] = (
        Tinted(hit.what, "muted"),
        hit.name,
        Tinted(hit.more, "muted"),
    )
    return Row(key=place, version=hash(cells), mark=(place,), cells=cells)
