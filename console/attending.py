"""The part of the desk that tells others which order is before us, and asks who else is where."""

from __future__ import annotations

import logging
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, cast, runtime_checkable

from textual.message import Message

from console.attention import Attention
from console.kinds import keeps
from console.pacing import Paced
from console.terminal import FrugalApp

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from console.attention import Meant, Step
    from console.feed import PresenceMoved
    from console.seat import Seat
    from console.standing import Standing
    from store.queries.presence import Attendance

_LOG = logging.getLogger("paidan.console")
_ASKS_APART_S = 0.5


@runtime_checkable
class Attended(Protocol):
    """A screen about orders."""

    def attended(self) -> Meant | None:
        """The order before the operator, and the form that is open on it."""
        ...

    def show_presence(self) -> None:
        """Others have come or gone."""
        ...


class Attending(FrugalApp[int]):
    """Never waits for the store, and says nothing where it does not answer: it is only manners."""

    seat: Seat | None
    standing: Standing
    now: Callable[[], datetime]
    typed_at: float

    class Seen(Message, bubble=False):
        """The store has told who is where."""

        def __init__(self, seen: tuple[Attendance, ...]) -> None:
            super().__init__()
            self.seen = seen

    class Written(Message, bubble=False):
        """What is before us has been told, or could not be."""

        def __init__(self, *, kept: bool) -> None:
            super().__init__()
            self.kept = kept

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.attention = Attention()
        self._telling = False
        self._key_seen = 0.0
        self.ask_presence = Paced(self, _ASKS_APART_S, self._ask_presence, by_news=True)

    def attend(self, at: datetime) -> None:
        """A tick: tell what is due, and ask again where somebody's time is over."""
        seat, standing = self.seat, self.standing
        if self.typed_at != self._key_seen:
            self._key_seen, self.attention.key_at = self.typed_at, at
        if seat is None or standing.trouble is not None:
            return
        if self.attention.lapse(at=at):
            self.ask_presence()
        if self._telling or standing.only_looks or standing.read_only:
            return
        due = self.attention.step(self._before_us(), at=at)
        if due is not None:
            self._telling = True
            work = partial(self._tell_and_post, seat, due, at)
            self.run_worker(work, thread=True, group="presence", exit_on_error=False)

    def _before_us(self) -> Meant | None:
        """What the uppermost screen that is about orders is about."""
        for screen in reversed(self.screen_stack):
            if screen.is_mounted and keeps(screen, Attended):
                return cast("Attended", screen).attended()
        return None

    def _tell_and_post(self, seat: Seat, due: Step, at: datetime) -> None:
        try:
            seat.attend(self.attention.console, due.told, at=at)
        except Exception as error:  # noqa: BLE001  nobody who looks at an order is told of it
            _LOG.info("which order is before us could not be told: %s", error)
            self.post_message(self.Written(kept=False))
        else:
            self.post_message(self.Written(kept=True))

    def on_attending_written(self, message: Written) -> None:
        """The next may be told."""
        self._telling = False
        if not message.kept:
            self.attention.lost()

    def leave_orders(self) -> None:
        """The console closes: what it told is taken back, as far as the store allows."""
        if self.seat is None or not self.attention.tells or self.standing.trouble is not None:
            return
        with suppress(Exception):
            self.seat.attend(self.attention.console, None, at=self.now())

    # -- whom we know ------------------------------------------------------------------------

    def on_presence_moved(self, message: PresenceMoved) -> None:
        """Ask who is where; nothing else has changed."""
        message.stop()
        self.ask_presence()

    def _ask_presence(self) -> None:
        if self.seat is not None:
            work = partial(self._ask_and_post, self.seat)
            self.run_worker(work, thread=True, group="who", exclusive=True, exit_on_error=False)

    def _ask_and_post(self, seat: Seat) -> None:
        from store.queries.presence import WhoIsThere

        try:
            seen = seat.ask(WhoIsThere(console=self.attention.console))
        except Exception as error:  # noqa: BLE001  the look at the desk tells what is wrong
            _LOG.info("who is at which order could not be asked: %s", error)
        else:
            self.post_message(self.Seen(seen))

    def on_attending_seen(self, message: Seen) -> None:
        """Show it wherever orders are shown."""
        if message.seen == self.attention.seen:
            return
        self.attention.seen = message.seen
        for screen in self.screen_stack:
            if screen.is_mounted and isinstance(screen, Attended):
                screen.show_presence()
