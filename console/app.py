"""The desk put together: the screens over the seat, the feed, the theme, the tick."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.message import Message

from console import litter
from console.desk_app import DeskApp
from console.feed import NewsArrived, follow
from console.screens.board import BoardScreen
from console.themes import THEMES
from store.domain.errors import Refusal, StoreTrouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from console.seat import Seat

_HANDS = 4
"""Threads that ask and do; more of them would only take the keys' turns."""

_TRY_AGAIN_S = 2.0
_TIMERS_AFTER_S = 0.4
"""The first orders come first; importing the scheduler would hold them up."""


class Desk(DeskApp):
    """Paidan's console; exits with 0, or with what ended it."""

    CSS_PATH = "screens/board.tcss"  # Textual loads no paths of an app's first screen

    class Opened(Message):
        """The store has been opened, or could not be."""

        def __init__(self, seat: Seat | None, error: Exception | None = None) -> None:
            super().__init__()
            self.seat = seat
            self.error = error

    def __init__(
        self,
        take_seat: Callable[[], Seat],
        *,
        theme: str = "auto",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.take_seat = take_seat
        self.was_seated = False
        """Whether the store was ever reached."""
        self.ended = False
        """Whether the console has closed: a store opened after that is closed again."""
        self.opens = True
        """Whether the store is still to be opened, once something is to be seen."""
        for one in THEMES:
            self.register_theme(one)
        self.wear(theme)

    def get_default_screen(self) -> Screen[Any]:
        """The board is seen first."""
        return BoardScreen(self.size)

    def on_mount(self) -> None:
        """Paint, then open the store."""
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_HANDS))
        self.title = "Paidan"
        self.start_ticking()
        litter.look_after(self, rest=self._rest)

    def _rest(self) -> None:
        if self.seat is not None:
            self.seat.rest()

    def post_display_hook(self) -> None:
        """Open the store once the first frame is out: that begins with much to import."""
        if self.opens and self.is_running and self.screen.is_mounted:
            self.opens = False
            self._open()

    def _open(self) -> None:
        self.run_worker(self._open_and_post, thread=True, group="open", exit_on_error=False)

    def _open_and_post(self) -> None:
        try:
            seat = self.take_seat()
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            self.post_message(self.Opened(None, error))
            return
        if self.ended or not self.post_message(self.Opened(seat)):
            seat.close()

    def on_desk_opened(self, message: Opened) -> None:
        """Give every screen its seat; where there is none, say why and try again."""
        message.stop()
        seat, error = message.seat, message.error
        if seat is None and isinstance(error, Refusal) and not isinstance(error, StoreTrouble):
            self.turn_away(error)
            return
        if seat is None:
            trouble = error if isinstance(error, Refusal) else StoreTrouble(why=str(error))
            self.trouble(trouble)
            self.set_timer(_TRY_AGAIN_S, self._open)
            return
        self.seat = seat
        self.was_seated, self.answered_at = True, self.now()
        self.shelf.found(seat.drafts, seat.left)
        self.drafts.found(seat.unsent, seat.unsent_left)
        self.pile.found(seat.waiting, seat.waited)
        follow(seat.records, self)
        self.stand(**seat.told(), trouble=None, trouble_since=None)
        self.recount()
        for screen in self.living():
            screen.seated(seat)
        self.set_timer(_TIMERS_AFTER_S, partial(self._begin, seat))
        if self.sample:
            self.offer_tour()

    def _begin(self, seat: Seat) -> None:
        self.run_worker(seat.begin, thread=True, group="timers", exit_on_error=False)

    def on_news_arrived(self, message: NewsArrived) -> None:
        """Somebody has committed something."""
        message.stop()
        self.pass_on(message)

    def tick(self) -> None:
        """A second has passed; how the scheduler does may have changed, too."""
        if self.seat is not None:
            self.note_sweeps(self.seat.pulse())
        super().tick()
        self.attend(self.now())

    def close_seat(self) -> None:
        """Leave the store, once the screen is gone."""
        self.ended = True
        self.leave_orders()
        self.keep_place()
        self.shelf.close()
        self.drafts.close()
        self.pile.close()
        if self.seat is not None:
            self.seat.close()
            self.seat = None
