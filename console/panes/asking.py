"""The line that asks the operator for more, and what stands above it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.actions_kinds import Kind
from console.i18n import _, tell
from console.panes.saying import Saying
from console.widgets.bars import PartsBar
from store.domain.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget
    from textual.widgets import Input

    from console.errand import Errand
    from console.looks import Parts
    from console.panes.offer import Offer
    from console.panes.prompt import Prompt
    from console.unsent import Unsent
    from console.widgets.prompt_line import PromptLine
    from store.queries.people import TechnicianLine


class Asking(Saying):
    """One or two lines: what came of the last key, and the open question."""

    DEFAULT_CSS = """
    Asking { height: auto; background: $panel; }
    Asking Prompt { display: none; }
    Asking.asking Prompt { display: block; }
    """
    BINDINGS: ClassVar = [
        Binding("escape", "leave", show=False, id="prompt.leave"),
        Binding("down,tab", "choice(1)", show=False, id="prompt.next"),
        Binding("up", "choice(-1)", show=False, id="prompt.previous"),
        Binding("shift+tab", "back", show=False, id="prompt.back"),
    ]

    def __init__(self, *, zone: tzinfo | None, drafts: Unsent) -> None:
        super().__init__()
        self.people: Callable[[], tuple[TechnicianLine, ...]] = tuple
        self.drafts = drafts
        self.home: Widget = self
        """Who has the keys while nothing is asked."""
        self._zone = zone
        self._made: tuple[Prompt, Offer] | None = None
        self._reading = False
        """Whether the source of those is being read."""

    def compose(self) -> ComposeResult:
        """The result; the line below it is made when the desk is open."""
        yield PartsBar(id="said")

    def on_mount(self) -> None:
        """Nothing has been done yet."""
        self.say("", "")

    @property
    def prompt(self) -> PromptLine:
        """Where questions are answered."""
        return self.get_ready()[0].line

    @property
    def _offer(self) -> Offer:
        return self.get_ready()[1]

    def get_ready(self) -> tuple[Prompt, Offer]:
        """Make the line for questions and what stands above it; no first paint waits for them."""
        if self._made is None:
            from console.panes.offer import Offer
            from console.panes.prompt import Prompt

            prompt = Prompt()
            # Its parts at once, too: the key that made it is followed by text for its line.
            _mounting = self.mount(prompt), prompt.mount(prompt.label, prompt.line)
            self._made = prompt, Offer()
        return self._made

    def get_ready_soon(self) -> None:
        """The same, once a worker has read the source of it: no key waits for that meanwhile."""
        if self._made is None and not self._reading:
            self._reading = True
            self.run_worker(self._read_ahead, thread=True, group="ahead", exit_on_error=False)

    def _read_ahead(self) -> None:
        for name in ("command_bar", "offer", "prompt"):
            import_module(f"console.panes.{name}")
        self.call_later(self._ready_now)

    def _ready_now(self) -> None:
        if self.is_attached and not self._closing:  # else the console is being left
            self.get_ready()

    # -- what stands above the question ------------------------------------------------------

    def tell_above(self, news: Parts) -> None:
        """What came of an earlier command."""
        self._offer.news = news
        self._show_offer()

    def renew_offer(self) -> None:
        """Who may go is known anew: offer them again."""
        if self.errand is not None:
            self._fit(self.prompt.value)

    # -- the open question -------------------------------------------------------------------

    def run(self, errand: Errand) -> None:
        """Carry out an errand of which everything is known."""
        raise NotImplementedError

    def open_or_go(self, errand: Errand, why: str = "") -> None:
        """Ask the next question of an errand, `why` it is asked again; else carry it out."""
        self._offer.why, self._offer.news, self._offer.said = why, (), errand.answers
        if errand.question is None:
            self._close()
            self.run(errand)
            return
        self.errand = errand
        self._show_label()
        line = self.prompt
        line.value = errand.text
        line.cursor_position = len(line.value)
        if line.value and errand.proposes:
            line.select_all()  # what is typed takes its place
        line.wanted = True
        self.add_class("asking")
        self.take_keys()
        self._fit(line.value)
        from store.commands import get_ready  # while it is said what the first command is to be

        self.run_worker(get_ready, thread=True, group="commands", exit_on_error=False)
        if errand.question.kind is Kind.TECHNICIAN:
            from console.choices import sound_out

            work = partial(sound_out, self.people())
            self.run_worker(work, thread=True, group="sounds", exit_on_error=False)

    def _show_label(self) -> None:
        """The question, as the width has room for it."""
        from console.asked import label

        if self.errand is not None:
            said = label(self.errand, self.app.size.width)
            self.get_ready()[0].label.update(said)

    def on_resize(self, _event: events.Resize) -> None:
        """Another width has more room for it, or less."""
        self._show_label()

    def _close(self) -> None:
        if self.errand is not None:
            self.errand = None
            self.prompt.wanted = False
            self.remove_class("asking")
            self.take_keys()

    def take_keys(self) -> None:
        """Give the keys to the open question, else to whom they belong otherwise."""
        self.desk.focus_on(self.prompt if self.errand is not None else self.home)

    def on_descendant_blur(self) -> None:
        """A click elsewhere leaves the question: no key may act on the board while it is open."""
        if self.errand is not None and self.desk.app_focus and not self.prompt.has_focus:
            self.action_leave()

    def _fit(self, text: str) -> None:
        """Show what fits what is typed, below why it is asked again."""
        if self.errand is not None:
            self._offer.fit(self.errand, text, self.people())
            self._show_offer()

    def _show_offer(self) -> None:
        rows, desk = self._offer.rows, self.desk
        self.query_one("#said", PartsBar).show(
            lambda width, height: rows(width, height, at=desk.now(), zone=self._zone)
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what fits, the best first."""
        event.stop()
        self._fit(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the answer, and ask the next question or go."""
        event.stop()
        self.submit(event.value)

    def submit(self, answer: str) -> None:
        """The same, where it is not first to be known whom it means."""
        errand = self.errand
        if errand is None or errand.just_warned(self.desk.now()):
            return
        self._fit(answer)  # Enter may have overtaken the news of what was typed
        question = errand.question
        try:
            text, options = self._offer.answer(answer)
            errand.take(text, options, at=self.desk.now(), zone=self._zone)
        except Refusal as bad:
            self._offer.why = tell(bad)
            self._show_offer()
            self.desk.typed.forget()
            return
        if question is not None and errand.refused(question):
            self.action_leave()
            self.desk.typed.forget()
            return
        self.open_or_go(errand)

    def action_choice(self, step: int) -> None:
        """Mark the next choice."""
        if self._offer.step(step):
            self._show_offer()

    def action_back(self) -> None:
        """The question before, with what is written; at the first one, the choice before."""
        errand = self.errand
        if errand is not None and errand.back(self.prompt.value):
            self.open_or_go(errand)
        else:
            self.action_choice(-1)

    def action_leave(self) -> None:
        """Close the prompt; what was typed waits for the next time."""
        errand = self.errand
        if errand is None:
            return
        self.keep_open()
        kept = self.drafts.holds(errand.draft_key, errand.begun.id)
        self._close()
        self.say(_("left; what you wrote is kept") if kept else _("left, nothing done"), "muted")

    def keep_open(self) -> None:
        """Remember what stands in the open prompt."""
        errand = self.errand
        if errand is None:
            return
        question = errand.question
        typed = question is not None and self.prompt.value != errand.text
        if question is not None and question.kind is not Kind.CONFIRM and typed:
            errand.texts[question.name] = self.prompt.value
        self.keep_draft(errand)

    def keep_draft(self, errand: Errand) -> None:
        """Remember what was typed, for the next time."""
        texts = {name: text for name, text in errand.texts.items() if text.strip()}
        self.drafts.keep(errand.draft_key, replace(errand.begun, texts=texts))
