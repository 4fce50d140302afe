"""Recurrence rules: the text of an RRULE read, checked and written again in one form.

A plan has one time of day, so the parts below a day (BYHOUR and the like) are refused, and so is
everything that comes more often than daily.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from store.domain.localtime import FIRST_YEAR
from store.domain.plan_refusals import (
    EndsTwice,
    PartMisplaced,
    PartTwice,
    PartUnknown,
    PartWrong,
    RuleShapeless,
    RuleTooLong,
    TooOften,
)
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST_INTERVAL, MOST_COUNT = 1000, 1000
LAST_YEAR = 2899
"""The last year that a plan reaches; calendars answer for a century more."""

_SOME_DAYS = "MO, TU, WE, TH, FR, SA, SU, 1MO, -1FR"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SHOWN = 40


class Freq(StrEnum):
    """How long one turn of a rule is."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


Weekday = tuple[int, int]
"""Monday is 0; and which one of the month or year, from its end where negative, 0 for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRule:
    """What a rule says; parts that it does not name are empty."""

    freq: Freq
    interval: int = 1
    count: int | None = None
    until: date | datetime | None = None
    """The last day, or a last instant in UTC or on the plan's own wall."""
    months: tuple[int, ...] = ()
    monthdays: tuple[int, ...] = ()
    """From the month's end where negative."""
    weekdays: tuple[Weekday, ...] = ()
    yeardays: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    """BYSETPOS: which of the days of one turn."""
    week_start: int = 0

    @property
    def plain(self) -> bool:
        """Whether it names no days itself, so that they follow from where it starts."""
        named = (self.months, self.monthdays, self.weekdays, self.yeardays, self.weeks)
        return not any(named)

    @property
    def text(self) -> str:
        """The RRULE that says the same."""
        parts = [f"FREQ={self.freq.value}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        for name, field in _LISTS.items():
            values = getattr(self, field)
            if values:
                parts.append(f"{name}={','.join(map(str, values))}")
        if self.weekdays:
            days = (f"{place or ''}{DAYS[day]}" for day, place in self.weekdays)
            parts.append(f"BYDAY={','.join(days)}")
        if self.week_start:
            parts.append(f"WKST={DAYS[self.week_start]}")
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.until is not None:
            parts.append(f"UNTIL={_written(self.until)}")
        return ";".join(parts)


def read_rule(text: str) -> PlanRule:
    """The rule of a text: an RRULE, or words such as `monthly`, `2 weeks`, `每季度最后一天`.

    A RuleRefused says what is wrong.
    """
    # Few consoles ever read a rule in words: what knows them all is for those alone.
    from store.domain.rule_words import MOST_CHARACTERS, spoken

    if len(text) > MOST_CHARACTERS:
        raise RuleTooLong(count=len(text), most=MOST_CHARACTERS)
    clean = safe(text, limit=MOST_CHARACTERS).strip()
    said = spoken(clean)
    if said is not None:
        return _rule(said)
    body = re.sub(r"^RRULE:", "", clean.upper())
    parts: dict[str, str] = {}
    for piece in filter(None, (piece.strip() for piece in body.split(";"))):
        name, sign, value = piece.partition("=")
        if not sign:
            raise RuleShapeless(found=_cut(clean))
        if name in parts:
            raise PartTwice(part=_cut(name))
        parts[name] = value
    if "FREQ" not in parts:
        raise RuleShapeless(found=_cut(clean))
    return _rule(parts)


def _rule(parts: Mapping[str, str]) -> PlanRule:
    if parts["FREQ"] in {"HOURLY", "MINUTELY", "SECONDLY"}:
        raise TooOften
    if parts["FREQ"] not in list(Freq):
        raise PartWrong(part="FREQ", found=_cut(parts["FREQ"]), right=", ".join(Freq))
    freq = Freq(parts["FREQ"])
    unknown = [name for name in parts if name != "FREQ" and name not in _READ]
    if unknown:
        raise PartUnknown(part=_cut(unknown[0]), known=", ".join(["FREQ", *_READ]))
    if "COUNT" in parts and "UNTIL" in parts:
        raise EndsTwice
    for name, allowed in _ONLY.items():
        if name in parts and freq not in allowed:
            raise PartMisplaced(part=name, right=", ".join(allowed))
    values: dict[str, Any] = {
        _FIELDS[name]: _READ[name](name, value) for name, value in parts.items() if name in _READ
    }
    rule = PlanRule(freq=freq, **values)
    _check_places(rule)
    return rule


def _check_places(rule: PlanRule) -> None:
    counted = [place for _, place in rule.weekdays if place]
    if counted and rule.freq not in _LONG:
        raise PartMisplaced(part=N_("a counted day such as 1MO"), right=", ".join(_LONG))
    if counted and rule.weeks:
        raise PartMisplaced(part="BYWEEKNO", right=N_("days that are not counted"))
    if rule.places and rule.plain:
        raise PartMisplaced(
            part="BYSETPOS", right="BYDAY, BYMONTHDAY, BYYEARDAY, BYWEEKNO, BYMONTH"
        )
    if counted and rule.freq is Freq.MONTHLY and max(map(abs, counted)) > _WEEKS_OF_A_MONTH:
        raise PartWrong(part="BYDAY", found=str(max(counted, key=abs)), right="-5 ... 5")


def _whole(part: str, text: str, low: int, high: int, *, signed: bool = False) -> int:
    right = f"{low} ... {high}" if not signed else f"{low} ... {high}, -{high} ... -{low}"
    if re.fullmatch(r"[+-]?[0-9]{1,6}", text) is None:
        raise PartWrong(part=part, found=_cut(text), right=right)
    value = int(text)
    if not low <= (abs(value) if signed else value) <= high:
        raise PartWrong(part=part, found=_cut(text), right=right)
    return value


def _one(low: int, high: int) -> Callable[[str, str], int]:
    return lambda part, text: _whole(part, text, low, high)


def _several(low: int, high: int, *, signed: bool) -> Callable[[str, str], tuple[int, ...]]:
    def read(part: str, text: str) -> tuple[int, ...]:
        found = {_whole(part, one.strip(), low, high, signed=signed) for one in text.split(",")}
        return tuple(sorted(found))

    return read


def _weekdays(part: str, text: str) -> tuple[Weekday, ...]:
    found = set()
    for one in text.split(","):
        match = re.fullmatch(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)", one.strip())
        if match is None:
            raise PartWrong(
                part=part, found=_cut(one), right="MO, TU, WE, TH, FR, SA, SU, 1MO, -1FR"
            )
        place = 0 if match[1] is None else _whole(part, match[1], 1, _WEEKS_OF_A_YEAR, signed=True)
        found.add((DAYS.index(match[2]), place))
    return tuple(sorted(found))


def _week_start(part: str, text: str) -> int:
    if text not in DAYS:
        raise PartWrong(part=part, found=_cut(text), right=", ".join(DAYS))
    return DAYS.index(text)


def _until(part: str, text: str) -> date | datetime:
    try:
        if re.fullmatch(r"[0-9]{8}", text):
            end: date | datetime = date.fromisoformat(text)
        elif re.fullmatch(r"[0-9]{8}T[0-9]{6}Z?", text):
            end = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007  on the wall
            end = end.replace(tzinfo=UTC) if text.endswith("Z") else end
        else:
            raise ValueError(text)
        if not FIRST_YEAR <= end.year <= LAST_YEAR:
            raise ValueError(text)
    except ValueError:
        raise PartWrong(part=part, found=_cut(text), right="20271231, 20271231T160000Z") from None
    return end


def _written(until: date | datetime) -> str:
    if not isinstance(until, datetime):
        return until.strftime("%Y%m%d")
    return until.strftime("%Y%m%dT%H%M%S") + ("Z" if until.tzinfo is not None else "")


def _cut(text: str) -> str:
    return safe(text, limit=_SHOWN)


_WEEKS_OF_A_MONTH, _WEEKS_OF_A_YEAR = 5, 53
_LONG = (Freq.MONTHLY, Freq.YEARLY)
_ONLY: Mapping[str, tuple[Freq, ...]] = {
    "BYYEARDAY": (Freq.YEARLY,),
    "BYWEEKNO": (Freq.YEARLY,),
    "BYMONTHDAY": (Freq.DAILY, Freq.MONTHLY, Freq.YEARLY),
    "BYSETPOS": _LONG,
}
"""Parts that only some frequencies have."""
_LISTS = {
    "BYMONTH": "months",
    "BYWEEKNO": "weeks",
    "BYYEARDAY": "yeardays",
    "BYMONTHDAY": "monthdays",
    "BYSETPOS": "places",
}
_FIELDS = {
    "INTERVAL": "interval",
    "COUNT": "count",
    "UNTIL": "until",
    "WKST": "week_start",
    "BYDAY": "weekdays",
    **_LISTS,
}
_READ: Mapping[str, Callable[[str, str], object]] = {
    "INTERVAL": _one(1, MOST_INTERVAL),
    "COUNT": _one(1, MOST_COUNT),
    "UNTIL": _until,
    "BYDAY": _weekdays,
    "BYMONTHDAY": _several(1, 31, signed=True),
    "BYMONTH": _several(1, 12, signed=False),
    "BYYEARDAY": _several(1, 366, signed=True),
    "BYWEEKNO": _several(1, _WEEKS_OF_A_YEAR, signed=True),
    "BYSETPOS": _several(1, 366, signed=True),
    "WKST": _week_start,
}
