"""A customer on a page of his own: that of an order, or of whoever calls."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.message import Message

from console.carrying import told
from console.i18n import _
from console.pacing import Newest
from console.render_customer import customer_lines
from console.screens.reading import ReadingScreen

if TYPE_CHECKING:
    from console.feed import NewsArrived
    from console.looks import Parts
    from console.seat import Seat
    from store.domain.intents import Query
    from store.queries.customers import CustomerSheet


class CustomerScreen(ReadingScreen):
    """Everything of one customer; Esc leads back."""

    BINDINGS = [("f9", "back", "Back")]

    class Arrived(Message):
        """What was asked has come back."""

        def __init__(
            self, sheet: CustomerSheet | None, question: int, error: Exception | None = None
        ) -> None:
            super().__init__()
            self.sheet = sheet
            self.question = question
            self.error = error

    def __init__(self, *, number: int | None = None, code: str = "") -> None:
        super().__init__()
        self._number = number
        """The order whose customer is meant; None where his code says it."""
        self._code = code
        self._sheet: CustomerSheet | None = None
        self._error: Exception | None = None
        self._answered = False
        self._questions = Newest()

    def set_up(self) -> None:
        """Ask for him."""
        super().set_up()
        self.desk.heard("customer")
        self._ask()

    def hear(self, news: NewsArrived) -> None:  # noqa: ARG002  whatever was done may be for him
        """Ask again: he is on the line, and what is open changes."""
        self._ask()

    def title_line(self) -> str:
        """Whose page it is."""
        return _("Customer") if self._sheet is None else self._sheet.card.name

    def lines(self) -> tuple[Parts, ...]:
        """What is known, or why nothing is."""
        if self._error is not None:
            return (((told(self._error), "overdue"),),)
        if self._sheet is None:
            said = _("this order is for no customer that is known") if self._answered else ""
            return (((said, "muted"),),)
        return customer_lines(self._sheet, at=self.desk.now(), zone=self.desk.zone)

    def _ask(self) -> None:
        seat = self.desk.seat
        if seat is not None:
            work = partial(self._fetch, seat, self._questions.ask())
            self.run_worker(work, thread=True, group="sheet", exit_on_error=False)

    def _fetch(self, seat: Seat, question: int) -> None:
        try:
            with seat.asking() as ask:
                sheet = self._asked(ask)
        except Exception as error:  # noqa: BLE001  whatever a store raises is told
            self.post_message(self.Arrived(None, question, error))
        else:
            self.post_message(self.Arrived(sheet, question))

    def _asked(self, ask: Any) -> CustomerSheet | None:
        from store.queries.card import OrderCard
        from store.queries.customers import ShowCustomer

        code = self._code
        if self._number is not None:
            customer = ask(OrderCard(number=self._number)).customer
            code = "" if customer is None else customer.code
        asked: Query[CustomerSheet | None] = ShowCustomer(customer=code)
        found: CustomerSheet | None = ask(asked) if code else None
        return found

    def on_customer_screen_arrived(self, message: Arrived) -> None:
        """Show him."""
        message.stop()
        if self._questions.is_news(message.question):
            self._sheet, self._error = message.sheet, message.error
            self._answered = True
            self.show_lines()
