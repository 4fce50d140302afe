"""Why this deadline: the stretches and pauses it is made of, for each clock of an order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from console.carrying import told
from console.i18n import _
from console.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from console.looks import Parts
    from console.seat import Seat
    from store.queries.explain import Explanation


class LedgerScreen(ReadingScreen):
    """The ledger of one clock; left and right show the other clocks."""

    BINDINGS = [("right,tab,e", "clock(1)", "Next clock"), ("left", "clock(-1)", "Clock before")]

    class Arrived(Message):
        """The explanations have come back."""

        def __init__(self, found: tuple[Explanation, ...], error: Exception | None = None) -> None:
            super().__init__()
            self.found = found
            self.error = error

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self._found: tuple[Explanation, ...] | None = None
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
        """The ledger of the clock that was chosen."""
        if self._error is not None:
            return (((told(self._error), "overdue"),),)
        if self._found is None:
            return ()
        if not self._found:
            return (((_("no promise of time was made for this order"), "muted"),),)
        from console.render_trace import ledger_lines

        shown = self._found[self._place]
        return ledger_lines(shown, at=self.desk.now(), zone=self.desk.zone)

    def title_line(self) -> str:
        """What this screen is, and which clock of how many."""
        many = len(self._found or ())
        which = _(" ({place} of {count}, → the next)") if many > 1 else ""
        return _("Why this deadline?") + which.format(place=self._place + 1, count=many)

    def action_clock(self, step: int) -> None:
        """Another clock."""
        if self._found:
            self._place = (self._place + step) % len(self._found)
            self.show_lines()

    def _fetch(self, seat: Seat) -> None:
        from store.domain.targets import ClockKind
        from store.queries.explain import Explain

        try:
            first = seat.ask(Explain(number=self.number))
            others = [seat.ask(Explain(number=self.number, kind=kind)) for kind in ClockKind]
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            self.post_message(self.Arrived((), error))
            return
        found = [told_of for told_of in (first, *others) if told_of is not None]
        kinds = {told_of.clock.kind: told_of for told_of in reversed(found)}
        order = dict.fromkeys(told_of.clock.kind for told_of in found)
        self.post_message(self.Arrived(tuple(kinds[kind] for kind in order)))

    def on_ledger_screen_arrived(self, message: Arrived) -> None:
        """Show them."""
        message.stop()
        self._found, self._error = message.found, message.error
        self.show_lines()
