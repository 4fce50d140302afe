"""Waiting: never without a reason and a wake-up, and the clocks that stand still meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from store.domain.errors import MoveRefused
from store.domain.lifecycle import Move, State, VisitState
from store.domain.reckon import standing
from store.domain.targets import ClockKind
from tests.builders import MONDAY, clock, order, rules, standing_in, take

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("wake_at", "sentence"),
    [
        (None, "without a wake-up time"),
        (datetime(2026, 9, 30, 9, 0), "the wake-up time has no time zone"),  # noqa: DTZ001  that is the point
        (MONDAY + HOUR, "the wake-up time is not in the future"),
        (MONDAY, "the wake-up time is not in the future"),
    ],
)
def test_waiting_needs_a_wake_up_in_the_future(wake_at: datetime | None, sentence: str) -> None:
    """An order that waits without one is an order lost."""
    with pytest.raises(MoveRefused, match=sentence):
        take(order(), Move.WAIT, MONDAY + HOUR, wake_at=wake_at)


def test_waiting_needs_a_reason() -> None:
    """The pause share is reported by reason."""
    with pytest.raises(MoveRefused, match="without a reason"):
        take(order(), Move.WAIT, MONDAY, reason="")


def test_who_was_on_site_leaves_when_the_order_waits() -> None:
    """The visit is over without being done, and resuming finds nobody on it."""
    held, _ = take(standing_in(State.ON_SITE), Move.WAIT, MONDAY + HOUR, reason="no part")
    assert (held.state, held.technician) == (State.WAITING, None)
    assert (held.visits[0].state, held.visits[0].outcome) == (VisitState.LEFT, "no part")
    held, _ = take(held, Move.RESUME, MONDAY + 2 * HOUR)
    assert held.state is State.NEW
    assert standing(held, rules()).orphan_at is not None


@pytest.mark.parametrize("state", [State.ASSIGNED, State.ACCEPTED, State.EN_ROUTE])
def test_who_was_still_coming_keeps_the_order_through_a_wait(state: State) -> None:
    """Resuming goes on from where the visit stands."""
    before = standing_in(state)
    held, _ = take(before, Move.WAIT, MONDAY + HOUR / 2)
    assert (held.state, held.technician) == (State.WAITING, before.technician)
    held, _ = take(held, Move.RESUME, MONDAY + HOUR)
    assert (held.state, held.wake_at) == (state, None)


def test_a_wait_moves_arrive_and_resolve_but_never_respond() -> None:
    """Respond is the desk's own promise; waiting for a customer does not excuse it."""
    held, _ = take(order(), Move.WAIT, MONDAY + HOUR / 2)
    assert clock(held, ClockKind.ARRIVE).due_at is None
    assert clock(held, ClockKind.RESOLVE).due_at is None
    assert clock(held, ClockKind.RESPOND).due_at == MONDAY + HOUR
    held, _ = take(held, Move.RESUME, MONDAY + HOUR * 3.5)
    assert clock(held, ClockKind.ARRIVE).due_at == MONDAY + 5 * HOUR
    assert clock(held, ClockKind.RESOLVE).due_at == MONDAY + 11 * HOUR
    assert clock(held, ClockKind.RESPOND).due_at == MONDAY + HOUR
    assert clock(held, ClockKind.RESOLVE).original_due_at == MONDAY + 8 * HOUR


def test_a_paused_clock_cannot_be_missed() -> None:
    """However long the order waits, its deadline is not in the queue and not broken."""
    held, _ = take(standing_in(State.ACCEPTED), Move.WAIT, MONDAY + HOUR)
    held, facts = take(held, Move.RESUME, MONDAY + 100 * HOUR)
    assert all(c.breached_at is None for c in held.clocks)
    assert [fact.name for fact in facts] == ["resumed"]


def test_a_clock_missed_before_the_wait_stays_missed_through_it() -> None:
    """Waiting is not a way to make lateness vanish: it is recorded, and stays in the queue."""
    held, facts = take(standing_in(State.ACCEPTED), Move.WAIT, MONDAY + 3 * HOUR)
    arrive = clock(held, ClockKind.ARRIVE)
    assert arrive.breached_at == arrive.due_at == MONDAY + 2 * HOUR
    assert [fact.name for fact in facts] == ["waited", "breached"]
    assert standing(held, rules()).next_deadline == MONDAY + 2 * HOUR
    held, _ = take(held, Move.RESUME, MONDAY + 9 * HOUR)
    assert clock(held, ClockKind.ARRIVE).breached_at == MONDAY + 2 * HOUR


def test_finishing_while_waiting_ends_the_wait_before_it_measures() -> None:
    """A job held for a month and done during the hold was not a month late."""
    held, _ = take(standing_in(State.ACCEPTED), Move.WAIT, MONDAY + HOUR)
    at = MONDAY + timedelta(days=30)
    held, facts = take(held, Move.FINISH, at, insist=True)
    resolve = clock(held, ClockKind.RESOLVE)
    assert (resolve.met_at, resolve.breached_at) == (at, None)
    assert resolve.due_at == at + 7 * HOUR
    assert held.pauses[0].to_at == at
    assert facts[0].body["insisted"] is True


def test_a_wall_clock_set_back_does_not_make_a_pause_end_before_it_began() -> None:
    """The desk must work through an hour's step of the clock; such a pause lasted no time."""
    held, _ = take(order(), Move.WAIT, MONDAY + HOUR / 2)
    held, _ = take(held, Move.RESUME, MONDAY - HOUR / 2)
    assert held.pauses[0].from_at == held.pauses[0].to_at
    assert clock(held, ClockKind.RESOLVE).due_at == MONDAY + 8 * HOUR
