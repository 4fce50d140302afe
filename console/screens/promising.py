"""A form that shows the deadlines an order would get, before it is saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual.message import Message

from console.i18n import _
from console.looks import cut, packed
from console.pacing import Paced
from console.render import CLOCK_SIGNS
from console.render_card import running_said, when
from console.render_told import window_meant
from console.screens.form_lines import FormLines
from console.widgets.bars import PartsBar
from store.domain.targets import ClockKind
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from console.looks import Parts
    from console.seat import Seat
    from store.queries.promised import Promised

_ASK_EVERY_S: Final = 0.3
_PRIORITIES: Final = frozenset("1234")
_LONGEST: Final = 400
_OVER: Final = {
    ClockKind.RESOLVE: N_(" (before the appointment, stays)"),
    ClockKind.ARRIVE: N_(" (before the appointment, gives way)"),
}
"""What becomes of a promise that is over before the appointment."""
_NAMED: Final = 36
"""Cells that the name of a level has at most."""

Terms = tuple[int, str]
"""Priority and customer."""


class PromisingForm(FormLines):
    """Asks whenever the priority or the customer is another."""

    class Promising(Message):
        """The store has told what would be promised."""

        def __init__(self, terms: Terms, promised: Promised | None) -> None:
            super().__init__()
            self.terms = terms
            self.promised = promised

    def __init__(self) -> None:
        super().__init__()
        self._terms: Terms | None = None
        """What the store was asked last."""
        self._promised: Promised | None = None
        self._agreed = "", ""
        """The appointment that is shown, and the zone in which it is read."""
        self._promise_soon = Paced(self, _ASK_EVERY_S, self._ask_promise)

    def foretell(self) -> None:
        """A line has another text: ask as soon as the hands allow."""
        if self._terms_now() != self._terms:
            self._promise_soon()
        self.moved()

    def moved(self) -> None:
        """Say anew what was agreed, where that is something else by now."""
        agreed = self.text(self.field("appointment")), self.zone_there()
        if agreed != self._agreed:
            self._agreed = agreed
            self.query_one("#promised", PartsBar).show(self._promise_line)

    def _terms_now(self) -> Terms | None:
        texts = {field.name: self.answer(field).strip() for field in self.FIELDS}
        priority = texts["priority"].lstrip("Pp")
        if priority not in _PRIORITIES:
            return None
        return int(priority), texts["customer"][:_LONGEST]

    def _ask_promise(self) -> None:
        seat, terms = self.desk.seat, self._terms_now()
        self._terms = terms if seat is not None else None
        if seat is None or terms is None:
            self._show_promise(None)
            return
        work = partial(self._find_promise, seat, terms)
        self.run_worker(work, thread=True, group="promise", exit_on_error=False)

    def _find_promise(self, seat: Seat, terms: Terms) -> None:
        from store.queries.promised import PromisedNow

        priority, customer = terms
        promised: Promised | None = None
        try:
            promised = seat.ask(PromisedNow(priority=priority, customer=customer))
        except Exception as error:  # noqa: BLE001  an order is written down without it, too
            self.log(error)
        self.post_message(self.Promising(terms, promised))

    def on_promising_form_promising(self, message: Promising) -> None:
        """Show it, if the form still says so."""
        message.stop()
        if message.terms == self._terms_now():
            self._show_promise(message.promised)
        else:
            self._promise_soon()

    def _show_promise(self, promised: Promised | None) -> None:
        self._promised = promised
        self.query_one("#promised", PartsBar).show(self._promise_line)

    def _promise_line(self, width: int, _height: int) -> tuple[Parts, ...]:
        promised, at, zone = self._promised, self.desk.now(), self.desk.zone
        text = self.text(self.field("appointment"))
        met, begins = window_meant(text, zone, at=at, there=self.zone_there())
        agreed: tuple[Parts, ...] = ()
        if met:
            sign = _("{name}: ").format(name=_("appointment"))
            agreed = (((sign, "muted"), (met + "  ", "soon" if begins is None else "strong")),)
        if promised is None:
            return packed(agreed or (((" ", ""),),), width)
        level = _("{name}: ").format(name=_(promised.level))
        named = cut(((level, "muted"),), _NAMED)
        if promised.running is not None:  # before the times, which mean little without it
            said, tone = running_said(promised.running, zone, at=at)
            named = (*named, (said + "  ", tone))
        told = [_due(kind, due, begins, zone, at) for kind, due in promised.clocks]
        none: Parts = ((_("nothing is promised"), ""),)
        return packed((*agreed, named, *(filter(None, told) if told else (none,))), width)


def _due(
    kind: ClockKind, due: datetime, meets: datetime | None, zone: tzinfo | None, at: datetime
) -> Parts:
    """A promise of the level; an appointment takes the place of that to arrive."""
    over = meets is not None and meets >= due
    if meets is not None and kind is ClockKind.ARRIVE and not over:
        return ()
    said = f"{_(CLOCK_SIGNS[kind])} {when(due, zone, at=at)}  "
    if not over or kind not in _OVER:
        return ((said, ""),)
    return ((said.rstrip() + _(_OVER[kind]) + "  ", "soon"),)
