"""Why this deadline: what the list shows of an order first, then the clocks that it has."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from console.carrying import told
from console.i18n import _
from console.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from console.looks import Parts
    from console.seat import Seat
    from store.queries.card import Card
    from store.queries.explain import Explanation

    ByHand = tuple[Card, str, datetime]
    """An order, and what its row counts down to that is no clock's: its sign and when."""


class LedgerScreen(ReadingScreen):
    """One page a clock, what the row counts down to first; left and right turn the pages."""

    BINDINGS = [("right,tab,e", "clock(1)", "Next clock"), ("left", "clock(-1)", "Clock before")]

    class Arrived(Message):
        """The explanations have come back."""

        def __init__(
            self,
            found: tuple[Explanation, ...],
            by_hand: ByHand | None = None,
            error: Exception | None = None,
        ) -> None:
            super().__init__()
            self.found = found
            self.by_hand = by_hand
            self.error = error

    def __init__(self, number: int, queue: str = "all_open") -> None:
        super().__init__()
        self.number = number
        self._queue = queue
        """Whose row is explained: not every list counts down to the same."""
        self._pages: tuple[Callable[[], tuple[Parts, ...]], ...] | None = None
        self._error: Exception | None = None
        self._place = 0

    def set_up(self) -> None:
        """Ask for all clocks; the first is the one that is due next."""
        super().set_up()
        self.desk.heard("explain")
        seat = self.desk.seat
        if seat is not None:
            self.run_worker(partial(self._fetch, seat), thread=True, exit_on_error=False)

    def lines(self) -> tuple[Parts, ...]:
        """The page that was chosen."""
        if self._error is not None:
            return (((told(self._error), "overdue"),),)
        if self._pages is None:
            return ()
        if not self._pages:
            return (((_("no promise of time was made for this order"), "muted"),),)
        return self._pages[self._place]()

    def title_line(self) -> str:
        """What this screen is, and which page of how many."""
        many = len(self._pages or ())
        which = _(" ({place} of {count}, →)") if many > 1 else ""
        return _("Why this deadline?") + which.format(place=self._place + 1, count=many)

    def action_clock(self, step: int) -> None:
        """Another clock."""
        if self._pages:
            self._place = (self._place + step) % len(self._pages)
            self.show_lines()

    def _fetch(self, seat: Seat) -> None:
        from store.domain.targets import ClockKind
        from store.queries.explain import Explain

        try:
            first = seat.ask(Explain(number=self.number))
            others = [seat.ask(Explain(number=self.number, kind=kind)) for kind in ClockKind]
            by_hand = self._by_hand(seat)
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            self.post_message(self.Arrived((), error=error))
            return
        found = [told_of for told_of in (first, *others) if told_of is not None]
        kinds = {told_of.clock.kind: told_of for told_of in reversed(found)}
        order = dict.fromkeys(told_of.clock.kind for told_of in found)
        self.post_message(self.Arrived(tuple(kinds[kind] for kind in order), by_hand))

    def _by_hand(self, seat: Seat) -> ByHand | None:
        """The end of a wait or a promised call, where the row counts down to that."""
        from console.render import CALL, WAKE, countdown
        from store.queries.board import LineOf
        from store.queries.card import OrderCard

        line = seat.ask(LineOf(number=self.number))
        until, sign = (None, "") if line is None else countdown(line, self._queue)
        meant = next((name for name in (WAKE, CALL) if sign == _(name)), None)
        if until is None or meant is None:
            return None
        return seat.ask(OrderCard(number=self.number)), meant, until

    def on_ledger_screen_arrived(self, message: Arrived) -> None:
        """Show them."""
        from console.render_ledger import ledger_lines
        from console.render_wanted import set_by_hand

        message.stop()
        at, zone = self.desk.now(), self.desk.zone
        pages = [partial(ledger_lines, one, at=at, zone=zone) for one in message.found]
        if message.by_hand is not None:
            pages.insert(0, partial(set_by_hand, *message.by_hand, at=at, zone=zone))
        self._pages, self._error = tuple(pages), message.error
        self.show_lines()
