"""How Chinese names sound, written in Latin letters."""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MOST_READINGS: Final = 32
"""Readings of one name that are tried; a name of many doubtful characters has thousands."""


KEPT: Final = 4_096
"""Names whose sound is remembered; more at once cost some milliseconds each time."""


@lru_cache(maxsize=KEPT)
def pinyin(name: str) -> tuple[str, ...]:
    """How a name sounds, in full and by initials; every reading of characters that have several.

    The first call costs some tenths of a second: it brings the table of characters.
    """
    found = [*initials(name), *in_full(name)]
    return tuple(dict.fromkeys(found))


def begins_so(name: str, letters: str) -> bool:
    """Whether a folded name is spoken so from its beginning on; one in Latin letters is read so."""
    if not (letters.isascii() and letters.isalpha()):
        return False
    if name.isascii():
        return name.replace(" ", "").startswith(letters)
    return any(reading.startswith(letters) for reading in pinyin(name))


def has_initials(name: str, letters: str) -> bool:
    """Whether the words of a folded name begin with these letters: ww, Wang Wei, 王伟."""
    words = name.split()
    if len(words) > 1 and "".join(word[0] for word in words) == letters:
        return True
    return letters.isascii() and not name.isascii() and letters in pinyin(name)


def initials(name: str, most: int = _MOST_READINGS) -> Iterable[str]:
    """The first letters of how a name sounds."""
    return _readings(name, "FIRST_LETTER", most)


def in_full(name: str, most: int = _MOST_READINGS) -> Iterable[str]:
    """All of how a name sounds."""
    return _readings(name, "NORMAL", most)


def _readings(name: str, style: str, most: int) -> Iterable[str]:
    # The table of phrases costs as much again, and names are not phrases.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin import Style
    from pypinyin import pinyin as sounds

    spelt = getattr(Style, style)
    parts: Sequence[Sequence[str]] = sounds(name, style=spelt, heteronym=True)
    # Two readings may begin alike, and are then one.
    choices = [dict.fromkeys(one.replace(" ", "") for one in part) for part in parts]
    return list(dict.fromkeys("".join(one) for one in islice(product(*choices), most)))
