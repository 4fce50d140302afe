"""`operators add bo dispatcher Bo Li @N1`, `操作员 站点 bo 全部`: who may do what, as typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from console.actions_operators import DEED_SAID, DEED_WORDS, EVERY, NONE, post_command
from console.grammar.offered import Offer
from console.grammar.refusals import WrongWords
from console.grammar.tokens import quoted, raw_between
from console.i18n import _, in_every_language
from store.domain.who import GIVEN, ROLE_WORDS
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from console.actions_kinds import Action
    from console.grammar.offered import Slot
    from console.grammar.tokens import Scanned, Token


def take_post(
    action: Action, words: list[Token], scanned: Scanned
) -> tuple[Action, dict[str, Any], list[Token]]:
    """The action that does it, what it is told, and the words that are left."""
    deed, left = _deed(words[0]), words[1:]
    told: dict[str, Any] = {"deed": deed}
    told["operator"] = _next(left, scanned, N_("the code of an operator")).text
    if deed == "take":
        told["key"] = _next(left, scanned, N_("which key: SHA256:…")).text
    if deed in {"add", "role"}:
        told["role"] = _role(_next(left, scanned, N_("a role")))
    if deed in {"add", "role", "sites"}:
        left = _where(left, told)
    if deed == "sites" and not told.keys() & {"sites", "everywhere"} and not left:
        _next(left, scanned, N_("his sites: @HQ @N1, all, or none"))
    if deed == "add" and left:
        told["name"] = left[0].text if len(left) == 1 else raw_between(scanned.line, left)
        left = []
    return replace(action, make=post_command, label=DEED_SAID[deed]), told, left


def post_offered(slot: Slot, done: Sequence[Token], *, chinese: bool) -> None:
    """What to do, to whom, and what of it."""
    if not done:
        slot.wanted.append(N_("what to do to an operator, or nothing to see them all"))
        slot.offers += [Offer(text=words[chinese]) for words in DEED_WORDS.values()]
        return
    deed = _deed_of(done[0].text)
    if len(done) == 1:
        slot.wanted.append(N_("the code of an operator"))
    elif len(done) == 2 and deed in {"add", "role"}:
        slot.wanted.append(N_("a role"))
        said = (_(ROLE_WORDS[role]) if chinese else role.value for role in GIVEN)
        slot.offers += [Offer(text=word) for word in said]
    elif len(done) == 2 and deed == "take":
        slot.wanted.append(N_("which key: SHA256:…"))
    elif deed in {"add", "role", "sites"}:
        slot.wanted.append(N_("his sites: @HQ @N1, all, or none"))
        slot.offers += [Offer(text=words[chinese]) for words in (EVERY, NONE)]


def post_words(told: Mapping[str, Any], text: Callable[[str], str]) -> Iterator[str]:
    """The same as it may be typed."""
    for name in ("deed", "operator", "key", "role"):
        if name in told:
            yield text(told[name])
    if told.get("everywhere"):
        yield EVERY[0]
    if "sites" in told:
        yield from (f"@{code}" for code in told["sites"]) if told["sites"] else (NONE[0],)
    if "name" in told:
        yield quoted(told["name"])


def _where(words: list[Token], told: dict[str, Any]) -> list[Token]:
    """Sites by their sign, or one of the two words; the others are left."""
    left: list[Token] = []
    sites: list[str] = []
    for word in words:
        if word.text.startswith("@") and len(word.text) > 1 and not word.quoted:
            sites.append(word.text[1:])
        elif word.text.casefold() in EVERY and not word.quoted:
            told["everywhere"] = True
        elif word.text.casefold() in NONE and not word.quoted:
            told["sites"] = ()
        else:
            left.append(word)
    if sites:
        told["sites"] = tuple(sites)
    return left


def _next(words: list[Token], scanned: Scanned, wanted: str) -> Token:
    if not words:
        said = N_("still to say: {what}").format(what=wanted)
        raise WrongWords(len(scanned.line) + 1, said, unfinished=True)
    return words.pop(0)


def _deed_of(said: str) -> str | None:
    return next((deed for deed, words in DEED_WORDS.items() if said.casefold() in words), None)


def _deed(word: Token) -> str:
    deed = _deed_of(word.text)
    if deed is None:
        choices = _(", ").join(words[0] for words in DEED_WORDS.values())
        what = N_("“{word}” is nothing to do with an operator; there are: {choices}")
        said = what.format(word=word.raw, choices=choices)
        raise WrongWords(word.start + 1, said, unfinished=True)
    return deed


def _role(word: Token) -> str:
    wanted = word.text.casefold()
    for role in GIVEN:
        if wanted == role.value or wanted in in_every_language(ROLE_WORDS[role]):
            return role.value
    choices = _(", ").join(role.value for role in GIVEN)
    what = N_("“{word}” is no role; there are: {choices}")
    raise WrongWords(word.start + 1, what.format(word=word.raw, choices=choices), unfinished=True)
