"""A form that shows the customer's card while he speaks: beside it, or on a key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual.message import Message

from console.pacing import Paced
from console.render_caller import caller_lines
from console.screens.calling import CallerChoice, CallingForm
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from console.looks import Parts
    from console.seat import Seat
    from store.queries.caller_card import CallerCard

_ASK_EVERY_S: Final = 0.3
_WIDE: Final = 120
"""Columns from which the card stands beside the form."""


class KnowingForm(CallingForm):
    """Asks whenever the customer, or the caller that is marked, is another."""

    class Known(Message):
        """The store has told of a customer."""

        def __init__(self, customer: str, card: CallerCard | None) -> None:
            super().__init__()
            self.customer = customer
            self.card = card

    def __init__(self) -> None:
        super().__init__()
        self._card: CallerCard | None = None
        self._card_of: str | None = None
        """Of whom the store was asked last; None before it was asked at all."""
        self._know_soon = Paced(self, _ASK_EVERY_S, self._ask_card)

    def compose_lines(self) -> ComposeResult:
        """As wide as it will be: lines that stand already would all be styled again."""
        self.widen(self.app.size.width)
        yield from super().compose_lines()

    def know(self) -> None:
        """Another customer may be meant: ask as soon as the hands allow."""
        if self._customer_now() != self._card_of:
            self._know_soon()

    def _customer_now(self) -> str:
        """The caller that is marked while he is offered, else the customer of the form."""
        place = self.held()
        choice = self.choices[place] if place is not None else None
        if isinstance(choice, CallerChoice):
            return choice.answer
        return self.answer(self.field("customer")).strip()

    def _ask_card(self) -> None:
        seat, customer = self.desk.seat, self._customer_now()
        self._card_of = customer if seat is not None else None
        if seat is None or not customer:
            self._show_card(None)
            return
        work = partial(self._find_card, seat, customer)
        self.run_worker(work, thread=True, group="card", exit_on_error=False)

    def _find_card(self, seat: Seat, customer: str) -> None:
        from store.queries.caller_card import CardOfCaller

        card: CallerCard | None = None
        try:
            card = seat.ask(CardOfCaller(customer=customer))
        except Exception as error:  # noqa: BLE001  an order is written down without it, too
            self.log(error)
        self.post_message(self.Known(customer, card))

    def on_knowing_form_known(self, message: Known) -> None:
        """Show it, if the form still means him."""
        message.stop()
        if message.customer == self._customer_now():
            self._show_card(message.card)
        else:
            self._know_soon()

    def _show_card(self, card: CallerCard | None) -> None:
        self._card = card
        for place in ("#beside", "#below"):
            self.query_one(place, PartsBar).show(self._card_lines)

    def _card_lines(self, width: int, _height: int) -> tuple[Parts, ...]:
        return caller_lines(self._card, at=self.desk.now(), zone=self.desk.zone, cells=width)

    def on_resize(self, event: events.Resize) -> None:
        """Another width."""
        self.widen(event.size.width)

    def widen(self, columns: int) -> None:
        """Beside the form where both have room."""
        self.set_class(columns >= _WIDE, "wide")

    def show_likely(self) -> None:
        """They are asked about now, so the card gives way."""
        self.remove_class("carded")

    def action_customer(self) -> None:
        """Everything of whoever is on the card."""
        from console.screens.customer import CustomerScreen

        if self._card is not None:
            self.desk.go_to(CustomerScreen(code=self._card.code))

    def action_card(self) -> None:
        """Show the card in place of the orders that are likely meant, or these again."""
        self.toggle_class("carded")
