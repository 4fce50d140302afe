"""Names and numbers of somebody who is erased, taken out of other texts; pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

GONE: Final = "…"
"""Stands where a name or a number stood."""
_LEAST_LATIN: Final = 3
_LEAST: Final = 2
"""Characters of a name that is looked for in other texts: less would mean anybody."""
_LEAST_DIGITS: Final = 5


class Traces:
    """What somebody was called, and under which numbers, as it may stand in a text."""

    def __init__(self, names: Iterable[str], phones: Iterable[str]) -> None:
        said = {name.strip() for name in names if _is_name(name.strip())}
        patterns = [
            _bounded(name) if name.isascii() else re.escape(name)
            for name in sorted(said, key=len, reverse=True)
        ]
        for phone in sorted(set(phones)):
            digits = [sign for sign in phone if sign.isdecimal()]
            if len(digits) >= _LEAST_DIGITS:
                patterns.append(r"(?<!\d)\+?" + r"[ .\-()]*".join(digits) + r"(?!\d)")
        self._pattern = re.compile("|".join(patterns), re.IGNORECASE) if patterns else None

    def stand_in(self, text: str) -> bool:
        """Whether one of them stands there."""
        return self._pattern is not None and self._pattern.search(text) is not None

    def out_of(self, text: str) -> str:
        """The text without them."""
        return text if self._pattern is None else self._pattern.sub(GONE, text)


def _is_name(name: str) -> bool:
    return len(name) >= (_LEAST_LATIN if name.isascii() else _LEAST)


def _bounded(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"
