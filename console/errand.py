"""An action under way: what was asked of the operator, what he said, what is still to be asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from console.actions_kinds import Kind, Question
from console.answers_read import read
from console.unsent import Begun
from console.zones import zone_named
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, tzinfo

    from console.actions_kinds import Action
    from console.typed_line import TypedLine
    from console.unsent import DraftKey
    from store.domain.intents import Command
    from store.queries.board import BoardLine

_INSIST = "insist"
_AGAIN = "again"
TO_READ: Final = timedelta(seconds=1)
"""A key that comes sooner after a question was pressed twice, or held."""


@dataclass(kw_only=True)
class Errand:
    """One action for one order, from the key to the command."""

    action: Action
    line: BoardLine | None
    """The order as the operator saw it: its version goes into the command."""
    questions: list[Question]
    texts: dict[str, str] = field(default_factory=dict)
    """What was typed, by question; kept whatever happens."""
    told: dict[str, Any] = field(default_factory=dict)
    place: int = 0
    """Which question is open."""
    key: str = field(default_factory=lambda: uuid4().hex)
    """Under which the command is done once."""
    sent: Mapping[str, Any] | None = None
    """The answers that went out under the key."""
    number: int = 0
    """The order that it is about where none is shown as a line; 0 where it is about none."""
    begun: Begun = field(default_factory=Begun)
    """Its unsaved text, as it was found."""
    typed: str = ""
    """The command line that it came from; offered again where the store refuses it."""
    line_kept: TypedLine | None = None
    """The same as it can wait where nothing can be looked up for it."""
    instead: str = ""
    """The id of what waits and was edited; it is gone once this is done, or waits in its place."""
    made: Command | None = None
    """What the store was asked to do, as long as it is what would be asked now."""
    shown: bool = False
    """Whether the operator has just seen whom else it concerns."""
    look: Callable[[Errand], None] | None = None
    """What shows what would be done before it is, once everything is known."""
    as_shown: bool = False
    """Whether just this one is done as it was shown or not at all."""
    warned_at: datetime | None = None
    """When the operator was told what Enter once more would do; None where he was not."""

    @property
    def is_as_shown(self) -> bool:
        """Whether nothing is asked of what moved on since it was shown: it is said."""
        return self.as_shown or self.action.as_shown

    @classmethod
    def begin(
        cls, action: Action, line: BoardLine | None, texts: Mapping[str, str], sure: str | None
    ) -> Errand:
        """A new one, with the texts of an earlier try; `sure` is a sentence to confirm first."""
        questions = [question for question in action.questions if question.when(line)]
        if sure is not None:
            questions.insert(0, _sure(action, line, sure))
        return cls(action=action, line=line, questions=questions, texts=dict(texts))

    @property
    def draft_key(self) -> DraftKey:
        """Under which unsaved text is kept."""
        return self.action.id, self.line.number if self.line else self.number

    @property
    def zone_there(self) -> str:
        """In which the customer's clock hangs; nothing where that is not known."""
        return "" if self.line is None else self.line.site_zone

    def looked_at(self) -> bool:
        """Show what would be done, where that comes first; once."""
        look, self.look = self.look, None
        if look is not None:
            look(self)
        return look is not None

    def take_up(self, begun: Begun) -> None:
        """Go on with a text of an earlier try."""
        self.begun, self.texts = begun, dict(begun.texts)
        self.instead = begun.id if begun.waits else ""

    @property
    def question(self) -> Question | None:
        """What is to be asked now; None when everything is known."""
        return self.questions[self.place] if self.place < len(self.questions) else None

    @property
    def text(self) -> str:
        """What stands in the line for the open question."""
        question = self.question
        if question is None:
            return ""
        return self.texts.get(question.name, question.start)

    @property
    def proposes(self) -> bool:
        """Whether what stands in the line is ours, and nobody has written there yet."""
        question = self.question
        return question is not None and question.name not in self.texts

    def take(
        self, text: str, options: tuple[str, ...] = (), *, at: datetime, zone: tzinfo | None
    ) -> None:
        """Take the answer to the open question; BadInput when it is none, and it stays open.

        Options are those said with a slash behind it. Without any, an answer given once more
        after a warning insists.
        """
        question = self.question
        assert question is not None
        if question.kind is not Kind.CONFIRM:
            self.texts[question.name] = " ".join([text, *(f"/{option}" for option in options)])
        their = zone_named(self.zone_there, zone) if question.kind is Kind.WINDOW else zone
        told = read(question, text, at=at, zone=their)
        if question.judge is not None and told:
            question.judge(told, self.told)
        self.told[question.name] = told
        if question.kind is Kind.TECHNICIAN:
            sure = (_INSIST,) if self.warned_at is not None else ()
            for option in self.action.options:
                self.told.pop(option, None)
            self.told |= dict.fromkeys(options or sure, True)
        self.warned_at = None
        self.place += 1

    def refused(self, question: Question) -> bool:
        """Whether the question was answered with a no; then it is as if it had not been asked."""
        if question.kind is not Kind.CONFIRM or self.told.get(question.name, True):
            return False
        del self.told[question.name]
        self.place = self.questions.index(question)
        return True

    def back(self, written: str) -> bool:
        """Open the question before again, with what is written kept; False at the first one."""
        question = self.question
        if not self.place or question is None:
            return False
        if question.kind is not Kind.CONFIRM and written != self.text:
            self.texts[question.name] = written
        self.place, self.warned_at = self.place - 1, None
        self.told.pop(self.questions[self.place].name, None)
        return True

    @property
    def answers(self) -> tuple[str, ...]:
        """What the operator has written so far, to stand beside a question of yes or no."""
        texts = (self.texts.get(question.name, "").strip() for question in self.questions)
        return tuple(text for text in texts if text)

    def ask_again(self, line: BoardLine, sure: str | None) -> None:
        """Somebody was faster: confirm for the order as it is now, the answers kept."""
        self.line, self.made = line, None
        self.questions = [q for q in self.questions if q.kind is not Kind.CONFIRM]
        label = N_("do it all the same?")
        if line.technician_name:
            label = N_("it is with {technician} now; do it all the same?").format(
                technician=line.technician_name
            )
        again = Question(name=_AGAIN, label=label, kind=Kind.CONFIRM)
        self.told.pop(_INSIST, None)
        self.warned_at = None
        self.questions.append(again if sure is None else _sure(self.action, line, sure))
        self.place = len(self.questions) - 1

    def step_back(self, where: object = None) -> None:
        """Ask again for the answer that was not taken: `where` as it is called, else the last."""
        last = max(0, len(self.questions) - 1)
        called = (place for place, q in enumerate(self.questions) if where in (q.label, q.asks))
        self.place = next(called, last)

    def warn(self, at: datetime) -> None:
        """Ask the last question again; its answer given once more, the operator insists."""
        self.questions = [q for q in self.questions if q.kind is not Kind.CONFIRM]
        self.step_back()
        self.warned_at = at

    def just_warned(self, at: datetime) -> bool:
        """Whether he can hardly have read the warning: the key was pressed twice, or held."""
        return self.warned_at is not None and at - self.warned_at < TO_READ

    def sending(self) -> str:
        """The key to send under: another one, for another command, when the answers are others."""
        told = dict(self.told)
        if self.sent is not None and self.sent != told:
            self.key, self.made = uuid4().hex, None
        self.sent = told
        return self.key


def _sure(action: Action, line: BoardLine | None, label: str) -> Question:
    by_word = action.by_word(line)
    return Question(name=_INSIST, label=label, kind=Kind.CONFIRM, by_word=by_word)
