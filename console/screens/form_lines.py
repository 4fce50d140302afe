"""The lines of a form: which one is open, and what of the registers fits into it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from console.actions_kinds import Kind, Question
from console.choices import Choice, one_meant, place_meant
from console.desk_app import DeskApp
from console.i18n import _, tell
from console.slicing import Sliced
from console.widgets.prompt_line import PromptLine
from store.domain.errors import NameAmbiguous

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.widgets import Input

    from console.seat import Seat

REGISTERS = {Kind.SITE: "site", Kind.CUSTOMER: "customer"}
OFFERS = frozenset({Kind.CALLER, Kind.ASSET, Kind.WORK, *REGISTERS})
"""Lines that the store has something for; of kinds of work before anything is typed."""
_OFFERED = 6
_CODE = "_code"
"""Behind a field's name among the texts: the code of what was chosen there."""


class FormLines(ModalScreen[Any], Sliced[Any]):
    """A line a field, with an offer for those that a register answers."""

    FIELDS: Sequence[Question] = ()
    SELDOM = ""
    """The first of the lines at the end that few orders need: Enter where they are empty saves."""

    class Offered(Message):
        """The store has told which entries fit."""

        def __init__(self, name: str, text: str, choices: tuple[Choice, ...]) -> None:
            super().__init__()
            self.name = name
            self.text = text
            self.choices = choices

    def __init__(self) -> None:
        super().__init__()
        self.choices: tuple[Choice, ...] = ()
        self.why = ""
        """Why the form was not taken."""
        self._asked: tuple[str, str] | None = None
        """The field and the text of which the store has not told yet what fits."""
        self._chosen: dict[str, tuple[str, str]] = {}
        """By field: what the line shows of a choice, and its code."""
        self._filled: set[tuple[str | None, str]] = set()
        """Fields and texts that no hands typed, of which their lines have not told yet."""
        self._told_of = ""
        """The field of which was told below the lines last."""

    @property
    def desk(self) -> DeskApp:
        """The app, as what it is."""
        assert isinstance(self.app, DeskApp)
        return self.app

    def compose_lines(self) -> ComposeResult:
        """A label and a line each."""
        for field in self.FIELDS:
            with Horizontal():
                yield Static(_label(field), classes="label", markup=False)
                line = PromptLine(field.start, id=field.name)
                line.select_on_focus = field.kind is Kind.PRIORITY  # a digit replaces it
                yield line
                yield from self.beside(field)

    def beside(self, _field: Question) -> ComposeResult:
        """What stands behind a line; to be filled by a form that has something to say of it."""
        yield from ()

    # -- to be filled by the form ------------------------------------------------------------

    def show(self) -> None:
        """Say again what stands below the lines."""
        raise NotImplementedError

    def written(self) -> None:
        """A line has another text."""
        raise NotImplementedError

    def zone_there(self) -> str:
        """In which the customer's clock hangs; to be filled by a form that knows where he is."""
        return ""

    def moved(self) -> None:
        """It hangs in another one; to be filled by a form that shows times by it."""

    def typed_on(self) -> None:
        """A line has another text, before the store is asked what fits."""

    def action_save(self) -> None:
        """The last line was answered."""
        raise NotImplementedError

    # -- the texts ---------------------------------------------------------------------------

    def open_field(self) -> Question:
        """The field whose line has the keys."""
        name = self.focused.id if self.focused is not None else None
        return next((f for f in self.FIELDS if f.name == name), self.FIELDS[0])

    def field(self, name: str) -> Question:
        """One of the fields."""
        return next(field for field in self.FIELDS if field.name == name)

    def text(self, field: Question) -> str:
        """What stands in a line."""
        return self._line(field.name).value

    def answer(self, field: Question) -> str:
        """What the store is told: the code of what was chosen, else what is written."""
        text = self.text(field)
        shown, code = self._chosen.get(field.name, ("", ""))
        return code if text == shown else text

    def guessed(self, _name: str) -> bool:
        """Whether nobody has said what stands in a line; to be filled by a form that proposes."""
        return False

    def texts(self) -> dict[str, str]:
        """All that was written or chosen, for `fill` to write it again."""
        texts = {f.name: self.text(f) for f in self.FIELDS if self.text(f) != f.start}
        for name, (shown, code) in self._chosen.items():
            if texts.get(name) == shown:
                texts[name + _CODE] = code
        return texts

    def fill(self, texts: Mapping[str, str]) -> None:
        """Write texts into the lines, and begin with the first."""
        self._chosen = {
            f.name: (texts[f.name], texts[f.name + _CODE])
            for f in self.FIELDS
            if f.name in texts and f.name + _CODE in texts
        }
        for field in self.FIELDS:
            self._line(field.name).value = texts.get(field.name, field.start)
        self.choices, self.why = (), ""
        self.open(self.FIELDS[0].name)
        self.show()

    def open(self, name: str) -> None:
        """Give the keys to a field's line."""
        line = self._line(name)
        self.desk.focus_on(line)
        if not line.select_on_focus:
            line.cursor_position = len(line.value)

    def _line(self, name: str) -> PromptLine:
        return self.query_one(f"#{name}", PromptLine)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Ask the store what fits a caller, a site or a customer."""
        event.stop()
        field = self.open_field()
        filled = (event.input.id, event.value) in self._filled
        self._filled.discard((event.input.id, event.value))
        if filled or event.input.id != field.name:  # filled for the operator: nothing was typed
            self.written()
            self.show()
            return
        self.why, self.choices = "", ()
        self.typed_on()
        seat = self.desk.seat
        if seat is not None and field.kind in OFFERS:
            self._asked = (field.name, event.value)
            self._look_up(seat, field, event.value)
        self.written()
        self.show()

    def _find(self, seat: Seat, field: Question, text: str) -> None:
        choices: tuple[Choice, ...] = ()
        try:
            choices = self.find(seat, field, text) if text or field.kind is Kind.WORK else ()
        except Exception as error:  # noqa: BLE001  without an offer one may still type
            self.log(error)
        self.post_message(self.Offered(field.name, text, choices))

    def find(self, seat: Seat, field: Question, text: str) -> tuple[Choice, ...]:
        """What the store has for a line, called in a worker."""
        from store.queries.people import PeopleNamed

        found = seat.ask(PeopleNamed(what=REGISTERS[field.kind], text=text, limit=_OFFERED))
        return tuple(Choice(answer=n.code, shown=f"{n.name} {n.code}", name=n.name) for n in found)

    def held(self) -> int | None:
        """Where among the choices the one stands that Enter takes."""
        return place_meant(self.choices, self.text(self.open_field()))

    def on_form_lines_offered(self, message: Offered) -> None:
        """Show it, if it still fits what is typed."""
        message.stop()
        field, asked = self.open_field(), self._asked
        if field.name == message.name and self.text(field) == message.text:
            self.choices = message.choices
            self.show()
        if asked == (message.name, message.text):
            self._asked = None
            self.desk.typed.go_on()

    def on_descendant_focus(self) -> None:
        """By whatever key or click another line was opened: what stands below is of that one."""
        field = self.open_field()
        if field.name != self._told_of:
            self._told_of, self.choices = field.name, ()
            self.show()
            if field.kind is Kind.WORK and self.desk.seat is not None and not self.text(field):
                self._look_up(self.desk.seat, field, "")  # nobody waits for it: Enter goes on

    def _look_up(self, seat: Seat, field: Question, text: str) -> None:
        work = partial(self._find, seat, field, text)
        self.run_worker(work, thread=True, group="offer", exclusive=True, exit_on_error=False)

    # -- from line to line -------------------------------------------------------------------

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the first that fits, and go to the next line or save."""
        event.stop()
        self._take()

    def _take(self) -> None:
        field = self.open_field()
        if self._asked == (field.name, self.text(field)):
            self.desk.typed.after(self._take)  # fast hands get the same offer as slow ones
            return
        if self.choices and field.kind in OFFERS and not self.take_choice(field):
            return
        self.choices = ()
        if self._is_last(field):
            self.action_save()
        else:
            self.action_go(1)

    def _is_last(self, field: Question) -> bool:
        """Whether it is the last line, or none from it on is filled of those few orders need."""
        names = [one.name for one in self.FIELDS]
        at = names.index(field.name)
        if not self.SELDOM or at < names.index(self.SELDOM):
            return field is self.FIELDS[-1]
        return at == len(names) - 1 or not any(map(self.text, self.FIELDS[at:]))

    def take_choice(self, field: Question) -> bool:
        """Write the one that is meant into its line; whether the line is left."""
        try:
            meant = one_meant(self.choices, self.text(field))
        except NameAmbiguous as several:
            self.refuse(tell(several))
            return False
        if meant is not None:
            self.choose(field.name, meant.shown, meant.answer)
        return True

    def choose(self, name: str, shown: str, answer: str) -> None:
        """Show a choice in a line, for which the store is told the answer."""
        self._chosen[name] = (shown, answer)
        self.put(name, shown)

    def put(self, name: str, text: str) -> None:
        """Have a text in a line that no hands typed; what stands below the lines stays."""
        line = self._line(name)
        if line.value != text:
            self._filled.add((name, text))
            line.value = text

    def action_go(self, step: int) -> None:
        """The next line, or the one before."""
        place = (self.FIELDS.index(self.open_field()) + step) % len(self.FIELDS)
        self.desk.focus_on(self._line(self.FIELDS[place].name))
        self.choices = ()
        self.show()

    def refuse(self, why: str, where: str = "") -> None:
        """Say why not, with the cursor in the line that is to be mended."""
        if any(field.name == where for field in self.FIELDS):
            self.desk.focus_on(self._line(where))
        self.why = why
        self.show()
        self.desk.typed.forget()


def _label(field: Question) -> str:
    text = _(field.label)
    return text + " " * max(0, 15 - cell_len(text))
