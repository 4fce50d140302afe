"""What stands above an open question: why it is asked again, what fits, which choice is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_kinds import Kind
from console.choices import Choice, choice_line, one_meant, place_meant, technicians
from console.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from console.actions_kinds import Question
    from console.looks import Parts
    from store.queries.people import TechnicianLine


class Offer:
    """The choices that fit what is typed; Enter takes the one moved to, or the only one meant."""

    def __init__(self) -> None:
        self.why = ""
        """What was wrong with the last answer; empty at the first try."""
        self.news: Parts = ()
        """What came of an earlier command while this question was open."""
        self.said: tuple[str, ...] = ()
        """What the operator has answered to the questions before."""
        self._question: Question | None = None
        self._choices: tuple[Choice, ...] = ()
        self._nobody = False
        """Whether no technician is known at all."""
        self._text = ""
        self._marked: int | None = None
        """The place of the choice moved to by an arrow key."""

    def fit(self, question: Question, text: str, people: Iterable[TechnicianLine]) -> None:
        """Offer what fits the text; the mark stays on its choice while the text is the same."""
        same = question is self._question and text == self._text and self._marked is not None
        marked = self._choices[self._marked].answer if same and self._marked is not None else ""
        self._question, self._text, self._choices = question, text, ()
        if question.kind is Kind.TECHNICIAN:
            known = tuple(people)
            self._nobody, self._choices = not known, technicians(known, text)
        answers = [choice.answer for choice in self._choices]
        self._marked = answers.index(marked) if marked in answers else None

    def answer(self, text: str) -> str:
        """What Enter means: the choice moved to, the only one meant, or the text as it is.

        NameAmbiguous when the text fits several, so that nobody is sent by chance.
        """
        if self._marked is not None:
            return self._choices[self._marked].answer
        meant = one_meant(self._choices, text)
        return meant.answer if meant is not None else text

    def step(self, by: int) -> bool:
        """Mark another choice; whether there is any."""
        if self._choices:
            before = self._marked
            if before is None:
                meant = place_meant(self._choices, self._text)
                before = meant if meant is not None else (-1 if by > 0 else 0)
            self._marked = (before + by) % len(self._choices)
        return bool(self._choices)

    def rows(self, cells: int) -> tuple[Parts, ...]:
        """The lines above the question."""
        rows: tuple[Parts, ...] = (self.news,) if self.news else ()
        if self.why:
            rows = (*rows, ((f" ✗ {self.why}", "overdue"),))
        question = self._question
        if question is not None and question.kind is Kind.CONFIRM:
            said = _("you wrote: {text}").format(text=_(", ").join(self.said)) if self.said else ""
            rows = (*rows, ((f" ? {_(question.label)}", "soon"), (f"  {said}", "muted")))
        elif question is not None and question.kind is Kind.TECHNICIAN:
            held = self._marked
            if held is None:
                held = place_meant(self._choices, self._text)
            rows = (*rows, self._nobody_line() or choice_line(self._choices, held, cells))
        elif question is not None and question.asks:
            rows = (*rows, ((f" {_(question.label)}", "muted"),))
        return rows

    def _nobody_line(self) -> Parts:
        if not self._nobody:
            return ()
        said = _(" no technician is entered: paidan add technician enters one; Esc leaves")
        return ((said, "soon"),)
