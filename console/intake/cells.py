"""Numbers in a spreadsheet as their cells show them: days and times, parts of 100, codes; pure.

A spreadsheet keeps a day as the number of days since its epoch, and how a cell looks apart from
it: which it is, only its format says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Context, Decimal, InvalidOperation
from enum import StrEnum
from typing import Final


class Look(StrEnum):
    """What a format makes of a number."""

    NUMBER = "number"
    DAY = "day"
    TIME = "time"
    MOMENT = "moment"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How a cell shows its number."""

    look: Look = Look.NUMBER
    digits: int = 0
    """Digits it shows at least before the point: of `00000` five."""


PLAIN: Final = Format()
_BUILT_IN: Final = {
    **dict.fromkeys((9, 10), Look.PERCENT),
    **dict.fromkeys((*range(14, 18), *range(27, 32), 36, *range(50, 55), 57, 58), Look.DAY),
    **dict.fromkeys((*range(18, 22), *range(32, 36), *range(45, 48), 55, 56), Look.TIME),
    22: Look.MOMENT,
}
"""Formats that no file writes out; those from 27 on are of East Asian languages."""
_UNSHOWN: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
"""Words, blanks, colours, languages and conditions in a format."""
_EXACT: Final = Context(prec=15)
"""As many digits as spreadsheets keep; more are the noise of binary fractions."""
_MOST_DIGITS: Final = 30
_DAY_S: Final = 86_400
_LEAP_1900: Final = 60
"""The 29th of February 1900, a day that there was not."""


def format_of(number: int, code: str | None) -> Format:
    """The format by its number, and by its code where the file writes one out."""
    if code is None:
        return Format(look=_BUILT_IN.get(number, Look.NUMBER))
    shown = _UNSHOWN.sub("", code.split(";", 1)[0]).casefold()
    if shown == "general":
        return PLAIN
    if set(shown) & set("hs") or re.search(r"\[m+\]", shown):
        dated = set(shown) & set("yd")
        return Format(look=Look.MOMENT if dated else Look.TIME)
    if set(shown) & set("ymd"):
        return Format(look=Look.DAY)
    if "%" in shown:
        return Format(look=Look.PERCENT)
    zeros = re.fullmatch(r"0{2,30}", shown)
    return Format(digits=len(zeros[0])) if zeros else PLAIN


def shown(value: str, form: Format, *, since_1904: bool) -> str:
    """A number as its cell shows it; as it lies where it is none, or no day of the calendar."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        return value
    if form.look is Look.PERCENT:
        return f"{_plain(number * 100)}%"
    if form.look in {Look.DAY, Look.MOMENT, Look.TIME}:
        return _timed(number, form.look, since_1904=since_1904) or _plain(number)
    said = value if value.isdecimal() else _plain(number)  # no digit of a long one is lost
    return said.zfill(form.digits)


def moment_shown(value: str) -> str:
    """A cell that is written as a moment: `2026-10-01T00:00:00` is a day."""
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return value
    if "T" not in value and " " not in value.strip():
        return moment.date().isoformat()
    return _said(moment.replace(tzinfo=None), Look.MOMENT)


def _plain(number: Decimal) -> str:
    """`3.0` is 3, and 1.38E+10 a telephone number."""
    exact = _EXACT.plus(number)
    said = format(exact, "f") if exact else "0"
    return said.rstrip("0").rstrip(".") if "." in said else said


def _timed(number: Decimal, look: Look, *, since_1904: bool) -> str | None:
    """Days since the epoch as day and time, to the second; None before it and after all years."""
    if not 0 <= number < 3_000_000:
        return None
    days, second = divmod(int((number * _DAY_S).to_integral_value()), _DAY_S)
    if look is Look.TIME:
        return _clock(days * _DAY_S + second)
    if since_1904:
        first = date(1904, 1, 1)
    elif days in {0, _LEAP_1900}:
        return None
    else:
        first = date(1899, 12, 31) if days < _LEAP_1900 else date(1899, 12, 30)
    if days > (date.max - first).days:
        return None
    day = first + timedelta(days=days)
    moment = datetime(day.year, day.month, day.day) + timedelta(seconds=second)  # noqa: DTZ001
    return _said(moment, look)


def _said(moment: datetime, look: Look) -> str:
    """The day alone at midnight, too, which is how a day lies under a format with a time."""
    day = moment.date().isoformat()
    of_day = moment.hour * 3600 + moment.minute * 60 + moment.second
    return f"{day} {_clock(of_day)}" if look is Look.MOMENT and of_day else day


def _clock(seconds: int) -> str:
    """`08:30`, seconds where there are some; beyond a day the hours go on: `26:30`."""
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}" + (f":{second:02}" if second else "")
