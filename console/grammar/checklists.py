"""`sop 17`, `sop do 17 brake-gap 2.1 ;worn`, `步骤 跳过 17 call ;no phone`: steps as typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from console.actions_sop import DEEDS, told_of
from console.deed_kinds import deed_named
from console.grammar.offered import Offer
from console.grammar.refusals import WrongWords
from console.grammar.targets import selected
from console.grammar.tokens import raw_between
from console.i18n import _
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from console.actions_kinds import Action
    from console.grammar.lookup import Lookup
    from console.grammar.offered import Slot
    from console.grammar.tokens import Scanned, Token

_MOST_DIGITS: Final = 12


def number_of(word: Token) -> int | None:
    """The order that a word names by its number; None for any other word."""
    digits = word.text.lstrip("#")
    plain = digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS
    return int(digits) if plain else None


def read_checklist(
    action: Action, words: list[Token], scanned: Scanned, lookup: Lookup
) -> tuple[Action, tuple[int, ...], dict[str, Any]]:
    """The order whose steps are shown, or what is done about one of them, and what it is told."""
    number = number_of(words[0]) if words else selected(lookup, len(scanned.line) + 1, "")
    if number is None:
        does, told = take_checklist(action, words, scanned)
        return does, (), told
    if words[1:] or scanned.note:
        column = words[1].start if words[1:] else scanned.note_at
        raise WrongWords(column + 1, N_("one order at a time"))
    return action, (number,), {}


def take_checklist(
    action: Action, words: list[Token], scanned: Scanned
) -> tuple[Action, dict[str, Any]]:
    """The action that does something about a step, and what it is told."""
    from console.sop_commands import make_typed

    deed, end = _deed(words[0]), len(scanned.line)
    if len(words) < 2:
        raise WrongWords(end + 1, N_("still to say: the number of an order"), unfinished=True)
    number = number_of(words[1])
    if number is None:
        what = N_("“{word}” is no number of an order").format(word=words[1].raw)
        raise WrongWords(words[1].start + 1, what)
    if len(words) < 3:
        raise WrongWords(end + 1, N_("still to say: which step"), unfinished=True)
    told: dict[str, Any] = {"deed": deed, "of": number, "step": words[2].text}
    left, note = words[3:], scanned.note or ""
    if deed == "do":
        told["value"] = raw_between(scanned.line, left).strip('"') if left else ""
        told["reason"] = note
    elif deed == "skip":
        told["reason"] = " ".join(filter(None, (raw_between(scanned.line, left), note)))
        if not told["reason"]:
            what = N_("still to say: {what}").format(what=N_("why it is skipped"))
            raise WrongWords(end + 1, what, unfinished=True)
    elif left or note:
        column = left[0].start if left else scanned.note_at
        raise WrongWords(column + 1, N_("taking a step back wants no more words"))
    return replace(action, make=make_typed, label=told_of(told)), told


def _deed(word: Token) -> str:
    deed = deed_named(DEEDS, word.text)
    if deed is None:
        choices = _(", ").join(one.words[0] for one in DEEDS.values())
        what = N_("“{word}” is no order, and nothing to do with a step; there are: {choices}")
        raise WrongWords(
            word.start + 1, what.format(word=word.raw, choices=choices), unfinished=True
        )
    return deed


def checklist_offered(slot: Slot, done: Sequence[Token], *, chinese: bool) -> None:
    """What to do, for which order, to which step, and what it must be told."""
    if not done:
        slot.wanted.append(N_("the number of an order, or what to do about a step"))
        slot.offers += [Offer(text=deed.words[chinese]) for deed in DEEDS.values()]
        return
    deed = deed_named(DEEDS, done[0].text)
    if deed is None:
        return
    if len(done) == 1:
        slot.wanted.append(N_("the number of an order"))
    elif len(done) == 2:
        slot.wanted.append(N_("the code of a step, or its number"))
    else:
        slot.wanted += [question.label for question in DEEDS[deed].questions]


def checklist_words(told: Mapping[str, Any]) -> Iterator[str]:
    """The same as it may be typed."""
    deed = told.get("deed")
    if deed is None:
        return
    yield from (str(deed), str(told["of"]), str(told["step"]))
    if told.get("value"):
        yield str(told["value"])
    if told.get("reason"):
        yield f";{told['reason']}"
