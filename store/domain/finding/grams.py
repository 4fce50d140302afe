"""Text as the search index keeps it: Chinese in overlapping pairs, everything else in words.

`grams("电梯停在3层")` gives `["电梯", "梯停", "停在", "在", "3", "层"]`: the last character of each
run stands alone too, so that a single character is found wherever it is. A phrase of a query is
made the same way, and fits where its grams follow one another.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_PAIRED = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Scripts written without spaces: Han, kana, hangul."""

_RUN = re.compile(rf"[{_PAIRED}]+|(?:(?![{_PAIRED}_])\w)+")
_IS_PAIRED = re.compile(f"[{_PAIRED}]")
_SHORT = 80
BEGINNING = 3
"""From so many letters on a word is taken for the beginning of one."""

LONGEST = 60
"""Characters of one word that are kept; what is longer is a blob, found by its beginning."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Grams that follow one another; the last may go on where it is a beginning."""

    grams: tuple[str, ...]
    begins: bool = False
    """Whether the last gram is only the beginning of one."""


def grams(text: str) -> tuple[str, ...]:
    """The grams of a text, in order."""
    return _kept(text) if len(text) <= _SHORT else _made(text)


def _made(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for run in _RUN.findall(folded(text)):
        if _IS_PAIRED.match(run):
            found += map("".join, pairwise(run))
            found.append(run[-1])
        else:
            found.append(run[:LONGEST])
    return tuple(found)


_kept = lru_cache(maxsize=4096)(_made)
"""Titles and names come again and again, above all in bulk."""


def folded(text: str) -> str:
    """The text without differences of case and width."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def phrase(text: str, *, exact: bool = False) -> Phrase | None:
    """What a word of a query looks for; None where nothing in it can be found.

    Unless it is exact, its last word may be the beginning of a longer one, from three letters on.
    """
    found = grams(text)
    if not found:
        return None
    last = found[-1]
    if _IS_PAIRED.match(last):
        follows = len(found) > 1 and len(found[-2]) == 2 and found[-2][1] == last
        if follows and _IS_PAIRED.match(found[-2]):
            return Phrase(found[:-1])  # the pair before it says the same
        return Phrase(found, begins=True)
    return Phrase(found, begins=not exact and len(last) >= BEGINNING)
