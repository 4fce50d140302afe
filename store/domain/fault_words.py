"""What a caller's few words say of a fault: what broke, how, and where in the building.

Two people call one thing `电梯困人` and `lift, people trapped`; a table of such words makes them
one. What is left of a text stands for itself, Chinese in pairs. Numbers of floors, lifts, rooms and
houses are told apart, since a fault on another floor is another fault however alike the words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from store.domain.fault_places import places_of
from store.domain.fault_table import ASKS, IDLE, IDLE_HAN, THINGS, TRADES
from store.domain.finding.grams import folded

if TYPE_CHECKING:
    from store.domain.fault_places import Places

LONGEST: Final = 400
"""Characters of a text that are read."""
LEAST_SAID: Final = 3
"""With fewer words of weight a text is what everybody says."""
_OTHER: Final = 0.4
"""What a word that no table has weighs beside one that is known."""

_HAN: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_LATIN: Final = re.compile(r"[^\W\d_\u3400-\u9fff]{2,}|(?<=\s)\d+(?=\s)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text, read."""

    marks: frozenset[str]
    """Things, how they broke, and places."""
    others: frozenset[str]
    """What else was said."""
    trades: frozenset[str]
    """Whose work it is; nothing where no word tells."""
    places: Places


def words_of(text: str) -> Words:
    """A caller's words, or the title of an order."""
    return _kept(text[:LONGEST])


def shared(one: Words, other: Words) -> float:
    """Percent of what the shorter one says that the other says, too."""
    shorter = min(_weight(*_told(one)), _weight(*_told(other)))
    return 100 * _both(one, other) / shorter if shorter else 0.0


def same(one: Words, other: Words) -> float:
    """Percent of what both say that both say; nothing for what anybody says."""
    left, right = _told(one), _told(other)
    if min(len(words.marks) + len(words.others) for words in (one, other)) < LEAST_SAID:
        return 0.0
    return 200 * _both(one, other) / (_weight(*left) + _weight(*right))


def _read(text: str) -> Words:
    plain = " ".join(folded(text).split())
    places, rest = places_of(plain)
    rest = ASKS.sub(" ", rest)
    things = {_MEANT[found.group().replace(" ", "_")] for found in _THING.finditer(rest)}
    rest = _THING.sub(" ", rest)
    return Words(
        marks=frozenset(things | places.marks),
        others=frozenset(_others(rest)),
        trades=frozenset(TRADES[thing] for thing in things if thing in TRADES),
        places=places,
    )


def _others(rest: str) -> set[str]:
    """What no table has: Chinese in pairs, other words without their endings."""
    found = {_stem(word) for word in _LATIN.findall(f" {rest} ") if word not in IDLE}
    for run in _HAN.findall(IDLE_HAN.sub(" ", rest)):
        found |= set(map("".join, pairwise(run)))
    return found


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _both(one: Words, other: Words) -> float:
    left, right = _told(one), _told(other)
    return _weight(left[0] & right[0], left[1] & right[1])


def _told(words: Words) -> tuple[frozenset[str], frozenset[str]]:
    """That it is broken is said of everything: it tells only where nothing else does."""
    return words.marks - {"dead"} or words.marks, words.others


def _weight(marks: frozenset[str], others: frozenset[str]) -> float:
    return len(marks) + _OTHER * len(others)


def _pattern(words: list[str]) -> re.Pattern[str]:
    """Any of the words, the longest first; one in letters only as a whole."""
    longest = sorted(words, key=len, reverse=True)
    forms = (
        rf"(?<![a-z]){re.escape(word).replace('_', ' ')}(?![a-z])" if word.isascii() else word
        for word in longest
    )
    return re.compile("|".join(forms))


_MEANT: Final = {word: thing for thing, words in THINGS.items() for word in words.split()}
_THING: Final = _pattern(list(_MEANT))
_kept = lru_cache(maxsize=4096)(_read)
"""The newest orders are compared with every call."""
