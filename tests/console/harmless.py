"""What a terminal may be sent: our own sequences, and text that is what it seems to be."""

from __future__ import annotations

import re
from typing import Final

from store.domain.text import is_unsafe
from tests.console.test_terminal_gate import OURS

BAR: Final = re.compile(rb"\r(?:\[|\x1b\[K)|\x1b\[K")
"""How a progress bar goes back over itself."""

_FLOOD: Final = re.compile("[\u0301\u0489]{4}")


def harm(written: bytes, *, allowed: re.Pattern[bytes] = OURS) -> set[str]:
    """Whatever of it a terminal would obey, hide or reorder; empty where all is well."""
    text = allowed.sub(b"", written).decode("utf-8", "surrogateescape")
    bad = {character for character in text if is_unsafe(character)} - {"\b", "\n", "\r"}
    return bad | {found.group() for found in _FLOOD.finditer(text)}
