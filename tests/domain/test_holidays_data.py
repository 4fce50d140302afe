"""Public holidays as calendars take them."""

from __future__ import annotations

from datetime import date

import pytest

from store.domain.holidays_data import (
    CountryUnknown,
    YearUnknown,
    china,
    country,
    last_year,
    public_days,
)


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


def test_each_country_is_asked_where_it_is_known() -> None:
    """China of its own source, which moves weekends about; every other one of the common one."""
    assert public_days("CN", range(2026, 2027)) == china([2026])
    assert public_days("DE-BY", [2026]) == (country("DE-BY", [2026]), ())


@pytest.mark.parametrize("code", ["CN", "DE", "DE-BY"])
def test_the_last_year_is_the_last_that_answers(code: str) -> None:
    """Beyond it nobody knows."""
    last = last_year(code)
    assert public_days(code, [last])[0]
    with pytest.raises(YearUnknown):
        public_days(code, [last, last + 1])
