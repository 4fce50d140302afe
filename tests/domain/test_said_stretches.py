"""Laws of the days and parts of days that a filter names, in zones whose clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from console.moments import read_moment
from console.whens import parse_when
from store.domain.finding.stretches import Here, Stretch, stretch
from store.domain.finding.times import When, read_time, written_time
from store.domain.finding.tree import Sign
from store.domain.said_english import WEEKDAYS

ZONES = st.sampled_from(
    ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Santiago", "Africa/Cairo"]
).map(ZoneInfo)
MOMENTS = st.integers(0, 5_000 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
CHANGE = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
"""Half an hour before the longest hour of the year in Berlin."""


def found(text: str, at: datetime, zone: ZoneInfo, *, ahead: bool = True) -> tuple[datetime, ...]:
    """From when to when a text means."""
    when = read_time(text)
    assert isinstance(when, When), text
    meant = stretch(Sign.IS, when, Here(at=at, zone=zone), ahead=ahead)
    assert meant.start is not None
    assert meant.end is not None
    return meant.start, meant.end


@given(MOMENTS, ZONES, st.sampled_from(["today", "tomorrow", "fri", "12号", "next-mon", "11-01"]))
@example(CHANGE, ZoneInfo("Europe/Berlin"), "today")
def test_the_parts_of_a_day_are_the_day(at: datetime, zone: ZoneInfo, day: str) -> None:
    """Nothing falls between the small hours, the morning, the afternoon and the evening."""
    begins, ends = found(day, at, zone)
    within = begins + (ends - begins) / 2
    edges = [found(f"today@{part}", within, zone) for part in ("dawn", "morning")]
    edges += [found(f"today@{part}", within, zone) for part in ("afternoon", "evening")]
    assert (edges[0][0], edges[-1][1]) == (begins, ends)
    assert all(one[1] == other[0] for one, other in pairwise(edges))
    assert timedelta(hours=22) <= ends - begins <= timedelta(hours=26)
    local = begins.astimezone(zone)
    assert (local.hour, local.minute) in {(0, 0), (1, 0)}  # some days begin at one


@pytest.mark.parametrize("ahead", [True, False])
@pytest.mark.parametrize("said", ["tonight", "今晚", "last-night", "昨晚"])
def test_tonight_is_the_night_one_is_in(said: str, ahead: bool) -> None:
    """At a quarter to four it began yesterday at 18:00 and goes on until six."""
    begins = datetime(2026, 11, 26, 10, tzinfo=UTC)
    ends = begins + timedelta(hours=12)
    night, shanghai = datetime(2026, 11, 26, 19, 48, tzinfo=UTC), ZoneInfo("Asia/Shanghai")
    assert found(said, night, shanghai, ahead=ahead) == (begins, ends)
    assert found("last-night", ends, shanghai, ahead=ahead) == (begins, ends)
    day = timedelta(days=1)
    assert found("tonight", ends, shanghai, ahead=ahead) == (begins + day, ends + day)


@given(MOMENTS, ZONES, st.integers(1, 12), st.integers(0, 59))
@example(CHANGE, ZoneInfo("Europe/Berlin"), 2, 30)
def test_an_oclock_is_by_the_face_of_the_clock_wherever_it_is_typed(
    at: datetime, zone: ZoneInfo, hour: int, minute: int
) -> None:
    """The next one in a command and of what is to come, the last one in the past."""
    said = f"{hour}点{minute:02}"
    ahead, back = found(said, at, zone)[0], found(said, at, zone, ahead=False)[0]
    for moment in (ahead, back):
        wall = moment.astimezone(zone)
        assert wall.minute == minute
        assert abs(wall.hour % 12 - hour % 12) in {0, 1, 11}  # an hour that the clocks leave out
    assert timedelta() <= ahead - at <= timedelta(hours=13)
    assert timedelta() <= at - back <= timedelta(hours=13)
    assert read_moment(said, at=at, zone=zone) == back
    if ahead > at:
        assert parse_when(said, at=at, zone=zone) == ahead


@given(MOMENTS, ZONES, st.sampled_from(WEEKDAYS))
def test_a_day_of_the_week_is_within_a_week(at: datetime, zone: ZoneInfo, day: str) -> None:
    """Today is one of them, on either side."""
    today = at.astimezone(zone).date()
    for ahead in (True, False):
        begins, _ends = found(day, at, zone, ahead=ahead)
        one = (begins + timedelta(hours=6)).astimezone(zone).date()
        assert one.weekday() == WEEKDAYS.index(day)
        apart = one - today if ahead else today - one
        assert timedelta() <= apart <= timedelta(days=6)


@given(MOMENTS, ZONES, st.sampled_from(["this-", "next-", "last-"]), st.sampled_from(WEEKDAYS))
def test_a_week_holds_its_days(at: datetime, zone: ZoneInfo, which: str, day: str) -> None:
    """From Monday to Sunday, and the weeks follow one another."""
    begins, ends = found(f"{which}week", at, zone)
    first, last = found(which + day, at, zone)
    assert begins <= first
    assert last <= ends
    assert found("this-week", at, zone)[0] == found("last-week", at, zone)[1]
    assert found("this-week", at, zone)[1] == found("next-week", at, zone)[0]


@given(MOMENTS, ZONES, st.sampled_from(["evening", "night", "fri@morning", "noon", "31号"]))
def test_what_is_going_on_is_meant_on_both_sides(at: datetime, zone: ZoneInfo, text: str) -> None:
    """In the evening, the evening is this one."""
    ahead, back = found(text, at, zone), found(text, at, zone, ahead=False)
    assert ahead[1] > at
    assert back[0] <= at
    if back[1] > at:
        assert ahead == back
    else:
        assert back[1] <= ahead[0]


@given(
    st.sampled_from(["", "today", "yesterday", "fri", "next-fri", "12号", "11-20", "2026-11-20"]),
    st.sampled_from(["", "evening", "early", "9:00", "24:00", "3点00", "15:30"]),
)
def test_a_time_reads_back_from_its_text(day: str, time: str) -> None:
    """In the one way in which it is written."""
    text = f"{day}@{time}".strip("@")
    meant = read_time(text)
    assert (meant is None) is (text == "")
    if meant is not None:
        assert read_time(written_time(meant)) == meant


def test_two_days_are_the_nearest_that_follow_one_another() -> None:
    """On a Wednesday, Monday to Friday is this week, whatever a field tells."""
    from store.domain.finding.values import read_time_value

    value = read_time_value("mon..fri")
    assert value is not None
    here = Here(at=datetime(2026, 11, 25, 4, tzinfo=UTC), zone=ZoneInfo("Asia/Shanghai"))
    week = Stretch(datetime(2026, 11, 22, 16, tzinfo=UTC), datetime(2026, 11, 27, 16, tzinfo=UTC))
    assert [stretch(Sign.IS, value, here, ahead=way) for way in (True, False)] == [week, week]
