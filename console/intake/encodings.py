"""Which alphabet a table's bytes are written in, told from the bytes themselves."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_UTF8_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
SAMPLE = 1 << 16
FEW = 8
"""Control characters that a table may hold without being taken for something else."""


@dataclass(slots=True)
class Ear:
    """Hears a table's bytes once, piece by piece, and then says how to decode them."""

    head: bytes = b""
    letters: int = 0
    """Well-formed UTF-8 letters beyond ASCII."""
    strays: int = 0
    """Bytes beyond ASCII that belong to no such letter."""
    even: int = 0
    odd: int = 0
    """High bytes in runs of even and of odd length: double-byte text has few odd runs."""
    _rest: bytes = field(default=b"", repr=False)

    def hear(self, piece: bytes) -> None:
        """Take in the next bytes."""
        if len(self.head) < SAMPLE:
            self.head += piece[: SAMPLE - len(self.head)]
        if piece.isascii() and not self._rest:
            return
        # A run cut by the end of the piece waits for its other half.
        joined = self._rest + piece
        cut = len(joined)
        while cut and joined[cut - 1] > 0x7F and len(joined) - cut < 64:
            cut -= 1
        self._rest = joined[cut:]
        self._count(joined[:cut])

    def _count(self, piece: bytes) -> None:
        for run in _HIGH_RUN.findall(piece):
            letters = _UTF8_LETTER.findall(run)
            self.letters += len(letters)
            self.strays += len(run) - sum(map(len, letters))
            if len(run) % 2:
                self.odd += len(run)
            else:
                self.even += len(run)

    def verdict(self) -> str:
        """The encoding's name, or an empty text when the bytes are no text."""
        for bom, name in _BOMS:
            if self.head.startswith(bom):
                return name
        wide = self._wide()
        controls = len(_CONTROLS.findall(self.head))
        if wide or controls > max(FEW, len(self.head) // 100):
            return wide
        self._count(self._rest)
        self._rest = b""
        if self.strays == 0 or self.letters > 20 * self.strays:
            return "utf-8"
        return "gb18030" if self.even > 2 * self.odd else "cp1252"

    def _wide(self) -> str:
        """UTF-16 without its mark: every other byte of the ASCII in it is zero."""
        head = self.head[: len(self.head) // 2 * 2]
        if head.count(0) * 8 <= len(head):
            return ""
        left, right = head[0::2].count(0), head[1::2].count(0)
        if min(left, right) * 8 > max(left, right):
            return ""
        return "utf-16-be" if left > right else "utf-16-le"


def hear(pieces: Iterable[bytes]) -> Ear:
    """Hear all the pieces."""
    ear = Ear()
    for piece in pieces:
        ear.hear(piece)
    return ear
