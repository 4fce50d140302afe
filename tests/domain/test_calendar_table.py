"""Deadlines worked out by hand, each with its reasoning."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from store.domain.calendar import Calendar

WORKWEEK = ("mon", "tue", "wed", "thu", "fri")
ALL_WEEK = (*WORKWEEK, "sat", "sun")


def desk(zone: str, hours: str, days: tuple[str, ...] = WORKWEEK, **more: Any) -> Calendar:
    """A calendar with the same windows on some days: `08:30-12:00 13:00-18:00`."""
    windows = [window.split("-") for window in hours.split()]
    return Calendar.parse({"zone": zone, "week": dict.fromkeys(days, windows), **more})


SHANGHAI = desk(
    "Asia/Shanghai",
    "08:30-12:00 13:00-18:00",
    holidays=[f"2026-10-0{day}" for day in range(1, 8)],
    workdays={"2026-09-20": [["09:00", "18:00"]], "2026-10-10": [["09:00", "18:00"]]},
)
"""National-Day week 2026: off from Thursday 1 to Wednesday 7 October, made up on two weekends."""

PLAIN = desk("UTC", "10:00-18:00")
"""The default hours of Frappe's helpdesk."""

CLOSED = desk("UTC", "10:00-18:00", workdays={"2026-01-13": []}, holidays=["2026-01-14"])
GLPI = Calendar.parse(
    {
        "zone": "UTC",
        "week": {day: [["08:30", "19:00"]] for day in WORKWEEK[:4]} | {"fri": [["08:30", "17:00"]]},
    }
)
GLPI_DEFAULT = desk("UTC", "08:00-20:00")
NEPAL = Calendar.parse(
    {
        "zone": "Asia/Kathmandu",
        "week": {day: [["10:00", "17:00"]] for day in ("sun", "mon", "tue", "wed", "thu")}
        | {"fri": [["10:00", "15:00"]]},
    }
)
NEW_YORK = desk("America/New_York", "09:00-17:00")
NEW_YORK_ALWAYS = desk("America/New_York", "00:00-24:00", ALL_WEEK)
BERLIN_WEEKEND = Calendar.parse(
    {"zone": "Europe/Berlin", "week": {"sat": [["22:00", "24:00"]], "sun": [["00:00", "02:00"]]}}
)
LORD_HOWE = desk("Australia/Lord_Howe", "00:00-24:00", ALL_WEEK)
SAO_PAULO = Calendar.parse(
    {
        "zone": "America/Sao_Paulo",
        "week": {"sat": [["22:00", "24:00"]], "sun": [["00:00", "02:00"]]},
    }
)
CAIRO = Calendar.parse(
    {"zone": "Africa/Cairo", "week": {"thu": [["22:00", "24:00"]], "fri": [["00:00", "02:00"]]}}
)
APIA = desk("Pacific/Apia", "09:00-17:00")


def sunday_nights(hours: str) -> Calendar:
    """A New York calendar that is open only in the night in which its clocks turn."""
    return desk("America/New_York", hours, ("sun",))


