"""The site behind an `@`, in as many words as its name has: `n tree down @Mission Hill !2`."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from console.grammar.names import called_so, exactly, matching
from console.grammar.people import one_of, several
from console.grammar.refusals import Unclear
from console.i18n import coded
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.grammar.lookup import Entry, Lookup
    from console.grammar.tokens import Token

_LONGEST: Final = 8
"""Words that a site's name has at most."""
_ALIKE: Final = 0.75
"""How alike a word of the name and one behind a part of it are that may be the same, mistyped."""


def site_meant(words: Sequence[Token], line: str, lookup: Lookup) -> tuple[Entry, int]:
    """The site that the first of some words means, and how many of them that takes.

    A whole name or code of the most words comes first, then what only one name holds. What fits
    several is told, and so is a word behind a part of a name that may well belong to it.
    """
    first = words[0]
    if first.text == "@" and len(words) > 1 and words[1].quoted and words[1].start == first.end:
        return one_of("site", [words[1]], line, lookup), 2
    entries = lookup.register("site")
    said = _said(words)
    for count in range(len(said), 0, -1):
        text = " ".join(said[:count])
        found = called_so(entries, text) if count > 1 else exactly(entries, text)
        whole = [one for one in found if text.casefold() in {one.code.casefold(), _plain(one)}]
        if len(whole) == 1:
            return whole[0], count
    for count in range(len(said), 1, -1):
        text = " ".join(said[:count])
        found = matching(entries, text)
        if len(found) > 1:
            raise several(text, found, first.start + 2)
        if found:
            return found[0], count
    entry = one_of("site", [first], line, lookup, skip=1)
    _check_rest(entry, said, words)
    return entry, 1


def _said(words: Sequence[Token]) -> list[str]:
    """The words that a name may have, without the sign before it."""
    plain = next((p for p, word in enumerate(words) if p and _ends(word)), len(words))
    return [words[0].text[1:], *(word.text for word in words[1 : min(plain, _LONGEST)])]


def _ends(word: Token) -> bool:
    return word.quoted or word.text.startswith(("@", "!", "/"))


def _plain(entry: Entry) -> str:
    return " ".join(entry.name.casefold().split())


def _check_rest(entry: Entry, said: Sequence[str], words: Sequence[Token]) -> None:
    """Refuse where the next word may be one of the name that was mistyped."""
    more = [word for word in _plain(entry).split() if word != said[0].casefold()]
    if len(said) < 2 or said[0].casefold() in {entry.code.casefold(), _plain(entry)}:
        return
    wrote = said[1].casefold()
    if any(SequenceMatcher(None, wrote, word).ratio() >= _ALIKE for word in more):
        what = N_("no {what} called “{name}”; nearest is “{like}”")
        told = {"name": " ".join(said[:2]), "like": coded(entry.name, entry.code)}
        raise Unclear(words[0].start + 2, what.format(what=N_("site"), **told))
