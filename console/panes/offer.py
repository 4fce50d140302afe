"""What stands above an open question: why it is asked again, what fits, which choice is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_kinds import Kind
from console.choices import Choice, choice_line, technicians
from console.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from console.actions_kinds import Question
    from console.looks import Parts
    from store.queries.people import TechnicianLine


class Offer:
    """The choices that fit what is typed; Enter takes the marked one."""

    def __init__(self) -> None:
        self.why = ""
        """What was wrong with the last answer; empty at the first try."""
        self.news: Parts = ()
        """What came of an earlier command while this question was open."""
        self._question: Question | None = None
        self._choices: tuple[Choice, ...] = ()
        self._text = ""
        self._marked = 0

    def fit(self, question: Question, text: str, people: Iterable[TechnicianLine]) -> None:
        """Offer what fits the text; the mark stays on its choice while the text is the same."""
        same = self._choices and text == self._text
        marked = self._choices[self._marked].answer if same else ""
        self._question, self._text, self._choices = question, text, ()
        if question.kind is Kind.TECHNICIAN:
            self._choices = technicians(people, text)
        answers = [choice.answer for choice in self._choices]
        self._marked = answers.index(marked) if marked in answers else 0

    def answer(self, text: str) -> str:
        """What Enter means: the marked choice, or the text where nothing is offered."""
        return self._choices[self._marked].answer if self._choices else text

    def step(self, by: int) -> bool:
        """Mark another choice; whether there is any."""
        if self._choices:
            self._marked = (self._marked + by) % len(self._choices)
        return bool(self._choices)

    def rows(self, cells: int) -> tuple[Parts, ...]:
        """The lines above the question."""
        rows: tuple[Parts, ...] = (self.news,) if self.news else ()
        if self.why:
            rows = (*rows, ((f" ✗ {self.why}", "overdue"),))
        question = self._question
        if question is not None and question.kind is Kind.CONFIRM:
            rows = (*rows, ((f" ? {_(question.label)}", "soon"),))
        if question is not None and question.kind is Kind.TECHNICIAN:
            rows = (*rows, choice_line(self._choices, self._marked, cells))
        return rows
