"""`actions why 3 nobody called ;journal`, `整改 立项 17 li`: steps of an action as typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from console.actions_corrective import DEEDS, deed_of
from console.corrective_steps import make_typed
from console.grammar.offered import Offer
from console.grammar.refusals import WrongWords
from console.grammar.tokens import raw_between
from console.i18n import _
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from console.actions_kinds import Action
    from console.grammar.offered import Slot
    from console.grammar.tokens import Scanned, Token

_MOST_DIGITS: Final = 12
_SPOKEN: Final = frozenset({"due"})
"""What is asked on its screen and by `paidan action`, not here: a time has words of its own."""


def take_corrective(
    action: Action, words: list[Token], scanned: Scanned
) -> tuple[Action, dict[str, Any]]:
    """The action that does it, and what it is told."""
    deed, end = _deed(words[0]), len(scanned.line)
    if len(words) == 1:
        what = N_("still to say: the number of an action")
        if deed == "open":
            what = N_("still to say: the number of an order")
        raise WrongWords(end + 1, what, unfinished=True)
    told: dict[str, Any] = {"deed": deed, "of": _number(words[1])}
    questions, left = list(DEEDS[deed].questions), words[2:]
    while questions and left:
        question = questions.pop(0)
        told[question.name] = raw_between(scanned.line, left).strip('"')
        if questions and deed != "why":  # one word each, the last takes what is left
            told[question.name], left = left[0].text, left[1:]
        else:
            left = []
    if questions and scanned.note:
        told[questions.pop(0).name] = scanned.note
    elif scanned.note or left:
        raise WrongWords(end + 1, N_("that is more than action {number} is told").format(
            number=told["of"]))  # fmt: skip
    lacks = next((one for one in questions if not one.optional and one.name != "days"), None)
    if lacks is not None:
        what = N_("still to say: {what}").format(what=lacks.label)
        raise WrongWords(end + 1, what, unfinished=True)
    said = DEEDS[deed].said
    return replace(action, make=make_typed, label=said, takes=action.takes), told


def _deed(word: Token) -> str:
    deed = deed_of(word.text)
    if deed is None or deed in _SPOKEN:
        choices = _(", ").join(one.words[0] for name, one in DEEDS.items() if name not in _SPOKEN)
        what = N_("“{word}” is nothing to do with an action; there are: {choices}")
        said = what.format(word=word.raw, choices=choices)
        raise WrongWords(word.start + 1, said, unfinished=True)
    return deed


def _number(word: Token) -> int:
    digits = word.text.lstrip("#")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS):
        what = N_("“{word}” is no number of an action").format(word=word.raw)
        raise WrongWords(word.start + 1, what)
    return int(digits)


def corrective_offered(slot: Slot, done: Sequence[Token], *, chinese: bool) -> None:
    """What to do, to which, and what it must be told."""
    if not done:
        slot.wanted.append(N_("what to do to an action, or nothing to see them all"))
        slot.offers += [
            Offer(text=deed.words[chinese]) for name, deed in DEEDS.items() if name not in _SPOKEN
        ]
        return
    deed = deed_of(done[0].text)
    if deed is None:
        return
    if len(done) == 1:
        slot.wanted.append(
            N_("the number of an order") if deed == "open" else N_("the number of an action")
        )
        return
    slot.wanted += [question.label for question in DEEDS[deed].questions]


def corrective_words(told: Mapping[str, Any]) -> Iterator[str]:
    """The same as it may be typed."""
    deed = told.get("deed")
    if deed is None:
        return
    yield from (str(deed), str(told["of"]))
    texts = [str(told[q.name]) for q in DEEDS[deed].questions if told.get(q.name)]
    if deed == "why" and len(texts) > 1:
        yield from (texts[0], f";{texts[1]}")
    else:
        yield from texts
