"""Times in a query as they are written: spans from now, days, times of day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from store.domain.finding.grams import folded
from store.domain.said_times import in_digits

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNITS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("s", "sec", "秒"), 1),
    **dict.fromkeys(("m", "min", "分", "分钟"), 60),
    **dict.fromkeys(("h", "时", "小时"), 3600),
    **dict.fromkeys(("d", "天"), 86_400),
    **dict.fromkeys(("w", "周"), 604_800),
}
_WRITTEN: Final = (("w", 604_800), ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1))
DAYS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("today", "今天"), 0),
    **dict.fromkeys(("tomorrow", "tom", "明天"), 1),
    **dict.fromkeys(("yesterday", "昨天"), -1),
    "后天": 2,
    "大后天": 3,
    "前天": -2,
}
_NAMED: Final = {0: "today", 1: "tomorrow", -1: "yesterday", 2: "后天", 3: "大后天", -2: "前天"}

_SPAN = re.compile(r"([+-]?)(\d{1,12}(?:\.\d{1,2})?)([^\W\d]{1,3})")
_DATE = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2})|点(?:(\d{1,2})分?)?)")
_DAY_AND_CLOCK = re.compile(r"(.*?)[@t ]?(\d{1,2}(?::\d{2}|点(?:\d{1,2}分?)?))")


@dataclass(frozen=True, slots=True)
class Span:
    """So many seconds from now; without a sign, how far away something is."""

    seconds: int
    signed: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A day, a time of day, or both; a day is today's neighbour, or a date with or without year."""

    day: int | None = None
    """So many days after today."""
    date: tuple[int | None, int, int] | None = None
    """Year if it was given, month, day."""
    clock: tuple[int, int] | None = None


_LONGEST_S = 10**10
"""Three hundred years: no order is further away."""

_LEAP, _YEARS = 2000, (1900, 2899)
_NOW, _NOWS = Span(0, signed=True), ("now", "现在")


def read_time(text: str) -> Span | When | None:
    """The time that a text means; None where it means none."""
    words = in_digits(folded(text).strip())
    return _NOW if words in _NOWS else _span(words) or _when(words)


def written_time(time: Span | When) -> str:
    """The text that reads as this time."""
    if time == _NOW:
        return _NOWS[0]
    if isinstance(time, Span):
        unit, size = next(pair for pair in _WRITTEN if not time.seconds % pair[1])
        count = time.seconds // size
        return f"{count:+d}{unit}" if time.signed else f"{count}{unit}"
    clock = f"{time.clock[0]:02}:{time.clock[1]:02}" if time.clock else ""
    day = _written_day(time)
    return f"{day}@{clock}" if day and clock else day or clock


def _span(words: str) -> Span | None:
    match = _SPAN.fullmatch(words)
    size = _UNITS.get(match[3]) if match else None
    if match is None or size is None:
        return None
    seconds = min(round(float(match[2]) * size), _LONGEST_S)
    return Span(-seconds if match[1] == "-" else seconds, signed=bool(match[1]))


def _when(words: str) -> When | None:
    day, clock = words, ""
    split = _DAY_AND_CLOCK.fullmatch(words)
    if split is not None:
        day, clock = split[1].strip(), split[2]
    at = _clock(clock) if clock else None
    if clock and at is None:
        return None
    if not day:
        return When(clock=at) if at else None
    if day in DAYS:
        return When(day=DAYS[day], clock=at)
    date = _DATE.fullmatch(day)
    if date is None:
        return None
    year, month, number = (int(part) if part else None for part in date.groups())
    if not _is_date(year, month or 0, number or 0):
        return None
    return When(date=(year, month or 0, number or 0), clock=at)


def _clock(words: str) -> tuple[int, int] | None:
    match = _CLOCK.fullmatch(words)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or match[3] or 0)
    return (hour, minute) if hour < 24 and minute < 60 else None


def _is_date(year: int | None, month: int, day: int) -> bool:
    try:
        datetime(_LEAP if year is None else year, month, day, tzinfo=UTC)
    except ValueError:
        return False
    return year is None or _YEARS[0] <= year <= _YEARS[1]


def _written_day(time: When) -> str:
    if time.day is not None:
        return _NAMED[time.day]
    if time.date is None:
        return ""
    year, month, day = time.date
    return f"{month:02}-{day:02}" if year is None else f"{year:04}-{month:02}-{day:02}"
