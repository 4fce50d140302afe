"""Which instants a time in a query means, asked now and here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from store.domain.finding.times import Span, When
from store.domain.finding.tree import Sign, Times
from store.domain.said_english import WEEKDAYS
from store.domain.wall_clock import DAY_HOURS, NIGHT_ENDS, NIGHTS, PARTS, instant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

MOMENT = timedelta(milliseconds=1)
"""The finest difference that the store keeps."""

MONTHS = 12

_FIRST = datetime(1900, 1, 1, tzinfo=UTC)
_LAST = datetime(2999, 1, 1, tzinfo=UTC)
_TURNED = {
    Sign.BELOW: Sign.ABOVE,
    Sign.UP_TO: Sign.FROM,
    Sign.ABOVE: Sign.BELOW,
    Sign.FROM: Sign.UP_TO,
}
"""Less long ago is later."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From an instant to just before another; None is open."""

    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Now, and whose wall clock days are counted by (None: this machine's)."""

    at: datetime
    zone: tzinfo | None = None


def stretch(sign: Sign, value: Span | When | Times, here: Here, *, ahead: bool) -> Stretch:
    """The instants that compare so with a value.

    `ahead` of a field that tells what is to come: there a span without a sign is the time left,
    elsewhere the time gone by, and a day or time of day is the next, elsewhere the last.
    """
    if isinstance(value, Times):
        return _between(value, here, ahead=ahead)
    if isinstance(value, Span):
        return _of_span(sign, value, here, ahead=ahead)
    return _beside(sign, meant(value, here, ahead=ahead))


def meant(time: When, here: Here, *, ahead: bool) -> Stretch:
    """The week, day, part of a day, or minute that a time means, the nearest where one looks.

    What has no day of its own is the next one `ahead`, else the last; so is an o'clock of today,
    while today has it yet, or had it already.
    """
    found = (
        one
        for day in _days(time, here, ahead=ahead)
        for one in _on(day, time, here.zone, ahead=ahead)
    )
    if time.is_settled and not time.face:
        return next(found)
    lies = (
        one for one in found if time.date is not None or _is_where(one, time, here, ahead=ahead)
    )
    nearest = next(lies, None)
    return nearest or meant(replace(time, face=False), here, ahead=ahead)


def _between(times: Times, here: Here, *, ahead: bool) -> Stretch:
    """From a time through the next one that is the other, near now: Monday to Friday, 9 to 17."""
    first, last = times.first, times.last
    follows = last.is_bare and not first.is_bare
    if first.is_settled or follows or not (ahead or last.is_settled):
        begin = meant(first, here, ahead=ahead)
        end = meant(last, _from(last, begin, here), ahead=ahead or not last.is_settled)
    else:
        end = meant(last, here, ahead=ahead)
        begin = meant(first, _from(first, end, here), ahead=False)
    return Stretch(begin.start, end.end)


def is_reversed(times: Times) -> bool:
    """Whether it ends before it begins, whenever it is asked."""
    if is_yearless(times):
        return _is_turned(times)
    noon = Here(at=datetime(2000, 1, 1, 12, tzinfo=UTC), zone=UTC)
    ends = (times.first, times.last)
    kinds = {(end.day is None, end.date is None, end.name is None) for end in ends}
    if len(kinds) > 1 or not all(end.is_settled for end in ends):
        return False
    first, last = (meant(end, noon, ahead=True) for end in ends)
    return first.start is not None and last.start is not None and last.start < first.start


def is_none(found: Stretch) -> bool:
    """Whether no instant lies in it."""
    return found.start is not None and found.end is not None and found.end <= found.start


def is_yearless(times: Times) -> bool:
    """Whether one end is a date with its year, and the other a date without."""
    years = [end.date and end.date[0] for end in (times.first, times.last)]
    dated = times.first.date is not None and times.last.date is not None
    return dated and years.count(None) == 1


def _is_turned(times: Times) -> bool:
    """Whether two dates were mixed up: over the new year to January is meant, to last week not."""
    assert times.first.date is not None
    assert times.last.date is not None
    first, last = times.first.date[1:], times.last.date[1:]
    over = (last[0] - first[0]) % MONTHS
    return last < first and (over == 0 or over > MONTHS / 2)


def _from(time: When, other: Stretch, here: Here) -> Here:
    """Where one looks from for one end of two: from the other, but today stays today."""
    return here if time.is_settled else replace(here, at=other.start or here.at)


def _is_where(found: Stretch, time: When, here: Here, *, ahead: bool) -> bool:
    """Whether it is not over yet, or has begun; a minute that is meant is not begun yet."""
    assert found.start is not None
    assert found.end is not None
    if not ahead:
        return found.start <= here.at
    return found.start >= here.at if time.clock is not None else found.end > here.at


def _of_span(sign: Sign, span: Span, here: Here, *, ahead: bool) -> Stretch:
    back = not ahead and not span.signed
    point = _later(here.at, -span.seconds if back else span.seconds)
    if sign is Sign.IS:  # within so much of now
        return Stretch(min(point, here.at), max(point, here.at) + MOMENT)
    return _beside(_TURNED[sign] if back else sign, Stretch(point, point + MOMENT))


def _beside(sign: Sign, middle: Stretch) -> Stretch:
    if sign is Sign.BELOW:
        return Stretch(None, middle.start)
    if sign is Sign.UP_TO:
        return Stretch(None, middle.end)
    if sign is Sign.ABOVE:
        return Stretch(middle.end, None)
    if sign is Sign.FROM:
        return Stretch(middle.start, None)
    return middle


def _days(time: When, here: Here, *, ahead: bool) -> Iterator[date]:
    """The days that it may be of, the nearest first; where a night began before today, from there.

    A leap day may be eight years away; each other day has its like within two months.
    """
    today = here.at.astimezone(here.zone).date()
    if time.date is not None:
        yield _dated(time.date, today, ahead=ahead)
    elif time.name is not None and "-" in time.name:
        yield _of_a_week(time.name, today)
    elif time.day == 0 and time.part in NIGHTS:
        yield (here.at.astimezone(here.zone) - timedelta(hours=NIGHT_ENDS)).date()
    elif time.day is not None:
        yield today + timedelta(days=time.day)
    else:
        step = 1 if ahead else -1
        for count in range(-1, 2 * 31 + 2):
            day = today + timedelta(days=step * count)
            if time.name in {None, WEEKDAYS[day.weekday()], f"{day.day}号"}:
                yield day


def _dated(date_: tuple[int | None, int, int], today: date, *, ahead: bool) -> date:
    year, month, day = date_
    if year is not None:
        return date(year, month, day)
    step = 1 if ahead else -1
    for years in range(9):
        try:
            found = date(today.year + step * years, month, day)
        except ValueError:
            continue
        if years or (found >= today if ahead else found <= today):
            return found
    return today


def _of_a_week(name: str, today: date) -> date:
    """A day of this week, of the one that begins on the next Monday, or the one before."""
    which, _, day = name.partition("-")
    weeks = ("last", "this", "next").index(which) - 1
    place = 0 if day == "week" else WEEKDAYS.index(day)
    return today + timedelta(days=place - today.weekday() + 7 * weeks)


def _on(day: date, time: When, zone: tzinfo | None, *, ahead: bool) -> Iterator[Stretch]:
    """What it means on a day; by the face of a clock twice."""
    if time.clock is not None:
        hour, minute = time.clock
        hours = [hour % 12, hour % 12 + 12] if time.face else [hour]
        for one in hours if ahead else reversed(hours):
            start = instant(day, one, minute, zone)
            yield Stretch(start, start + timedelta(minutes=1))
        return
    first, last = (0, DAY_HOURS) if time.part is None else PARTS[time.part]
    if time.name is not None and time.name.endswith("-week"):
        last = 7 * DAY_HOURS
    yield Stretch(instant(day, first, 0, zone), instant(day, last, 0, zone))


def _later(at: datetime, seconds: int) -> datetime:
    try:
        return min(max(at + timedelta(seconds=seconds), _FIRST), _LAST)
    except OverflowError:
        return _LAST if seconds > 0 else _FIRST
