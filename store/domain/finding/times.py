"""Times in a query as they are written: spans from now, days, parts of a day, times of day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from store.domain.finding.grams import folded
from store.domain.said_english import WEEKDAYS, face_said
from store.domain.said_times import said
from store.domain.wall_clock import ALONE, PARTS, is_clock

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
_THE_NIGHT: Final = {0: "tonight", -1: "last-night"}

_SPAN = re.compile(r"([+-]?)(\d{1,12}(?:\.\d{1,2})?)([^\W\d]{1,3})")
_DATE = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})")
_NAME = re.compile(rf"(?:(?:this|next|last)-)?(?:{'|'.join(WEEKDAYS)})|(?:this|next|last)-week")
_OF_MONTH = re.compile(r"(\d{1,2})号")
_TIME = r"\d{1,2}(?::\d{2}|点(?:\d{1,2}分?)?)"
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2})|点(?:(\d{1,2})分?)?)")
_DAY_AND_TIME = re.compile(rf"(.*?)[@t ]?({_TIME}|{'|'.join(PARTS)})")


@dataclass(frozen=True, slots=True)
class Span:
    """So many seconds from now; without a sign, how far away something is."""

    seconds: int
    signed: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A day, a time of day, or both."""

    day: int | None = None
    """So many days after today."""
    date: tuple[int | None, int, int] | None = None
    """Year if it was given, month, day."""
    name: str | None = None
    """A day of the week or the month, or a week: `fri`, `next-fri`, `12号`, `last-week`."""
    clock: tuple[int, int] | None = None
    part: str | None = None
    """A part of the day in the place of its time."""
    face: bool = False
    """Whether the clock is meant as its hands show it, in either half of the day."""

    @property
    def is_bare(self) -> bool:
        """Whether it is a time of any day."""
        return self.date is None and self.day is None and self.name is None

    @property
    def is_settled(self) -> bool:
        """Whether it is one day, wherever one looks from today."""
        dated = self.date is not None and self.date[0] is not None
        return dated or self.day is not None or "-" in (self.name or "")


_LONGEST_S = 10**10
"""Three hundred years: no order is further away."""

_LEAP, _YEARS = 2000, (1900, 2899)
NOW: Final = Span(0, signed=True)
_NOWS: Final = ("now", "现在")


def read_time(text: str) -> Span | When | None:
    """The time that a text means; None where it means none."""
    words = said(folded(text).strip())
    return NOW if words in _NOWS else _span(words) or _when(words)


def by_the_hour(time: When) -> When | None:
    """The same where a moment is wanted: a part of the day by its hour; None where it has none."""
    if time.part is None:
        return time
    hour = ALONE.get(time.part)
    return None if hour is None else replace(time, part=None, clock=(hour, 0))


def written_time(time: Span | When) -> str:
    """The text that reads as this time."""
    if time == NOW:
        return _NOWS[0]
    if isinstance(time, Span):
        unit, size = next(pair for pair in _WRITTEN if not time.seconds % pair[1])
        count = time.seconds // size
        return f"{count:+d}{unit}" if time.signed else f"{count}{unit}"
    if time.part == "tonight" and time.day in _THE_NIGHT:
        return _THE_NIGHT[time.day]
    day, clock = _written_day(time), _written_clock(time)
    return f"{day}@{clock}" if day and clock else day or clock


def _span(words: str) -> Span | None:
    match = _SPAN.fullmatch(words)
    size = _UNITS.get(match[3]) if match else None
    if match is None or size is None:
        return None
    seconds = min(round(float(match[2]) * size), _LONGEST_S)
    return Span(-seconds if match[1] == "-" else seconds, signed=bool(match[1]))


def _when(words: str) -> When | None:
    day, time = words, ""
    split = _DAY_AND_TIME.fullmatch(words)
    if split is not None:
        day, time = split[1].strip(), split[2]
    part = time if time in PARTS else None
    clock = _clock(time) if time and part is None else None
    if time and part is None and clock is None:
        return None
    found = _day(day) if day else When() if time else None
    if found is None or (time and (found.name or "").endswith("-week")):
        return None
    face = day in {"", _NAMED[0]} and "点" in time and 1 <= int(time.partition("点")[0]) <= 12
    return replace(found, clock=clock, part=part, face=face)


def _day(word: str) -> When | None:
    """The day that a word means, without a time."""
    if word in DAYS:
        return When(day=DAYS[word])
    number = _OF_MONTH.fullmatch(word)
    if _NAME.fullmatch(word) or (number is not None and 1 <= int(number[1]) <= 31):
        return When(name=word if number is None else f"{int(number[1])}号")
    date = _DATE.fullmatch(word)
    if date is None:
        return None
    year, month, of_month = (int(part) if part else None for part in date.groups())
    if not _is_date(year, month or 0, of_month or 0):
        return None
    return When(date=(year, month or 0, of_month or 0))


def _clock(words: str) -> tuple[int, int] | None:
    match = _CLOCK.fullmatch(words)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or match[3] or 0)
    return (hour, minute) if is_clock(hour, minute) else None


def _is_date(year: int | None, month: int, day: int) -> bool:
    try:
        datetime(_LEAP if year is None else year, month, day, tzinfo=UTC)
    except ValueError:
        return False
    return year is None or _YEARS[0] <= year <= _YEARS[1]


def _written_clock(time: When) -> str:
    if time.clock is None:
        return time.part or ""
    if time.face:
        return face_said(*time.clock)
    return f"{time.clock[0]:02}:{time.clock[1]:02}"


def _written_day(time: When) -> str:
    if time.name is not None:
        return time.name
    if time.day is not None:
        return _NAMED[time.day]
    if time.date is None:
        return ""
    year, month, day = time.date
    return f"{month:02}-{day:02}" if year is None else f"{year:04}-{month:02}-{day:02}"
