"""Due times at creation, and what a queue is told of an order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.advance import open_order
from store.domain.clockwork import due
from store.domain.due_times import stops
from store.domain.evolve import evolve
from store.domain.lifecycle import Move, State
from store.domain.order import Pause
from store.domain.reckon import FAR, after_due, promise, reckon, spent_at, standing
from store.domain.rules import Rules
from store.domain.targets import ClockKind, Target
from tests.builders import (
    MONDAY,
    OFFICE,
    clock,
    gold,
    order,
    request,
    rules,
    standing_in,
    take,
)

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)

instants = st.integers(0, 30 * 24 * 60).map(lambda minutes: MONDAY + minutes * MINUTE)


def test_a_level_promises_all_its_clocks_from_when_the_customer_asked() -> None:
    """Not from when the desk wrote it down."""
    asked = MONDAY - HOUR / 2
    held = order(opened_at=asked)
    assert {c.kind: c.due_at for c in held.clocks} == {
        ClockKind.RESPOND: asked + HOUR,
        ClockKind.ARRIVE: asked + 2 * HOUR,
        ClockKind.RESOLVE: asked + 8 * HOUR,
        ClockKind.NEXT_UPDATE: asked + 4 * HOUR,
    }
    assert all(c.original_due_at == c.due_at for c in held.clocks)


def test_clocks_run_on_the_calendar() -> None:
    """Eight hours from Wednesday 30 September 17:00 end after the week of holidays."""
    asked = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)
    held = order(rules(calendar=OFFICE), at=asked)
    # one hour on Wednesday, seven of the eight and a half on Thursday 8 October
    assert clock(held, ClockKind.RESOLVE).due_at == datetime(2026, 10, 8, 8, 30, tzinfo=UTC)


def test_a_make_up_saturday_counts() -> None:
    """Saturday 10 October 2026 is worked for the holiday week."""
    asked = datetime(2026, 10, 9, 9, 0, tzinfo=UTC)
    held = order(rules(calendar=OFFICE), at=asked)
    assert clock(held, ClockKind.RESOLVE).due_at == datetime(2026, 10, 10, 8, 30, tzinfo=UTC)


def test_targets_in_days_keep_the_time_of_day() -> None:
    """And their warning levels are measured in working time."""
    level = gold(targets={(2, ClockKind.RESOLVE): Target(days=3)})
    by = rules(level, OFFICE)
    held = order(by)
    resolve = clock(held, ClockKind.RESOLVE)
    assert resolve.due_at == MONDAY + timedelta(days=3)
    # three days of eight and a half hours; half of that is twelve and three quarters
    assert spent_at(resolve, (), by, 50) == datetime(2026, 9, 22, 6, 15, tzinfo=UTC)


def test_no_level_promises_nothing() -> None:
    """And an order without a due time is never “on time”: it has no deadline at all."""
    held, _ = open_order(request(level=None), at=MONDAY, rules=Rules())
    stand = standing(held, Rules())
    assert held.clocks == ()
    assert (stand.next_deadline, stand.risk_at, stand.rank_at) == (None, None, FAR)
    assert stand.orphan_at == MONDAY + 15 * MINUTE


def test_a_due_time_from_outside_is_the_resolve_promise_and_stays() -> None:
    """Waiting does not move it: it is the source's own promise."""
    fixed = MONDAY + 30 * HOUR
    held, _ = open_order(request(), at=MONDAY, rules=rules(), resolve_by=fixed)
    assert clock(held, ClockKind.RESOLVE).target is None
    held, _ = take(held, Move.WAIT, MONDAY + HOUR / 2)
    assert clock(held, ClockKind.RESOLVE).due_at == fixed
    assert stops(clock(held, ClockKind.RESOLVE), held.pauses) == ()
    assert standing(held, rules()).next_deadline == MONDAY + HOUR  # respond, which never pauses


def test_a_fixed_due_time_is_at_risk_by_the_wall() -> None:
    """Its percentages have no calendar to run on."""
    level = gold(targets={})
    fixed = MONDAY + 100 * HOUR
    held, _ = open_order(request(), at=MONDAY, rules=rules(level, OFFICE), resolve_by=fixed)
    assert standing(held, rules(level, OFFICE)).risk_at == MONDAY + 75 * HOUR


def test_a_request_written_down_late_is_born_missed_and_silent() -> None:
    """13 % of real requests are logged after the fact; they do not ring for the past."""
    held, facts = open_order(request(opened_at=MONDAY - 3 * HOUR), at=MONDAY, rules=rules())
    respond = clock(held, ClockKind.RESPOND)
    assert (respond.breached_at, respond.warned) == (MONDAY - 2 * HOUR, 100)
    assert [fact.name for fact in facts] == ["created", "breached", "breached"]
    assert clock(held, ClockKind.RESOLVE).warned == 0


def test_promising_twice_promises_once() -> None:
    """A clock that is there is not made again."""
    held = order()
    assert promise(held, rules(), at=MONDAY) is held


