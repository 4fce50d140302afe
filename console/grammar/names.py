"""Finds people and places by code, by name, or by the pinyin of their name."""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from console.grammar.lookup import Entry

_MOST_READINGS: Final = 32
"""Readings of one name that are tried; a name of many doubtful characters has thousands."""


def matching(entries: Iterable[Entry], text: str) -> tuple[Entry, ...]:
    """The entries meant: by code, else by name, else by whole words of the name.

    Where none is, all whose code or pinyin begins so, or whose name holds it; at last by initials.
    """
    wanted = _folded(text)
    if not wanted:
        return ()
    known = tuple(entries)
    for exact in (_by_code(known, wanted), _by_name(known, wanted), _by_words(known, wanted)):
        if exact:
            return exact
    near = tuple(entry for entry in known if fits(entry, wanted))
    return near or tuple(entry for entry in known if has_initials(entry, wanted))


def fits(entry: Entry, wanted: str) -> bool:
    """Whether a folded text begins the code, is in the name, or begins its pinyin."""
    name = _folded(entry.name)
    if _folded(entry.code).startswith(wanted) or wanted in name:
        return True
    sounds = wanted.replace(" ", "")
    if not (sounds.isascii() and sounds.isalpha()) or name.isascii():
        return False
    return any(reading.startswith(sounds) for reading in pinyin(name))


def has_initials(entry: Entry, wanted: str) -> bool:
    """Whether the words of a name begin with the letters of a folded text: ww, Wang Wei."""
    words = _folded(entry.name).split()
    return len(words) > 1 and "".join(word[0] for word in words) == wanted


def nearest(choices: Iterable[str], text: str) -> str | None:
    """The choice most like a text that fits none; None where nothing is like it."""
    from difflib import get_close_matches

    folded = {_folded(choice): choice for choice in choices}
    like = get_close_matches(_folded(text), folded, n=1, cutoff=0.5)
    return folded[like[0]] if like else None


@lru_cache(maxsize=4096)
def pinyin(name: str) -> tuple[str, ...]:
    """How a name sounds, in full and by initials; every reading of characters that have several.

    The first call costs some tenths of a second: it brings the table of characters.
    """
    # The table of phrases costs as much again, and names are not phrases.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin import Style
    from pypinyin import pinyin as sounds

    found: list[str] = []
    for style in (Style.FIRST_LETTER, Style.NORMAL):
        parts: Sequence[Sequence[str]] = sounds(name, style=style, heteronym=True)
        readings = product(*([one.replace(" ", "") for one in part] for part in parts))
        found += ["".join(reading) for reading in islice(readings, _MOST_READINGS)]
    return tuple(dict.fromkeys(found))


def _by_code(entries: Sequence[Entry], wanted: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if _folded(entry.code) == wanted)


def _by_name(entries: Sequence[Entry], wanted: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if _folded(entry.name) == wanted)


def _by_words(entries: Sequence[Entry], wanted: str) -> tuple[Entry, ...]:
    words = set(wanted.split())
    return tuple(entry for entry in entries if words <= set(_folded(entry.name).split()))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
