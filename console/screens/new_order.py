"""Writing down what a customer asks for: four lines, one of them needed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from console.actions import ACTIONS
from console.actions_kinds import Kind, Question
from console.carrying import Outcome, carry_out, told
from console.choices import Choice, choice_line, one_meant, place_meant
from console.desk_app import DeskApp
from console.errand import Errand, read
from console.i18n import _, tell
from console.widgets.bars import PartsBar
from console.widgets.prompt_line import PromptLine
from store.domain.errors import BadInput, NameAmbiguous, NameUnknown
from store.domain.words import N_

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import Input

    from console.looks import Parts
    from console.seat import Seat

_FIELDS = (
    Question(name="title", label=N_("what is wrong")),
    Question(name="site", label=N_("site"), kind=Kind.SITE, optional=True),
    Question(name="customer", label=N_("customer"), kind=Kind.CUSTOMER, optional=True),
    Question(name="priority", label=N_("priority 1-4"), kind=Kind.PRIORITY, start="3"),
)
_REGISTERS = {Kind.SITE: "site", Kind.CUSTOMER: "customer"}
_OFFERED = 6
_CODE = "_code"
"""Behind a field's name in a draft: the code of what was chosen there."""


class NewOrderScreen(ModalScreen[int]):
    """The form; its result is the new order's number, None when it was left."""

    DEFAULT_CSS = """
    NewOrderScreen { align: center middle; background: $background; }
    NewOrderScreen > #form { width: 76; max-width: 100%; height: auto; background: $panel; }
    NewOrderScreen > #form { padding: 1 2; }
    NewOrderScreen Horizontal { height: 1; }
    NewOrderScreen .label { width: 16; height: 1; }
    NewOrderScreen Input { height: 1; border: none; padding: 0 1; background: $surface; }
    NewOrderScreen Input:focus { border: none; background: $background; }
    NewOrderScreen #heading { text-style: bold; height: 2; }
    NewOrderScreen #offer { margin-top: 1; min-height: 2; }
    """
    BINDINGS: ClassVar = [
        Binding("escape", "leave", show=False),
        Binding("ctrl+s", "save", show=False),
        Binding("down", "go(1)", show=False),
        Binding("up", "go(-1)", show=False),
    ]

    class Offered(Message):
        """The store has told which entries fit."""

        def __init__(self, name: str, text: str, choices: tuple[Choice, ...]) -> None:
            super().__init__()
            self.name = name
            self.text = text
            self.choices = choices

    class Settled(Message):
        """The order was written down, or was not."""

        def __init__(self, outcome: Outcome) -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(self) -> None:
        super().__init__()
        self._errand = Errand(action=ACTIONS["new"], line=None, questions=[])
        self._choices: tuple[Choice, ...] = ()
        self._asked: tuple[str, str] | None = None
        """The field and the text of which the store has not told yet what fits."""
        self._why = ""
        self._chosen: dict[str, tuple[str, str]] = {}
        """By field: what the line shows of a choice, and its code."""

    @property
    def desk(self) -> DeskApp:
        """The app, as what it is."""
        assert isinstance(self.app, DeskApp)
        return self.app

    def compose(self) -> ComposeResult:
        """A line a field, and what fits below."""
        draft = self.desk.drafts.get(self._errand.draft_key, {})
        with Vertical(id="form"):
            yield Static(_("New order"), id="heading", markup=False)
            for field in _FIELDS:
                if code := draft.get(field.name + _CODE):
                    self._chosen[field.name] = (draft[field.name], code)
                with Horizontal():
                    yield Static(_label(field), classes="label", markup=False)
                    text = draft.get(field.name, field.start)
                    line = PromptLine(text, id=field.name)
                    line.select_on_focus = field.kind is Kind.PRIORITY  # a digit replaces it
                    yield line
            yield PartsBar(id="offer")

    def on_mount(self) -> None:
        """Begin with what is wrong."""
        self.desk.focus_on(self.query_one("#title", PromptLine))
        self._show()

    def _show(self) -> None:
        why, choices = self._why, self._choices

        def make(width: int, _height: int) -> tuple[Parts, ...]:
            hint = _("Enter next, in the last line it saves; ^s saves; Esc leaves and keeps")
            first: Parts = ((f"✗ {why}", "overdue"),) if why else ((hint, "muted"),)
            held = place_meant(choices, self._text(self._open_field()))
            offered = choice_line(choices, held, width) if choices else ((" ", ""),)
            return (first, offered)

        self.query_one("#offer", PartsBar).show(make)

    def _open_field(self) -> Question:
        focused = self.focused
        return next(
            (f for f in _FIELDS if focused is not None and f.name == focused.id), _FIELDS[0]
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Ask the store what fits a site or a customer."""
        event.stop()
        field = self._open_field()
        self._why, self._choices = "", ()
        seat, what = self.desk.seat, _REGISTERS.get(field.kind)
        if seat is not None and what is not None and event.input.id == field.name:
            self._asked = (field.name, event.value)
            work = partial(self._find, seat, field.name, what, event.value)
            self.run_worker(work, thread=True, group="offer", exclusive=True, exit_on_error=False)
        self._show()

    def _find(self, seat: Seat, name: str, what: str, text: str) -> None:
        from store.queries.people import PeopleNamed

        try:
            found = seat.ask(PeopleNamed(what=what, text=text, limit=_OFFERED)) if text else ()
        except Exception as error:  # noqa: BLE001  without an offer one may still type
            self.log(error)
            found = ()
        choices = tuple(
            Choice(answer=n.code, shown=f"{n.name} {n.code}", name=n.name) for n in found
        )
        self.post_message(self.Offered(name, text, choices))

    def on_new_order_screen_offered(self, message: Offered) -> None:
        """Show it, if it still fits what is typed."""
        message.stop()
        field = self._open_field()
        if self._asked == (message.name, message.text):
            self._asked = None
            if field.name == message.name and self._text(field) == message.text:
                self._choices = message.choices
                self._show()
            self.desk.typed.go_on()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the first that fits, and go to the next line or save."""
        event.stop()
        self._take()

    def _take(self) -> None:
        field = self._open_field()
        if self._asked == (field.name, self._text(field)):
            self.desk.typed.after(self._take)  # fast hands get the same offer as slow ones
            return
        if self._choices and _REGISTERS.get(field.kind):
            try:
                meant = one_meant(self._choices, self._text(field))
            except NameAmbiguous as several:
                self._refused(tell(several))
                return
            if meant is not None:
                self._chosen[field.name] = (meant.shown, meant.answer)
                self.query_one(f"#{field.name}", PromptLine).value = meant.shown
        self._choices = ()
        if field is _FIELDS[-1]:
            self.action_save()
        else:
            self.action_go(1)

    def action_go(self, step: int) -> None:
        """The next line, or the one before."""
        place = (_FIELDS.index(self._open_field()) + step) % len(_FIELDS)
        self.desk.focus_on(self.query_one(f"#{_FIELDS[place].name}", PromptLine))
        self._choices = ()
        self._show()

    def action_leave(self) -> None:
        """Back to the board; what was written waits."""
        self._keep()
        self.desk.go_back(None)

    def action_save(self) -> None:
        """Write the order down."""
        errand, seat = self._errand, self.desk.seat
        self._keep()
        for field in _FIELDS:
            text = self._answer(field)
            try:
                told_so = read(field, text, at=self.desk.now(), zone=self.desk.zone)
            except BadInput as bad:
                self._refused(tell(bad), field.name)
                return
            errand.told[field.name] = told_so
        if seat is None:
            self._refused(_("the store is not open yet"))
            return
        key = errand.sending()

        self.desk.typed.hold(by="new")  # the board finds the order first

        def work() -> None:
            self.post_message(self.Settled(carry_out(seat, errand, key)))

        self.run_worker(work, thread=True, group="save", exit_on_error=False)

    def on_new_order_screen_settled(self, message: Settled) -> None:
        """Leave with the number, or stay and say why not."""
        message.stop()
        result = message.outcome.result
        if isinstance(result, NameUnknown):
            self._refused(_missing(result), str(result.facts["what"]))
            return
        if isinstance(result, Exception):
            self._refused(told(result))
            return  # else the board lets go on what was typed, once it has found the order
        self.desk.drafts.pop(self._errand.draft_key, None)
        self.desk.have_done(result)
        self.desk.go_back(result.numbers[0])

    def _refused(self, why: str, where: str = "") -> None:
        """Say why not, with the cursor in the line that is to be mended."""
        if any(field.name == where for field in _FIELDS):
            self.desk.focus_on(self.query_one(f"#{where}", PromptLine))
        self._why = why
        self._show()
        self.desk.typed.forget()

    def _text(self, field: Question) -> str:
        return self.query_one(f"#{field.name}", PromptLine).value

    def _answer(self, field: Question) -> str:
        """What the store is told: the code of what was chosen, else what is written."""
        text = self._text(field)
        shown, code = self._chosen.get(field.name, ("", ""))
        return code if text == shown else text

    def _keep(self) -> None:
        texts = {f.name: self._text(f) for f in _FIELDS if self._text(f) != f.start}
        for name, (shown, code) in self._chosen.items():
            if texts.get(name) == shown:
                texts[name + _CODE] = code
        if any(text.strip() for text in texts.values()):
            self.desk.drafts[self._errand.draft_key] = texts
        else:
            self.desk.drafts.pop(self._errand.draft_key, None)


def _missing(refusal: NameUnknown) -> str:
    """What to do about a site or a customer that the desk does not know."""
    said = _("{refusal}: leave it empty and put it in the words, or paidan add {what} CODE NAME")
    what = "site" if refusal.facts["what"] == _FIELDS[1].label else "customer"
    return said.format(refusal=tell(refusal), what=what)


def _label(field: Question) -> str:
    text = _(field.label)
    return text + " " * max(0, 15 - cell_len(text))
