"""Reads the times an operator types: 15:00, 1500, +2h, 明天9点半, 3-02 09:30; says them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from console.i18n import _, fill
from console.render_time import here
from store.domain.errors import BadInput
from store.domain.said_times import day_meant, in_digits, on_the_face, parted
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, tzinfo

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
    "大后天": 3,
}
_MORNING: Final = (9, 0)
"""The time of a day that was named without one."""

_AFTER = re.compile(r"\+?\s*(\d{1,4}(?:\.\d{1,2})?)\s*(\D{1,3})$")
_CLOCK = re.compile(r"(\d{1,2})[:.点](\d{2})?分?$")
_IN_A_ROW = re.compile(r"(?<!\S)([01]\d|2[0-3])([0-5]\d)$", re.ASCII)
"""Hours and minutes as 0200, alone or behind a day."""
_DATE = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})$")


def parse_when(text: str, *, at: datetime, zone: tzinfo | None = None) -> datetime:
    """The instant that the words mean at `at`, in UTC; BadInput when they mean none.

    A time of day alone is the next one to come, by the face of a clock where it is only said:
    who says `三点` in the morning means the afternoon. A zone of None is this machine's.
    """
    said = _IN_A_ROW.sub(r"\1:\2", text.strip().lower().replace("：", ":"))
    words, face = in_digits(said), on_the_face(said)
    try:
        found = _after(words, at) if face is None else _by_the_face(face, at, zone)
        found = found or _at_a_time(words, at, zone)
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


def filled(sentence: str, facts: Mapping[str, object], zone: tzinfo | None, *, at: datetime) -> str:
    """A sentence with its facts, of which each time is said as one that is meant."""
    times = {
        n: coming(fact, zone, at=at) for n, fact in facts.items() if isinstance(fact, datetime)
    }
    text = fill(sentence, {**facts, **times})
    for time in times.values():  # a space stands between Chinese and digits, not before 明天
        text = re.sub(rf"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff]){re.escape(time)}", time, text)
    return text


def gone(moment: datetime, zone: tzinfo | None, *, at: datetime) -> str:
    """An instant that has passed, as the wall clock here; yesterday is said, else it has a date."""
    wall, today = here(moment, zone), here(at, zone)
    if wall.date() == today.date() - timedelta(days=1):
        return _("yesterday {time}").format(time=wall.strftime("%H:%M"))
    return coming(moment, zone, at=at)


def _after(words: str, at: datetime) -> datetime | None:
    match = _AFTER.fullmatch(words)
    unit = _UNITS.get(match[2].strip()) if match else None
    if match is None or unit is None:
        return None
    return at + timedelta(**{unit: float(match[1])})


def _by_the_face(clock: tuple[int, int], at: datetime, zone: tzinfo | None) -> datetime:
    """The next time that the hands stand so, in this half of the day or in another."""
    hour, minute = clock[0] % 12, clock[1]
    days = (at.astimezone(zone) + timedelta(days=ahead) for ahead in (0, 1))
    both = [_local(day, (half, minute), zone) for day in days for half in (hour, hour + 12)]
    return min(moment for moment in both if moment > at)


def _at_a_time(words: str, at: datetime, zone: tzinfo | None) -> datetime | None:
    day, rest = parted(words)
    if _CLOCK.fullmatch(day) and rest:  # "9:00 tomorrow"
        day, rest = parted(rest)[0], day
    if (date := _day(day, at, zone)) is not None:
        clock = _clock(rest) if rest else _MORNING
        found = None if clock is None else _local(date, clock, zone)
        if found is not None and clock is not None and found <= at and "-" not in day:
            later = day_meant(day, _tomorrow(at, zone), ahead=True)  # Friday's hour has passed
            found = found if later is None else _local(later, clock, zone)
        return found
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
    if (named := day_meant(word, here.date(), ahead=True)) is not None:
        return here.replace(year=named.year, month=named.month, day=named.day)
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


def _tomorrow(at: datetime, zone: tzinfo | None) -> date:
    return at.astimezone(zone).date() + timedelta(days=1)


def _local(day: date, clock: tuple[int, int], zone: tzinfo | None) -> datetime:
    """The wall clock on a day here; without its offset, which may change in between."""
    wall = datetime(day.year, day.month, day.day, *clock, tzinfo=zone)
    return wall.astimezone(UTC)