WORK: list[tuple[str, Calendar, str, str, str]] = [
    # Frappe's own examples: Thursday 8 January 2026.
    ("ends exactly at closing", PLAIN, "2026-01-08T15:00Z", "3:00:00", "2026-01-08T18:00Z"),
    ("a second past closing", PLAIN, "2026-01-08T15:00Z", "3:00:01", "2026-01-09T10:00:01Z"),
    # 24 h of the default Low response are three 8-hour days.
    ("three whole days", PLAIN, "2026-01-05T10:00Z", "24:00:00", "2026-01-07T18:00Z"),
    # 72 h are nine days: five of the first week, four of the second.
    ("nine whole days", PLAIN, "2026-01-05T10:00Z", "72:00:00", "2026-01-15T18:00Z"),
    # Two microseconds: one is left before closing, one after the next opening.
    ("to the microsecond", PLAIN, "2026-01-08T17:59:59.999999Z", "0:00:00.000002",
     "2026-01-09T10:00:00.000001Z"),
    ("from a weekend", PLAIN, "2026-01-10T12:00Z", "1:00:00", "2026-01-12T11:00Z"),
    ("no work is now, even at night", PLAIN, "2026-01-11T12:00Z", "0:00:00", "2026-01-11T12:00Z"),
    # Tuesday 13 is closed by an empty override, Wednesday 14 by a holiday: Monday, then Thursday.
    ("closed both ways", CLOSED, "2026-01-12T17:00Z", "2:00:00", "2026-01-15T11:00Z"),
    # 52 weeks of 40 h from Monday 5 January 2026 end on Friday 1 January 2027 at closing.
    ("a year of weeks", PLAIN, "2026-01-05T10:00Z", "2080:00:00", "2027-01-01T18:00Z"),
    ("a year and a second", PLAIN, "2026-01-05T10:00Z", "2080:00:01", "2027-01-04T10:00:01Z"),
    # China. Lunch: half an hour before noon, half an hour after one.
    ("over lunch", SHANGHAI, "2026-10-12T11:30+08:00", "1:00:00", "2026-10-12T13:30+08:00"),
    ("ends at lunch", SHANGHAI, "2026-10-12T11:30+08:00", "0:30:00", "2026-10-12T12:00+08:00"),
    ("from lunch", SHANGHAI, "2026-10-12T12:20+08:00", "0:10:00", "2026-10-12T13:10+08:00"),
    # Wednesday's last hour, then seven days off, then Thursday 8 at half past eight.
    ("over the holidays", SHANGHAI, "2026-09-30T17:00+08:00", "2:00:00", "2026-10-08T09:30+08:00"),
    ("before the holidays", SHANGHAI, "2026-09-30T17:00+08:00", "1:00:00",
     "2026-09-30T18:00+08:00"),
    # Closing time of a common week, with a week of its own rules behind it and before it.
    ("at a week's end", SHANGHAI, "2026-09-20T17:00+08:00", "43:30:00", "2026-09-25T18:00+08:00"),
    ("from the holidays", SHANGHAI, "2026-10-03T10:00+08:00", "0:30:00", "2026-10-08T09:00+08:00"),
    # Friday's last half hour, then the made-up Saturday from nine.
    ("into a made-up Saturday", SHANGHAI, "2026-10-09T17:30+08:00", "1:00:00",
     "2026-10-10T09:30+08:00"),
    # The made-up Saturday has no lunch break, whatever Fridays have.
    ("in a made-up Saturday", SHANGHAI, "2026-10-10T11:30+08:00", "1:00:00",
     "2026-10-10T12:30+08:00"),
    ("out of a made-up Saturday", SHANGHAI, "2026-10-10T17:59:59+08:00", "0:00:02",
     "2026-10-12T08:30:01+08:00"),
    # Friday 18 September's last hour; Saturday off; Sunday 20 made up.
    ("into a made-up Sunday", SHANGHAI, "2026-09-18T17:00+08:00", "2:00:00",
     "2026-09-20T10:00+08:00"),
    # New York, 8 March 2026: 02:00 becomes 03:00; 1 November: 02:00 becomes 01:00.
    ("over a weekend that turns", NEW_YORK, "2026-03-06T16:00-05:00", "2:00:00",
     "2026-03-09T10:00-04:00"),
    ("24 h over the gap", NEW_YORK_ALWAYS, "2026-03-07T12:00-05:00", "24:00:00",
     "2026-03-08T13:00-04:00"),
    ("24 h over the fold", NEW_YORK_ALWAYS, "2026-10-31T12:00-04:00", "24:00:00",
     "2026-11-01T11:00-05:00"),
    # 02:00 does not exist and moves to 03:00, so this night has one hour, to 04:00; the second
    # hour is done a week later.
    ("opening in the gap", sunday_nights("02:00-04:00"), "2026-03-07T12:00-05:00", "2:00:00",
     "2026-03-15T03:00-04:00"),
    # Both ends move: 03:15 to 03:45.
    ("a window in the gap", sunday_nights("02:15-02:45"), "2026-03-07T12:00-05:00", "0:30:00",
     "2026-03-08T03:45-04:00"),
    # 02:30 moves to 03:30, after the window's end: nothing is worked until the next Sunday.
    ("a window turned round", sunday_nights("02:30-03:15"), "2026-03-07T12:00-05:00", "0:45:00",
     "2026-03-15T03:15-04:00"),
    # 02:30 and 02:45 move to 03:30 and 03:45, inside the other window: two hours, not more.
    ("a window moved into another", sunday_nights("02:30-02:45 03:00-05:00"),
     "2026-03-07T12:00-05:00", "2:00:00", "2026-03-08T05:00-04:00"),
    # The first 01:00 to the only 02:00 are two hours.
    ("a window over the fold", sunday_nights("01:00-02:00"), "2026-11-01T00:00-04:00", "2:00:00",
     "2026-11-01T02:00-05:00"),
    # The first 01:30 to 03:00: half an hour, the repeated hour, an hour.
    ("opening in the fold", sunday_nights("01:30-03:00"), "2026-11-01T00:00-04:00", "2:30:00",
     "2026-11-01T03:00-05:00"),
    # Closed at the first 01:30; the second does not open it again.
    ("closing in the fold", sunday_nights("00:30-01:30"), "2026-11-01T00:00-04:00", "1:00:01",
     "2026-11-08T00:30:01-05:00"),
    # An order that came in at the second 01:15, after a window that closed at the first 01:30.
    ("starting in the fold", sunday_nights("00:30-01:30"), "2026-11-01T01:15-05:00", "1:00:00",
     "2026-11-08T01:30-05:00"),
    ("over midnight at 24:00", BERLIN_WEEKEND, "2026-03-28T23:00+01:00", "2:00:00",
     "2026-03-29T01:00+01:00"),
    # Half an hour is lost, or won.
    ("half an hour's gap", LORD_HOWE, "2026-10-03T12:00+10:30", "24:00:00",
     "2026-10-04T12:30+11:00"),
    ("half an hour's fold", LORD_HOWE, "2026-04-04T12:00+11:00", "24:00:00",
     "2026-04-05T11:30+10:30"),
    ("an odd offset", NEPAL, "2026-01-09T14:30+05:45", "1:00:00", "2026-01-11T10:30+05:45"),
    # Saturday's two hours, then Sunday 00:00, which does not exist and is 01:00: one hour.
    ("a gap at midnight", SAO_PAULO, "2018-11-03T12:00-03:00", "3:00:00",
     "2018-11-04T02:00-02:00"),
    # Saturday 24:00 falls back to 23:00: that evening has three hours.
    ("a fold at midnight", SAO_PAULO, "2018-02-17T20:00-02:00", "3:00:00",
     "2018-02-18T00:00-03:00"),
    # Thursday's 24:00 does not exist either: two hours, then one from 01:00.
    ("24:00 in the gap", CAIRO, "2023-04-27T21:00+02:00", "3:00:00", "2023-04-28T02:00+03:00"),
    ("24:00 after the fold", CAIRO, "2023-10-26T20:00+03:00", "3:00:00",
     "2023-10-27T00:00+02:00"),
    # Samoa had no Friday 30 December 2011: Thursday's last hour, then Monday's first.
    ("a day that never was", APIA, "2011-12-29T16:00-10:00", "2:00:00", "2012-01-02T10:00+14:00"),
    ("every second counts", Calendar.always(), "2026-02-28T23:00Z", "2:00:00", "2026-03-01T01:00Z"),
    # Back: GLPI's examples. 16:12 of Friday, and 7:43:48 up to Thursday's 19:00.
    ("8 h before", GLPI, "2026-01-09T08:46:12Z", "-8:00:00", "2026-01-08T11:16:12Z"),
    # 2:05:26 up to Friday's 17:00, and 7:54:34 from Monday's 08:30.
    ("10 h after", GLPI, "2026-01-09T14:54:34Z", "10:00:00", "2026-01-12T16:24:34Z"),
    # The mirror of closing time: a start exactly at opening stays there.
    ("back to the opening", PLAIN, "2026-01-12T12:00Z", "-2:00:00", "2026-01-12T10:00Z"),
    ("back before the opening", PLAIN, "2026-01-12T10:00Z", "-1:00:00", "2026-01-09T17:00Z"),
    ("back over the holidays", SHANGHAI, "2026-10-08T09:30+08:00", "-2:00:00",
     "2026-09-30T17:00+08:00"),
]  # fmt: skip

