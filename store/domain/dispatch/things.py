"""Tools and parts: what an order takes, and what a technician has with him.

They are kept as one text, folded and in order, with a comma between them, so that two who write the
same things keep the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from store.domain.finding.grams import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST: Final = 12
"""Of one order or technician."""
LONGEST: Final = 40
_SHOWN: Final = 6
"""So many of what is carried are named beside what nobody carries."""

_BETWEEN: Final = re.compile("[,，、;；]")
_SPACES: Final = re.compile(r"\s+")


@lru_cache(maxsize=4096)
def parted(text: str) -> frozenset[str]:
    """The things that a text names."""
    names = (_SPACES.sub(" ", part).strip() for part in _BETWEEN.split(folded(text)))
    return frozenset(name for name in names if name)


def joined(things: Iterable[str]) -> str:
    """The text that names them."""
    return ",".join(sorted(things))


def like_those(things: Iterable[str], carried: Iterable[str]) -> str:
    """Of what is carried the few that somebody may have meant, the likest first, for people."""
    from difflib import SequenceMatcher

    wanted = sorted(things)

    def unlike(one: str) -> tuple[float, str]:
        return -max((SequenceMatcher(None, one, other).ratio() for other in wanted), default=0), one

    nearest = sorted(carried, key=unlike)
    return ", ".join([*nearest[:_SHOWN], *(["..."] if len(nearest) > _SHOWN else [])])


def said(things: Iterable[str]) -> str:
    """The same for people to read."""
    return ", ".join(sorted(things))
