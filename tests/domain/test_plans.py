"""Plans: when they come, whatever clocks and closed days do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.calendar import Calendar
from store.domain.localtime import DAY, SECOND, micros, of_instant, to_instant
from store.domain.plans import Basis, Closed, Timing, after, local_day, occurrences, turn
from tests.builders import OFFICE
from tests.domain.plan_makers import LONDON, SHANGHAI, timing, timings

if TYPE_CHECKING:
    from store.domain.plans import Occurrence


def some(plan: Timing, count: int = 12) -> list[Occurrence]:
    return list(islice(occurrences(plan), count))


def due_days(plan: Timing, count: int = 4) -> list[str]:
    return [found.due_day.isoformat() for found in some(plan, count)]


@given(timings())
def test_no_change_of_the_clocks_moves_the_work(plan: Timing) -> None:
    """The wall shows the same time at each; only one that the wall never shows comes later."""
    for found in some(plan):
        ordinal, of_day = of_instant(plan.zone, micros(found.due_at))
        wanted = plan.of_day * SECOND
        if (ordinal, of_day) != (found.due_day.toordinal(), wanted):
            gap = (ordinal - found.due_day.toordinal()) * DAY + of_day - wanted
            assert 0 < gap <= 2 * 3600 * SECOND
            assert of_instant(plan.zone, micros(found.due_at) - gap)[1] != wanted


@given(timings())
def test_occurrences_only_rise(plan: Timing) -> None:
    """By the day that names them, the day they are due, and the instant."""
    found = some(plan)
    for earlier, later in pairwise(found):
        assert earlier.day < later.day
        assert earlier.due_day < later.due_day
        assert earlier.due_at < later.due_at
    assert all(one.make_at <= one.due_at for one in found)


@given(timings(hours=OFFICE), st.sampled_from([Closed.SKIP, Closed.NEXT, Closed.PREVIOUS]))
def test_closed_days_are_never_worked(plan: Timing, closed: Closed) -> None:
    """Moved ones fall on working days, skipped ones never come."""
    for found in some(replace(plan, closed=closed)):
        assert OFFICE.works_on(found.due_day)
        if closed is Closed.SKIP:
            assert found.day == found.due_day
        elif closed is Closed.NEXT:
            assert found.due_day >= found.day
        else:
            assert found.due_day <= found.day


@given(timings(), st.integers(1, 11))
def test_going_on_after_any_of_them_tells_the_same(plan: Timing, many: int) -> None:
    """However often it is asked, with whatever has been made: none twice, none left out."""
    whole = some(plan)
    going = plan
    for made in whole[:many]:
        going = after(going, made)
    assert some(going, len(whole) - min(many, len(whole))) == whole[many:]


@given(timings(), st.data())
def test_what_is_skipped_does_not_come(plan: Timing, data: st.DataObject) -> None:
    """Nor does anything that had been one with it; the others stay."""
    whole = some(plan)
    if not whole:
        return
    gone = data.draw(st.sampled_from(whole))
    left = some(replace(plan, skipped=frozenset({gone.day})))
    assert gone.day not in [found.day for found in left]
    kept = [found for found in whole if found.day != gone.day]
    assert left[: len(kept)] == kept


def test_nine_stays_nine_when_summer_begins() -> None:
    """29 March 2026 in London."""
    plan = timing("daily", start=date(2026, 3, 28))
    assert [f"{found.due_at:%d %H}" for found in some(plan, 3)] == ["28 09", "29 08", "30 08"]


def test_an_hour_that_the_wall_never_shows_comes_an_hour_later() -> None:
    """And one that it shows twice is the first."""
    gap = timing("daily", start=date(2026, 3, 29), of_day=5400)
    twice = timing("daily", start=date(2026, 10, 25), of_day=5400)
    assert some(gap, 1)[0].due_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert some(twice, 1)[0].due_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("closed", "due"),
    [
        (Closed.KEEP, ["2026-10-01", "2026-11-01", "2026-12-01"]),
        (Closed.SKIP, ["2026-12-01", "2027-01-01", "2027-02-01"]),
        (Closed.NEXT, ["2026-10-08", "2026-11-02", "2026-12-01"]),
        (Closed.PREVIOUS, ["2026-09-30", "2026-10-30", "2026-12-01"]),
    ],
)
def test_closed_days_as_was_chosen(closed: Closed, due: list[str]) -> None:
    """The first of the month around the national holiday."""
    plan = timing("monthly", start=date(2026, 10, 1), hours=OFFICE, zone=SHANGHAI, closed=closed)
    assert due_days(plan, 3) == due


def test_a_make_up_workday_is_worked() -> None:
    """Saturday 10 October 2026 is worked for the holiday."""
    weekly = timing("FREQ=WEEKLY;BYDAY=SA", start=date(2026, 10, 1), hours=OFFICE)
    assert due_days(replace(weekly, closed=Closed.SKIP), 1) == ["2026-10-10"]


def test_a_weekend_moved_onto_monday_is_one_order() -> None:
    """A daily round: Saturday, Sunday and Monday come together."""
    plan = timing("daily", start=date(2026, 9, 18), hours=OFFICE, closed=Closed.NEXT)
    assert due_days(plan, 3) == ["2026-09-18", "2026-09-21", "2026-09-22"]


def test_a_calendar_of_single_dates_ends_the_plan() -> None:
    """There is no working day to move to."""
    dates = {"zone": "UTC", "workdays": {"2026-01-07": [["08:00", "12:00"]]}}
    plan = timing("monthly", hours=Calendar.parse(dates), closed=Closed.NEXT)
    assert due_days(plan) == ["2026-01-07"]


def test_from_completion_the_next_is_counted_from_the_day_it_was_done() -> None:
    """Three months after the last filter was changed, whenever that was."""
    plan = timing("3 months", basis=Basis.COMPLETION)
    (first,) = some(plan, 1)
    done = replace(after(plan, first), done_on=date(2026, 1, 31))
    assert due_days(done, 2) == ["2026-04-30", "2026-07-30"]


def test_from_completion_a_rule_with_days_keeps_its_days() -> None:
    """The first Monday, three months from the month in which it was done."""
    plan = timing("FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", basis=Basis.COMPLETION)
    (first,) = some(plan, 1)
    early = replace(after(plan, first), done_on=date(2026, 1, 2))
    late = replace(after(plan, first), done_on=date(2026, 2, 20))
    assert due_days(early, 1) == ["2026-04-06"]
    assert due_days(late, 1) == ["2026-05-04"]


def test_count_ends_a_plan_from_completion_by_what_was_made() -> None:
    """Whatever days they were done on."""
    assert len(some(timing("FREQ=DAILY;COUNT=3", basis=Basis.COMPLETION))) == 3


@pytest.mark.parametrize("text", ["FREQ=DAILY;COUNT=3", "FREQ=DAILY;UNTIL=20260107"])
def test_a_rule_with_an_end_ends(text: str) -> None:
    """And the plan's own end may come before it."""
    plan = timing(text)
    assert due_days(plan, 9) == ["2026-01-05", "2026-01-06", "2026-01-07"]
    assert due_days(replace(plan, until=date(2026, 1, 6)), 9) == ["2026-01-05", "2026-01-06"]


