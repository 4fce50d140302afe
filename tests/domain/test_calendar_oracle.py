"""Calendars against a walk over every minute."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.domain.calendar import Calendar
from tests.budget import tries
from tests.domain.calendar_makers import desks
from tests.domain.calendar_oracle import MINUTE, hours_on, wall, worked_minutes

Desk = tuple[dict[str, Any], datetime]


@settings(max_examples=tries(25, 120), deadline=None)
@given(desks(), st.integers(0, 3 * 1440))
def test_a_distance_is_the_number_of_minutes_worked(desk: Desk, minutes: int) -> None:
    """Also over gaps, folds, lost days and dates worked or closed against their weekday."""
    spec, start = desk
    end = start + minutes * MINUTE
    counted = sum(1 for _ in worked_minutes(spec, start, end))
    assert Calendar.parse(spec).between(start, end) == counted * MINUTE


@settings(max_examples=tries(25, 120), deadline=None)
@given(desks(), st.integers(1, 900))
def test_a_deadline_is_the_end_of_the_last_minute_worked(desk: Desk, work: int) -> None:
    """So one that falls at closing time stays there."""
    spec, start = desk
    walked = islice(worked_minutes(spec, start, start + timedelta(days=4)), work - 1, work)
    last = next(walked, None)
    if last is not None:
        assert Calendar.parse(spec).add(start, work * MINUTE) == last + MINUTE


@settings(max_examples=tries(25, 120), deadline=None)
@given(desks(), st.integers(1, 900))
def test_going_back_ends_at_the_first_minute_worked(desk: Desk, work: int) -> None:
    """The mirror of a deadline: at opening time, not the closing before."""
    spec, due = desk
    walked = list(worked_minutes(spec, due - timedelta(days=4), due))
    if len(walked) >= work:
        assert Calendar.parse(spec).subtract(due, work * MINUTE) == walked[-work]


@settings(max_examples=40, deadline=None)
@given(desks(), st.integers(0, 2 * 1440))
def test_windows_hold_exactly_the_minutes_worked(desk: Desk, minutes: int) -> None:
    """And are as long as they can be: none touches the next."""
    spec, start = desk
    end = start + minutes * MINUTE
    found = list(Calendar.parse(spec).windows(start, end))
    held = [opens + n * MINUTE for opens, ends in found for n in range((ends - opens) // MINUTE)]
    assert held == list(worked_minutes(spec, start, end))
    assert all(one[1] < other[0] for one, other in pairwise(found))


@settings(max_examples=tries(25, 120), deadline=None)
@given(desks())
def test_open_means_that_this_minute_is_worked(desk: Desk) -> None:
    """A window holds its first instant and not its last."""
    spec, at = desk
    assert Calendar.parse(spec).is_open(at) == any(worked_minutes(spec, at, at + MINUTE))


@settings(max_examples=tries(25, 120), deadline=None)
@given(desks(), st.integers(1, 12))
def test_working_days_are_the_dates_with_hours(desk: Desk, days: int) -> None:
    """Counted one by one on the wall, at the same time of day."""
    spec, start = desk
    calendar = Calendar.parse(spec)
    local = wall(calendar.zone, start)
    day, left = local.date(), days
    for _ in range(200):
        day += timedelta(days=1)
        lost = (spec["zone"], day.isoformat()) == ("Pacific/Apia", "2011-12-30")
        left -= bool(hours_on(spec, day)) and not lost
        if left == 0:
            break
    else:
        pytest.fail("a week with hours has working days")
    due = wall(calendar.zone, calendar.add_days(start, days))
    assert due.date() == day
    assert due.time() == local.time() or timedelta() < due - datetime.combine(day, local.time())
