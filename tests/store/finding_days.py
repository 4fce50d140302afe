"""What times mean in a query, said again by trying days one after the other."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

from store.domain.finding.times import Span, When
from store.domain.finding.tree import Sign, Special, Term, Times
from store.domain.wall_clock import PARTS
from tests.store.query_desk import AT

ZONE = timezone(timedelta(hours=8))
_AHEAD = {"due", "wake", "call", "appointment"}


def compare(sign: Sign, have: Any, first: Any, last: Any) -> bool:
    """Whether a value stands to a span as the sign says."""
    if sign is Sign.IS:
        return bool(first <= have <= last)
    if sign in {Sign.BELOW, Sign.FROM}:
        return bool(have < first) is (sign is Sign.BELOW)
    return bool(have <= last) is (sign is Sign.UP_TO)


def time_fits(term: Term, value: Any, have: datetime | None) -> bool:
    """Whether a moment is meant by a term; times of a day are those of the zone."""
    if isinstance(value, Special):
        return (have is None) is (value is Special.NONE)
    if have is None:
        return False
    ahead = term.field in _AHEAD
    if isinstance(value, Span):
        return _span_fits(term.sign, value, have, ahead=ahead)
    if isinstance(value, Times):
        first, last = _ends(value, ahead=ahead)
        return first <= have < last
    start, end = _days(value, ahead=ahead)
    return compare(term.sign, have, start, end - timedelta(milliseconds=1))


def _ends(value: Times, *, ahead: bool) -> tuple[datetime, datetime]:
    """Both ends: what has its own day stays there, the other one is found from it."""
    first, last = value.first, value.last
    follows = _is_bare(last) and not _is_bare(first)
    if _is_settled(first) or follows or (not ahead and not _is_settled(last)):
        begins = _days(first, ahead=ahead)[0]
        looking = AT if _is_settled(last) else begins
        return begins, _days(last, ahead=ahead or not _is_settled(last), now=looking)[1]
    from_there, ends = _days(last, ahead=ahead)
    return _days(first, ahead=False, now=from_there)[0], ends


def _is_bare(when: When) -> bool:
    return when.date is None and when.day is None and when.name is None


def _is_settled(when: When) -> bool:
    year = when.date is not None and when.date[0] is not None
    return year or when.day is not None or "-" in (when.name or "")


def _span_fits(sign: Sign, span: Span, have: datetime, *, ahead: bool) -> bool:
    away = timedelta(seconds=span.seconds)
    if span.signed or ahead:
        gone = have - AT
        if sign is Sign.IS:
            return min(away, timedelta()) <= gone <= max(away, timedelta())
        return compare(sign, gone, away, away)
    age = AT - have
    return timedelta() <= age <= away if sign is Sign.IS else compare(sign, age, away, away)


def _days(when: When, *, ahead: bool, now: datetime = AT) -> tuple[datetime, datetime]:
    """The week, day, part or minute that is meant, found by trying days one after the other."""
    if _is_settled(when) and not when.face:
        return _on(_settled_day(when), when, when.clock)
    today = now.astimezone(ZONE).date()
    for count in range(-1 if when.date is None else 0, 366 * 9):
        day = today + timedelta(days=count if ahead else -count)
        for clock in _clocks(when, ahead=ahead) if _is_like(day, when) else ():
            found = _on(day, when, clock)
            to_come = found[0] >= now if clock is not None else found[1] > now
            if when.date is not None or (to_come if ahead else found[0] <= now):
                return found
    return _on(_TODAY, when, when.clock)


_TODAY = AT.astimezone(ZONE).date()


def _settled_day(when: When) -> date:
    if when.date is not None:
        return date(*when.date)  # type: ignore[arg-type]  # the year is given
    if when.day is not None:
        return _TODAY + timedelta(days=when.day)
    around = (_TODAY + timedelta(days=count) for count in range(-14, 15))
    return next(day for day in around if _is_called(day, when.name or "", _TODAY))


def _is_like(day: date, when: When) -> bool:
    if when.date is not None:
        return (day.month, day.day) == when.date[1:]
    if when.day is not None:
        return day == _settled_day(when)
    return when.name is None or _is_called(day, when.name, day)


def _clocks(when: When, *, ahead: bool) -> list[tuple[int, int] | None]:
    if when.clock is None or not when.face:
        return [when.clock]
    hour, minute = when.clock
    both: list[tuple[int, int] | None] = [(hour % 12, minute), (hour % 12 + 12, minute)]
    return both if ahead else both[::-1]


def _is_called(day: date, name: str, today: date) -> bool:
    if name.endswith("号"):
        return day.day == int(name[:-1])
    which, _dash, word = name.rpartition("-")
    weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    if day.weekday() != (0 if word == "week" else weekdays.index(word)):
        return False
    apart = day.isocalendar()[:2], (today + timedelta(days=7 * _WEEKS.get(which, 0))).isocalendar()
    return not which or apart[0] == apart[1][:2]


_WEEKS = {"last": -1, "this": 0, "next": 1}


def _on(day: date, when: When, clock: tuple[int, int] | None) -> tuple[datetime, datetime]:
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZONE)
    if clock is not None:
        start = midnight + timedelta(hours=clock[0], minutes=clock[1])
        return start, start + timedelta(minutes=1)
    if when.part is not None:
        hours = PARTS[when.part]
        return midnight + timedelta(hours=hours[0]), midnight + timedelta(hours=hours[1])
    return midnight, midnight + timedelta(days=7 if (when.name or "").endswith("-week") else 1)
