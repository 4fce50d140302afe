"""What every list on a screen of its own does: it asks again with all news, and shows the rows."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.message import Message

from console import litter
from console.actions import ACTIONS
from console.beat import call_in
from console.carrying import told
from console.hands_first import hands_first
from console.pacing import Newest, Paced
from console.panes.hand_bar import HandBar
from console.screens.working import WorkingScreen
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from console.widgets.told_table import ToldTable
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from console.actions_kinds import Situation
    from console.feed import NewsArrived
    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from store.queries.board import BoardLine


_PAINTED_WITHIN_S: Final = 0.05
"""What a key opens stands there by then, with its rows or without; nobody sees that it waited."""
_WRITTEN_WITHIN_S: Final = 0.03
"""Until what is painted is on its way to the terminal, too."""

NOT_HERE: Final = N_("this is not done here; Esc leads back")


class Telling(WorkingScreen):
    """A heading and its rows; Enter opens what a row is about, Esc leads back."""

    DEFAULT_CSS = """
    Telling { background: $background; }
    Telling > #status, Telling > #keys { height: 1; background: $panel; }
    Telling > #heading { height: 1; background: $surface; }
    """
    APART_S: ClassVar[float] = 0.5
    """The store is asked not more often than so."""
    THERE: ClassVar[str] = N_("Enter opens the order; this is to be done there")
    FOLLOWS: ClassVar[bool] = True
    """Whether the rows move freely under the cursor."""
    NOT_HERE: ClassVar[frozenset[str]] = frozenset()
    """What a screen with a command line can do, but only for the order that it shows."""

    class Arrived(Message):
        """What was asked has come back, or why it could not."""

        def __init__(self, found: Any, question: int) -> None:
            super().__init__()
            self.found = found
            self.question = question

    NAME: ClassVar[str]
    """The list's, by which it is known what to say where there are no rows."""

    def __init__(self) -> None:
        super().__init__()
        self._answered = False
        self.here = self.NAME
        self._asked_at: int | None = None
        """How much news there had been when it was asked ahead."""
        self._unpainted = False
        """Whether the screen is painted only once its rows have come."""
        self._due = False
        """Whether they have, and it is painted as soon as all of it is laid out."""
        self._calm = ExitStack()
        """Until it stands nobody looks for litter or at a board that is covered: either can take
        as long as all the rest."""
        self._questions = Newest()
        self.ask_again = Paced(self, self.APART_S, self._look)

    # -- to be filled by the screen ----------------------------------------------------------

    def columns(self) -> tuple[Column, ...]:
        """What is told of each row."""
        raise NotImplementedError

    def below(self) -> Iterable[Widget]:
        """What stands between the rows and the keys."""
        return ()

    def asked(self, seat: Seat) -> Any:
        """Ask the store; called in a worker."""
        raise NotImplementedError

    def take(self, found: Any) -> None:
        """Keep what came."""
        raise NotImplementedError

    def show_rows(self) -> None:
        """Show what is known."""
        raise NotImplementedError

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """What the list comes to."""
        raise NotImplementedError

    def nothing(self) -> tuple[str, ...]:
        """What is said where there are no rows, once that is known."""
        from console.render_nothing import nothing

        return nothing(self.NAME, self.key_sign) if self._answered else ()

    # -- the desk's life ---------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """From the top down."""
        yield PartsBar(id="status")
        yield PartsBar(id="heading")
        yield ToldTable(self.columns(), HeldRows(), at=self.desk.now(), id="rows")
        yield from self.below()
        yield HandBar(zone=self.desk.zone, drafts=self.desk.drafts)
        yield PartsBar(id="keys")

    @property
    def table(self) -> ToldTable:
        """The rows."""
        return self.query_one(ToldTable)

    def set_up(self) -> None:
        """The arrows go through the rows."""
        self.table.follow = self.FOLLOWS
        self.table.nothing = self.nothing
        self.table.later = self._later
        super().set_up()
        self.hands.home = self.table
        self.query_one("#heading", PartsBar).show(self.heading)
        self.desk.focus_on(self.table)

    def seated(self, seat: Seat) -> None:
        """Ask for the first time: the key that opened the list waits for no other."""
        super().seated(seat)
        asked_at, self._asked_at = self._asked_at, None
        if asked_at != self.desk.news:
            self.ask_again.now()

    def ask_ahead(self) -> None:
        """Ask before the screen stands: the store answers while it is put up.

        It hears no news until then, and asks again where there was any. Where the rows come soon
        they are painted with the screen: an empty list before them would take as long to paint.
        """
        if self.desk.seat is not None:
            self._asked_at = self.desk.news
            self._unpainted = True
            self._calm.enter_context(litter.seldom)
            self._calm.enter_context(hands_first)
            self.desk.set_timer(_PAINTED_WITHIN_S, self._paint)
            self.ask_again.now()

    def _compositor_refresh(self) -> None:
        """What Textual calls to paint; all is painted once it need not wait any more."""
        if not self._unpainted:
            super()._compositor_refresh()

    async def _on_idle(self, event: events.Idle) -> None:
        """What Textual asks for a frame from: the first is no sixtieth of a second away."""
        if self._unpainted:
            event.prevent_default()
        elif self._due and self.is_current:
            event.prevent_default()
            self._on_timer_update()
            self._due = self._repaint_required  # put off while the app changes much at once

    def on_unmount(self) -> None:
        """Left before it was painted."""
        self._calm.close()

    def _paint(self) -> None:
        if self._unpainted:
            self._unpainted, self._due = False, True
            self.refresh()

    def wait_for_rows(self) -> None:
        """Hold what is typed ahead: Enter must find what somebody has seen."""
        if not self._answered and self.desk.seat is not None:
            self.desk.typed.after(self.wait_for_rows, may_leave=True)

    def _later(self, move: Callable[[], None]) -> bool:
        """The cursor moves over rows that are there: a key after it would mean another one."""
        if self._answered or self.desk.seat is None:
            return False
        self.desk.typed.after(move, may_leave=True)
        return True

    def tick(self, at: datetime) -> None:
        """The rows grow older."""
        super().tick(at)
        self.table.tick(at)

    def hear(self, news: NewsArrived) -> None:  # noqa: ARG002  any news may change the list
        """Ask again."""
        self.ask_again()

    def say_again(self) -> None:
        """Another language."""
        super().say_again()
        self.table.set_columns(self.columns())
        self.show_rows()

    # -- keys --------------------------------------------------------------------------------

    def line(self) -> None:
        """No order: a row is chosen."""

    def situation(self) -> Situation:
        """What is about an order is done where it is shown whole."""
        lacks = {
            name: self.why_elsewhere(name)
            for name in ACTIONS
            if name != "quit" and (name in self.NOT_HERE or not hasattr(self, f"do_{name}"))
        }
        return replace(super().situation(), lacks=lacks)

    def why_elsewhere(self, name: str) -> str:
        """Where an action is that this list has not; only one about an order is done at one."""
        return self.THERE if ACTIONS[name].about_order else NOT_HERE

    def action_back(self) -> None:
        """To the screen below."""
        self.desk.go_back()

    def do_help(self) -> None:
        """Every key."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation()))

    def do_refresh(self) -> None:
        """Ask again."""
        self.ask_again.now()

    def open_details(self, number: int, line: BoardLine | None = None) -> None:
        """Everything about an order."""
        from console.screens.details import DetailsScreen

        self.desk.go_to(DetailsScreen(number, line))

    def on_hand_bar_did(self, message: HandBar.Did) -> None:
        """Shown here at once, and told to the board below."""
        message.stop()
        self.ask_again.now()
        self.desk.committed(message.done)

    # -- asking and showing ------------------------------------------------------------------

    def _look(self) -> None:
        if self.desk.seat is not None:
            work = partial(self._fetch, self.desk.seat, self._questions.ask())
            self.run_worker(work, thread=True, group="rows", exit_on_error=False)

    def _fetch(self, seat: Seat, question: int) -> None:
        try:
            found = self.asked(seat)
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            found = error
        self.post_message(self.Arrived(found, question))

    async def on_telling_arrived(self, message: Arrived) -> None:
        """Show it; what was shown stays when nothing came."""
        message.stop()
        call_in(self, _WRITTEN_WITHIN_S, self._calm.close)
        if not self._questions.is_news(message.question):
            return
        if isinstance(message.found, Exception):
            self._paint()
            self.hands.refuse(told(message.found))
            return
        self._answered = True
        self.take(message.found)
        self.show_rows()
        self.table.say_nothing()
        self.renew_bars()
        self.desk.typed.go_on()
        if self._unpainted:
            await asyncio.sleep(0)  # until each part has said what of it is to be painted
            self._paint()
