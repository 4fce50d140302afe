"""Which instants a time in a query means, asked now and here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from store.domain.finding.times import Span, When
from store.domain.finding.tree import Sign, Times

if TYPE_CHECKING:
    from datetime import tzinfo

MOMENT = timedelta(milliseconds=1)
"""The finest difference that the store keeps."""

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
        first, last = (meant(time, here, ahead=ahead) for time in (value.first, value.last))
        return Stretch(first.start, last.end)
    if isinstance(value, Span):
        return _of_span(sign, value, here, ahead=ahead)
    return _beside(sign, meant(value, here, ahead=ahead))


def meant(time: When, here: Here, *, ahead: bool) -> Stretch:
    """The whole day, or the minute, that a time means."""
    local = here.at.astimezone(here.zone)
    day = _day(time, local, ahead=ahead)
    if time.clock is None:
        return Stretch(_at(day, (0, 0), here.zone), _at(_next(day, 1), (0, 0), here.zone))
    start = _at(day, time.clock, here.zone)
    if time.day is None and time.date is None:
        if ahead and start < here.at:
            start = _at(_next(day, 1), time.clock, here.zone)
        elif not ahead and start > here.at:
            start = _at(_next(day, -1), time.clock, here.zone)
    return Stretch(start, start + timedelta(minutes=1))


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


def _day(time: When, local: datetime, *, ahead: bool) -> datetime:
    if time.date is None:
        return _next(local, time.day or 0)
    year, month, day = time.date
    if year is not None:
        return local.replace(year=year, month=month, day=day)
    step = 1 if ahead else -1
    for years in range(9):  # a leap day may be so many years away
        try:
            found = local.replace(year=local.year + step * years, month=month, day=day)
        except ValueError:
            continue
        if years or (found >= local if ahead else found <= local):
            return found
    return local


def _next(day: datetime, days: int) -> datetime:
    return day + timedelta(days=days)


def _later(at: datetime, seconds: int) -> datetime:
    try:
        return min(max(at + timedelta(seconds=seconds), _FIRST), _LAST)
    except OverflowError:
        return _LAST if seconds > 0 else _FIRST


def _at(day: datetime, clock: tuple[int, int], zone: tzinfo | None) -> datetime:
    """The wall clock on a day; without the day's own offset, which may change in between."""
    wall = datetime(day.year, day.month, day.day, *clock, tzinfo=zone)
    return wall.astimezone(UTC)
