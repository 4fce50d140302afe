"""Going through time: a moment is asked for, rebuilt in a worker, and shown."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from console.carrying import told
from console.i18n import _
from console.pacing import Newest
from console.screens.commanding import Commanding
from store.domain.words import N_
from store.queries.past import DeskThen
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from datetime import datetime

    from console.seat import Seat
    from store.queries.past import Then

_EARLIEST, _LATEST = N_("nothing happened before this"), N_("nothing has happened since")


class Scrubbing(Commanding):
    """What the past board knows of its moment, and how it goes to another one."""

    class Rebuilt(Message):
        """A moment has been rebuilt."""

        def __init__(self, found: Then | Exception, question: int) -> None:
            super().__init__()
            self.found = found
            self.question = question

    def __init__(self, then: datetime) -> None:
        super().__init__()
        self.then = then
        self.queue = next(iter(QUEUES))
        self.found: Then | None = None
        self.is_fresh = False
        """Whether what is shown is the moment that was asked for."""
        self._steps = 0
        """Entries still to go, once the moment at hand is known."""
        self._questions = Newest()

    def show_then(self) -> None:
        """Show what was rebuilt; to be filled by the screen."""
        raise NotImplementedError

    def show_moment(self) -> None:
        """Say which moment is asked for; to be filled by the screen."""
        raise NotImplementedError

    def go(self, then: datetime) -> None:
        """Rebuild a moment; a moment to come is the present."""
        self.then, self.is_fresh = min(then, self.desk.now()), False
        self.show_moment()
        if self.desk.seat is not None:
            asked = DeskThen(then=self.then, queue=self.queue, near=self.found)
            ask = partial(self._fetch, self.desk.seat, asked, self._questions.ask())
            self.run_worker(ask, thread=True, group="past", exclusive=True, exit_on_error=False)

    def _fetch(self, seat: Seat, asked: DeskThen, question: int) -> None:
        try:
            found: Then | Exception = seat.ask(asked)
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            found = error
        self.post_message(self.Rebuilt(found, question))

    def on_scrubbing_rebuilt(self, message: Rebuilt) -> None:
        """Show it, or go on with the steps that were wanted meanwhile."""
        message.stop()
        if not self._questions.is_news(message.question):
            return
        if isinstance(message.found, Exception):
            self._steps = 0
            self.hands.refuse(told(message.found))
            return
        self.found, self.is_fresh = message.found, True
        self.show_then()
        if self._steps:
            steps, self._steps = self._steps, 0
            self.action_entry(steps)

    def action_entry(self, steps: int) -> None:
        """To the journal entry before or after; further once that is rebuilt."""
        self.hands.hush()
        if not self.is_fresh or self.found is None:
            self._steps += steps
            return
        there = self.found.earlier if steps < 0 else self.found.later
        if there is None:
            self._steps = 0
            self.hands.refuse(partial(_, _EARLIEST if steps < 0 else _LATEST))
            return
        self._steps = steps + (1 if steps < 0 else -1)
        self.go(there)

    def action_by(self, minutes: int) -> None:
        """By minutes, whatever happened then."""
        self.hands.hush()
        self._steps = 0
        self.go(self.then + timedelta(minutes=minutes))

    def do_earlier(self) -> None:
        """Five minutes back, for terminals that do not tell of shift."""
        self.action_by(-5)

    def do_later(self) -> None:
        """Five minutes on."""
        self.action_by(5)

    def do_refresh(self) -> None:
        """Ask again."""
        self.go(self.then)
