"""A form that proposes what the customer and the asset speak for; what hands wrote it leaves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual.message import Message
from textual.widgets import Static

from console.actions_kinds import Kind, Question
from console.i18n import _
from console.pacing import Paced
from console.screens.equipping import EquippingForm, kind_shown
from store import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.app import ComposeResult

    from console.seat import Seat
    from store.queries.usual import Usual

_ASK_EVERY_S: Final = 0.3
_LONGEST: Final = 400
_USUAL: Final = "_usual"
"""Behind a field's name among the texts: it was proposed, and nobody typed over it."""
_PROPOSED: Final = ("site", "kind", "priority")

About = tuple[str, str, str, str]
"""Customer, site, asset and kind as the form has them."""


class ProposingForm(EquippingForm):
    """Asks whenever customer, site, asset or kind is another."""

    class Told(Message):
        """The store has told what is usual."""

        def __init__(self, about: About, usual: Usual | None) -> None:
            super().__init__()
            self.about = about
            self.usual = usual

    def __init__(self) -> None:
        super().__init__()
        self._proposed: dict[str, str] = {}
        """By field: what its line shows because it is usual."""
        self._told_about: About | None = None
        self._there = ""
        """In which zone the site lies that was told of."""
        self._awaited = False
        """Whether the form is to be saved as soon as the store has told."""
        self._shown_at = 0.0
        """When a proposal was last another, by the clock of the keys."""
        self._propose_soon = Paced(self, _ASK_EVERY_S, self._ask_usual)

    def beside(self, _field: Question) -> ComposeResult:
        """Room to say that a line was proposed."""
        if _field.name in _PROPOSED:
            yield Static("", id=f"{_field.name}{_USUAL}", classes="mark", markup=False)

    # -- the texts ---------------------------------------------------------------------------

    def guessed(self, name: str) -> bool:
        """Whether it is proposed, and nobody has typed over it."""
        return name in self._proposed

    def texts(self) -> dict[str, str]:
        """With the lines that were proposed told apart."""
        texts = super().texts()
        return texts | {name + _USUAL: "1" for name in self._proposed if name in texts}

    def fill(self, texts: Mapping[str, str]) -> None:
        """What was proposed is a proposal again."""
        super().fill(texts)
        self._proposed = {n: texts[n] for n in _PROPOSED if n in texts and n + _USUAL in texts}
        self._told_about = None
        for field in self.FIELDS:
            self._line(field.name).touched = False
        for name in _PROPOSED:
            self._mark(name)

    # -- asking ------------------------------------------------------------------------------

    def propose(self) -> None:
        """A line has another text: what is typed over is no proposal; ask for others soon."""
        for name, shown in tuple(self._proposed.items()):
            if self._line(name).value != shown:
                del self._proposed[name]
                self._line(name).touched = True
                self._mark(name)
        if self._about_now() != self._told_about:
            self._propose_soon()

    def _about_now(self) -> About:
        customer, site, asset, kind = (
            self.answer(self.field(name)).strip()[:_LONGEST]
            for name in ("customer", "site", "asset", "kind")
        )
        return customer, site, asset, kind

    def _ask_usual(self) -> None:
        seat, about = self.desk.seat, self._about_now()
        if seat is None or not any(about[:3]):
            self._take_usual(about, None)
            return
        work = partial(self._find_usual, seat, about)
        self.run_worker(work, thread=True, group="usual", exit_on_error=False)

    def _find_usual(self, seat: Seat, about: About) -> None:
        from store.queries.usual import UsualFor

        customer, site, asset, kind = about
        usual: Usual | None = None
        try:
            usual = seat.ask(UsualFor(customer=customer, site=site, asset=asset, kind=kind))
        except Exception as error:  # noqa: BLE001  an order is written down without it, too
            self.log(error)
        self.post_message(self.Told(about, usual))

    def on_proposing_form_told(self, message: Told) -> None:
        """Propose it, if the form still says so."""
        message.stop()
        if message.about == self._about_now():
            self._take_usual(message.about, message.usual)
        elif self._awaited:
            self._ask_usual()
        else:
            self._propose_soon()

    # -- proposing ---------------------------------------------------------------------------

    def _take_usual(self, about: About, usual: Usual | None) -> None:
        self._told_about, self._there = about, usual.zone if usual is not None else ""
        self.moved()
        for name, shown, answer in _proposals(usual):
            self._propose(self.field(name), shown, answer)
        self.desk.typed.go_on()  # a form that was to be saved has waited for this

    def _propose(self, field: Question, shown: str, answer: str) -> None:
        line = self._line(field.name)
        was = self._proposed.get(field.name)
        if line.touched or (was is None and line.value not in {"", field.start}):
            return
        if shown == was or (not shown and was is None):
            return
        stood = line.value
        if shown:
            self._proposed[field.name] = shown
            self.choose(field.name, shown, answer)
        else:
            del self._proposed[field.name]
            self.put(field.name, field.start)
        if line.value != stood:  # else it has been seen
            self._shown_at = clock.monotonic()
        self._mark(field.name)

    def _mark(self, name: str) -> None:
        """Say whether a line is proposed; typing over it then replaces all of it."""
        line, proposed = self._line(name), name in self._proposed
        line.set_class(proposed, "proposed")
        line.select_on_focus = proposed or self.field(name).kind is Kind.PRIORITY
        if proposed and line.has_focus:
            line.action_select_all()
        said = _("proposed") if proposed else ""
        self.query_one(f"#{name}{_USUAL}", Static).update(said)

    def zone_there(self) -> str:
        """As the store told it of the site, or of where the asset stands."""
        return self._there

    def proposals_told(self) -> bool:
        """Whether the store has told what is usual; else it is asked."""
        self._awaited = self.desk.seat is not None and self._about_now() != self._told_about
        if self._awaited:
            self.desk.typed.after(self.action_save)
            self._ask_usual()
        return not self._awaited

    def proposals_unseen(self) -> str:
        """What is to be looked at first: a burst was typed before all it brought."""
        seen = self.desk.typed.taken_at >= self._shown_at
        return "" if seen else _("proposed from what is known: look at it")


def _proposals(usual: Usual | None) -> Iterator[tuple[str, str, str]]:
    """By field: what its line would show, and the answer; empty where nothing is usual."""
    site = usual.site if usual is not None else None
    yield ("site", f"{site.name} {site.code}", site.code) if site else ("site", "", "")
    kind = usual.kind if usual is not None else ""
    yield "kind", kind_shown(kind, usual.kind_name if usual is not None else ""), kind
    priority = usual.priority if usual is not None else None
    told = str(priority) if priority is not None else ""
    yield "priority", told, told
