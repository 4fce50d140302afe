"""More holidays and make-up workdays for a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.calendar import Calendar
from store.domain.calendar_edits import extended, is_named, years_wanted
from store.domain.calendar_refusals import DateUnreadable, ShapeWrong
from store.domain.holidays_data import china

HOURS = [["08:30", "12:00"], ["13:00", "17:30"]]
SHORT = [["09:00", "12:00"]]
OFFICE: dict[str, Any] = {
    "zone": "Asia/Shanghai",
    "week": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS),
    "holidays": ["2026-10-08"],
    "workdays": {"2026-01-04": []},
}
days = st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(date.isoformat)
some_days = st.lists(days, max_size=6)


def test_china_can_be_taken_whole() -> None:
    """The national holiday is off, the Saturday after it is worked at the usual hours."""
    off, worked = china([2026])
    spec = extended(
        OFFICE,
        off=map(date.isoformat, off),
        worked=dict.fromkeys(map(date.isoformat, worked)),
        known_until="2026-12-31",
        country="CN",
    )
    calendar = Calendar.parse(spec)
    start = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
    assert calendar.add(start, timedelta(hours=1)) == datetime(2026, 10, 9, 1, tzinfo=UTC)
    assert calendar.is_open(datetime(2026, 10, 10, 2, tzinfo=UTC))
    assert spec["workdays"]["2026-10-10"] == HOURS
    assert (spec["country"], calendar.horizon()) == ("CN", date(2026, 12, 31))


def test_what_is_given_beats_what_was_said() -> None:
    """A day off that is worked after all, a worked one that is off, other hours than before."""
    spec = extended(OFFICE, off=["2026-01-04"], worked={"2026-10-08": SHORT})
    assert (spec["workdays"], "2026-01-04" in spec["holidays"]) == ({"2026-10-08": SHORT}, True)
    again = extended(spec, worked={"2026-10-08": None})
    assert again["workdays"] == {"2026-10-08": HOURS}


def test_what_is_not_said_stays() -> None:
    """Horizon and country, until somebody says otherwise."""
    spec = extended(OFFICE, known_until="2027-12-31", country="CN")
    assert extended(spec, off=["2027-01-01"])["known_until"] == "2027-12-31"
    assert extended(spec, known_until="2026-12-31") == {**spec, "known_until": "2026-12-31"}
    assert extended(OFFICE) == Calendar.parse(OFFICE).spec()


@given(some_days, some_days, some_days)
def test_days_come_to_what_was_asked_of_them(
    off: list[str], worked: list[str], more: list[str]
) -> None:
    """Work beats off, all else is as before, and twice is as good as once."""
    spec = extended(OFFICE, off=off, worked=dict.fromkeys(worked, SHORT))
    for day in (*off, *worked, *more, "2026-10-08", "2026-01-04"):
        if day in worked:
            assert spec["workdays"][day] == SHORT
        elif day in off:
            assert day in spec["holidays"]
            assert day not in spec["workdays"]
        else:
            assert is_named(spec, day) == is_named(OFFICE, day)
    assert extended(spec, off=off, worked=dict.fromkeys(worked, SHORT)) == spec


def test_a_wrong_day_is_refused() -> None:
    """With its name; so is work without hours where no week gives any."""
    with pytest.raises(DateUnreadable, match="2027-02-29"):
        extended(OFFICE, off=["2027-02-29"])
    with pytest.raises(DateUnreadable, match="known_until"):
        extended(OFFICE, known_until="soon")
    single = {"zone": "UTC", "workdays": {"2026-10-10": HOURS}}
    with pytest.raises(ShapeWrong, match="2026-10-17"):
        extended(single, worked={"2026-10-17": None})


@pytest.mark.parametrize(
    ("known", "through", "last", "years"),
    [
        (None, None, 2026, [2026]),
        (None, None, 2100, [2026, 2027]),
        (None, 2028, 2100, [2026, 2027, 2028]),
        (date(2026, 12, 31), None, 2026, []),
        (date(2026, 12, 31), None, 2027, [2027]),
        (date(2026, 12, 31), 2027, 2026, [2027]),
        (date(2026, 6, 30), 2026, 2100, [2026]),
        (date(2023, 12, 31), None, 2100, [2024, 2025, 2026, 2027]),
        (date(2027, 12, 31), 2026, 2100, []),
    ],
)
def test_the_years_that_a_calendar_wants(
    known: date | None, through: int | None, last: int, years: list[int]
) -> None:
    """Those it does not know, up to the one that was asked for, or the next if that is known."""
    assert list(years_wanted(known, year=2026, through=through, last=last)) == years
