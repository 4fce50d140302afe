"""The question of who goes, with what speaks against whom: read beside the keys."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from console.actions_kinds import Kind
from console.i18n import _
from console.panes.asking import Asking

if TYPE_CHECKING:
    from datetime import datetime

    from console.errand import Errand
    from console.seat import Seat
    from store.queries.heeds import Heeded

_LOG = logging.getLogger("paidan.console")


class Heeding(Asking):
    """Nobody goes before it is known whom the rules keep away; such a one by Enter twice."""

    class Heard(Message, bubble=False):
        """What speaks against whom has come; nothing where it could not be read."""

        def __init__(self, errand: Errand, heeded: Heeded) -> None:
            super().__init__()
            self.errand = errand
            self.heeded = heeded

    _about: Errand | None = None
    """Whose question it was asked for."""
    _rules: Heeded | None = None
    """What came; None until then."""
    _warned: tuple[str, datetime] | None = None
    """Whom a rule keeps away, by code, and when that was said."""

    def open_or_go(self, errand: Errand, why: str = "") -> None:
        """Ask it for the question that is open now."""
        if errand is not self._about:
            self._about, self._rules, self._warned = errand, None, None
        super().open_or_go(errand, why)
        self._ask_rules()

    def renew_offer(self) -> None:
        """The desk has changed: so may have what the rules say."""
        super().renew_offer()
        self._ask_rules()

    def submit(self, text: str) -> None:
        """Whom Enter sends, and what keeps him away, is settled first."""
        if self._asks_who and self._rules is None:
            self.desk.typed.after(self._submit_then, may_leave=True)
        elif not (self._asks_who and self._kept_away(text)):
            super().submit(text)

    def _kept_away(self, text: str) -> bool:
        """Whether a rule keeps whom Enter sends away, which was not said of him yet."""
        from console.errand import TO_READ

        self._fit(text)
        at = self.desk.now()
        kept = self._offer.kept_away(at, self._zone)
        if kept is None:
            return False
        code, said = kept
        if self._warned is not None and self._warned[0] == code:
            return at - self._warned[1] < TO_READ
        self._warned = code, at
        self._offer.why = _("{rules}: Enter again sends them all the same").format(rules=said)
        self._show_offer()
        self.desk.typed.forget()
        return True

    def _submit_then(self) -> None:
        if self.errand is not None:
            self.submit(self.prompt.value)

    def on_heeding_heard(self, message: Heard) -> None:
        """Offer them again; Enter may have been waiting for it."""
        message.stop()
        if message.errand is self._about:
            self._rules = message.heeded
            if self.errand is not None:
                self._fit(self.prompt.value)
        self.desk.typed.go_on()

    @property
    def _asks_who(self) -> bool:
        question = self.errand.question if self.errand is not None else None
        return question is not None and question.kind is Kind.TECHNICIAN

    def _fit(self, text: str) -> None:
        if self.errand is not None:
            self._offer.fit(self.errand, text, self.people(), self._rules)
            self._show_offer()

    def _ask_rules(self) -> None:
        errand, seat = self.errand, self.desk.seat
        if errand is None or not self._asks_who:
            return
        if errand.line is None or seat is None or self.desk.away is not None:
            from store.queries.heeds import Heeded

            self.post_message(self.Heard(errand, Heeded()))
            return
        work = partial(self._read_rules, seat, errand, errand.line.number)
        self.run_worker(work, thread=True, group="rules", exit_on_error=False)

    def _read_rules(self, seat: Seat, errand: Errand, number: int) -> None:
        from store.domain.errors import Refusal
        from store.queries.heeds import Heeded, Heeds

        found: Heeded | None = None  # whom the store cannot tell of goes as before
        try:
            found = seat.ask(Heeds(numbers=(number,))).get(number)
        except Refusal:
            pass
        except Exception as error:  # noqa: BLE001  else Enter would wait for ever
            _LOG.error("what speaks against whom could not be read", exc_info=error)
        self.post_message(self.Heard(errand, found or Heeded()))
