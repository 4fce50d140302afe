"""Weeks as inspections know them: ISO 8601, Monday to Sunday on the wall of each site; pure."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

_WEEK: Final = re.compile(r"(\d{4})-W(\d{2})")
DAYS: Final = timedelta(days=7)
WIDEST: Final = timedelta(hours=16)
"""No wall clock is farther from UTC."""


def week_of(day: date) -> str:
    """The week of a day, such as 2026-W47."""
    year, week, _day = day.isocalendar()
    return f"{year:04}-W{week:02}"


def monday_of(week: str) -> date:
    """The day on which it begins; `BadInput` for what is no week."""
    met = _WEEK.fullmatch(week.strip())
    try:
        if met is not None and 1900 <= int(met[1]) < 2900:
            return date.fromisocalendar(int(met[1]), int(met[2]), 1)
    except ValueError:
        pass
    raise BadInput(where=N_("week"), wrong=week[:40], right=N_("write one such as 2026-W47"))


def begins(monday: date, zone: tzinfo) -> datetime:
    """When that day begins in a zone, in UTC."""
    return datetime.combine(monday, time(), zone).astimezone(UTC)


def over_at(week: str, zones: Iterable[tzinfo]) -> datetime:
    """From when on it is over in all of these zones, of which there is one at least."""
    monday = monday_of(week) + DAYS
    return max(begins(monday, zone) for zone in zones)


def last_over(zones: Iterable[tzinfo], *, at: datetime) -> str:
    """The last week that is over in all of these zones by then."""
    held = tuple(zones)
    week = week_of((at + WIDEST).date())
    while over_at(week, held) > at:
        week = week_of(monday_of(week) - DAYS)
    return week


def after(week: str) -> str:
    """The week after it."""
    return week_of(monday_of(week) + DAYS)


def zone_of(name: str, other: ZoneInfo) -> ZoneInfo:
    """The zone of that name; the other one where there is none."""
    try:
        return ZoneInfo(name) if name else other
    except (ValueError, OSError, LookupError):
        return other
