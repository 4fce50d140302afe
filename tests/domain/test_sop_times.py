"""A step's working time: that of a clock with the same target, minute by minute."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.calendar import Calendar
from store.domain.evolve import evolve
from store.domain.lifecycle import State
from store.domain.order import Clock, OrderStep, Pause, WorkOrder
from store.domain.reckon import recomputed
from store.domain.sop import awaited, due_at
from store.domain.targets import ClockKind, Target
from tests.builders import MONDAY, OFFICE, request, rules

MINUTE = timedelta(minutes=1)
OPEN = ((510, 720), (780, 1080))
"""Minutes of a day at which the office works: 08:30-12:00 and 13:00-18:00."""
FREE = {"2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"}

pauses = st.lists(st.tuples(st.integers(0, 9_000), st.integers(1, 3_000)), max_size=3)


def led(within: int, held: tuple[Pause, ...] = (), **told: object) -> tuple[WorkOrder, OrderStep]:
    """An order, and a step of it that is to be done in so many minutes of working time."""
    step = OrderStep(code="x", since="opened", within_s=within * 60, working=True)
    order = evolve(request(steps=(step,)), pauses=held, **told)
    return order, step


def works(at: datetime) -> bool:
    """Whether the office works during a minute, told without its calendar."""
    there = at + timedelta(hours=8)
    day = there.date().isoformat()
    worked = (there.weekday() < 5 and day not in FREE) or day == "2026-10-10"
    return worked and any(a <= there.hour * 60 + there.minute < b for a, b in OPEN)


def walked(start: datetime, within: int, held: tuple[Pause, ...]) -> datetime | None:
    """When so many minutes were worked and not waited, one after the other; None in a wait."""
    at, left = start, within
    while left:
        waits = [one for one in held if one.from_at <= at and (one.to_at is None or at < one.to_at)]
        if any(one.to_at is None for one in waits):
            return None
        left -= works(at) and not waits
        at += MINUTE
    return at


@given(st.integers(1, 2_000), st.integers(0, 9_000), pauses, st.booleans())
def test_a_step_is_due_when_a_clock_would_be(
    within: int, began: int, waits: list[tuple[int, int]], standing: bool
) -> None:
    """On the same hours, through the same waits; one that stands holds both."""
    start = MONDAY + began * MINUTE
    held = tuple(
        Pause(reason="x", from_at=MONDAY + a * MINUTE, to_at=MONDAY + (a + b) * MINUTE)
        for a, b in waits
    )
    if standing:
        held += (Pause(reason="x", from_at=start + within * MINUTE / 2, to_at=None),)
    order, step = led(within, held, opened_at=start)
    by = rules(calendar=OFFICE)
    clock = Clock(kind=ClockKind.RESOLVE, started_at=start, target=Target(seconds=within * 60))
    assert due_at(order, step, by) == recomputed(clock, held, by, at=start).due_at


@pytest.mark.parametrize("standing", [False, True])
@given(
    within=st.integers(1, 400), began=st.integers(0, 4_000), wait=st.integers(0, 300),
    span=st.integers(1, 900),
)  # fmt: skip
def test_a_walk_by_minutes_finds_the_same(
    standing: bool, within: int, began: int, wait: int, span: int
) -> None:
    """The judge knows no calendar of ours."""
    start = MONDAY + began * MINUTE
    ends = None if standing else start + (wait + span) * MINUTE
    held = (Pause(reason="x", from_at=start + wait * MINUTE, to_at=ends),)
    order, step = led(within, held, opened_at=start)
    assert due_at(order, step, rules(calendar=OFFICE)) == walked(start, within, held)


def test_what_is_over_or_beyond_the_calendar_is_due_at_no_time() -> None:
    """A calendar that ends asks for nothing after its end; wall time knows neither."""
    ends = Calendar.parse(
        {"zone": "UTC", "week": {}, "workdays": {"2026-09-21": [["01:00", "02:00"]]}}
    )
    by = rules(calendar=ends)
    order, step = led(60)
    assert awaited(order, by) == (MONDAY + 60 * MINUTE,)
    late, step = led(61)
    assert (due_at(late, step, by), awaited(late, by)) == (None, ())
    plain = evolve(step, working=False)
    assert due_at(late, plain, by) == MONDAY + 61 * MINUTE
    assert awaited(evolve(order, state=State.CLOSED), by) == ()
