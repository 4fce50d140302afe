"""`plans pause 3`, `计划 跳过 3 2026-10-01`: what is typed of a plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from console.actions_plans import DEED_SAID, DEED_WORDS, SKIP_DAY, deed_of, plan_maker
from console.grammar.refusals import WrongWords
from store.domain.errors import BadInput
from store.domain.plan_form import read_day
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Action
    from console.grammar.tokens import Token

_MOST_DIGITS = 12


def take_plan(
    action: Action, words: list[Token], end: int
) -> tuple[Action, dict[str, Any], list[Token]]:
    """The action that does it, what it is told, and the words that are left."""
    deed = deed_of(words[0].text)
    if deed is None:
        choices = ", ".join(words[0] for words in DEED_WORDS.values())
        what = N_("“{word}” is nothing to do with a plan; there are: {choices}")
        raise WrongWords(
            words[0].start + 1,
            what.format(word=words[0].raw, choices=choices),
            unfinished=True,
        )
    if len(words) == 1:
        raise WrongWords(end + 1, N_("still to say: the number of a plan"), unfinished=True)
    digits = words[1].text.lstrip("#")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS):
        what = N_("“{word}” is no number of a plan").format(word=words[1].raw)
        raise WrongWords(words[1].start + 1, what)
    plan, left = int(digits), words[2:]
    day = ""
    if deed in {"skip", "unskip"} and left:
        day = _day(left.pop(0))
    if deed == "unskip" and not day:
        raise WrongWords(end + 1, N_("still to say: a day such as 2026-10-01"), unfinished=True)
    said = SKIP_DAY if deed == "skip" and day else DEED_SAID[deed]
    told = {"plan": plan, "day": day} if day else {"plan": plan}
    return replace(action, make=plan_maker(deed, plan, day), label=said), told, left


def _day(word: Token) -> str:
    try:
        return read_day(word.text, N_("date")).isoformat()
    except BadInput as bad:
        what = N_("“{word}” is not right: {right}").format(word=word.raw, right=bad.facts["right"])
        raise WrongWords(word.start + 1, what, unfinished=True) from bad
