"""What holds for all calendars, near and far from the days on which clocks turn."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from store.domain.calendar import Calendar
from tests.domain.calendar_makers import calendars, desks, moves, spans

Placed = tuple[Calendar, datetime]

NOTHING = timedelta()


@given(calendars, spans)
def test_what_is_added_can_be_measured(placed: Placed, work: timedelta) -> None:
    """To the microsecond, in every zone."""
    calendar, start = placed
    assert calendar.between(start, calendar.add(start, work)) == work


@given(calendars, spans)
def test_what_is_taken_away_can_be_measured(placed: Placed, work: timedelta) -> None:
    """Warnings stand before the due time on the same calendar."""
    calendar, due = placed
    assert calendar.between(calendar.subtract(due, work), due) == work


@given(calendars, spans)
def test_a_deadline_is_the_first_instant_that_will_do(placed: Placed, work: timedelta) -> None:
    """A microsecond earlier, some of the work would be undone."""
    calendar, start = placed
    due = calendar.add(start, work)
    earlier = due - timedelta(microseconds=1)
    assert due == start or calendar.between(start, earlier) < work


@given(calendars, spans)
def test_going_back_stops_at_the_last_instant_that_will_do(placed: Placed, work: timedelta) -> None:
    """A microsecond later, too little work would be left."""
    calendar, due = placed
    start = calendar.subtract(due, work)
    later = start + timedelta(microseconds=1)
    assert start == due or calendar.between(later, due) < work


@given(calendars, moves, moves)
def test_a_split_interval_sums_to_the_whole(
    placed: Placed, one: timedelta, other: timedelta
) -> None:
    """Wherever it is split, and in whichever direction time is read."""
    calendar, a = placed
    b, c = a + one, a + other
    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)
    assert calendar.between(a, b) == -calendar.between(b, a)


@given(calendars, spans, spans)
def test_more_work_is_never_due_earlier(placed: Placed, one: timedelta, more: timedelta) -> None:
    """Nor is the same work, when it starts later."""
    calendar, start = placed
    assert calendar.add(start, one) <= calendar.add(start, one + more)
    assert calendar.add(start, one) <= calendar.add(start + more, one)


@settings(max_examples=40)
@given(calendars, st.integers(-20, 20))
def test_every_window_is_reached_exactly(placed: Placed, days: int) -> None:
    """From near and far, its end as a deadline and its beginning as a warning."""
    calendar, near = placed
    far = near + timedelta(days=days * 7)
    told = calendar.windows(near - timedelta(days=15), near + timedelta(days=15))
    for opens, closes in islice(told, 12):
        assert calendar.add(opens, closes - opens) == closes
        assert calendar.subtract(closes, closes - opens) == opens
        if far < closes:
            assert calendar.add(far, calendar.between(far, closes)) == closes
        if far > opens:
            assert calendar.subtract(far, calendar.between(opens, far)) == opens
        assert all(a < b for a, b in calendar.windows(near - timedelta(days=15), opens))


@given(calendars, spans, spans)
def test_work_may_be_added_in_parts(placed: Placed, one: timedelta, other: timedelta) -> None:
    """However the parts fall on closing times."""
    calendar, start = placed
    assert calendar.add(calendar.add(start, one), other) == calendar.add(start, one + other)


@given(calendars, moves)
def test_the_windows_sum_to_the_distance(placed: Placed, move: timedelta) -> None:
    """They are the same time, told one by one."""
    calendar, a = placed
    told = sum((closes - opens for opens, closes in calendar.windows(a, a + move)), NOTHING)
    assert told == max(calendar.between(a, a + move), NOTHING)


@given(calendars, st.integers(1, 30))
def test_days_added_and_taken_away_come_back(placed: Placed, days: int) -> None:
    """To the same local day, from any working day."""
    calendar, start = placed
    begun = calendar.add_days(start, 1)
    back = calendar.add_days(calendar.add_days(begun, days), -days)
    zone = calendar.zone
    assert back.astimezone(zone).date() == begun.astimezone(zone).date()


@given(desks())
def test_a_calendar_gives_its_data_back(desk: tuple[dict[str, Any], datetime]) -> None:
    """In one canonical form, which reads as the same calendar."""
    spec = Calendar.parse(desk[0]).spec()
    assert Calendar.parse(spec).spec() == spec


@given(calendars, spans)
def test_the_order_of_questions_changes_no_answer(placed: Placed, work: timedelta) -> None:
    """What was explored for one question must not colour the next."""
    calendar, start = placed
    fresh = Calendar.parse(calendar.spec())
    calendar.between(start - timedelta(days=3000), start + timedelta(days=3000))
    calendar.add(start + timedelta(days=4000), work)
    assert calendar.add(start, work) == fresh.add(start, work)
    assert calendar.subtract(start, work) == fresh.subtract(start, work)


@given(calendars, spans)
def test_a_pickled_calendar_answers_the_same(placed: Placed, work: timedelta) -> None:
    """It travels to the planner's worker process."""
    calendar, start = placed
    assert pickle.loads(pickle.dumps(calendar)).add(start, work) == calendar.add(start, work)


def test_what_was_explored_is_kept() -> None:
    """Questions near and far in turn do not make the calendar begin again."""
    calendar, at = Calendar.always(), datetime(2026, 6, 1, tzinfo=UTC)
    asked = [at, at + timedelta(days=9000), at - timedelta(days=9000)]
    for day in asked:
        calendar.is_open(day)
    known = calendar._line._known
    assert all(calendar.is_open(day) for day in asked)
    assert calendar._line._known is known


def test_threads_may_share_a_calendar() -> None:
    """Each asks for other years first, while the calendar is still being explored."""
    week = {"sun": [["00:00", "24:00"]], "mon": [["09:00", "17:30"]]}
    spec = {"zone": "Europe/Berlin", "week": week}
    work = [timedelta(hours=7 * n) for n in range(-400, 400)]
    start = datetime(2026, 6, 1, tzinfo=UTC)
    shared, alone = Calendar.parse(spec), Calendar.parse(spec)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda span: shared.add(start, span), work[::-1]))
    assert together[::-1] == [alone.add(start, span) for span in work]