def test_an_order_is_made_ahead_by_the_wall() -> None:
    """A week before, at the same hour, across the change of the clocks."""
    plan = timing("daily", start=date(2026, 4, 1), lead=timedelta(days=7))
    (found,) = some(plan, 1)
    assert found.make_at == datetime(2026, 3, 25, 9, tzinfo=UTC)
    assert found.due_at == datetime(2026, 4, 1, 8, tzinfo=UTC)


def test_what_was_due_before_the_plan_was_made_is_not_made() -> None:
    """A plan written down at ten begins tomorrow at nine."""
    plan = timing("daily", begin_at=datetime(2026, 1, 7, 10, tzinfo=UTC))
    assert due_days(plan, 1) == ["2026-01-08"]


def test_after_a_day_switched_off_each_is_made_with_its_own_date() -> None:
    """Once: the turn after it is the next."""
    plan = timing("daily")
    at = datetime(2026, 1, 6, 12, tzinfo=UTC)
    first = turn(plan, at=at)
    assert first is not None
    assert (first.occurrence.due_day, first.missed) == (date(2026, 1, 5), 0)
    second = turn(after(plan, first.occurrence), at=at)
    assert second is not None
    assert second.occurrence.due_day == date(2026, 1, 6)
    assert turn(after(after(plan, first.occurrence), second.occurrence), at=at) is None


def test_after_a_long_stretch_the_latest_is_made_and_the_others_are_counted() -> None:
    """Nobody walks last month's rounds."""
    at = datetime(2026, 2, 5, 12, tzinfo=UTC)
    held = turn(timing("daily"), at=at)
    assert held is not None
    assert held.occurrence.due_day == date(2026, 2, 4)  # the fifth follows for itself
    assert (held.missed, held.since) == (30, date(2026, 1, 5))
    monthly = turn(timing("FREQ=MONTHLY;BYMONTHDAY=6"), at=at)
    assert monthly is not None
    assert (monthly.occurrence.due_day, monthly.missed) == (date(2026, 1, 6), 0)


@given(timings(), st.integers(0, 900))
def test_turns_end_and_never_repeat(plan: Timing, later: int) -> None:
    """Taken until there are none: each once, all that is recent, and the rest counted."""
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=later)
    made: list[date] = []
    counted = 0
    while (held := turn(plan, at=at)) is not None:
        made.append(held.occurrence.day)
        counted += 1 + held.missed
        plan = after(plan, held.occurrence)
    assert made == sorted(set(made))
    assert all(found.make_at > at for found in some(plan, 1))
    assert len(made) <= counted


def test_the_day_is_the_one_on_the_wall() -> None:
    """Half past midnight in London's summer is the day before in UTC."""
    assert local_day(LONDON, datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert to_instant(LONDON, date(2026, 7, 1).toordinal(), 0) == micros(
        datetime(2026, 6, 30, 23, tzinfo=UTC)
    )
