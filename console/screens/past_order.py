"""One order as it stood at a past moment, with what had happened to it by then."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from console.carrying import told
from console.i18n import _
from console.render_past import order_lines
from console.render_time import here
from console.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.looks import Parts
    from console.seat import Seat
    from store.queries.board import BoardLine
    from store.queries.card import TraceEntry
    from store.queries.people import Named

_MOST = 1_000


class PastOrderScreen(ReadingScreen):
    """Asked once, when it is opened."""

    class Arrived(Message, bubble=False):
        """The story has come."""

        def __init__(
            self,
            story: tuple[TraceEntry, ...],
            people: Mapping[int, Named],
            error: Exception | None = None,
        ) -> None:
            super().__init__()
            self.story = story
            self.people = people
            self.error = error

    def __init__(self, line: BoardLine, then: datetime) -> None:
        super().__init__()
        self._line = line
        self._then = then
        self._told: PastOrderScreen.Arrived | None = None

    def title_line(self) -> str:
        """That this is the past."""
        moment = f"{here(self._then, self.desk.zone):%Y-%m-%d %H:%M:%S}"
        return _("PAST: as it stood at {time}").format(time=moment)

    def set_up(self) -> None:
        """Ask for what had happened."""
        super().set_up()
        if self.desk.seat is not None:
            fetch = partial(self._fetch, self.desk.seat)
            self.run_worker(fetch, thread=True, exit_on_error=False)

    def _fetch(self, seat: Seat) -> None:
        from store.queries.card import OrderCard, Trace

        number = self._line.number
        try:
            trace = seat.ask(Trace(number=number, limit=_MOST))
            people = seat.ask(OrderCard(number=number)).technicians
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            self.post_message(self.Arrived((), {}, error))
            return
        last = max((entry.seq for entry in trace if entry.at <= self._then), default=0)
        story = tuple(entry for entry in trace if entry.seq <= last)
        self.post_message(self.Arrived(story, people))

    def on_past_order_screen_arrived(self, message: Arrived) -> None:
        """Show it."""
        message.stop()
        self._told = message
        self.show_lines()

    def lines(self) -> tuple[Parts, ...]:
        """The order, then its story."""
        found = self._told
        if found is None:
            return (((_("asking the store ..."), "muted"),),)
        if found.error is not None:
            return (((f"\u2717 {told(found.error)}", "overdue"),),)
        return order_lines(
            self._line, found.story, found.people, then=self._then, zone=self.desk.zone
        )
