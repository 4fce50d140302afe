"""What times mean in a query, said again by trying days one after the other."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

from store.domain.finding.times import Span, When
from store.domain.finding.tree import Sign, Special, Term, Times
from tests.store.query_desk import AT

ZONE = timezone(timedelta(hours=8))
_AHEAD = {"due", "wake", "call"}


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
        first, last = _days(value.first, ahead=ahead)[0], _days(value.last, ahead=ahead)[1]
        return first <= have < last
    start, end = _days(value, ahead=ahead)
    return compare(term.sign, have, start, end - timedelta(milliseconds=1))


def _span_fits(sign: Sign, span: Span, have: datetime, *, ahead: bool) -> bool:
    away = timedelta(seconds=span.seconds)
    if span.signed or ahead:
        gone = have - AT
        if sign is Sign.IS:
            return min(away, timedelta()) <= gone <= max(away, timedelta())
        return compare(sign, gone, away, away)
    age = AT - have
    return timedelta() <= age <= away if sign is Sign.IS else compare(sign, age, away, away)


def _days(when: When, *, ahead: bool) -> tuple[datetime, datetime]:
    """The day or minute that is meant, found by trying days one after the other."""
    now = AT.astimezone(ZONE)
    step = 1 if ahead else -1
    for count in range(366 * 9):
        day = now.date() + timedelta(days=step * count)
        if when.date is not None and when.date[0] is not None:
            day = date(*when.date)  # type: ignore[arg-type]  # the year is given
        elif when.date is not None and (day.month, day.day) != when.date[1:]:
            continue
        elif when.day is not None:
            day = now.date() + timedelta(days=when.day)
        hour, minute = when.clock or (0, 0)
        start = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)
        if when.clock is None:
            return start, start + timedelta(days=1)
        alone = when.date is None and when.day is None
        if alone and (start < AT if ahead else start > AT):
            continue
        return start, start + timedelta(minutes=1)
    raise AssertionError(when)
