"""Writing down what a customer asks for: eleven lines, one of them needed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from console.actions import ACTIONS
from console.actions_kinds import Kind, Question
from console.answers_read import read
from console.carrying import Outcome, told
from console.choices import choice_line
from console.drafts import Draft
from console.errand import Errand
from console.i18n import _, tell
from console.parking import carry_or_park
from console.screens.drafting import DraftingForm
from console.screens.knowing import KnowingForm
from console.screens.making import MADE, MakingForm
from console.screens.promising import PromisingForm
from console.screens.proposing import ProposingForm
from console.screens.returning import ReturningForm
from console.widgets.bars import PartsBar
from console.zones import zone_named
from store.domain.errors import BadInput, NameUnknown
from store.domain.words import N_

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from console.looks import Parts
    from store.domain.intents import Done

_NEW: Final = "new_"
"""Before a field's name among the answers: what is made with the order."""


class NewOrderScreen(
    DraftingForm, KnowingForm, MakingForm, ReturningForm, PromisingForm, ProposingForm
):
    """The form; its result is what was done, or waits: a new order or a chase; None when left."""

    FIELDS = (
        Question(name="caller", label=N_("who calls"), kind=Kind.CALLER, optional=True),
        Question(name="title", label=N_("what is wrong")),
        Question(name="site", label=N_("site"), kind=Kind.SITE, optional=True),
        Question(name="asset", label=N_("asset"), kind=Kind.ASSET, optional=True),
        Question(name="customer", label=N_("customer"), kind=Kind.CUSTOMER, optional=True),
        Question(name="kind", label=N_("kind of work"), kind=Kind.WORK, optional=True),
        Question(name="priority", label=N_("priority 1-4"), kind=Kind.PRIORITY, start="3"),
        Question(name="appointment", label=N_("appointment"), kind=Kind.WINDOW, optional=True),
        Question(name="takes", label=N_("work takes"), kind=Kind.LASTS, optional=True),
        Question(name="crew", label=N_("people"), kind=Kind.CREW, optional=True),
        Question(name="needs", label=N_("tools, parts"), optional=True),
    )
    SELDOM = "appointment"
    DEFAULT_CSS = """
    NewOrderScreen { align: center middle; layout: horizontal; background: $background; }
    NewOrderScreen > #beside { width: 42; height: auto; max-height: 100%; display: none; }
    NewOrderScreen > #beside { background: $panel; padding: 1 2; margin-left: 1; }
    NewOrderScreen.wide > #beside { display: block; }
    NewOrderScreen #below { margin-top: 1; display: none; }
    NewOrderScreen.carded #below { display: block; }
    NewOrderScreen.carded #likely { display: none; }
    NewOrderScreen.wide #below { display: none; }
    NewOrderScreen.wide #likely { display: block; }
    NewOrderScreen > #form { width: 76; max-width: 100%; height: auto; background: $panel; }
    NewOrderScreen > #form { padding: 1 2; }
    NewOrderScreen Horizontal { height: 1; }
    NewOrderScreen .label { width: 16; height: 1; }
    NewOrderScreen Input { width: 1fr; height: 1; border: none; padding: 0 1; }
    NewOrderScreen Input { background: $surface; }
    NewOrderScreen Input.proposed { color: $text-muted; text-style: italic; }
    NewOrderScreen .mark { width: auto; height: 1; color: $text-muted; text-style: italic; }
    NewOrderScreen Input:focus { border: none; background: $background; }
    NewOrderScreen #heading { text-style: bold; height: 1; }
    NewOrderScreen #kept { height: 1; }
    NewOrderScreen #offer { margin-top: 1; min-height: 2; }
    NewOrderScreen #likely { margin-top: 1; }
    NewOrderScreen #promised { min-height: 1; }
    """
    BINDINGS: ClassVar = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+s", "save", show=False),
        Binding("ctrl+n", "other_draft", show=False),
        Binding("ctrl+r", "drop", show=False),
        Binding("ctrl+t", "chase", show=False),
        Binding("ctrl+o", "next_likely", show=False),
        Binding("ctrl+g", "card", show=False),
        Binding("f9", "customer", show=False),
        Binding("tab", "next_offer", show=False),
        Binding("down", "go(1)", show=False),
        Binding("up", "go(-1)", show=False),
    ]

    class Settled(Message):
        """The order was written down, or was not."""

        def __init__(self, outcome: Outcome) -> None:
            super().__init__()
            self.outcome = outcome

    def compose(self) -> ComposeResult:
        """A line a field, and what fits below."""
        with Vertical(id="form"):
            yield Static(self.desk.marked(self.headed()), id="heading", markup=False)
            yield PartsBar(id="kept")
            yield from self.compose_lines()
            yield PartsBar(id="promised")
            yield PartsBar(id="made")
            yield PartsBar(id="offer")
            yield PartsBar(id="likely")
            yield PartsBar(id="below")
        yield PartsBar(id="beside")

    def on_mount(self) -> None:
        """Begin with who calls, or with what was begun last."""
        self.take_up(self.desk.shelf.drafts[-1] if self.desk.shelf.drafts else Draft())

    def show(self) -> None:
        """Say again which draft this is, what fits, and what is wrong."""
        why, choices = self.why or self.unheard(), self.choices

        def make(width: int, _height: int) -> tuple[Parts, ...]:
            hint = _("Enter next, saves past priority; ^s saves, ^g card, ^r drops, Esc keeps")
            first: Parts = ((f"✗ {why}", "overdue"),) if why else ((hint, "muted"),)
            held = self.held()
            offered = choice_line(choices, held, width) if choices else ((" ", ""),)
            return (first, offered)

        self.query_one("#offer", PartsBar).show(make)
        self.query_one("#kept", PartsBar).show(self.kept_line)
        self.know()

    def take_up(self, draft: Draft) -> None:
        """Write its texts into the lines, and ask anew what they come to."""
        self._draft = draft
        self.fill(draft.texts)
        sent = draft.sent or {}
        self.recall({name: sent[_NEW + name] for name in MADE if _NEW + name in sent})
        self._tell()

    def written(self) -> None:
        """A line has another text: the disk gets it as soon as the hands allow."""
        self.keep()
        self._tell()

    def _tell(self) -> None:
        """Say anew what the lines come to."""
        self.propose()
        self.compare()
        self.foretell()
        self.know_names()

    # -- saving ------------------------------------------------------------------------------

    def action_save(self) -> None:
        """Write the order down."""
        seat, shelf, desk = self.desk.seat, self.desk.shelf, self.desk
        self.keep()
        if self.text(self.field("appointment")).strip() and not self.proposals_told():
            return  # it is read by the clock of a site that is not known yet
        answers, there = {}, zone_named(self.zone_there(), self.desk.zone)
        for field in self.FIELDS:
            try:
                zone = there if field.kind is Kind.WINDOW else self.desk.zone
                answers[field.name] = read(field, self.answer(field), at=self.desk.now(), zone=zone)
            except BadInput as bad:
                self.refuse(tell(bad), field.name)
                return
        if seat is None:
            self.refuse(_("the store is not open yet"))
            return
        # One sent before is perhaps written down: it is its own likeness.
        sent_before = self._draft.sent == answers | self._made_too(answers)
        if not sent_before and not self._looked_at():
            return
        answers |= self._made_too(answers)
        errand = Errand(
            action=ACTIONS["new"],
            line=None,
            questions=[],
            texts=dict(self._draft.texts),
            told=answers,
            key=self._draft.key,
            sent=self._draft.sent,
        )
        key = errand.sending()
        self._draft = replace(self._draft, key=key, sent=errand.sent)
        shelf.keep(self._draft)
        self._sending = True
        self.desk.typed.hold(by="new")  # the board finds the order first

        def work() -> None:
            shelf.write()  # with its key: a console that dies now does not write it down twice
            outcome = carry_or_park(seat, errand, key, desk.pile, away=desk.away)
            self.post_message(self.Settled(outcome))

        self.run_worker(work, thread=True, group="save", exit_on_error=False)

    def on_new_order_screen_settled(self, message: Settled) -> None:
        """Leave with the number, or stay and say why not."""
        message.stop()
        self._sending = False
        result = message.outcome.result
        if message.outcome.parked is not None:
            self.waits(message.outcome)
            return
        if isinstance(result, NameUnknown):
            self._offer_to_make(result)
            return
        if isinstance(result, Exception):
            self.refuse(told(result))
            return  # else the board lets go on what was typed, once it has found the order
        self.desk.welcome = False  # a look from before it must not offer a beginning over the board
        self.done_with(result)

    def _looked_at(self) -> bool:
        """Whether all that it would do could be read; what could not is said, all of it at once."""
        if not (self.proposals_told() and self.likely_told(self.action_save) and self.names_told()):
            return False
        unseen = (self.proposals_unseen(), self.likely_unseen(), self.made_unseen())
        what = _("; ").join(filter(None, unseen))
        if what:
            self.refuse(_("{what}: save once more").format(what=what))
        return not what

    def _offer_to_make(self, unknown: NameUnknown) -> None:
        """A site or a customer that is gone since a moment ago is made, if so wanted."""
        field = next((f for f in self.FIELDS if f.label == unknown.facts["what"]), None)
        if field is None or field.name not in MADE:
            self.refuse(told(unknown), field.name if field is not None else "")
            return
        self.recall(self.made() | {field.name: self.text(field).strip()})
        said = _("{refusal}: save once more, and it is made with the order")
        self.refuse(said.format(refusal=tell(unknown)), field.name)

    def _made_too(self, answers: dict[str, Any]) -> dict[str, Any]:
        """What else the store is told: what is made with the order, and what it is a return of."""
        made = {n: t for n, t in self.made().items() if t == answers[n]}
        returns = {} if self.returns is None else {"returns": self.returns}
        return dict.fromkeys(made, "") | {_NEW + n: t for n, t in made.items()} | returns

    def chase_key(self, number: int) -> str:
        """With the draft's own: a console that dies now does not count it twice."""
        return f"{self._draft.id}-{number}"

    def done_with(self, done: Done) -> None:
        """Nothing of the draft is kept."""
        self.desk.have_done(done)
        self.leave_without(done)

    def leave_without(self, result: Done | Outcome) -> None:
        self.desk.shelf.drop(self._draft)
        self._write()
        self.desk.go_back(result)
