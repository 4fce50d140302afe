"""Reads a past moment as an operator types it: 09:15, yesterday 17:00, -2h, 2026-09-21 09:15."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from store.domain.errors import BadInput
from store.domain.finding.times import Span, read_time
from store.domain.said_times import day_meant, parted
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from store.domain.finding.times import When

_SECONDS: Final = re.compile(r"(.*\d:\d\d):([0-5]\d)")
_RIGHT: Final = N_("write 09:15, yesterday 17:00, -2h or 2026-09-21 09:15")


def read_moment(text: str, *, at: datetime, zone: tzinfo | None = None) -> datetime:
    """The instant that the words mean, in UTC; BadInput when they mean none, or one to come.

    A time of day alone is its last one; a day alone is its beginning. A zone of None is this
    machine's.
    """
    words = text.strip().replace("：", ":")
    try:
        found = _iso(words, zone) or _moment(words, at, zone)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        wrong = N_("“{text}” is not a time").format(text=text.strip())
        raise BadInput(where=N_("time"), wrong=wrong, right=_RIGHT)
    if found > at:
        wrong = N_("“{text}” is still to come").format(text=text.strip())
        raise BadInput(where=N_("time"), wrong=wrong, right=_RIGHT)
    return found.astimezone(UTC)


def _iso(words: str, zone: tzinfo | None) -> datetime | None:
    """A whole date with a time, perhaps with its own zone."""
    if not re.match(r"\d{4}-\d\d-\d\d[T ]\d", words):
        return None
    found = datetime.fromisoformat(words)
    return found if found.tzinfo is not None else found.replace(tzinfo=zone).astimezone(UTC)


def _moment(words: str, at: datetime, zone: tzinfo | None) -> datetime | None:
    seconds = 0
    if (exact := _SECONDS.fullmatch(words)) is not None:
        words, seconds = exact[1], int(exact[2])
    day, clock = parted(words)
    here = at.astimezone(zone).date()
    if (named := day_meant(day.lower(), here, ahead=False)) is not None:
        found = _moment(f"{named} {clock}".strip(), at, zone)
        if found is not None and found > at and "-" not in day:  # its hour is still to come
            named = day_meant(day.lower(), here - timedelta(days=1), ahead=False)
            found = _moment(f"{named} {clock}".strip(), at, zone)
        return found and found + timedelta(seconds=seconds)
    time = read_time(words)
    if time is None:
        return None
    if isinstance(time, Span):
        return at + timedelta(seconds=time.seconds if time.signed else -time.seconds)
    return _of_a_day(time, at, zone, seconds)


def _of_a_day(time: When, at: datetime, zone: tzinfo | None, seconds: int) -> datetime:
    here = at.astimezone(zone)
    clock = time.clock or (0, 0)
    if time.date is not None:
        year, month, number = time.date
        found = _local(here.replace(year=year or here.year, month=month, day=number), clock, zone)
        if year is None and found > at:
            past = here.replace(year=here.year - 1, month=month, day=number)
            found = _local(past, clock, zone)
    else:
        found = _local(here + timedelta(days=time.day or 0), clock, zone)
        if time.day is None and found > at:
            found = _local(here - timedelta(days=1), clock, zone)
    return found + timedelta(seconds=seconds)


def _local(day: date, clock: tuple[int, int], zone: tzinfo | None) -> datetime:
    """The wall clock on a day here; without its offset, which may change in between."""
    wall = datetime(day.year, day.month, day.day, *clock, tzinfo=zone)
    return wall.astimezone(UTC)
