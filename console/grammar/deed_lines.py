"""`actions why 3 nobody called ;journal`: steps of one thing of a board, as they are typed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from console.deed_kinds import OF, Deed, deed_named
from console.grammar.offered import Offer
from console.grammar.refusals import WrongWords
from console.grammar.tokens import raw_between
from console.i18n import _
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from console.actions_kinds import Action, Make, Question
    from console.grammar.offered import Slot
    from console.grammar.tokens import Scanned, Token

_MOST_DIGITS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedLines:
    """How the steps of one kind of thing are typed; `{word}`, `{choices}` and `{number}` fill."""

    deeds: Mapping[str, Deed]
    make: Make
    """The command of what was typed, told with `deed` and `of`."""
    nothing: str
    """A word that is none of them."""
    no_number: str
    too_much: str
    wanted: str
    """What may stand behind the verb."""
    numbers: Mapping[str, tuple[str, str]]
    """By step, and by "" for all others: the number that is meant, wanted and still to say."""
    elsewhere: frozenset[str] = frozenset()
    """What is asked on its screen and by its command, not here: a time has words of its own."""
    noted: frozenset[str] = frozenset()
    """Steps whose last answer stands behind `;`; the one before takes what words are left."""
    placed: frozenset[str] = frozenset()
    """Steps that are done to an order, a site or a customer, as `17`, `@N1` or `C1`."""
    may_lack: frozenset[str] = field(default_factory=frozenset)
    """Answers that may be left out."""

    def take(
        self, action: Action, words: list[Token], scanned: Scanned
    ) -> tuple[Action, dict[str, Any]]:
        """The action that does it, and what it is told."""
        deed, end = self._deed(words[0]), len(scanned.line)
        if len(words) == 1:
            raise WrongWords(end + 1, self._number_of(deed)[1], unfinished=True)
        of = words[1].text if deed in self.placed else self._number(words[1])
        told: dict[str, Any] = {"deed": deed, "of": of}
        questions, left = self._asked(deed), words[2:]
        while len(questions) > (deed in self.noted) and left:
            question = questions.pop(0)
            if len(questions) > (deed in self.noted):  # one word each, the last takes the rest
                told[question.name], left = left[0].text, left[1:]
            else:
                told[question.name], left = raw_between(scanned.line, left).strip('"'), []
        if questions and scanned.note:
            told[questions.pop(0).name] = scanned.note
        elif scanned.note or left:
            raise WrongWords(end + 1, self.too_much.format(number=told["of"]))
        lacks = [one for one in questions if not (one.optional or one.name in self.may_lack)]
        if lacks:
            what = N_("still to say: {what}").format(what=lacks[0].label)
            raise WrongWords(end + 1, what, unfinished=True)
        said = self.deeds[deed].said
        return replace(action, make=self.make, label=said, takes=action.takes), told

    def offered(self, slot: Slot, done: Sequence[Token], *, chinese: bool) -> None:
        """What to do, to which, and what it must be told."""
        if not done:
            slot.wanted.append(self.wanted)
            slot.offers += [Offer(text=deed.words[chinese]) for deed in self._typed()]
            return
        deed = deed_named(self.deeds, done[0].text)
        if deed is None:
            return
        if len(done) == 1:
            slot.wanted.append(self._number_of(deed)[0])
            return
        slot.wanted += [question.label for question in self._asked(deed)]

    def words(self, told: Mapping[str, Any]) -> Iterator[str]:
        """The same as it may be typed."""
        deed = told.get("deed")
        if deed is None:
            return
        of = str(told["of"])
        yield from (str(deed), f'"{of}"' if " " in of else of)
        asked = self._asked(deed)
        for question in asked:
            said = str(told.get(question.name) or "")
            if said:
                noted = deed in self.noted and question is asked[-1]
                yield f";{said}" if noted else said

    def _asked(self, deed: str) -> list[Question]:
        """What stands behind what it is done to."""
        return [one for one in self.deeds[deed].questions if one.name != OF]

    def _typed(self) -> list[Deed]:
        return [deed for name, deed in self.deeds.items() if name not in self.elsewhere]

    def _number_of(self, deed: str) -> tuple[str, str]:
        return self.numbers.get(deed, self.numbers[""])

    def _deed(self, word: Token) -> str:
        deed = deed_named(self.deeds, word.text)
        if deed is None or deed in self.elsewhere:
            choices = _(", ").join(one.words[0] for one in self._typed())
            said = self.nothing.format(word=word.raw, choices=choices)
            raise WrongWords(word.start + 1, said, unfinished=True)
        return deed

    def _number(self, word: Token) -> int:
        digits = word.text.lstrip("#")
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS):
            raise WrongWords(word.start + 1, self.no_number.format(word=word.raw))
        return int(digits)
