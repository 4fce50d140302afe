"""`plans pause 3`, `计划 跳过 3 2026-10-01`, `plans new boiler round rule: monthly time: 10:00`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from console.actions_plans import DEED_SAID, DEED_WORDS, SKIP_DAY, WRITTEN, deed_of, make_deed
from console.grammar.refusals import WrongWords
from console.grammar.tokens import Token, raw_between
from console.i18n import _
from console.plan_fields import KEYS, field_of
from store.domain.errors import BadInput
from store.domain.plan_form import read_day
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.actions_kinds import Action
    from console.grammar.tokens import Scanned

_MOST_DIGITS = 12


def take_plan(
    action: Action, words: list[Token], scanned: Scanned
) -> tuple[Action, dict[str, Any], list[Token]]:
    """The action that does it, what it is told, and the words that are left."""
    deed, end = _deed(words[0]), len(scanned.line)
    if deed == "new":
        texts = _texts(words[1:], scanned)
        return replace(action, label=DEED_SAID[deed]), {"deed": deed, "texts": texts}, []
    if len(words) == 1:
        raise WrongWords(end + 1, N_("still to say: the number of a plan"), unfinished=True)
    told: dict[str, Any] = {"deed": deed, "plan": _number(words[1])}
    left = words[2:]
    if deed in WRITTEN:
        told["texts"] = _texts(left, scanned)
        return replace(action, label=DEED_SAID[deed]), told, []
    if deed in {"skip", "unskip"} and left:
        told["day"] = _day(left.pop(0))
    if deed == "unskip" and "day" not in told:
        raise WrongWords(end + 1, N_("still to say: a day such as 2026-10-01"), unfinished=True)
    said = SKIP_DAY if deed == "skip" and "day" in told else DEED_SAID[deed]
    return replace(action, make=make_deed, label=said), told, left


def _deed(word: Token) -> str:
    deed = deed_of(word.text)
    if deed is None:
        choices = _(", ").join(words[0] for words in DEED_WORDS.values())
        what = N_("“{word}” is nothing to do with a plan; there are: {choices}")
        said = what.format(word=word.raw, choices=choices)
        raise WrongWords(word.start + 1, said, unfinished=True)
    return deed


def _number(word: Token) -> int:
    digits = word.text.lstrip("#")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS):
        what = N_("“{word}” is no number of a plan").format(word=word.raw)
        raise WrongWords(word.start + 1, what)
    return int(digits)


def _texts(words: list[Token], scanned: Scanned) -> dict[str, str]:
    """What is written by field: each key takes the words up to the next; first comes the title."""
    texts: dict[str, str] = {}
    for field, key, value in _parts(words):
        if field in texts:
            said = N_("“{word}” is said twice").format(word=KEYS[field][0])
            raise WrongWords(key.start + 1 if key else 1, said)
        only = value[0] if len(value) == 1 else None
        texts[field] = only.text if only else raw_between(scanned.line, value)
    return texts


def _parts(words: list[Token]) -> Iterator[tuple[str, Token | None, list[Token]]]:
    field, key, value = "title", None, list[Token]()
    for word in words:
        name, colon, rest = word.text.partition(":")
        found = field_of(name) if colon and not word.quoted else None
        if found is None:
            value.append(word)
            continue
        if key is not None or value:
            yield field, key, value
        field, key, value = found, word, []
        if rest:
            at = len(name) + 1
            value.append(Token(text=rest, raw=word.raw[at:], start=word.start + at))
    if key is not None or value:
        yield field, key, value


def _day(word: Token) -> str:
    try:
        return read_day(word.text, N_("date")).isoformat()
    except BadInput as bad:
        what = N_("“{word}” is not right: {right}").format(word=word.raw, right=bad.facts["right"])
        raise WrongWords(word.start + 1, what, unfinished=True) from bad
