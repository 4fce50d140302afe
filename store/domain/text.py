"""Text from outside made safe: what a terminal would obey or hide never enters the store.

`safe("boil\\x1b[2Jer", limit=200)` gives `"boil␛[2Jer"`; with `multiline=True` line breaks stay,
all written as `"\\n"`.
"""

from __future__ import annotations

import re
import unicodedata

DEFAULT_LIMIT = 16_000
"""Characters kept of one field unless its owner says otherwise."""

MARKS_A_BASE = 3
"""Combining marks one letter may carry; Vietnamese, Thai and Hebrew need no more."""

_ELLIPSIS = "..."
_UNSAFE_KINDS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0000-\U000e0fff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
)
"""Letters and marks by name that draw nothing: fillers, joiners, variation selectors, tags."""

_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SUBSTITUTE = "␦"


def is_unsafe(character: str) -> bool:
    """Whether a terminal would obey this character, reorder by it, or draw nothing for it."""
    return (
        unicodedata.category(character) in _UNSAFE_KINDS
        or INVISIBLE.match(character) is not None
        or ord(character) & 0xFFFE == 0xFFFE
    )


def is_mark(character: str) -> bool:
    """Whether the character is drawn onto the one before it."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


def cap_marks(text: str) -> str:
    """Drop the marks of a letter beyond `MARKS_A_BASE`, and marks that have no letter."""
    kept: list[str] = []
    room = 0
    for character in text:
        if not is_mark(character):
            room = 0 if character == "\n" else MARKS_A_BASE
        elif room == 0:
            continue
        else:
            room -= 1
        kept.append(character)
    return "".join(kept)


def _show(character: str) -> str:
    """What stands for a character that must not pass: a picture of a control, else nothing."""
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if unicodedata.category(character) in ("Cc", "Cs"):
        return _SUBSTITUTE
    return ""


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[: max(0, limit - len(_ELLIPSIS))] + _ELLIPSIS[:limit]


def safe(text: str, *, multiline: bool = False, limit: int = DEFAULT_LIMIT) -> str:
    """The text in NFC, without controls, reordering or floods, at most `limit` characters long."""
    if text.isascii() and text.isprintable():
        return _cut(text, limit)
    # Ten thousand marks on one letter cost normalisation quadratic time, so they are cut first.
    head = cap_marks(text[: limit * (MARKS_A_BASE + 1) * 4])
    lines = _BREAK.sub("\n" if multiline else " ", head).replace("\t", " ")
    shown = "".join(
        character if character == "\n" or not is_unsafe(character) else _show(character)
        for character in lines
    )
    return _cut(cap_marks(unicodedata.normalize("NFC", shown)), limit)
