"""Where the operator's hands are: the last result, and the line that asks him for more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from console.actions_kinds import Kind
from console.carrying import carry_out, told
from console.choices import Choice, choice_line, technicians
from console.errand import Errand
from console.i18n import _, fill, tell
from console.widgets.bars import PartsBar
from store.domain.errors import BadInput, Refusal, Stale, StoreTrouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

    from textual.app import ComposeResult

    from console.actions_kinds import Action, Situation
    from console.carrying import Outcome
    from console.errand import DraftKey
    from console.looks import Parts
    from console.seat import Seat
    from store.domain.intents import Done
    from store.queries.board import BoardLine
    from store.queries.people import TechnicianLine

_SLOW_S = 0.4
"""After so many seconds the operator is told that the store has not answered yet."""


class HandBar(Vertical):
    """One or two lines: what came of the last key, and the open question."""

    DEFAULT_CSS = """
    HandBar { height: auto; background: $panel; }
    HandBar #ask { height: 1; display: none; }
    HandBar.asking #ask { display: block; }
    HandBar #label { width: auto; max-width: 60%; height: 1; text-style: bold; }
    HandBar Input { height: 1; border: none; padding: 0; background: $surface; }
    HandBar Input:focus { border: none; }
    """
    BINDINGS: ClassVar = [
        Binding("escape", "leave", show=False, id="prompt.leave"),
        Binding("down,tab", "choice(1)", show=False, id="prompt.next"),
        Binding("up,shift+tab", "choice(-1)", show=False, id="prompt.previous"),
    ]

    class Did(Message):
        """A command was carried out."""

        def __init__(self, done: Done) -> None:
            super().__init__()
            self.done = done

    class Troubled(Message):
        """A command met a store that cannot be used."""

        def __init__(self, trouble: StoreTrouble) -> None:
            super().__init__()
            self.trouble = trouble

    class Left(Message):
        """The prompt is closed; the keys belong to the screen again."""

    class Settled(Message, bubble=False):
        """A command has come back from its worker."""

        def __init__(self, errand: Errand, outcome: Outcome) -> None:
            super().__init__()
            self.errand = errand
            self.outcome = outcome

    def __init__(self, *, zone: tzinfo | None, drafts: dict[DraftKey, dict[str, str]]) -> None:
        super().__init__()
        self.seat: Seat | None = None
        self.people: Callable[[], tuple[TechnicianLine, ...]] = tuple
        self.errand: Errand | None = None
        """The errand whose question is open."""
        self.drafts = drafts
        self._zone = zone
        self._busy: Errand | None = None
        self._choices: tuple[Choice, ...] = ()
        self._offered = ""
        self._held = 0
        self._why = ""

    def compose(self) -> ComposeResult:
        """The result, and the line below it that is hidden until something is asked."""
        yield PartsBar(id="said")
        with Horizontal(id="ask"):
            yield Static("", id="label", markup=False)
            yield Input(id="line", select_on_focus=False)

    def on_mount(self) -> None:
        """A cursor that does not blink costs a slow line nothing."""
        self.query_one(Input).cursor_blink = False
        self.say("", "")

    # -- what the screen tells ---------------------------------------------------------------

    def say(self, text: str, tone: str) -> None:
        """Show a result in place of the last one."""
        sign = {"good": "✓ ", "overdue": "✗ ", "soon": "! "}.get(tone, "")
        parts: Parts = ((f" {sign}{text}", tone),)
        self.query_one("#said", PartsBar).show(lambda _width, _height: (parts,))

    def begin(self, action: Action, situation: Situation) -> None:
        """Do an action for the order of the situation, asking first what it must be told."""
        why = action.why_not(situation)
        if why is not None and not action.store_decides(situation):
            self.say(_(why), "overdue")
            return
        line = situation.line if action.about_order else None
        texts = self.drafts.get((action.id, line.number if line else 0), {})
        self._open_or_go(Errand.begin(action, line, texts, action.insist(situation)))

    def run(self, errand: Errand) -> None:
        """Carry out an errand of which everything is known."""
        seat = self.seat
        if seat is None:
            self.say(_("the store is not open yet"), "overdue")
            return
        self._busy = errand
        self.set_timer(_SLOW_S, lambda: self._still_busy(errand))
        key = errand.sending()

        def work() -> None:
            self.post_message(self.Settled(errand, carry_out(seat, errand, key)))

        self.run_worker(work, thread=True, group="hands", exit_on_error=False)

    def renew_offer(self) -> None:
        """Who may go is known anew: offer them again."""
        if self.errand is not None:
            self._offer(self.query_one(Input).value)

    # -- the open question -------------------------------------------------------------------

    def _open_or_go(self, errand: Errand, why: str = "") -> None:
        self._why = why
        if errand.question is None:
            self._close()
            self.run(errand)
            return
        self.errand = errand
        self.query_one("#label", Static).update(self._label(errand))
        line = self.query_one(Input)
        line.value = errand.text
        line.cursor_position = len(line.value)
        self.add_class("asking")
        line.focus()
        self._offer(line.value)

    def _label(self, errand: Errand) -> str:
        question = errand.question
        about = f"#{errand.line.number} " if errand.line else ""
        what = _("Enter yes, Esc no")
        if question is not None and question.kind is not Kind.CONFIRM:
            what = _(question.label)
        return f" {about}{_(errand.action.label)} · {what}: "

    def _close(self) -> None:
        if self.errand is not None:
            self.errand = None
            self.remove_class("asking")
            self.post_message(self.Left())

    def _offer(self, text: str) -> None:
        """Show what fits what is typed, below why it is asked again."""
        question = self.errand.question if self.errand else None
        if question is None:
            return
        same = self._choices and text == self._offered
        held = self._choices[self._held].answer if same else ""
        self._choices, self._offered = (), text
        if question.kind is Kind.TECHNICIAN:
            self._choices = technicians(self.people(), text)
        answers = [choice.answer for choice in self._choices]
        self._held = answers.index(held) if held in answers else 0
        self._show_offer()

    def _show_offer(self) -> None:
        question = self.errand.question if self.errand else None
        why, choices, held = self._why, self._choices, self._held
        confirm = _(question.label) if question and question.kind is Kind.CONFIRM else ""
        asks_who = question is not None and question.kind is Kind.TECHNICIAN

        def make(width: int, _height: int) -> tuple[Parts, ...]:
            rows: tuple[Parts, ...] = (((f" ✗ {why}", "overdue"),),) if why else ()
            if confirm:
                rows = (*rows, ((f" ? {confirm}", "soon"),))
            if asks_who:
                rows = (*rows, choice_line(choices, held, width))
            return rows

        self.query_one("#said", PartsBar).show(make)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what fits, the best first."""
        event.stop()
        self._held, self._choices = 0, ()
        if self.errand is not None:
            self._offer(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the answer, and ask the next question or go."""
        event.stop()
        errand = self.errand
        if errand is None:
            return
        self._offer(event.value)  # Enter may have overtaken the news of what was typed
        text = self._choices[self._held].answer if self._choices else event.value
        try:
            errand.take(text, at=self._now(), zone=self._zone)
        except BadInput as bad:
            self._why = tell(bad)
            self._show_offer()
            return
        self._open_or_go(errand)

    def action_choice(self, step: int) -> None:
        """Mark the next choice."""
        if self._choices:
            self._held = (self._held + step) % len(self._choices)
            self._show_offer()

    def action_leave(self) -> None:
        """Close the prompt; what was typed waits for the next time."""
        errand = self.errand
        if errand is None:
            return
        question = errand.question
        if question is not None and question.kind is not Kind.CONFIRM:
            errand.texts[question.name] = self.query_one(Input).value
        self._keep_draft(errand)
        kept = errand.draft_key in self.drafts
        self.say(_("left; what you wrote is kept") if kept else _("left, nothing done"), "muted")
        self._close()

    def _keep_draft(self, errand: Errand) -> None:
        texts = {name: text for name, text in errand.texts.items() if text.strip()}
        if texts:
            self.drafts[errand.draft_key] = texts
        else:
            self.drafts.pop(errand.draft_key, None)

    # -- the command -------------------------------------------------------------------------

    def on_hand_bar_settled(self, message: Settled) -> None:
        """Say what came of it."""
        message.stop()
        errand, result, line = message.errand, message.outcome.result, message.outcome.line
        if self._busy is errand:
            self._busy = None
        if not isinstance(result, Exception):
            self.drafts.pop(errand.draft_key, None)
            self.say(fill(result.sentence, result.facts), "good")
            self.post_message(self.Did(result))
            return
        self._keep_draft(errand)
        if isinstance(result, StoreTrouble):
            self.post_message(self.Troubled(result))
        if isinstance(result, Stale) and line is not None:
            self._lost_race(errand, tell(result), line)
        elif isinstance(result, Refusal) and errand.action.questions:
            errand.step_back()
            self._open_or_go(errand, tell(result))
        else:
            self.say(told(result), "overdue")

    def _lost_race(self, errand: Errand, sentence: str, line: BoardLine) -> None:
        """Somebody changed the order first: say who, and offer the choice again."""
        situation = self._situation(line)
        why = errand.action.why_not(situation)
        if why is not None and not errand.action.store_decides(situation):
            self.say(f"{sentence}. {_(why)}", "overdue")
            return
        errand.ask_again(line, errand.action.insist(situation))
        self._open_or_go(errand, sentence)

    def _situation(self, line: BoardLine) -> Situation:
        situation: Situation = self.screen.situation()  # type: ignore[attr-defined]  # ours all have it
        return replace(situation, line=line)

    def _still_busy(self, errand: Errand) -> None:
        if self._busy is errand and self.errand is None:
            self.say(_("asking the store ..."), "muted")

    def _now(self) -> datetime:
        now: Callable[[], datetime] = self.app.now  # type: ignore[attr-defined]  # the desk's
        return now()