DAYS: list[tuple[str, Calendar, str, int, str]] = [
    # GLPI's own test: from a Monday, over one weekend, either way.
    ("a week and two days", GLPI_DEFAULT, "2018-11-19T10:00Z", 7, "2018-11-28T10:00Z"),
    ("back again", GLPI_DEFAULT, "2018-11-19T10:00Z", -7, "2018-11-08T10:00Z"),
    ("none", PLAIN, "2026-01-10T03:00Z", 0, "2026-01-10T03:00Z"),
    ("from a Saturday", PLAIN, "2026-01-10T12:00Z", 1, "2026-01-12T12:00Z"),
    ("from a Saturday, back", PLAIN, "2026-01-10T12:00Z", -1, "2026-01-09T12:00Z"),
    # The time is literal, though the desk closes at 18:00.
    ("over the holidays", SHANGHAI, "2026-09-30T20:00+08:00", 1, "2026-10-08T20:00+08:00"),
    ("to a made-up Saturday", SHANGHAI, "2026-09-30T20:00+08:00", 3, "2026-10-10T20:00+08:00"),
    ("past a closed Tuesday", CLOSED, "2026-01-12T11:00Z", 1, "2026-01-15T11:00Z"),
    # Sunday 8 March has no 02:30: an hour later.
    ("into the gap", NEW_YORK_ALWAYS, "2026-03-07T02:30-05:00", 1, "2026-03-08T03:30-04:00"),
    # Sunday 1 November has two 01:30: the first.
    ("into the fold", NEW_YORK_ALWAYS, "2026-10-31T01:30-04:00", 1, "2026-11-01T01:30-04:00"),
    ("a day that never was", APIA, "2011-12-29T10:00-10:00", 1, "2012-01-02T10:00+14:00"),
    # 261 weekdays in 2026: 52 weeks and one day, from Thursday to Friday.
    ("a year", PLAIN, "2026-01-01T09:00Z", 261, "2027-01-01T09:00Z"),
]


