"""What a calendar says, read strictly from plain data and given back the same."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from store.domain.calendar_refusals import (
    DateUnreadable,
    KeyUnknown,
    NoWorkingTime,
    ShapeWrong,
    TimeUnreadable,
    WindowReversed,
    WindowsOverlap,
    ZoneUnknown,
)
from store.domain.localtime import DAY, FIRST_YEAR, LAST_YEAR, SECOND

Windows: TypeAlias = tuple[tuple[int, int], ...]
"""The working windows of one day: microseconds of the wall clock, in order, never touching."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KEYS = ("zone", "week", "holidays", "workdays", "known_until", "country")

_TIME = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNTRY = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,4})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSpec:
    """A calendar's rules: a zone, seven weekdays, and the dates that differ from them."""

    zone: ZoneInfo
    week: tuple[Windows, ...]
    """Monday first."""
    holidays: tuple[date, ...]
    workdays: Mapping[date, Windows]
    """Dated windows that beat weekday and holiday; none at all closes the day."""
    known_until: date | None = None
    """The last day of which all holidays and workdays are known, where somebody said so."""
    country: str | None = None
    """Whose public holidays they are, as `holidays_data` calls it: CN, DE, DE-BY."""

    def dated(self) -> dict[int, Windows]:
        """The ordinal days that differ from their weekday, with what holds on them."""
        closed: dict[int, Windows] = {day.toordinal(): () for day in self.holidays}
        return closed | {day.toordinal(): windows for day, windows in self.workdays.items()}

    def as_data(self) -> dict[str, Any]:
        """The same rules as plain data, in one canonical form."""
        data: dict[str, Any] = {
            "zone": self.zone.key,
            "week": {
                name: _texts(windows)
                for name, windows in zip(WEEKDAYS, self.week, strict=True)
                if windows
            },
            "holidays": [day.isoformat() for day in self.holidays],
            "workdays": {day.isoformat(): _texts(self.workdays[day]) for day in self.workdays},
        }
        if self.known_until is not None:
            data["known_until"] = self.known_until.isoformat()
        if self.country is not None:
            data["country"] = self.country
        return data


def read_spec(data: object) -> CalendarSpec:
    """The rules in `data`; a CalendarRefused says what is wrong, where, and what would be right."""
    parts = _mapping(data, "text", "an object with zone, week, holidays, workdays")
    _only(parts, KEYS, "the calendar")
    week = _mapping(_given(parts, "week", {}), "week", "an object from mon … sun to windows")
    _only(week, WEEKDAYS, "the calendar's week")
    workdays = _mapping(
        _given(parts, "workdays", {}), "workdays", "an object from dates to windows"
    )
    holidays = _sequence(_given(parts, "holidays", []), "holidays", "a list of dates")
    known_until, country = parts.get("known_until"), parts.get("country")
    spec = CalendarSpec(
        zone=_zone(parts.get("zone")),
        week=tuple(_windows(_given(week, name, []), name) for name in WEEKDAYS),
        holidays=tuple(sorted({_date(day, "holidays") for day in holidays})),
        workdays=_dated(workdays),
        known_until=None if known_until is None else _date(known_until, "known_until"),
        country=None if country is None else _country(country),
    )
    if not any(spec.week) and not any(spec.workdays.values()):
        raise NoWorkingTime
    return spec


def shown(value: object) -> str:
    """A value as it may stand in a sentence: short, on one line, never raising."""
    return reprlib.repr(value)


def _zone(name: object) -> ZoneInfo:
    if not isinstance(name, str):
        raise ShapeWrong(where="zone", found=shown(name), right="an IANA name like Asia/Shanghai")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ZoneUnknown(found=shown(name)) from error


def _country(code: object) -> str:
    if not isinstance(code, str) or not _COUNTRY.fullmatch(code):
        raise ShapeWrong(where="country", found=shown(code), right="an ISO code like CN or DE-BY")
    return code


def _dated(workdays: Mapping[Any, object]) -> dict[date, Windows]:
    read = {_date(day, "workdays"): _windows(value, day) for day, value in workdays.items()}
    return dict(sorted(read.items()))


def _windows(value: object, where: str) -> Windows:
    """The windows of one day in order, adjacent ones made one."""
    pairs = sorted(_window(pair, where) for pair in _sequence(value, where, "a list of windows"))
    merged: list[tuple[int, int]] = []
    for opens, closes in pairs:
        if merged and opens < merged[-1][1]:
            raise WindowsOverlap(
                where=where, first=_span(merged[-1]), second=_span((opens, closes))
            )
        if merged and opens == merged[-1][1]:
            opens = merged.pop()[0]  # noqa: PLW2901  the window grows backwards
        merged.append((opens, closes))
    return tuple(merged)


def _window(value: object, where: str) -> tuple[int, int]:
    right = 'a window such as ["08:30", "12:00"]'
    pair = tuple(_sequence(value, where, right))
    if len(pair) != 2:
        raise ShapeWrong(where=where, found=shown(value), right=right)
    opens, closes = (_time(text, where) for text in pair)
    if opens == DAY:
        raise TimeUnreadable(where=where, found=shown(pair[0]))
    if closes <= opens:
        raise WindowReversed(where=where, opens=pair[0], closes=pair[1])
    return opens, closes


def _time(text: object, where: str) -> int:
    read = _TIME.fullmatch(text) if isinstance(text, str) else None
    if read is None:
        raise TimeUnreadable(where=where, found=shown(text))
    hours, minutes, seconds = (int(part or 0) for part in read.groups())
    of_day = (hours * 3600 + minutes * 60 + seconds) * SECOND
    if minutes > 59 or seconds > 59 or of_day > DAY:
        raise TimeUnreadable(where=where, found=shown(text))
    return of_day


def _date(text: object, where: str) -> date:
    wrong = DateUnreadable(where=where, found=shown(text), first=FIRST_YEAR, last=LAST_YEAR)
    if not isinstance(text, str) or not _DATE.fullmatch(text):
        raise wrong
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise wrong from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise wrong
    return day


def _texts(windows: Windows) -> list[list[str]]:
    return [[_clock(opens), _clock(closes)] for opens, closes in windows]


def _span(window: tuple[int, int]) -> str:
    return f"{_clock(window[0])}–{_clock(window[1])}"


def _clock(of_day: int) -> str:
    minutes, seconds = divmod(of_day // SECOND, 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text


def _given(parts: Mapping[Any, object], key: str, default: object) -> object:
    """The value of a key; a null counts as not given."""
    value = parts.get(key)
    return default if value is None else value


def _mapping(value: object, where: str, right: str) -> Mapping[Any, object]:
    if not isinstance(value, Mapping):
        raise ShapeWrong(where=where, found=shown(value), right=right)
    return value


def _sequence(value: object, where: str, right: str) -> list[object] | tuple[object, ...]:
    if not isinstance(value, list | tuple):
        raise ShapeWrong(where=where, found=shown(value), right=right)
    return value


def _only(parts: Mapping[Any, object], known: Iterable[str], where: str) -> None:
    listed: Callable[[Iterable[str]], str] = ", ".join
    for key in parts:
        if key not in known:
            raise KeyUnknown(where=where, found=shown(key), right=listed(known))
