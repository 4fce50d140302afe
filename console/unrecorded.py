"""What a screen shows and no recording keeps: a one-time code.

Its signs are spelled with characters of a private plane from where it is made to where it leaves,
so that each is known wherever a line is cut or only a part of it is drawn anew. Whoever writes to a
terminal spells them plainly; a recording has dots instead. Where somebody forgets the one, a code
cannot be read; nobody can forget the other.
"""

from __future__ import annotations

import re
from typing import Final

_PLANE: Final = 0x10FF00
"""Where the characters of ASCII stand once more; of no script, and one cell wide."""
_FIRST: Final = "\U0010ff21"
_LAST: Final = "\U0010ff7e"
_SPELLED: Final = re.compile(f"[{_FIRST}-{_LAST}]")
_ON_THE_WIRE: Final = re.compile(b"\xf4\x8f(\xbc[\xa1-\xbf]|\xbd[\x80-\xbe])")
_DOT: Final = "•"


def unrecorded(text: str) -> str:
    """The text spelled so that no recording keeps it; what is not of ASCII stays as it is."""
    return "".join(chr(ord(sign) + _PLANE) if "!" <= sign <= "~" else sign for sign in text)


def plain(text: str) -> str:
    """The text as a terminal shows it."""
    return _SPELLED.sub(lambda found: chr(ord(found[0]) - _PLANE), text)


def plain_bytes(data: bytes) -> bytes:
    """The same for bytes on their way; no character may be cut in two there."""
    if b"\xf4\x8f" not in data:
        return data
    return _ON_THE_WIRE.sub(lambda found: plain(found[0].decode()).encode(), data)


def dotted(text: str) -> str:
    """The text as a recording has it: as wide, and told by nothing."""
    return _SPELLED.sub(_DOT, text)
