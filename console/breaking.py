"""Where a text may be broken into lines: Chinese between any two signs, but not within a bracket's.

No line ends with a bracket or quote that opens, and none begins with a sign that closes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING: Final = "（《「【“‘"
_CLOSING: Final = "，。；：、？！）》」】”’"
WIDE: Final = "\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60“”‘’"
"""Signs that need no space beside them, for a class of a pattern."""
_PIECES: Final = re.compile(
    rf"\s+|(?<!\S)[{WIDE}]{{2,4}}(?!\S)|[{_OPENING}]*(?:[{WIDE}]|[^\s{WIDE}]+)[{_CLOSING}]*"
)
"""What a line is made of: a space, a word that stands alone, one Chinese character."""
_HAS_WIDE: Final = re.compile(f"[{WIDE}]")


def has_wide(text: str) -> bool:
    """Whether it is broken in another way than between words."""
    return _HAS_WIDE.search(text) is not None


def breaks(text: str, cells: int) -> Iterator[tuple[int, int]]:
    """From where to where each line goes, without the spaces there; a long word stays whole."""
    start = end = used = 0
    for found in _PIECES.finditer(text):
        piece, wide = found[0], _cells(found[0])
        if end > start and used + wide > cells and not piece.isspace():
            yield start, end
            start, used = found.start(), 0
        elif 0 < start == end and piece.isspace():
            start = end = found.end()
            continue
        used += wide
        if not piece.isspace():
            end = found.end()
    if end > start:
        yield start, end


def _cells(text: str) -> int:
    """As screens count them; help is told without the library that counts them there."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
