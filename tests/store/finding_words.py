"""What a word of a query fits, said again as a pattern."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.domain.finding.tree import Word

_PIECES = re.compile("[\u4e00-\u9fff]+|[a-z0-9]+")
_APART = "[^\u4e00-\u9fffa-z0-9]"


def pattern_of(word: Word) -> re.Pattern[str]:
    """The word as a pattern over everything that is told of an order."""
    pieces = _PIECES.findall(word.text.lower())
    said = ""
    for place, piece in enumerate(pieces):
        last = place == len(pieces) - 1
        chinese = piece > "\u4e00"
        if place:
            # two runs of Chinese would be one without anything between them
            both = chinese and pieces[place - 1] > "\u4e00"
            said += f"{_APART}{'+' if both else '*'}"
        if chinese:
            said += piece
        else:
            begins = last and not word.exact and len(piece) > 2
            said += f"(?<![a-z0-9]){piece}" + ("" if begins else "(?![a-z0-9])")
    return re.compile(said)
