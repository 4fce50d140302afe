"""The part of the board that asks the store: looks at the desk, the card of the chosen order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from console.hearing import Heard, loudness, notification
from console.pacing import REST_S, Newest, Paced, Rested
from console.panes.people_table import PeopleTable
from console.panes.queue_bar import QueueBar
from console.render_page import CardPage, counts_seconds
from console.screens.noticing import Noticing
from console.widgets.bars import PartsBar
from console.widgets.pages import PartsPage
from console.widgets.work_table import WorkTable
from store.domain.who import Right

if TYPE_CHECKING:
    from datetime import datetime

    from console.looks import Parts
    from console.order_told import Told
    from console.overview import Overview
    from console.panes.hand_bar import HandBar
    from console.seat import Seat
    from store.queries.board import BoardLine

_LOOKS_APART_S = 0.7
_LISTS_APART_S = 0.3
_CARDS_APART_S = 0.2


class Looking(Noticing):
    """What the board knows of the desk, and when it asks again."""

    class Looked(Message):
        """A look has come back from its worker."""

        def __init__(self, overview: Overview | Exception) -> None:
            super().__init__()
            self.overview = overview

    class CardArrived(Message):
        """What was asked about one order has come back."""

        def __init__(
            self,
            number: int,
            question: int,
            told: Told | None,
            line: BoardLine | None,
            error: Exception | None,
        ) -> None:
            super().__init__()
            self.number = number
            self.question = question
            self.told = told
            self.line = line
            self.error = error

    shows_alarms = True

    def __init__(self) -> None:
        super().__init__()
        self.overview: Overview | None = None
        self.queue = "all_open"
        self.fresh: BoardLine | None = None
        """The chosen order as it is now, where the list shows it as it was."""
        self.look = Paced(self, _LOOKS_APART_S, self._look, by_news=True)
        self.list_again = Paced(self, _LISTS_APART_S, self._list_again, by_news=True)
        self.ask_card = Paced(self, _CARDS_APART_S, self._ask_card)
        self.card_soon = Rested(self, REST_S, self.ask_card.now)
        self._look_owed = False
        self._heard: Heard | None = None
        """What rang at the last look."""
        self._told: Told | None = None
        self._page = CardPage()
        self._questions = Newest()
        self._line_owed = False
        self._minute = self._shown_minute = -1

    @property
    def seat(self) -> Seat | None:
        """None until the store is open."""
        return self.desk.seat

    @property
    def people(self) -> PeopleTable:
        """The technicians."""
        return self.query_one(PeopleTable)

    def empty(self) -> bool:
        """Whether the desk has never had an order."""
        return self.overview is not None and self.overview.empty

    @property
    def knows_alarms(self) -> bool:
        """Not before the first look."""
        return self.overview is not None

    # -- looking -----------------------------------------------------------------------------

    def _look(self) -> None:
        seat = self.seat
        if seat is None:
            return
        if self._looking:
            self._look_owed = True
            return
        self._looking = True
        self._asked_at = self.desk.now()
        self.run_worker(
            partial(self._look_and_post, seat), thread=True, group="look", exit_on_error=False
        )

    def _look_and_post(self, seat: Seat) -> None:
        from console.overview import look

        try:
            found: Overview | Exception = look(seat, self.overview)
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            found = error
        self.post_message(self.Looked(found))

    def on_looking_looked(self, message: Looked) -> None:
        """Show what was seen, or that nothing could be."""
        message.stop()
        self._looking = False
        if not self.app.is_running:
            return  # the console is being left
        found = message.overview
        if isinstance(found, Exception):
            self.failed(found)
        else:
            stood = self.desk.standing
            before, self.overview = self.overview, found
            self.desk.stand(
                pulse=found.pulse if found.tells_of(stood.pulse) else stood.pulse,
                read_only=found.read_only or self._write_refused,
                ringing=found.strip.unacknowledged,
                escalated=found.strip.escalated if self._supervises() else 0,
                offered_from=found.offered_from,
            )
            self.desk.answered()
            self._ring_for_new(found)
            self._show_news(before if self.desk.standing is stood else None, found)
            if stood.trouble is not None:  # and is over
                self._list_again()
                self.ask_card()
        if self._look_owed:
            self._look_owed = False
            self.look(own=True)

    def _list_again(self) -> None:
        self.query_one("#orders", WorkTable).reload()

    def _ring_for_new(self, found: Overview) -> None:
        """Ring once for what rang since the last look, be it in the strip or not."""
        desk, heard = self.desk, Heard.of(found.strip)
        quiet = desk.quiet is not None and desk.quiet.holds(desk.now(), desk.zone)
        how = loudness(self._heard, heard, quiet=quiet, supervises=self._supervises())
        self._heard = heard.after(self._heard, quiet=quiet)
        if how:
            desk.ring(int(how), said=notification(found.strip))

    def _supervises(self) -> bool:
        return self.seat is not None and self.seat.who.may(Right.SUPERVISE)

    def _show_news(self, before: Overview | None, found: Overview) -> None:
        """Nothing is drawn of a look that shows nothing new within one minute."""
        past, self._shown_minute = self._shown_minute, self.desk.rota.minute(found.at)
        if before is not None and past == self._shown_minute and found.looks_like(before):
            self.hands.renew_offer()
            self.show_empty()
        else:
            self.show_overview()

    def show_overview(self) -> None:
        """Counts, alarms, technicians, keys."""
        found = self.overview
        self.query_one(QueueBar).tell(found.counts if found else None, self.queue)
        self.query_one("#alarms", PartsBar).show(self._alarms)
        if found is not None:
            self.people.tell(found.people, at=self.desk.now())
            self.hands.renew_offer()
        self.show_empty()
        self.renew_bars()

    def show_empty(self) -> None:
        """Say why there is nothing to show; to be filled by the board."""

    def _alarms(self, width: int, height: int) -> tuple[Parts, ...]:
        if self.overview is None:
            return ((),)
        from console.render_strip import alarm_rows  # not before the first paint

        rows = 2 if height < 30 else 4 if height < 46 else 6
        strip, key = self.overview.strip, self.key_sign("alarms")
        return alarm_rows(
            strip, at=self.desk.now(), cells=width, rows=rows, key=key, zone=self.desk.zone
        )

    def tick(self, at: datetime) -> None:
        """A second has passed: countdowns; once a minute also what counts minutes."""
        super().tick(at)
        self.mind_the_store(at)
        if self.seat is None:
            self.show_empty()
        self.query_one("#orders", WorkTable).tick(at)
        minute = self.desk.rota.minute(at)
        if minute != self._minute:
            began, self._minute = self._minute >= 0, minute
            if began:
                self.look()
                self.list_again()
                self.show_card()
        elif self._told is not None and counts_seconds(self._told[0], at):
            self.show_card()

    def do_refresh(self) -> None:
        """Ask for everything, and bring the list up to date."""
        self.look.now()
        self.query_one("#orders", WorkTable).action_apply()
        self.ask_card()

    def ask_line(self) -> None:
        """The chosen order has changed: its row may leave the list, and the keys follow it."""
        self._line_owed = True
        self.ask_card()

    # -- the chosen order --------------------------------------------------------------------

    def _ask_card(self) -> None:
        """The card where it is shown; for a row that left the list, the order as it is now."""
        seat, table = self.seat, self.query_one("#orders", WorkTable)
        number, held = self.number_at_cursor, table.line_at_cursor
        if seat is None or number is None:
            self._told = None
            self.show_card()
            return
        wide = bool(self.query_one("#card", PartsPage).display)
        if not wide and not self._line_owed and (held is None or not held.gone):
            return
        self._line_owed = False
        self.run_worker(
            partial(self._fetch_card, seat, number, self._questions.ask(), wide=wide),
            thread=True,
            group="card",
            exclusive=True,
            exit_on_error=False,
        )

    def _fetch_card(self, seat: Seat, number: int, question: int, *, wide: bool) -> None:
        from console.order_told import order_told

        try:
            told, line = order_told(seat, number, wide=wide)
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            self.post_message(self.CardArrived(number, question, None, None, error))
        else:
            self.post_message(self.CardArrived(number, question, told, line, None))

    def on_looking_card_arrived(self, message: CardArrived) -> None:
        """Show it, if the cursor is still there."""
        message.stop()
        if message.error is not None:
            self.failed(message.error)
        elif message.number == self.number_at_cursor and self._questions.is_news(message.question):
            self._told, self.fresh = message.told, message.line
            self.show_card()
            self.query_one("#keys", PartsBar).renew()

    def on_parts_page_appeared(self, message: PartsPage.Appeared) -> None:
        """A window pulled wider has room for the card: that of the order chosen by now."""
        message.stop()
        if self.seat is not None:
            self.ask_card()

    def show_card(self) -> None:
        """The card of the chosen order, as time has left it."""
        page = self.query_one("#card", PartsPage)
        if self._told is None and self.number_at_cursor is not None:
            page.tell(())  # asked for, or soon to be
        elif self._told is None or page.display:
            # That there is none is kept for a window pulled wider: it has room before it is asked.
            here, at = self.at_the_chosen(), self.desk.now()
            page.tell(self._page.lines(self._told, at=at, zone=self.desk.zone, here=here))

    # -- hands -------------------------------------------------------------------------------

    def on_hand_bar_did(self, message: HandBar.Did) -> None:
        """Our own commits are shown at once."""
        message.stop()
        self._write_refused = False
        self.look.now()
        self.list_again.now()
        self.ask_line()
