"""A question whose words name something in the store: offered and judged while it is open."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from console.panes.agreeing import Agreeing

if TYPE_CHECKING:
    from console.actions_kinds import Question
    from console.errand import Errand
    from console.naming import Looked
    from console.seat import Seat

    Sought = tuple[Errand, Question, str]

_LOG = logging.getLogger("paidan.console")


class LookingUp(Agreeing):
    """Enter waits until it is known whether anything is called so; a wrong name stays there."""

    class Found(Message, bubble=False):
        """The store has told what is called so."""

        def __init__(self, sought: Sought, looked: Looked) -> None:
            super().__init__()
            self.sought = sought
            self.looked = looked

    _sought: Sought | None = None
    """Of what the store is asked, or was last."""

    def open_or_go(self, errand: Errand, why: str = "") -> None:
        """What was found before was another question's."""
        self._sought = None
        super().open_or_go(errand, why)

    def submit(self, answer: str) -> None:
        """What it names is settled first."""
        question = self.errand.question if self.errand is not None else None
        if question is not None and question.looks_up:
            self._fit(answer)
            if self._offer.looked is None:
                self.desk.typed.after(self._submit_found, may_leave=True)
                return
        super().submit(answer)

    def _submit_found(self) -> None:
        if self.errand is not None:
            self.submit(self.prompt.value)

    def _fit(self, text: str) -> None:
        self._look_up(text)
        super()._fit(text)

    def _look_up(self, text: str) -> None:
        errand, seat = self.errand, self.desk.seat
        question = errand.question if errand is not None else None
        if errand is None or question is None or not question.looks_up:
            self._sought = self._offer.looked = None
            return
        sought = (errand, question, text)
        if sought == self._sought:
            return
        self._sought, self._offer.looked = sought, None
        if seat is None or self.desk.away is not None:
            from console.naming import Looked

            self._offer.looked = Looked()  # it is taken as it stands: the store says later
            return
        work = partial(self._read_names, seat, sought)
        self.run_worker(work, thread=True, group="names", exit_on_error=False)

    def _read_names(self, seat: Seat, sought: Sought) -> None:
        from console.naming import Looked, look_up
        from store.domain.errors import Refusal

        looked = Looked()  # a store that cannot tell judges when it is asked to do it
        _errand, question, text = sought
        try:
            looked = look_up(seat.ask, question.looks_up, text)
        except Refusal:
            pass
        except Exception as error:  # noqa: BLE001  else Enter would wait for ever
            _LOG.error("what a name means could not be read", exc_info=error)
        self.post_message(self.Found(sought, looked))

    def on_looking_up_found(self, message: Found) -> None:
        """Offer it; Enter may have been waiting for it."""
        message.stop()
        if message.sought == self._sought:
            self._offer.looked = message.looked
            self._fit(self._sought[2])
            self.desk.typed.go_on()
