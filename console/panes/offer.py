"""What stands above an open question: why it is asked again, what fits, which choice is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions_kinds import Kind
from console.asked import is_above, member_rows, promise_kept, time_said, window_said
from console.choices import (
    MOST,
    Choice,
    choice_line,
    is_free,
    member_choices,
    one_meant,
    place_meant,
    technician_choice,
    who_fits,
    whom_meant,
)
from console.heeding import rules_said, shortly, warning_rows, wished_row
from console.i18n import _, coded
from console.render_people import technician_rows
from console.who_goes import Written, check, echo, written
from store.domain.dispatch.rules import KEEPS_AWAY
from store.domain.errors import BadInput, NameAmbiguous
from store.domain.words import N_
from store.queries.heeds import Heeded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, tzinfo

    from console.actions_kinds import Question
    from console.errand import Errand
    from console.looks import Parts
    from console.naming import Looked
    from store.domain.dispatch.rules import Barred
    from store.queries.people import TechnicianLine

NOTHING_AGAINST: Final = Heeded()
_TALL, _WIDE = 36, 100
"""Cells of a screen that has room for a line a technician."""


class Offer:
    """The choices that fit what is typed; Enter takes the one moved to, or the only one meant.

    Where nothing is typed, an order that nobody has is offered the first who is free and whom no
    rule keeps from it. He is settled once that is known: what comes from the store afterwards puts
    nobody in his place.
    """

    def __init__(self) -> None:
        self.why = ""
        """What was wrong with the last answer; empty at the first try."""
        self.news: Parts = ()
        """What came of an earlier command while this question was open."""
        self.due: datetime | None = None
        """Until when the order is promised to be resolved, once that is known."""
        self.there: datetime | None = None
        """By when somebody is to be there by its level."""
        self.said: tuple[str, ...] = ()
        """What the operator has answered to the questions before."""
        self.looked: Looked | None = None
        """What the words of the open question name; None while that is being read."""
        self._errand: Errand | None = None
        self._people: tuple[TechnicianLine, ...] = ()
        self._fitting: tuple[TechnicianLine, ...] = ()
        self._choices: tuple[Choice, ...] = ()
        self._heeded: Heeded | None = None
        """What speaks against whom, and who is how far; None while that is being read."""
        self._written = Written(name="")
        self._text = ""
        self._proposed: str | None = None
        """Whom Enter takes where nothing is typed; empty for nobody, None while not settled."""
        self._marked = ""
        """The choice moved to by an arrow key; empty for none."""

    def fit(
        self,
        errand: Errand,
        text: str,
        people: Iterable[TechnicianLine],
        heeded: Heeded | None = NOTHING_AGAINST,
    ) -> None:
        """Offer what fits the text; the mark stays on its choice while the name is the same."""
        question = errand.question
        self._people, self._fitting, self._choices = (), (), ()
        said = written(text, errand.action)
        if errand is not self._errand:
            self._proposed = None
        if errand is not self._errand or said.name != self._written.name:
            self._marked = ""
        self._errand, self._written, self._text = errand, said, text
        self._heeded = heeded
        if question is not None and question.kind is Kind.TECHNICIAN:
            self._people = tuple(people)
            self._fitting = tuple(who_fits(self._people, said.name, self._known)[:MOST])
            self._choices = tuple(technician_choice(line) for line in self._fitting)
            self._propose()
        elif question is not None and question.kind is Kind.MEMBER and errand.line is not None:
            self._choices = member_choices(errand.line.hands_on, said.name)
        elif question is not None and question.looks_up and self.looked is not None:
            self._choices = self.looked.choices
        if self._place_of(self._marked) is None:
            self._marked = ""

    def _propose(self) -> None:
        """Settle once who goes by Enter alone; he stays it only while he is free."""
        line = self._errand.line if self._errand is not None else None
        fitting = who_fits(self._people, "", self._known)
        free = [one.code for one in fitting if is_free(one) and not self._against(one)]
        if self._heeded is None:
            return
        if self._proposed is None and self._people:
            held = line is not None and line.technician_code is not None
            self._proposed = "" if held else next(iter(free), "")
        elif self._proposed not in free:
            self._proposed = "" if self._people else None

    @property
    def _known(self) -> Heeded:
        return self._heeded or NOTHING_AGAINST

    def _against(self, line: TechnicianLine) -> tuple[Barred, ...]:
        return self._known.against.get(line.id, ())

    def answer(self, text: str) -> tuple[str, tuple[str, ...]]:
        """What Enter means, and the options: the choice moved to, the one meant, or the text.

        NameAmbiguous when the text fits several, so that nobody is sent by chance; BadInput for
        what begins with a slash and is no option.
        """
        question = self._errand.question if self._errand is not None else None
        if question is not None and question.kind is Kind.MEMBER:
            chosen = self._member()
            if chosen is None and text.strip():
                raise BadInput(
                    where=question.asks or question.label,
                    wrong=N_("“{text}” is none of them").format(text=text.strip()),
                    right=N_("Down chooses one, or write a name"),
                )
            return chosen.answer if chosen is not None else text, ()
        if question is not None and question.looks_up:
            return self._named(text), ()
        if self._errand is None or not self._asks_who:
            return text, ()
        check(self._written)
        meant = self._meant()
        return meant.code if meant is not None else self._written.name, self._written.options

    @property
    def _asks_who(self) -> bool:
        question = self._errand.question if self._errand is not None else None
        return question is not None and question.kind is Kind.TECHNICIAN

    def _meant(self) -> TechnicianLine | None:
        """Whom Enter sends; NameAmbiguous when the text fits several."""
        chosen = self._marked or ("" if self._written.name else self._proposed)
        if chosen:
            return next((one for one in self._people if one.code == chosen), None)
        return whom_meant(self._people, self._written.name)

    def kept_away(self, at: datetime, zone: tzinfo | None) -> tuple[str, str] | None:
        """Whom Enter sends though a rule keeps him away, by code, and which; None for nobody."""
        held = self._held() if not self._written.wrong else None
        if held is None or "insist" in self._written.options:
            return None
        barred = tuple(one for one in self._against(held) if one.rule in KEEPS_AWAY)
        if not barred:
            return None
        said = rules_said(barred, at=at, zone=zone)
        name = coded(held.name, held.code)
        return held.code, _("{name}: {rules}").format(name=name, rules=said)

    def _member(self) -> Choice | None:
        """Which of those who have it Enter means; NameAmbiguous when the text fits several."""
        at = self._place_of(self._marked) if self._marked else None
        return one_meant(self._choices, self._text) if at is None else self._choices[at]

    def _named(self, text: str) -> str:
        """The choice moved to, or the one that the words name; a refusal where they name none."""
        if self._marked:
            return self._marked
        if self.looked is not None and self.looked.wrong is not None:
            raise self.looked.wrong
        meant = self.looked.meant if self.looked is not None else None
        return text if meant is None else meant.answer

    def _place_of(self, answer: str) -> int | None:
        answers = [choice.answer for choice in self._choices]
        return answers.index(answer) if answer in answers else None

    def _held_place(self) -> int | None:
        """Where the one stands that Enter takes."""
        question = self._errand.question if self._errand is not None else None
        if question is not None and question.kind is Kind.MEMBER:
            return (
                self._place_of(self._marked)
                if self._marked
                else place_meant(self._choices, self._text)
            )
        if question is not None and question.looks_up:
            meant = self.looked.meant if self.looked is not None else None
            return self._place_of(self._marked or (meant.answer if meant else ""))
        held = self._held()
        return self._place_of(held.code) if held is not None else None

    def _held(self) -> TechnicianLine | None:
        try:
            return self._meant()
        except NameAmbiguous:
            return None

    def step(self, by: int) -> bool:
        """Mark another choice; whether there is any."""
        if self._choices:
            before = self._held_place()
            if before is None:
                before = -1 if by > 0 else 0
            self._marked = self._choices[(before + by) % len(self._choices)].answer
        return bool(self._choices)

    def rows(
        self, cells: int, height: int, *, at: datetime, zone: tzinfo | None
    ) -> tuple[Parts, ...]:
        """The lines above the question, on a screen so wide and so high."""
        rows: tuple[Parts, ...] = (self.news,) if self.news else ()
        if self.why:
            again = self._errand is not None and self._errand.place > 0
            back = _("  Shift+Tab: the answer before") if again else ""
            rows = (*rows, ((f" ✗ {self.why}", "overdue"), (back, "muted")))
        question = self._errand.question if self._errand is not None else None
        if question is None:
            return rows
        return (*rows, *self._question_rows(question, cells, height, at, zone))

    def _question_rows(
        self, question: Question, cells: int, height: int, at: datetime, zone: tzinfo | None
    ) -> tuple[Parts, ...]:
        if question.kind is Kind.CONFIRM:
            said = _("you wrote: {text}").format(text=_(", ").join(self.said)) if self.said else ""
            return (((f" ? {_(question.label)}", "soon"), (f"  {said}", "muted")),)
        if question.kind is Kind.TECHNICIAN:
            return (*wished_row(self._known.wishes), *self._who_rows(cells, height, at, zone))
        if question.kind is Kind.MEMBER:
            return member_rows(question, self._choices, self._held_place(), cells)
        assert self._errand is not None
        above = is_above(self._errand, cells)
        asked: Parts = ((f" {_(question.label)}", "muted"),) if above else ()
        warned = ""
        if question.looks_up and self.looked is not None and (self._choices or self._text.strip()):
            return choice_line(self._choices, self._held_place(), cells), asked
        if question.kind is Kind.WHEN:
            asked = (*asked, *time_said(self._text, at, zone))
        if question.kind is Kind.WINDOW:
            asked = (*asked, *window_said(self._text, self._errand, at, zone))
            dues = (self.due, self.there)
            warned = promise_kept(self._text, self._errand, dues, at=at, zone=zone)
        return (*((asked,) if asked else ()), *warning_rows([warned] if warned else []))

    def _who_rows(
        self, cells: int, height: int, at: datetime, zone: tzinfo | None
    ) -> tuple[Parts, ...]:
        if not self._people:
            said = _(" no technician is entered: paidan add technician enters one; Esc leaves")
            return (((said, "soon"),),)
        assert self._errand is not None
        held, place = self._held(), self._held_place()
        told = echo(self._errand, self._written, held, some=bool(self._choices))
        choices = tuple(
            technician_choice(line, shortly(self._against(line), at=at, zone=zone))
            for line in self._fitting
        )
        shown: tuple[Parts, ...] = (choice_line(choices, place, cells),)
        if self._choices and cells >= _WIDE and height >= _TALL:
            against = {
                line.id: said for line in self._fitting if (said := self._said(line, at, zone))
            }
            shown = technician_rows(self._fitting, place, cells, at=at, against=against)
        warned = self._said(held, at, zone) if held is not None else ""
        if held is not None and warned:
            name = coded(held.name, held.code)
            warned = _("{name}: {rules}").format(name=name, rules=warned)
        return (*shown, *((told,) if told else ()), *warning_rows([warned] if warned else []))

    def _said(self, line: TechnicianLine, at: datetime, zone: tzinfo | None) -> str:
        return rules_said(self._against(line), at=at, zone=zone)
