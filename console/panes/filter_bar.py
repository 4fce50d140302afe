"""The line above the orders that filters them as one types."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Container
from textual.message import Message
from textual.widgets.input import Selection

from console.desk_app import DeskApp
from console.found import EVERYWHERE, Listing
from console.i18n import language, tell
from console.pacing import Newest, Rested
from console.panes.prompt import Prompt
from console.render_filter import asking_label, offer_line, standing_line, wrong_line
from console.render_meant import times_meant
from console.widgets.bars import PartsBar
from store.domain.finding.asked import parse_asked
from store.domain.finding.complete import offers
from store.domain.finding.fields import FIELDS, Kind
from store.domain.finding.printer import written_name
from store.domain.finding.refusal import QueryUnclear
from store.domain.finding.stretches import Here

if TYPE_CHECKING:
    from textual.widgets import Input

    from console.looks import Parts
    from console.widgets.prompt_line import PromptLine
    from store.domain.finding.complete import Offers
    from store.queries.finding import NameMeant
    from store.queries.people import Named

_REST_S = 0.12
"""So long no key must come before the list is asked for: typing goes before finding."""

_MOST_NAMES = 8
_REGISTERS = {"tech": "technician", "follower": "operator"}


class FilterBar(Container):
    """Hidden while the list is just a queue; one line while it is filtered, two while one types."""

    DEFAULT_CSS = """
    FilterBar { height: auto; background: $panel; display: none; }
    FilterBar.shown, FilterBar.typing { display: block; }
    FilterBar Prompt { display: none; }
    FilterBar.typing Prompt { display: block; }
    """
    BINDINGS: ClassVar = [
        Binding("escape", "clear", show=False, id="filter.clear"),
        Binding("tab", "complete", show=False, id="filter.complete"),
        Binding("down", "offer(1)", show=False, id="filter.next"),
        Binding("up", "offer(-1)", show=False, id="filter.previous"),
    ]

    class Typed(Message):
        """The filter says something else, and can be read."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Kept(Message):
        """The operator has done with typing; the filter stays."""

    class Cleared(Message):
        """The filter is not wanted any more."""

    class NamesArrived(Message, bubble=False):
        """Names that the store knows have come for what is typed."""

        def __init__(self, question: int, names: tuple[Named, ...]) -> None:
            super().__init__()
            self.question = question
            self.names = names

    def __init__(self) -> None:
        super().__init__()
        self.listing = Listing()
        self.view: str | None = None
        """The name of the saved view that is shown."""
        self._opened = ""
        """What stood in the line as it was opened, until it is changed."""
        self._asking = ""
        """What stands before the line."""
        self._count: int | None = -1
        self._meant: tuple[NameMeant, ...] = ()
        self._wrong: QueryUnclear | None = None
        self._insisted = False
        """Whether Enter was pressed on what is wrong, which is told then."""
        self._fitting: Offers | None = None
        self._names: tuple[tuple[str, str], ...] = ()
        self._held = 0
        self._questions = Newest()
        self._prompt = Prompt()
        self._found = PartsBar()
        self._find = Rested(self, _REST_S, self._find_now)

    def build(self) -> None:
        """Mount its parts at once: the key that made it is followed by text for its line."""
        prompt = self._prompt
        _mounting = self.mount(prompt, self._found), prompt.mount(prompt.label, prompt.line)
        self._found.show(self._rows)

    @property
    def desk(self) -> DeskApp:
        """The app, as what it is."""
        assert isinstance(self.app, DeskApp)
        return self.app

    @property
    def line(self) -> PromptLine:
        """Where one types."""
        return self._prompt.line

    @property
    def typing(self) -> bool:
        """Whether the line is open."""
        return self.has_class("typing")

    # -- what the board tells ----------------------------------------------------------------

    def tell(self, listing: Listing, view: str | None) -> None:
        """The board lists this now."""
        if listing != self.listing:
            self._count, self._meant = -1, ()
        self.listing, self.view = listing, view
        self.set_class(not listing.plain, "shown")
        self.renew()

    def counted(self, listing: Listing, count: int | None, meant: tuple[NameMeant, ...]) -> None:
        """So many orders fit, None is more than are counted; and names that mean several things."""
        if listing == self.listing:
            self._count, self._meant = count, meant
            self.renew()

    def renew(self) -> None:
        """Say it again; a label that is the same costs a layout, and is left."""
        asking = asking_label(self.listing, self.view)
        if asking != self._asking:
            self._asking = asking
            self._prompt.label.update(asking)
        self._found.renew()

    def open(self) -> None:
        """Let the operator type; what is there already is marked, so that typing replaces it."""
        line = self.line
        line.value = self.listing.typed
        line.select_all()
        line.wanted = True
        self._opened = line.value
        self.add_class("typing")
        self.desk.focus_on(line)
        self._look(line.value)

    def leave(self) -> None:
        """The keys go elsewhere; what was found stays."""
        if self.typing:
            self._find_now()
            self._close()

    # -- typing ------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what may follow at once, and find once the hands rest."""
        event.stop()
        if self.typing and not self._turned(event.value):
            self._look(event.value)
            self._find()

    def _turned(self, value: str) -> bool:
        """Whether just the sign for everywhere came after opening: it keeps the words, marked."""
        opened, self._opened = self._opened, ""
        line, words = self.line, self._words(opened)
        if not words or value != EVERYWHERE or line.value != value:
            return False
        line.value = EVERYWHERE + words
        line.selection = Selection(len(EVERYWHERE), len(line.value))
        return True

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Find now, and give the keys back to the orders."""
        event.stop()
        self._look(event.value)
        if self._wrong is not None:
            self.desk.typed.forget()
            self._insisted = True
            self.renew()
            return
        self._find_now()
        self._close()
        self.desk.typed.hold(by="filter")  # what follows is for the orders, once they have the keys
        self.post_message(self.Kept())

    def action_clear(self) -> None:
        """No filter."""
        self._close()
        self.desk.typed.hold(by="filter")
        self.post_message(self.Cleared())

    def action_complete(self) -> None:
        """Write the marked offer out."""
        found, texts = self._fitting, self._offers()
        if found is None or not texts:
            return
        line = self.line
        shift = len(line.value) - len(self._words(line.value))
        said, _shown = texts[self._held % len(texts)]
        start, end = found.start + shift, found.end + shift
        line.value = f"{line.value[:start]}{said}{line.value[end:]}"
        line.cursor_position = start + len(said)

    def action_offer(self, step: int) -> None:
        """Mark another offer."""
        texts = self._offers()
        if texts:
            self._held = (self._held + step) % len(texts)
            self.renew()

    def on_filter_bar_names_arrived(self, message: NamesArrived) -> None:
        """Offer names, if they still fit what is typed."""
        message.stop()
        if self._questions.is_news(message.question):
            named = ((written_name(one.code), f"{one.code} {one.name}") for one in message.names)
            self._names = tuple(named)
            self.renew()

    def _look(self, value: str) -> None:
        """What is wrong with what is typed, and what may follow."""
        words = self._words(value)
        self._wrong = None
        try:
            parse_asked(words, Here(at=self.desk.now(), zone=self.desk.zone))
        except QueryUnclear as wrong:
            self._wrong = wrong
        cursor = max(0, self.line.cursor_position - (len(value) - len(words)))
        self._fitting = offers(words, min(cursor, len(words)), chinese=language() != "en")
        self._held, self._names, self._insisted = 0, (), False
        self._ask_names(self._fitting)
        self.renew()

    def _find_now(self) -> None:
        if self._wrong is None and self.typing:
            self.post_message(self.Typed(self.line.value))

    def _ask_names(self, found: Offers) -> None:
        seat, field = self.desk.seat, found.field
        question = self._questions.ask()
        if seat is None or field is None or FIELDS[field].kind is not Kind.NAME:
            return

        def work() -> None:
            from console.palette import by_sound
            from store.queries.people import PeopleNamed

            what = _REGISTERS.get(field, field)
            with suppress(Exception):  # the list itself will tell
                asked = PeopleNamed(what=what, text=found.typed, limit=_MOST_NAMES)
                names = seat.ask(asked) or by_sound(seat, what, found.typed)
                self.post_message(self.NamesArrived(question, names))

        self.run_worker(work, thread=True, group="names", exit_on_error=False)

    # -- showing -----------------------------------------------------------------------------

    def _rows(self, width: int, _height: int) -> tuple[Parts, ...]:
        words = self._words(self.line.value) if self.typing else self.listing.words
        times = times_meant(words, at=self.desk.now(), zone=self.desk.zone)
        if not self.typing:
            return (standing_line(self.listing, self.view, self._count, width, self._meant, times),)
        if self._wrong is not None and not self._is_begun():
            said = tell(self._wrong)
            return (wrong_line(said, unfinished=self._wrong.unfinished),)
        shown = tuple(shown for _text, shown in self._offers())
        return (offer_line(shown, self._held, self._count, width, times),)

    def _is_begun(self) -> bool:
        """Whether what is wrong may be put right by more typing: something begins so."""
        wrong, fitting = self._wrong, self._fitting
        if wrong is None or fitting is None or self._insisted or not self._offers():
            return False
        return wrong.unfinished or wrong.column == fitting.start + 1

    def _offers(self) -> tuple[tuple[str, str], ...]:
        """What Tab would write, and how it is shown."""
        known = self._fitting.offers if self._fitting else ()
        return (*self._names, *((offer.text, offer.text) for offer in known))

    def _close(self) -> None:
        self.line.wanted = False
        self.remove_class("typing")
        self.renew()

    @staticmethod
    def _words(value: str) -> str:
        return value.removeprefix(EVERYWHERE)
