"""Reads how often an operator wants something: 30m, every 2h, 45, 每30分钟."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

PLAIN: Final = 30
"""Minutes, where nothing is said."""

_HOUR: Final = 60
_UNITS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("", "m", "min", "分", "分钟"), 1),
    **dict.fromkeys(("h", "hour", "hours", "时", "小时"), _HOUR),
}
_EVERY = re.compile(r"(?:every|each|每隔?)?\s*(\d{1,4})\s*(\D{0,5})$", re.ASCII)


def parse_every(text: str) -> int:
    """The minutes that the words mean; BadInput when they mean none."""
    match = _EVERY.fullmatch(text.strip().lower())
    unit = _UNITS.get(match[2].strip()) if match else None
    if match is None or unit is None:
        raise BadInput(
            where=N_("how often"),
            wrong=N_("“{text}” is no span of time").format(text=text.strip()),
            right=N_("write 30m, 45 or 1h"),
        )
    return int(match[1]) * unit
