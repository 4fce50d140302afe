"""The question of when the customer awaits somebody, with what is promised already."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from console.actions_kinds import Kind
from console.panes.heeding import Heeding

if TYPE_CHECKING:
    from datetime import datetime

    from console.errand import Errand
    from console.seat import Seat


class Agreeing(Heeding):
    """Whoever writes an appointment sees which promise is over before it; nobody waits for that."""

    class Due(Message, bubble=False):
        """Until when the order is promised to be resolved, and somebody to be there by its level;
        None where not."""

        def __init__(
            self, errand: Errand, due: datetime | None, there: datetime | None = None
        ) -> None:
            super().__init__()
            self.errand = errand
            self.due = due
            self.there = there

    def open_or_go(self, errand: Errand, why: str = "") -> None:
        """Ask it for the question that is open now."""
        super().open_or_go(errand, why)
        if self.errand is None:
            return
        self._offer.due = self._offer.there = None
        seat, line, question = self.desk.seat, errand.line, errand.question
        window = question is not None and question.kind is Kind.WINDOW
        if window and line is not None and seat is not None and self.desk.away is None:
            work = partial(self._read_due, seat, errand, line.number)
            self.run_worker(work, thread=True, group="due", exit_on_error=False)

    def _read_due(self, seat: Seat, errand: Errand, number: int) -> None:
        from store.domain.errors import Refusal
        from store.queries.promised import ArriveBy, ResolveBy

        try:
            with seat.asking() as ask:
                found = ask(ResolveBy(numbers=(number,))).get(number)
                there = ask(ArriveBy(number=number))
        except Refusal:  # an appointment is made without it, too
            found = there = None
        self.post_message(self.Due(errand, found, there))

    def on_agreeing_due(self, message: Due) -> None:
        """Say it below what is written, if that is still the question."""
        message.stop()
        if message.errand is self.errand:
            self._offer.due, self._offer.there = message.due, message.there
            self._show_offer()
