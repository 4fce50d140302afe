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
UNITS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("", "m", "min", "mins", "minute", "minutes", "分", "分钟"), 1),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "时", "小时", "个小时"), _HOUR),
}
"""What a stretch of time may be counted in, in minutes; nothing said is minutes."""
_EVERY = re.compile(r"(?:every|each|每隔?)?\s*(\d{1,4})\s*(\D{0,8})$", re.ASCII)


def parse_every(text: str) -> int:
    """The minutes that the words mean; BadInput when they mean none."""
    match = _EVERY.fullmatch(text.strip().lower())
    unit = UNITS.get(match[2].strip()) if match else None
    if match is None or unit is None:
        raise BadInput(
            where=N_("how often"),
            wrong=N_("“{text}” is no span of time").format(text=text.strip()),
            right=N_("write 30m, 45 or 1h"),
        )
    return int(match[1]) * unit
