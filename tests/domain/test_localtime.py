"""Zones: where their shifts lie, and which days they lost."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from store.domain.localtime import in_seconds, lost_days, monday_of, shift_weeks, week_of, weeks_of

LOST = {
    "Pacific/Apia": "2011-12-30",
    "Pacific/Fakaofo": "2011-12-30",
    "Pacific/Kwajalein": "1993-08-21",
    "Pacific/Kiritimati": "1994-12-31",
}


def weeks_with_shifts(zone: ZoneInfo, year: int) -> set[int]:
    """Found day by day."""
    first, end = weeks_of(year)
    days = range(monday_of(first) - 1, monday_of(end) + 1)
    walls = {
        day: datetime.fromordinal(day).replace(tzinfo=zone).utcoffset()
        for day in (*days, days[-1] + 1)
    }
    turns = [day for day in days if walls[day] != walls[day + 1]]
    near = {week_of(day + margin) for day in turns for margin in (-1, 0, 1)}
    return {week for week in near if first <= week < end}


@pytest.mark.parametrize("year", [1918, 1942, 1999, 2000, 2011, 2026, 2040, 2054])
def test_no_zone_hides_a_shift(year: int) -> None:
    """Looking every fourth day finds the same weeks as looking every day."""
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        assert set(shift_weeks(zone, year)) == weeks_with_shifts(zone, year), name


@pytest.mark.parametrize("name", sorted(LOST))
def test_a_day_lost_at_the_date_line_is_known(name: str) -> None:
    """Nobody worked on it."""
    assert [date.fromordinal(day).isoformat() for day in lost_days(ZoneInfo(name))] == [LOST[name]]


@pytest.mark.parametrize("name", ["Asia/Shanghai", "America/New_York", "Asia/Manila", "UTC"])
def test_other_zones_lost_none(name: str) -> None:
    """A summer hour is no date line."""
    assert lost_days(ZoneInfo(name)) == ()


def test_whole_seconds_are_whole_numbers() -> None:
    """What is read by people has no `.0`."""
    told = [in_seconds(timedelta(seconds=s)) for s in (3, -3, 0.5, 10**9)]
    assert [repr(seconds) for seconds in told] == ["3", "-3", "0.5", "1000000000"]
