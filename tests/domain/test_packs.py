"""When packs are due, by a desk's calendar: on days off, made-up workdays, and where hours jump."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from store.domain.calendar import Calendar
from store.domain.dispatch.figures import Figures
from store.domain.packs import DuePack, PackKind, after_last, next_packs, packs_due

WEEK = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def hours(zone: str = "Asia/Shanghai", **more: Any) -> Calendar:
    """Nine to six on five days, but for what is said."""
    return Calendar.parse({"zone": zone, "week": WEEK} | more)


def due(at: datetime, calendar: Calendar, **more: Any) -> dict[str, DuePack]:
    """What is due, by kind; of months the last."""
    figures = Figures(**{name: more.pop(name) for name in list(more) if name.startswith("pack_")})
    found = packs_due(calendar, figures, at=at, months=more.get("months", ()))
    return {one.kind.value: one for one in found}


def local(text: str, zone: str = "Asia/Shanghai") -> datetime:
    """A wall time there."""
    from zoneinfo import ZoneInfo

    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_a_day_is_told_of_when_its_work_ends() -> None:
    """Not before; and it looks ahead to the end of the next working day, over the weekend."""
    ends = local("2026-11-27T18:00")
    before = due(ends - timedelta(seconds=1), hours())["daily"]
    assert before.period == "2026-11-26"
    found = due(ends, hours())["daily"]
    assert (found.period, found.due_at) == ("2026-11-27", ends)
    assert found.ahead == local("2026-11-30T18:00")
    assert due(ends + timedelta(days=2), hours())["daily"] == found, "a Sunday has none of its own"


def test_a_holiday_has_no_summary_and_a_made_up_workday_has_one() -> None:
    """国庆节 and its 调休, as the calendar tells them."""
    off = [f"2026-10-0{n}" for n in range(1, 8)]
    desk = hours(holidays=off, workdays={"2026-10-10": [["09:00", "17:00"]]})
    assert due(local("2026-10-07T20:00"), desk)["daily"].period == "2026-09-30"
    found = due(local("2026-10-10T17:00"), desk)["daily"]
    assert (found.period, found.due_at) == ("2026-10-10", local("2026-10-10T17:00"))
    assert due(local("2026-10-08T08:59"), desk)["monthly"].period == "2026-08"
    month = due(local("2026-10-08T09:00"), desk)["monthly"]
    assert (month.period, month.due_at) == ("2026-09", local("2026-10-08T09:00"))
    week = due(local("2026-10-08T09:00"), desk)["weekly"]
    assert (week.period, week.due_at) == ("2026-W41", local("2026-10-08T09:00"))


def test_it_ends_by_the_wall_clock_where_hours_jump() -> None:
    """Six in Berlin is an hour earlier by UTC from the last Sunday of March on."""
    berlin = hours("Europe/Berlin")
    found = [due(datetime(2026, 3, day, 23, tzinfo=UTC), berlin)["daily"] for day in (27, 30)]
    assert [one.due_at.hour for one in found] == [17, 16]


def test_a_desk_that_never_closes_tells_of_each_day_at_midnight() -> None:
    """There is no other end."""
    found = due(local("2026-11-29T00:00"), Calendar.always())
    assert found["daily"].period in {"2026-11-28", "2026-11-27"}


def test_every_missed_month_is_due_and_only_the_last_day_and_week() -> None:
    """A month is for the records; what is to be acted on is old by then."""
    at, written = local("2026-11-28T12:00"), {"2026-05", "2026-06", "2026-08"}
    found = packs_due(hours(), Figures(), at=at, months=written)
    months = [one.period for one in found if one.kind is PackKind.MONTHLY]
    assert months == ["2026-07", "2026-09", "2026-10"], "also one between two that are there"
    assert [one.kind for one in found].count(PackKind.DAILY) == 1
    first = packs_due(hours(), Figures(), at=at)
    assert [one.period for one in first if one.kind is PackKind.MONTHLY] == ["2026-10"]


def test_however_many_months_were_missed_all_are_made_up() -> None:
    """The oldest first, so that a later look goes on where this one stopped."""
    written, looks = {"2018-01"}, 0
    at = local("2026-11-28T12:00")
    while True:
        found = packs_due(hours(), Figures(), at=at, months=written)
        new = {one.period for one in found if one.kind is PackKind.MONTHLY} - written
        if not new:
            break
        written |= new
        looks += 1
    assert len(written) == 8 * 12 + 10
    assert looks == 3


@given(st.lists(st.integers(1, 400_000), min_size=2, max_size=30), st.booleans(), st.data())
def test_summaries_leave_no_hole_and_do_not_overlap(
    steps: list[int], closes: bool, data: st.DataObject
) -> None:
    """Whenever somebody looks, and whatever the calendar is by then: each goes on from the last."""
    walls = ("Asia/Shanghai", "Europe/Berlin", "America/Los_Angeles")
    late = {day: [["08:00", "20:30"]] for day in (*WEEK, "sat")}
    calendars = [*(hours(zone) for zone in walls), *(hours(zone, week=late) for zone in walls)]
    if not closes:
        calendars.append(Calendar.always())
    at, told = datetime(2026, 3, 20, tzinfo=UTC), list[DuePack]()
    for step in steps:
        at += timedelta(seconds=step)
        calendar = data.draw(st.sampled_from(calendars))
        (found,) = (one for one in packs_due(calendar, Figures(), at=at) if one.kind == "daily")
        pack = after_last(calendar, found, told[-1].due_at if told else None)
        if pack is not None and pack.period not in {one.period for one in told}:
            told.append(pack)
    for before, pack in pairwise(told):
        assert pack.since == before.due_at < pack.due_at
    for pack in told:
        assert pack.first <= pack.last


def test_the_first_summary_goes_on_from_the_work_before() -> None:
    """What came after Friday's work stands in Monday's."""
    (found,) = (
        one
        for one in packs_due(hours(), Figures(), at=local("2026-11-30T18:00"))
        if one.kind == "daily"
    )
    assert found.since == local("2026-11-27T18:00")
    assert (str(found.first), str(found.last)) == ("2026-11-27", "2026-11-30")


def test_what_is_set_to_never_is_not_due() -> None:
    """Each by itself."""
    never = due(local("2026-11-28T12:00"), hours(), pack_daily=0, pack_weekly=0, pack_monthly=0)
    assert never == {}
    friday = due(local("2026-11-27T09:00"), hours(), pack_weekly=5)["weekly"]
    assert (friday.period, friday.due_at) == ("2026-W48", local("2026-11-27T09:00"))


@given(st.integers(0, 86_400 * 3650), st.integers(1, 7))
def test_nothing_is_due_ahead_of_its_time_nor_twice(at: int, weekday: int) -> None:
    """And a little later it is the same, or a later period."""
    moment = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=at)
    now = due(moment, hours(), pack_weekly=weekday)
    later = due(moment + timedelta(hours=7), hours(), pack_weekly=weekday)
    assert now.keys() == later.keys() == {"daily", "weekly", "monthly"}
    for kind, one in now.items():
        assert one.due_at <= moment
        assert (later[kind].period, later[kind].due_at) >= (one.period, one.due_at)
        assert (later[kind].period == one.period) == (later[kind].due_at == one.due_at)


@given(st.integers(0, 86_400 * 3650), st.sampled_from(["Asia/Shanghai", "America/Los_Angeles"]))
def test_what_is_to_come_is_what_falls_due_then(at: int, zone: str) -> None:
    """Nothing of its kind falls due before; what is set to never does not come."""
    moment, desk = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=at), hours(zone)
    now = due(moment, desk)
    found = next_packs(desk, Figures(), at=moment)
    assert {one.kind for one in found} == set(PackKind)
    assert [one.due_at for one in found] == sorted(one.due_at for one in found)
    for one in found:
        assert one.due_at > moment
        assert due(one.due_at, desk)[one.kind] == one
        before = due(one.due_at - timedelta(seconds=1), desk)[one.kind]
        assert before.period == now[one.kind].period
    assert next_packs(desk, Figures(pack_daily=0, pack_weekly=0, pack_monthly=0), at=moment) == ()