def span(text: str) -> timedelta:
    """A duration written as hours:minutes:seconds, negative for going back."""
    hours, minutes, seconds = text.removeprefix("-").split(":")
    length = timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds))
    return -length if text.startswith("-") else length


@pytest.mark.parametrize(("calendar", "start", "work", "due"), [
    pytest.param(*row, id=name) for name, *row in WORK
])  # fmt: skip
def test_work_is_done_when_the_hand_says_so(
    calendar: Calendar, start: str, work: str, due: str
) -> None:
    """And measuring gives the work back."""
    found = calendar.add(datetime.fromisoformat(start), span(work))
    assert found.isoformat() == datetime.fromisoformat(due).astimezone(UTC).isoformat()
    assert calendar.between(datetime.fromisoformat(start), found) == span(work)


@pytest.mark.parametrize(("calendar", "start", "days", "due"), [
    pytest.param(*row, id=name) for name, *row in DAYS
])  # fmt: skip
def test_days_end_when_the_hand_says_so(
    calendar: Calendar, start: str, days: int, due: str
) -> None:
    """On the wall of the calendar's zone, given back in UTC."""
    found = calendar.add_days(datetime.fromisoformat(start), days)
    assert found.isoformat() == datetime.fromisoformat(due).astimezone(UTC).isoformat()


def test_a_day_of_25_hours_has_25() -> None:
    """Durations are real time: a window from 00:00 to 24:00 is as long as its day."""
    spring, autumn = datetime(2026, 3, 8, 5, tzinfo=UTC), datetime(2026, 11, 1, 4, tzinfo=UTC)
    assert NEW_YORK_ALWAYS.between(spring, spring + timedelta(hours=23)) == timedelta(hours=23)
    assert NEW_YORK_ALWAYS.add_days(spring, 1) == spring + timedelta(hours=23)
    assert NEW_YORK_ALWAYS.add_days(autumn, 1) == autumn + timedelta(hours=25)
    assert NEW_YORK_ALWAYS.between(autumn, autumn + timedelta(hours=25)) == timedelta(hours=25)


def test_a_window_is_open_at_its_beginning_and_closed_at_its_end() -> None:
    """Lunch begins at noon sharp."""
    noon = datetime(2026, 10, 12, 4, tzinfo=UTC)
    assert [SHANGHAI.is_open(noon + timedelta(seconds=s)) for s in (-1, 0)] == [True, False]
    opening = datetime(2026, 10, 12, 0, 30, tzinfo=UTC)
    assert [SHANGHAI.is_open(opening + timedelta(seconds=s)) for s in (-1, 0)] == [False, True]


def test_the_horizon_is_the_end_of_the_last_year_named() -> None:
    """Lists come by the year; beyond it the alarm rings, and only the week is known."""
    assert (SHANGHAI.horizon(), SHANGHAI.known_until) == (date(2026, 12, 31), None)
    assert SHANGHAI.known_before() == datetime(2026, 12, 31, 16, tzinfo=UTC)
    assert (PLAIN.horizon(), PLAIN.known_before()) == (None, None)


@pytest.mark.parametrize(
    ("day", "until"), [("2027-01-07", 2026), ("2027-01-08", 2027), ("2026-12-26", 2026)]
)
def test_new_years_day_closes_the_list_before(day: str, until: int) -> None:
    """Else a calendar with it would claim to know a year of which it knows one day."""
    calendar = Calendar.parse({**SHANGHAI.spec(), "holidays": ["2026-10-01", day]})
    assert calendar.horizon() == date(until, 12, 31)


def test_a_calendar_may_say_its_horizon_itself() -> None:
    """Whatever days it names, and also where it names none."""
    said = {**PLAIN.spec(), "known_until": "2026-06-30", "country": "CN"}
    calendar = Calendar.parse(said)
    assert calendar.horizon() == calendar.known_until == date(2026, 6, 30)
    assert calendar.spec() == said
    assert Calendar.parse({**said, "holidays": ["2027-10-01"]}).horizon() == date(2026, 6, 30)


def test_a_stretch_over_midnight_is_told_as_one() -> None:
    """Two windows that touch are one stretch of work."""
    a, b = datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 3, 30, tzinfo=UTC)
    evening, night = datetime(2026, 3, 28, 21, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert list(BERLIN_WEEKEND.windows(a, b)) == [(evening, night)]
