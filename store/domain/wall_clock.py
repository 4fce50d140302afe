"""The clock on the wall: its instants, the parts of a day, and the hours said of each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, tzinfo

DAY_HOURS: Final = 24

PARTS: Final[Mapping[str, tuple[int, int]]] = {
    "dawn": (0, 6),
    "early": (6, 12),
    "morning": (6, 12),
    "noon": (12, 14),
    "afternoon": (12, 18),
    "evening": (18, 24),
    "night": (22, 30),
    "tonight": (18, 30),
}
"""From which hour to which; those above 24 are the next day's."""

NIGHTS: Final = frozenset({"night", "tonight"})
NIGHT_ENDS: Final = 6
"""Until then it is the night that began the day before: who works through it says tonight."""

ALONE: Final = {
    "early": 9,
    "morning": 9,
    "noon": 12,
    "afternoon": 14,
    "evening": 19,
    "tonight": 19,
}
"""The hour of a part of the day where a single moment is wanted and none was said."""

_EVENING: Final = {
    **{hour: hour + 12 for hour in range(5, 13)},
    **{h: h for h in range(17, 25)},
    0: 24,
}
HOURS_OF: Final[Mapping[str, Mapping[int, int]]] = {
    "dawn": {12: 0, **{hour: hour for hour in range(7)}},
    "early": {hour: hour for hour in range(4, 12)},
    "morning": {hour: hour for hour in range(13)},
    "noon": {11: 11, 12: 12, 1: 13, 2: 14, 13: 13, 14: 14},
    "afternoon": {**{hour: hour + 12 for hour in range(1, 12)}, **{h: h for h in range(12, 20)}},
    "evening": _EVENING,
    "tonight": _EVENING,
    "night": {
        **{h: h for h in range(6)},
        **{h: h + 12 for h in range(9, 13)},
        **{h: h for h in range(22, 25)},
    },
}
"""By part of the day: the hours that may be said of it, and which they are; none is guessed.

Twelve in the evening is the midnight that ends the day.
"""


def instant(day: date, hour: int, minute: int, zone: tzinfo | None) -> datetime:
    """A time of day on a day, in UTC; hours from 24 on are the next day's.

    It is found without the offset of another hour, which may change in between.
    """
    days, hour = divmod(hour, DAY_HOURS)
    on = day + timedelta(days=days)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=zone).astimezone(UTC)


def is_clock(hour: int, minute: int) -> bool:
    """Whether a clock shows it; 24:00 is the midnight that ends a day."""
    return (hour < DAY_HOURS and minute < 60) or (hour, minute) == (DAY_HOURS, 0)
