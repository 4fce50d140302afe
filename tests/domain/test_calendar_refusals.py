"""What a calendar will not take, or cannot answer, and how it says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.calendar import Calendar
from store.domain.calendar_refusals import (
    CalendarRefused,
    DateUnreadable,
    KeyUnknown,
    NoWorkingTime,
    ShapeWrong,
    TimeUnreadable,
    TooFar,
    WindowReversed,
    WindowsOverlap,
    WorkRunsOut,
    ZoneUnknown,
)

NINE = [["09:00", "17:00"]]
START = datetime(2026, 10, 9, 9, tzinfo=UTC)


def spec(**parts: Any) -> dict[str, Any]:
    """A good calendar with some parts replaced."""
    return {"zone": "UTC", "week": {"mon": NINE}, **parts}


def mon(*windows: Any) -> dict[str, Any]:
    """A calendar with these windows on Mondays."""
    return spec(week={"mon": list(windows)})


REFUSED: list[tuple[Any, type[CalendarRefused], str]] = [
    (spec(zone="Mars/Olympus"), ZoneUnknown, "'Mars/Olympus'"),
    (spec(zone="../../etc/passwd"), ZoneUnknown, "passwd"),
    (spec(zone=""), ZoneUnknown, "''"),
    (spec(zone="\0"), ZoneUnknown, "x00"),
    (spec(zone=8), ShapeWrong, "zone is 8"),
    ({"week": {"mon": NINE}}, ShapeWrong, "zone is None"),
    ("Asia/Shanghai", ShapeWrong, "an object with zone"),
    (spec(week=[NINE]), ShapeWrong, "mon … sun"),
    (spec(week={"monday": NINE}), KeyUnknown, "'monday'; known are mon, tue"),
    (spec(week={1: NINE}), KeyUnknown, "1; known are mon"),
    (spec(holiday=["2026-10-01"]), KeyUnknown, "'holiday'; known are zone"),
    (spec(holidays="2026-10-01"), ShapeWrong, "a list of dates"),
    (spec(holidays=["2026-02-29"]), DateUnreadable, "'2026-02-29'"),
    (spec(holidays=["20261001"]), DateUnreadable, "'20261001'"),
    (spec(holidays=["1.10.2026"]), DateUnreadable, "written as 2026-10-01"),
    (spec(holidays=["9999-12-31"]), DateUnreadable, "'9999-12-31'"),
    (spec(workdays={"2026-10-32": NINE}), DateUnreadable, "workdays"),
    (spec(known_until="2026"), DateUnreadable, "known_until: '2026'"),
    (spec(known_until=2026), DateUnreadable, "known_until: 2026 is not a date"),
    (spec(country="China"), ShapeWrong, "country is 'China'; it must be an ISO code"),
    (spec(country=["CN"]), ShapeWrong, "country"),
    (spec(workdays={"2026-10-10": [["09:00", "09:00"]]}), WindowReversed, "2026-10-10"),
    (spec(workdays={"2026-10-10": "09:00-17:00"}), ShapeWrong, "2026-10-10"),
    (mon(["09:00"]), ShapeWrong, "mon is"),
    (mon("09:00"), ShapeWrong, '["08:30", "12:00"]'),
    (mon(["9:00", "17:00"]), TimeUnreadable, "'9:00'"),
    (mon(["09:60", "17:00"]), TimeUnreadable, "'09:60'"),
    (mon(["09:00", "24:01"]), TimeUnreadable, "'24:01'"),
    (mon(["09:00", "17:00:60"]), TimeUnreadable, "'17:00:60'"),
    (mon(["٠٩:٠٠", "17:00"]), TimeUnreadable, "mon"),
    (mon([9, 17]), TimeUnreadable, "9 is not a time"),
    (mon(["24:00", "24:00"]), TimeUnreadable, "'24:00'"),
    (mon(["17:00", "09:00"]), WindowReversed, "17:00 to 09:00"),
    (mon(["09:00", "12:00"], ["11:59", "17:00"]), WindowsOverlap, "09:00–12:00 and 11:59–17:00"),
    (mon(["09:00", "12:00"], ["09:00", "12:00"]), WindowsOverlap, "mon"),
    (spec(week={}), NoWorkingTime, "no working time"),
    (spec(week={"mon": []}, workdays={"2026-10-10": []}), NoWorkingTime, "no working time"),
    (
        {"zone": "Pacific/Apia", "workdays": {"2011-12-30": NINE}},
        NoWorkingTime,
        "no working time",
    ),
]


@pytest.mark.parametrize(("data", "refusal", "words"), REFUSED)
def test_a_wrong_calendar_is_refused_in_a_sentence(
    data: Any, refusal: type[CalendarRefused], words: str
) -> None:
    """It names what is wrong and where, so that the hand finds it."""
    with pytest.raises(refusal) as refused:
        Calendar.parse(data)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


PARTS = spec(holidays=1, workdays=1, known_until=1, country=1)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6)
junk = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=4,
)


def sentence(data: Any) -> str:
    """What the reader says of some data, nothing where it takes it."""
    try:
        Calendar.parse(data)
    except CalendarRefused as refused:
        return str(refused)
    return ""


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(PARTS, junk)) | junk)
def test_no_data_at_all_breaks_the_reader(data: Any) -> None:
    """It reads, or it refuses; it does not fall over."""
    assert sentence(data) != "the calendar is refused"


@given(week=st.dictionaries(st.sampled_from(["mon", "tue"]), junk), workdays=junk, holidays=junk)
def test_junk_in_a_part_does_not_break_the_reader(week: Any, workdays: Any, holidays: Any) -> None:
    """Deeper down it is as strict."""
    assert "\n" not in sentence(spec(week=week, workdays=workdays, holidays=holidays))


def test_windows_that_touch_become_one() -> None:
    """And come back in order, a null counting as not given."""
    data = mon(["13:00", "18:00"], ["08:30:15", "13:00"], ["23:00", "24:00"]) | {"holidays": None}
    read = Calendar.parse(data).spec()
    assert read["week"] == {"mon": [["08:30:15", "18:00"], ["23:00", "24:00"]]}
    assert read["holidays"] == []


def test_a_calendar_of_single_dates_ends_with_them() -> None:
    """Beyond the last one it refuses, instead of looking for ever."""
    dates = Calendar.parse(
        {"zone": "UTC", "workdays": {"2026-10-10": NINE, "2026-10-17": NINE, "2026-10-18": []}}
    )
    assert dates.add(START, timedelta(hours=16)) == datetime(2026, 10, 17, 17, tzinfo=UTC)
    assert dates.add_days(START, 2) == datetime(2026, 10, 17, 9, tzinfo=UTC)
    with pytest.raises(WorkRunsOut, match="after 2026-10-17"):
        dates.add(START, timedelta(hours=16, seconds=1))
    with pytest.raises(WorkRunsOut, match="before 2026-10-10"):
        dates.subtract(START, timedelta(seconds=1))
    with pytest.raises(WorkRunsOut):
        dates.add_days(START, 3)
    with pytest.raises(WorkRunsOut):
        dates.add_days(START, -1)
    assert dates.between(START, START + timedelta(days=300)) == timedelta(hours=16)


@pytest.mark.parametrize("work", [timedelta.max, timedelta(days=400_000), -timedelta(days=400_000)])
def test_a_deadline_past_the_years_is_refused(work: timedelta) -> None:
    """At once, not after a long search."""
    with pytest.raises(TooFar, match="1900 to 2999"):
        Calendar.parse(spec()).add(START, work)


@pytest.mark.parametrize("days", [10**6, -(10**6), 10**12])
def test_days_past_the_years_are_refused(days: int) -> None:
    """The same, for targets in days."""
    with pytest.raises(TooFar):
        Calendar.parse(spec()).add_days(START, days)


@pytest.mark.parametrize("at", [datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)])
def test_an_instant_past_the_years_is_refused(at: datetime) -> None:
    """The ends of time are no exception."""
    calendar = Calendar.parse(spec(zone="Pacific/Apia"))
    for ask in (
        lambda: calendar.add(at, timedelta(hours=1)),
        lambda: calendar.between(START, at),
        lambda: calendar.add_days(at, 1),
        lambda: calendar.is_open(at),
    ):
        with pytest.raises(TooFar):
            ask()


def test_a_naive_time_is_a_mistake_in_the_program() -> None:
    """It must not be read as the machine's local time."""
    naive = START.replace(tzinfo=None)
    for ask in (
        lambda: Calendar.always().add(naive, timedelta(hours=1)),
        lambda: Calendar.always().between(START, naive),
        lambda: Calendar.always().add_days(naive, 1),
        lambda: Calendar.always().is_open(naive),
    ):
        with pytest.raises(TypeError):
            ask()