def test_the_nearest_running_clock_is_the_deadline() -> None:
    """Met clocks have none; the clock is named."""
    stand = standing(order(), rules())
    assert (stand.next_deadline, stand.next_clock) == (MONDAY + HOUR, ClockKind.RESPOND)
    stand = standing(standing_in(State.ON_SITE), rules())
    assert (stand.next_deadline, stand.next_clock) == (MONDAY + 4 * HOUR, ClockKind.NEXT_UPDATE)
    assert stand.rank_at == stand.next_deadline


def test_an_order_is_at_risk_from_the_first_clock_that_is() -> None:
    """Three quarters of the respond hour."""
    assert standing(order(), rules()).risk_at == MONDAY + 45 * MINUTE
    half = rules(gold(risk=50))
    assert standing(order(half), half).risk_at == MONDAY + 30 * MINUTE


def test_any_clock_may_be_the_first_at_risk() -> None:
    """A source's own promise stands before those of the level, and may run out long after them."""
    late, soon = (
        open_order(request(), at=MONDAY, rules=rules(), resolve_by=MONDAY + by)[0]
        for by in (100 * HOUR, HOUR / 2)
    )
    assert standing(late, rules()).risk_at == MONDAY + 45 * MINUTE
    assert standing(soon, rules()).risk_at == MONDAY + HOUR / 2 * 0.75


def test_a_paused_order_has_no_deadline_and_ranks_by_its_wake_up() -> None:
    """Its clocks stand; what is left to look at is when it wakes."""
    by = rules(gold(targets={(2, ClockKind.RESOLVE): Target(seconds=3600)}))
    held, _ = take(order(by), Move.WAIT, MONDAY + MINUTE, by)
    stand = standing(held, by)
    assert (stand.next_deadline, stand.risk_at) == (None, None)
    assert stand.rank_at == held.wake_at
    assert stand.orphan_at is None


def test_a_waiting_order_ranks_by_what_runs_out_first() -> None:
    """Its respond clock runs on; a wait that ends before that is the next thing to look at."""
    soon, late = MONDAY + 10 * MINUTE, MONDAY + 10 * HOUR
    held, _ = take(order(), Move.WAIT, MONDAY + MINUTE)
    assert standing(evolve(held, wake_at=soon), rules()).rank_at == soon
    stand = standing(evolve(held, wake_at=late), rules())
    assert stand.rank_at == stand.next_deadline == MONDAY + HOUR


def test_what_is_done_ranks_by_when_it_was() -> None:
    """The oldest finished order is closed first."""
    by = rules(gold(targets={}))
    held = standing_in(State.DONE, by)
    assert standing(held, by).rank_at == held.state_since


def test_reckoning_again_changes_nothing() -> None:
    """The order stored is the order computed."""
    for state in State:
        held = standing_in(state)
        assert reckon(held, rules(), at=held.state_since) is held


@given(start=instants, share=st.integers(1, 100), more=st.integers(0, 100))
def test_a_higher_level_is_never_reached_earlier(start: datetime, share: int, more: int) -> None:
    """On an office calendar with a lunch break and a holiday week."""
    by = rules(calendar=OFFICE)
    resolve = clock(order(by, at=start), ClockKind.RESOLVE)
    first, second = spent_at(resolve, (), by, share), spent_at(resolve, (), by, share + more)
    assert first is not None
    assert second is not None
    assert first <= second


@given(
    start=instants,
    marks=st.lists(instants, min_size=2, max_size=8, unique=True).map(sorted),
    still=st.booleans(),
)
def test_the_due_time_is_what_the_clockwork_says(
    start: datetime, marks: list[datetime], still: bool
) -> None:
    """The short way through remembered results gives what the plain arithmetic gives."""
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    pauses = [Pause(from_at=a, to_at=b) for a, b in pairs]
    if still and pauses:
        pauses[-1] = replace(pauses[-1], to_at=None)
    by = rules(calendar=OFFICE)
    held = reckon(replace(order(by, at=start), pauses=tuple(pauses)), by, at=start)
    resolve = clock(held, ClockKind.RESOLVE)
    stretches = [(p.from_at, p.to_at) for p in pauses]
    assert resolve.due_at == due(OFFICE, start, timedelta(hours=8), stretches)
    assert spent_at(resolve, pauses, by, 100) == resolve.due_at
    assert after_due(resolve, pauses, by, 60) == due(
        OFFICE, start, timedelta(hours=8, seconds=60), stretches
    )


@pytest.mark.parametrize("ends", [HOUR, None], ids=["ended", "still standing"])
def test_a_wait_that_begins_as_the_promise_falls_due_comes_too_late(ends: timedelta | None) -> None:
    """Else an order put on hold in its last moment would be due never, and its miss not be told."""
    asked = order()
    resolve = clock(asked, ClockKind.RESOLVE)
    due_at = resolve.due_at
    assert due_at is not None
    pause = Pause(from_at=due_at, to_at=None if ends is None else due_at + ends)
    held = reckon(replace(asked, pauses=(pause,)), rules(), at=due_at)
    assert clock(held, ClockKind.RESOLVE) == resolve
    assert spent_at(resolve, held.pauses, rules(), 100) == due_at
