"""What a customer asks for (`n lift stuck @HQ !2`), and who goes (`who 12`, `who lift near HQ`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from console.grammar.people import one_of
from console.grammar.refusals import WrongWords
from console.grammar.sites import site_meant
from console.grammar.targets import are_orders, read_targets
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.grammar.lookup import Entry, Lookup
    from console.grammar.tokens import Scanned, Token

NEAR: Final = frozenset({"near", "at", "附近", "近", "靠近", "在"})
NOT: Final = frozenset({"not", "why-not", "为何不", "为何不是", "为什么不", "为什么不是", "不派"})
"""Words before a technician of whom is asked why he is not the best."""
_PRIORITY = re.compile(r"!([1-4])")
_NO_PRIORITY = re.compile(r"!\d+")

Told = dict[str, Any]
Named = "dict[str, Entry]"


def read_request(
    rest: Sequence[Token], scanned: Scanned, lookup: Lookup
) -> tuple[Told, dict[str, Entry]]:
    """Title, site (`@HQ`), priority (`!2`), and the note as description."""
    told: Told = {}
    named: dict[str, Entry] = {}
    title: list[str] = []
    words = list(rest)
    while words:
        word = words[0]
        taken = 1
        priority = _PRIORITY.fullmatch(word.text)
        if not (priority or word.quoted) and _NO_PRIORITY.fullmatch(word.text):
            what = N_("“{word}” is not right: {right}")
            right = N_("write 1 (most urgent), 2, 3 or 4")
            raise WrongWords(word.start + 1, what.format(word=word.raw, right=right))
        if word.quoted or not (priority or word.text.startswith("@")):
            title.append(word.text if word.quoted else word.raw)
        elif priority:
            told["priority"] = int(priority[1])
        else:
            named["site"], taken = site_meant(words, scanned.line, lookup)
            told["site"] = named["site"].id
        words = words[taken:]
    if not "".join(title).strip():
        what = N_("still to say: {what}").format(what=N_("what is wrong"))
        raise WrongWords(scanned.note_at + 1, what, unfinished=True)
    told["title"] = " ".join(title)
    if scanned.note:
        told["description"] = scanned.note
    return told, named


def read_skill(
    rest: Sequence[Token], scanned: Scanned, lookup: Lookup
) -> tuple[Told, dict[str, Entry], tuple[int, ...]]:
    """An order and a technician to ask about; or a skill, and what they should be near."""
    if rest and are_orders(rest[0]):
        return _order_asked(rest, scanned, lookup)
    place = next((p for p, word in enumerate(rest) if word.text.casefold() in NEAR), len(rest))
    skill, where = rest[:place], rest[place + 1 :]
    if not skill:
        what = N_("still to say: {what}").format(what=N_("which order, or which skill"))
        raise WrongWords(scanned.note_at + 1, what, unfinished=True)
    named = {"skill": one_of("skill", skill, scanned.line, lookup)}
    told: Told = {"skill": named["skill"].id}
    if not where:
        return told, named, ()
    if are_orders(where[0]) and len(where) == 1:
        numbers = read_targets(where, lookup).numbers
        if len(numbers) != 1:
            raise WrongWords(where[0].start + 1, N_("one order at a time"))
        return told, named, numbers
    named["site"] = one_of("site", where, scanned.line, lookup)
    told["site"] = named["site"].id
    return told, named, ()


def _order_asked(
    rest: Sequence[Token], scanned: Scanned, lookup: Lookup
) -> tuple[Told, dict[str, Entry], tuple[int, ...]]:
    numbers = read_targets(rest[:1], lookup).numbers
    if len(numbers) != 1:
        raise WrongWords(rest[0].start + 1, N_("one order at a time"))
    about = rest[1:]
    if len(about) > 1 and about[0].text.casefold() == "why":
        about = about[1:]  # "why not" in two words
    if about and about[0].text.casefold() in NOT:
        about = about[1:]
    if not about:
        return {}, {}, numbers
    him = one_of("technician", about, scanned.line, lookup)
    return {"about": him.id}, {"about": him}, numbers
