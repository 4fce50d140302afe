"""Local time on the instant line: whole microseconds since 1970, ordinal days, Monday weeks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from store.domain.calendar_refusals import TooFar

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

SECOND = 1_000_000
DAY = 86_400 * SECOND
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_YEAR, LAST_YEAR = 1900, 2999
"""The years that a calendar answers for; zones are guesses outside them anyway."""

_EPOCH_DAY = EPOCH.toordinal()
_BEGINNING = (date(FIRST_YEAR, 1, 1).toordinal() - _EPOCH_DAY) * DAY
_END = (date(LAST_YEAR + 1, 1, 1).toordinal() - _EPOCH_DAY) * DAY
_STRIDE = 4
"""Days between two looks for a shift; no zone has two shifts within six days."""
_DATE_LINE = timedelta(hours=12)
"""A larger jump of the offset is a move across the date line, and such a move is for good."""


def micros(at: datetime) -> int:
    """The instant in microseconds since 1970; a TypeError where `at` is naive."""
    return length(at - EPOCH)


def instant(us: int) -> datetime:
    """The aware UTC time of an instant in microseconds since 1970."""
    return EPOCH + timedelta(microseconds=us)


def length(span: timedelta) -> int:
    """A duration in whole microseconds."""
    return (span.days * 86_400 + span.seconds) * SECOND + span.microseconds


def in_seconds(span: timedelta) -> int | float:
    """A duration in seconds: an int where it is whole."""
    us = length(span)
    return us // SECOND if us % SECOND == 0 else us / SECOND


def week_of(day: int) -> int:
    """The number of the week, Monday to Sunday, that holds an ordinal day."""
    return (day - 1) // 7


def monday_of(week: int) -> int:
    """The ordinal day on which a week begins."""
    return week * 7 + 1


def weeks_of(year: int) -> tuple[int, int]:
    """The weeks whose Sunday lies in a year: the first, and one past the last."""
    return week_of(date(year, 1, 1).toordinal()), week_of(date(year + 1, 1, 1).toordinal())


def to_instant(zone: ZoneInfo, day: int, of_day: int) -> int:
    """The instant of a local time, `of_day` microseconds after a day's midnight on the wall.

    A time that does not exist moves later by the gap; of an ambiguous time it is the first.
    """
    local = datetime.fromordinal(day) + timedelta(microseconds=of_day)
    offset = zone.utcoffset(local.replace(tzinfo=zone))
    return (day - _EPOCH_DAY) * DAY + of_day - length(offset or timedelta())


def of_instant(zone: ZoneInfo, us: int) -> tuple[int, int]:
    """The local time of an instant: its ordinal day and the microseconds on the wall.

    TooFar outside the years that calendars answer for.
    """
    if not _BEGINNING <= us < _END:
        raise TooFar(first=FIRST_YEAR, last=LAST_YEAR)
    offset = instant(us).astimezone(zone).utcoffset()
    days, of_day = divmod(us + length(offset or timedelta()), DAY)
    return days + _EPOCH_DAY, of_day


@lru_cache(maxsize=8192)
def shift_weeks(zone: ZoneInfo, year: int) -> tuple[int, ...]:
    """The weeks of a year that a change of the zone's offset touches, a day's margin included."""
    first, end = weeks_of(year)
    touched: set[int] = set()
    day = monday_of(first) - 1
    before = _offset(zone, day)
    while day <= monday_of(end):
        after = _offset(zone, day + _STRIDE)
        if before != after:
            touched.update(_weeks_near_shift(zone, day))
        day, before = day + _STRIDE, after
    return tuple(sorted(week for week in touched if first <= week < end))


@lru_cache(maxsize=1024)
def lost_days(zone: ZoneInfo) -> tuple[int, ...]:
    """The ordinal days that a zone skipped when it moved across the date line."""
    lost: list[int] = []
    for year in range(FIRST_YEAR, 2100):
        low, high = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
        if _jump(zone, low, high) < _DATE_LINE:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            crossed = _jump(zone, low, middle) >= _DATE_LINE
            low, high = (low, middle) if crossed else (middle, high)
        if to_instant(zone, low, 0) == to_instant(zone, high, 0):
            lost.append(low)
    return tuple(lost)


def _weeks_near_shift(zone: ZoneInfo, day: int) -> set[int]:
    """The weeks within a day of the shift that lies in the stride after `day`."""
    turns = (
        turn for turn in range(day, day + _STRIDE) if _offset(zone, turn) != _offset(zone, turn + 1)
    )
    return {week_of(turn + margin) for turn in turns for margin in (-1, 0, 1)}


def _offset(zone: ZoneInfo, day: int) -> timedelta | None:
    """The zone's offset at a day's midnight."""
    return zone.utcoffset(datetime.fromordinal(day).replace(tzinfo=zone))


def _jump(zone: ZoneInfo, day: int, other: int) -> timedelta:
    """How far the offset moves from one day's midnight to another's."""
    one, two = _offset(zone, day), _offset(zone, other)
    return abs((two or timedelta()) - (one or timedelta()))
