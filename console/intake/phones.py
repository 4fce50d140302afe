"""Telephone numbers in a file: which columns hold them, and what is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from console.intake.troubles import RowRefused
from store.domain.callers import digits_of
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PHONES = frozenset({"customer_phone", "contact_phone"})
"""Fields that hold telephone numbers."""

_LEAST_DIGITS = 3
"""A house telephone's; with fewer it is no number."""
_LIKE = re.compile(r"[0-9０-９][0-9０-９ ()+.,;/、转\-－（）＋]{3,}")
_MOSTLY = 0.6


def numbered(column: str, read: Callable[[Any], str]) -> Callable[[Any], str]:
    """What reads a telephone number; RowRefused, naming the column, for a text that is none."""

    def number(cells: Any) -> str:
        text = read(cells)
        if text and len(digits_of(text)) < _LEAST_DIGITS:
            wrong = N_("column “{column}”: “{text}” is no telephone number")
            shown, said = safe(column, limit=80), safe(text, limit=40)
            raise RowRefused(wrong=wrong.format(column=shown, text=said))
        return text

    return number


def looks_like_numbers(texts: Sequence[str]) -> bool:
    """Whether most of some cells are telephone numbers."""
    good = sum(1 for text in texts if _LIKE.search(text))
    return bool(texts) and good > _MOSTLY * len(texts)
