"""A form that shows which orders at the desk the caller likely means, before one more is made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual.message import Message

from console.actions import ACTIONS
from console.carrying import Outcome, told
from console.errand import Errand
from console.i18n import _
from console.pacing import Paced
from console.parking import carry_or_park
from console.render_likely import likely_lines
from console.screens.form_lines import FormLines
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.looks import Parts
    from console.seat import Seat
    from store.domain.intents import Done
    from store.queries.likely import Likely

_ASK_EVERY_S: Final = 0.3
_COMPARED: Final = 400
"""Characters of the words that are compared."""

Asked = tuple[str, str, str, str, str, str, str]
"""Title, site, guessed site, customer, asset, kind and caller as the form has them."""


class LikelyForm(FormLines):
    """Asks whenever one of these is another; a key chases the marked one instead."""

    class Compared(Message):
        """The store has told which orders are likely meant."""

        def __init__(self, asked: Asked, found: tuple[Likely, ...]) -> None:
            super().__init__()
            self.asked = asked
            self.found = found

    class Chased(Message):
        """An order was chased, or could not be."""

        def __init__(self, outcome: Outcome) -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(self) -> None:
        super().__init__()
        self._likely: tuple[Likely, ...] = ()
        self._marked = 0
        self._told: Asked | None = None
        """What the store has told about."""
        self._passed: frozenset[int] = frozenset()
        """Orders that are another thing: the operator has said so by saving once more."""
        self._ask_soon = Paced(self, _ASK_EVERY_S, self._ask)

    # -- asking ------------------------------------------------------------------------------

    def compare(self) -> None:
        """A line has another text: ask as soon as the hands allow."""
        if self._wanted() != self._told:
            self._ask_soon()

    def _wanted(self) -> Asked:
        title, site, customer, asset, kind = (
            self.answer(self.field(name)).strip()[:_COMPARED]
            for name in ("title", "site", "customer", "asset", "kind")
        )
        caller = self.text(self.field("caller")).strip()[:_COMPARED]  # the customer as well
        said, guess = ("", site) if self.guessed("site") else (site, "")
        return title, said, guess, customer, asset, kind, caller

    def _ask(self) -> None:
        seat, asked = self.desk.seat, self._wanted()
        title, *_rest, asset, kind, _caller = asked
        if seat is None or not (title or asset or kind):
            self._show_likely(asked, ())
            return
        work = partial(self._find_likely, seat, asked)
        self.run_worker(work, thread=True, group="likely", exit_on_error=False)

    def _find_likely(self, seat: Seat, asked: Asked) -> None:
        from store.queries.likely import LikelyOrders

        title, site, guess, customer, asset, kind, caller = asked
        found: tuple[Likely, ...] = ()
        query = LikelyOrders(
            title=title,
            site=site,
            guessed_site=guess,
            customer=customer,
            asset=asset,
            kind=kind,
            caller=caller,
        )
        try:
            found = seat.ask(query)
        except Exception as error:  # noqa: BLE001  an order is written down without an offer, too
            self.log(error)
        self.post_message(self.Compared(asked, found))

    def on_likely_form_compared(self, message: Compared) -> None:
        """Show it, if the form still says so."""
        message.stop()
        if message.asked == self._wanted():
            self._show_likely(message.asked, message.found)

    def _show_likely(self, asked: Asked, found: tuple[Likely, ...]) -> None:
        marked = self._marked_number()
        self._told, self._likely = asked, found
        numbers = [one.line.number for one in found]
        self._marked = numbers.index(marked) if marked in numbers else 0
        self.query_one("#likely", PartsBar).show(self._likely_lines)
        self.desk.typed.go_on()  # a form that was to be saved has waited for this

    def _likely_lines(self, width: int, _height: int) -> tuple[Parts, ...]:
        at, zone = self.desk.now(), self.desk.zone
        return likely_lines(self._likely, self._marked, at=at, zone=zone, cells=width)

    def _marked_number(self) -> int | None:
        return self._likely[self._marked].line.number if self._likely else None

    def action_next_likely(self) -> None:
        """Mark the next one."""
        if self._likely:
            self._marked = (self._marked + 1) % len(self._likely)
            self.query_one("#likely", PartsBar).renew()

    # -- saving and chasing ------------------------------------------------------------------

    def show_likely(self) -> None:
        """Have what is likely meant on the screen; to be filled where it may not be."""

    def likely_told(self, then: Callable[[], None]) -> bool:
        """Whether the store has told what is likely meant; else it is asked, and this follows."""
        if self.desk.seat is None or self._told == self._wanted():
            return True
        self.desk.typed.after(then)
        self._ask()
        return False

    def likely_unseen(self) -> str:
        """What is to be looked at before another order is made; said once, so that it is seen."""
        known = frozenset(one.line.number for one in self._likely)
        if known <= self._passed:
            return ""
        self.pass_likely()
        self.show_likely()
        return _("perhaps known already, ^t chases it")

    def pass_likely(self) -> None:
        """The operator has them before the eyes."""
        self._passed |= frozenset(one.line.number for one in self._likely)

    def look_first(self) -> None:
        """The key was faster than the list: what it would chase has not been seen yet."""
        if self.likely_told(self.look_first):  # another answer may have come first
            none = _("no order at the desk is likely meant")
            self.refuse(_("perhaps known already, ^t chases it") if self._likely else none)

    def marked_one(self) -> Likely | None:
        """The one that the keys are about."""
        return self._likely[self._marked] if self._likely else None

    def action_chase(self) -> None:
        """Chase the marked order with the words of the form, and make no other."""
        if not self._likely and not self.likely_told(self.look_first):
            return  # what stands there was seen; what does not was not
        seat, desk, number = self.desk.seat, self.desk, self._marked_number()
        if seat is None or number is None:
            self.refuse(_("no order at the desk is likely meant"))
            return
        errand = Errand(
            action=ACTIONS["chase"],
            line=self._likely[self._marked].line,
            questions=[],
            texts={"text": self.text(self.field("title"))},
            told={"text": self.text(self.field("title")), "insist": self.insists(number)},
        )
        key = self.chase_key(number)
        self.desk.typed.hold(by="chase")

        def work() -> None:
            outcome = carry_or_park(seat, errand, key, desk.pile, away=desk.away)
            self.post_message(self.Chased(outcome))

        self.run_worker(work, thread=True, group="save", exit_on_error=False)

    def insists(self, number: int) -> bool:
        """Whether an order is chased though it is finished; to be filled by the form."""
        raise NotImplementedError

    def chase_key(self, number: int) -> str:
        """Under which this form chases an order once; to be filled by the form."""
        raise NotImplementedError

    def on_likely_form_chased(self, message: Chased) -> None:
        """Leave, or stay and say why not."""
        message.stop()
        result = message.outcome.result
        if message.outcome.parked is not None:
            self.waits(message.outcome)
            return
        if isinstance(result, Exception):
            self.refuse(told(result))
            return
        self.done_with(result)
        self.desk.committed(result)
        self.desk.typed.go_on(by="chase")

    def waits(self, outcome: Outcome) -> None:
        """What the form was for is on disk until the store is back: it is free for another."""
        self.desk.recount()
        self.desk.typed.forget()
        self.leave_without(outcome)

    def leave_without(self, result: Done | Outcome) -> None:
        """Nothing of the draft is needed any more; to be filled by the form."""
        raise NotImplementedError

    def done_with(self, done: Done) -> None:
        """What the form was for is done; to be filled by the form."""
        raise NotImplementedError
