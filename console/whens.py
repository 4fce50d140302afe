"""Reads the times an operator types: 15:00, +2h, tomorrow 9:00, 明天9:00, 3-02 09:30; says them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from console.i18n import _
from console.render_time import here
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

_UNITS: Final[Mapping[str, str]] = {
    "m": "minutes",
    "min": "minutes",
    "分": "minutes",
    "分钟": "minutes",
    "h": "hours",
    "时": "hours",
    "小时": "hours",
    "d": "days",
    "天": "days",
}
_DAYS: Final[Mapping[str, int]] = {
    "today": 0,
    "今天": 0,
    "tomorrow": 1,
    "tom": 1,
    "明天": 1,
    "明": 1,
    "后天": 2,
}
_MORNING: Final = (9, 0)
"""The time of a day that was named without one."""

_AFTER = re.compile(r"\+?\s*(\d{1,4}(?:\.\d{1,2})?)\s*(\D{1,3})$")
_CLOCK = re.compile(r"(\d{1,2})[:.点](\d{2})?分?$")
_GLUED = re.compile(r"(今天|明天?|后天)(?=\d)")
_DATE = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})$")


def parse_when(text: str, *, at: datetime, zone: tzinfo | None = None) -> datetime:
    """The instant that the words mean at `at`, in UTC; BadInput when they mean none.

    A time of day alone is the next one to come; a zone of None is this machine's.
    """
    words = text.strip().lower().replace("：", ":")
    try:
        found = _after(words, at) or _at_a_time(words, at, zone)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise BadInput(
            where=N_("time"),
            wrong=N_("“{text}” is not a time").format(text=text.strip()),
            right=N_("write 15:00, +2h, +30m, tomorrow 9:00 or 2026-10-01 09:00"),
        )
    return found.astimezone(UTC)


def coming(moment: datetime, zone: tzinfo | None, *, at: datetime) -> str:
    """An instant that is meant, as the wall clock here; tomorrow is said, a later day has its date.

    Whoever writes 9:00 after nine means tomorrow, or has made a slip: that shows before Enter.
    """
    wall, today = here(moment, zone), here(at, zone)
    if wall.date() == today.date():
        return wall.strftime("%H:%M")
    if wall.date() == today.date() + timedelta(days=1):
        return _("tomorrow {time}").format(time=wall.strftime("%H:%M"))
    return wall.strftime("%m-%d %H:%M" if wall.year == today.year else "%Y-%m-%d %H:%M")


def _after(words: str, at: datetime) -> datetime | None:
    match = _AFTER.fullmatch(words)
    unit = _UNITS.get(match[2].strip()) if match else None
    if match is None or unit is None:
        return None
    return at + timedelta(**{unit: float(match[1])})


def _at_a_time(words: str, at: datetime, zone: tzinfo | None) -> datetime | None:
    day, _, rest = _GLUED.sub(r"\1 ", words).partition(" ")
    if _CLOCK.fullmatch(day) and rest:  # "9:00 tomorrow"
        day, rest = rest.strip(), day
    if (date := _day(day, at, zone)) is not None:
        clock = _clock(rest.strip()) if rest.strip() else _MORNING
        return None if clock is None else _local(date, clock, zone)
    clock = _clock(words)
    if clock is None:
        return None
    today = at.astimezone(zone)
    found = _local(today, clock, zone)
    return found if found > at else _local(today + timedelta(days=1), clock, zone)


def _day(word: str, at: datetime, zone: tzinfo | None) -> datetime | None:
    here = at.astimezone(zone)
    if word in _DAYS:
        return here + timedelta(days=_DAYS[word])
    match = _DATE.fullmatch(word)
    if match is None:
        return None
    year = int(match[1]) if match[1] else here.year
    date = here.replace(year=year, month=int(match[2]), day=int(match[3]))
    if match[1] is None and date.date() < here.date():
        return date.replace(year=year + 1)
    return date


def _clock(words: str) -> tuple[int, int] | None:
    match = _CLOCK.fullmatch(words)
    return (int(match[1]), int(match[2] or 0)) if match else None


def _local(day: datetime, clock: tuple[int, int], zone: tzinfo | None) -> datetime:
    """The wall clock on a day here; without its offset, which may change in between."""
    wall = day.replace(hour=clock[0], minute=clock[1], second=0, microsecond=0, tzinfo=zone)
    return wall.astimezone(UTC)
