"""`actions why 3 nobody called ;journal`, `投诉 答复 3 ...`: steps of a thing as typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from console.book_steps import typed
from console.grammar.offered import Offer
from console.grammar.refusals import WrongWords
from console.grammar.tokens import raw_between
from console.i18n import _
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from console.actions_kinds import Action, Question
    from console.book_deeds import Deed, DeedBook
    from console.grammar.offered import Slot
    from console.grammar.tokens import Scanned, Token

_MOST_DIGITS: Final = 12


def take_deed(
    book: DeedBook, action: Action, words: list[Token], scanned: Scanned
) -> tuple[Action, dict[str, Any]]:
    """The action that does it, and what it is told."""
    name, end = _deed(book, words[0]), len(scanned.line)
    deed = book.deeds[name]
    if len(words) == 1:
        raise WrongWords(end + 1, deed.unsaid or book.unsaid, unfinished=True)
    of = words[1].text if deed.place else _number(book, words[1])
    told: dict[str, Any] = {"deed": name, "of": of}
    left, over = _by_words(deed, words[2:], scanned, told)
    if left and scanned.note:
        told[left.pop(0).name] = scanned.note
    elif scanned.note or over:
        raise WrongWords(end + 1, book.too_much.format(number=of))
    lacks = next((q for q in left if not q.optional and q.name not in deed.spare), None)
    if lacks is not None:
        what = N_("still to say: {what}").format(what=lacks.label)
        raise WrongWords(end + 1, what, unfinished=True)
    return replace(action, make=typed(book), label=deed.said, takes=action.takes), told


def _by_words(
    deed: Deed, words: Sequence[Token], scanned: Scanned, told: dict[str, Any]
) -> tuple[list[Question], bool]:
    """One word each, the last takes what is left; what is still untold, whether words are left."""
    asked = deed.asked
    questions = list(asked)
    last = len(questions) - 1 - deed.noted
    for place, question in enumerate(asked):
        if not words or place > last:
            break
        questions.remove(question)
        if place < last:
            told[question.name], words = words[0].text, words[1:]
        else:
            told[question.name], words = raw_between(scanned.line, list(words)).strip('"'), ()
    return questions, bool(words)


def _deed(book: DeedBook, word: Token) -> str:
    deed = book.deed_of(word.text)
    if deed is None or not book.deeds[deed].typed:
        choices = _(", ").join(one.words[0] for one in book.deeds.values() if one.typed)
        said = book.strange.format(word=word.raw, choices=choices)
        raise WrongWords(word.start + 1, said, unfinished=True)
    return deed


def _number(book: DeedBook, word: Token) -> int:
    digits = word.text.lstrip("#")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS):
        raise WrongWords(word.start + 1, book.no_number.format(word=word.raw))
    return int(digits)


def deeds_offered(book: DeedBook, slot: Slot, done: Sequence[Token], *, chinese: bool) -> None:
    """What to do, to which, and what it must be told."""
    if not done:
        slot.wanted.append(book.wanted)
        slot.offers += [
            Offer(text=deed.words[chinese]) for deed in book.deeds.values() if deed.typed
        ]
        return
    name = book.deed_of(done[0].text)
    if name is None:
        return
    if len(done) == 1:
        slot.wanted.append(book.deeds[name].of or book.of)
        return
    slot.wanted += [question.label for question in book.deeds[name].asked]


def deed_words(book: DeedBook, told: Mapping[str, Any]) -> Iterator[str]:
    """The same as it may be typed."""
    name = told.get("deed")
    if name is None:
        return
    deed = book.deeds[str(name)]
    of = str(told["of"])
    yield from (str(name), f'"{of}"' if " " in of else of)
    for place, question in enumerate(deed.asked):
        said = str(told.get(question.name) or "")
        if said:
            noted = deed.noted and place == len(deed.asked) - 1
            yield f";{said}" if noted else said
