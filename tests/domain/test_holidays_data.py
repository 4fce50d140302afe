"""Public holidays as calendars take them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from store.domain.calendar import Calendar
from store.domain.holidays_data import CountryUnknown, YearUnknown, china, country, with_dates


def test_china_knows_its_days_off_and_its_made_up_days() -> None:
    """The State Council's notice for 2026: seven days in October, two weekend days worked."""
    off, made_up = china([2026])
    october = [day for day in off if day.month == 10]
    assert october == [date(2026, 10, day) for day in range(1, 8)]
    assert date(2026, 10, 10) in made_up
    assert date(2026, 1, 4) in made_up
    assert not set(off) & set(made_up)
    assert {day.year for day in (*off, *made_up)} == {2026}


def test_china_says_where_its_knowledge_ends() -> None:
    """Notices come a year at a time; a guess would be a wrong deadline."""
    with pytest.raises(YearUnknown, match="not for 2103"):
        china([2026, 2103])


def test_a_country_knows_its_holidays() -> None:
    """Its parts know theirs."""
    assert date(2026, 10, 3) in country("DE", [2026])
    assert date(2026, 1, 6) in country("de-by", [2026])
    assert date(2026, 1, 6) not in country("DE", [2026])


def test_a_country_nobody_knows_is_refused() -> None:
    """The code stands in the sentence."""
    with pytest.raises(CountryUnknown, match="XX"):
        country("XX", [2026])
    with pytest.raises(CountryUnknown, match="DE-XX"):
        country("DE-XX", [2026])
    with pytest.raises(YearUnknown, match="not for 2903"):
        country("DE", [2903])


def test_a_calendar_takes_the_dates_and_keeps_its_own() -> None:
    """A site that closes on a made-up day stays closed."""
    week = {day: [["08:30", "17:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    own = {"zone": "Asia/Shanghai", "week": week, "workdays": {"2026-01-04": []}}
    calendar = Calendar.parse(with_dates(own, *china([2026])))
    start = datetime(2026, 9, 30, 9, 30, tzinfo=UTC)
    assert calendar.add(start, timedelta(hours=1)) == datetime(2026, 10, 8, 1, 30, tzinfo=UTC)
    assert calendar.is_open(datetime(2026, 10, 10, 2, tzinfo=UTC))
    assert not calendar.is_open(datetime(2026, 1, 4, 2, tzinfo=UTC))
    assert calendar.horizon() == date(2026, 10, 10)
