"""How orders end, and what comes back when they are reopened."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.domain.advance import open_order
from store.domain.errors import MoveRefused
from store.domain.lifecycle import Move, State, VisitState
from store.domain.moves_refusals import NobodyHasIt
from store.domain.targets import ClockKind
from tests.builders import (
    LI,
    MONDAY,
    WANG,
    clock,
    moved,
    order,
    request,
    rules,
    standing_in,
    take,
)

HOUR = timedelta(hours=1)


def test_finishing_keeps_the_resolve_promise() -> None:
    """And remembers the first resolution and when it was done."""
    held, _ = take(standing_in(State.ON_SITE), Move.FINISH, MONDAY + HOUR)
    assert clock(held, ClockKind.RESOLVE).met_at == MONDAY + HOUR
    assert held.first_resolved_at == held.done_at == MONDAY + HOUR
    assert (held.state, held.technician) == (State.DONE, None)
    assert held.visits[0].state is VisitState.DONE


def test_the_order_is_done_when_the_last_technician_is() -> None:
    """The first of two to finish ends his own visit only."""
    held = standing_in(State.ON_SITE)
    held, _ = take(held, Move.ASSIGN, MONDAY + HOUR, technician=WANG, also=True)
    held, _ = take(held, Move.FINISH, MONDAY + HOUR, technician=LI)
    assert (held.state, held.technician) == (State.ASSIGNED, WANG)
    assert clock(held, ClockKind.RESOLVE).running
    held, _ = take(held, Move.ARRIVE, MONDAY + 2 * HOUR, insist=True)
    held, _ = take(held, Move.FINISH, MONDAY + 3 * HOUR)
    assert held.state is State.DONE
    assert clock(held, ClockKind.RESOLVE).met_at == MONDAY + 3 * HOUR


def test_one_of_two_finishing_while_the_order_waits_does_not_wake_it() -> None:
    """The pause and its wake-up stand as long as the order waits."""
    held = standing_in(State.ACCEPTED)
    held, _ = take(held, Move.ASSIGN, MONDAY + HOUR, technician=WANG, also=True)
    held, _ = take(held, Move.WAIT, MONDAY + HOUR)
    held, _ = take(held, Move.FINISH, MONDAY + HOUR, technician=LI, insist=True)
    assert held.state is State.WAITING
    assert held.pauses[0].to_at is None


def test_insisting_on_the_end_closes_what_was_skipped() -> None:
    """Respond and arrive are settled with resolve, and the journal says that it was insisted."""
    with pytest.raises(MoveRefused, match="unless you insist"):
        take(standing_in(State.ASSIGNED), Move.FINISH, MONDAY + HOUR)
    held, facts = take(standing_in(State.ASSIGNED), Move.FINISH, MONDAY + HOUR, insist=True)
    assert held.state is State.DONE
    assert {c.kind for c in held.clocks if c.running} == {ClockKind.NEXT_UPDATE}
    assert facts[0].body["insisted"] is True


@pytest.mark.parametrize("state", [State.NEW, State.DECLINED, State.REOPENED])
def test_finished_by_nobody_keeps_no_promise_to_come(state: State) -> None:
    """Response and arrival end, neither kept nor missed; what was late by then is a miss."""
    with pytest.raises(NobodyHasIt, match=r"dispatch it, or cancel it .*; /insist"):
        take(standing_in(state), Move.FINISH, MONDAY + 30 * HOUR)
    before = standing_in(state)
    came = {(c.kind, c.run) for c in before.clocks if not c.running}
    held, facts = take(before, Move.FINISH, before.state_since, insist=True)
    assert held.state is State.DONE
    assert facts[0].body["insisted"] is facts[0].body["nobody"] is True
    for one in held.clocks:
        if (one.kind, one.run) in came or one.kind is ClockKind.NEXT_UPDATE:
            continue
        kept = one.kind is ClockKind.RESOLVE
        assert (one.met_at is not None, one.ended_at is not None) == (kept, not kept)
        assert one.breached_at is None
    late, facts = take(standing_in(State.NEW), Move.FINISH, MONDAY + 3 * HOUR, insist=True)
    arrive = clock(late, ClockKind.ARRIVE)
    assert (arrive.met_at, arrive.breached_at) == (None, MONDAY + 2 * HOUR)
    assert {f.body["clock"] for f in facts if f.name == "breached"} == {"respond", "arrive"}


def test_insisting_where_nothing_is_skipped_is_not_journalled_as_such() -> None:
    """The trace of overrides stays worth reading."""
    _, facts = take(standing_in(State.ON_SITE), Move.FINISH, MONDAY + HOUR, insist=True)
    assert "insisted" not in facts[0].body


def test_insisting_ends_all_visits_at_once() -> None:
    """Who was on site has done it; who was still coming is called back."""
    held = standing_in(State.ON_SITE)
    held, _ = take(held, Move.ASSIGN, MONDAY + HOUR, technician=WANG, also=True)
    held, _ = take(held, Move.FINISH, MONDAY + HOUR, insist=True)
    assert [v.state for v in held.visits] == [VisitState.DONE, VisitState.WITHDRAWN]
    assert held.state is State.DONE


def test_closing_what_is_done_verifies_it_too() -> None:
    """One key for the usual case, and both facts in the trace."""
    held, facts = take(standing_in(State.DONE), Move.CLOSE, MONDAY + HOUR)
    assert held.verified_at == held.closed_at == MONDAY + HOUR
    assert [fact.name for fact in facts] == ["verified", "closed"]
    held = standing_in(State.VERIFIED)
    after, facts = take(held, Move.CLOSE, MONDAY + HOUR)
    assert after.verified_at == held.verified_at
    assert [fact.name for fact in facts] == ["closed"]


def test_closing_ends_the_promise_of_the_next_update() -> None:
    """It is neither kept nor missed, unless it was late already."""
    held, facts = take(standing_in(State.DONE), Move.CLOSE, MONDAY + HOUR)
    update = clock(held, ClockKind.NEXT_UPDATE)
    assert (update.ended_at, update.met_at, update.breached_at) == (MONDAY + HOUR, None, None)
    held, facts = take(standing_in(State.DONE), Move.CLOSE, MONDAY + 9 * HOUR)
    assert clock(held, ClockKind.NEXT_UPDATE).breached_at == MONDAY + 4 * HOUR
    assert [fact.name for fact in facts] == ["verified", "closed", "breached"]


def test_reopening_does_not_count_the_time_it_was_closed() -> None:
    """Resolve goes on from its original start; the others begin anew."""
    held = standing_in(State.ON_SITE)
    held, _ = take(held, Move.FINISH, MONDAY + 2 * HOUR)
    held, _ = take(held, Move.CLOSE, MONDAY + 5 * HOUR)
    back = MONDAY + 24 * HOUR
    held, _ = take(held, Move.REOPEN, back, reason="stuck again")
    assert (held.state, held.reopened, held.reason) == (State.REOPENED, 1, "stuck again")
    assert (held.done_at, held.verified_at, held.closed_at) == (None, None, None)
    assert held.first_resolved_at == MONDAY + 2 * HOUR
    again = clock(held, ClockKind.RESOLVE, run=2)
    assert (again.started_at, again.due_at) == (MONDAY, MONDAY + (8 + 22) * HOUR)
    for kind, hours in ((ClockKind.RESPOND, 1), (ClockKind.ARRIVE, 2), (ClockKind.NEXT_UPDATE, 4)):
        fresh = clock(held, kind, run=2)
        assert (fresh.started_at, fresh.due_at) == (back, back + hours * HOUR)
    assert clock(held, ClockKind.RESOLVE).met_at == MONDAY + 2 * HOUR


def test_the_first_resolution_is_kept_through_the_second() -> None:
    """Both numbers are needed: first resolution, and total active time."""
    held = moved(standing_in(State.REOPENED), Move.ASSIGN, Move.ACCEPT, Move.ARRIVE)
    first = held.first_resolved_at
    held, _ = take(held, Move.FINISH, MONDAY + 99 * HOUR)
    assert held.first_resolved_at == first
    assert held.done_at == MONDAY + 99 * HOUR


def test_what_was_late_before_it_was_reopened_is_late_again_without_ringing() -> None:
    """Born missed: kept on the new clock, its ladder silent."""
    held, _ = take(standing_in(State.ON_SITE), Move.FINISH, MONDAY + 10 * HOUR)
    held, facts = take(held, Move.REOPEN, MONDAY + 30 * HOUR)
    again = clock(held, ClockKind.RESOLVE, run=2)
    assert (again.breached_at, again.warned) == (MONDAY + 8 * HOUR, 100)
    assert "breached" in {fact.name for fact in facts}


@pytest.mark.parametrize("state", [State.CANCELLED, State.DUPLICATE])
def test_what_was_given_up_can_come_back(state: State) -> None:
    """The time it was given up is not counted either."""
    held = standing_in(state)
    held, _ = take(held, Move.REOPEN, held.state_since + 24 * HOUR)
    assert (held.state, held.duplicate_of) == (State.REOPENED, None)
    assert clock(held, ClockKind.RESOLVE, run=2).due_at == MONDAY + (8 + 24) * HOUR


def test_a_reopened_order_that_nobody_takes_is_reopened_and_not_new() -> None:
    """A job that came back is not mistaken for a first request, nor for one that is done."""
    held = standing_in(State.REOPENED)
    held, _ = take(held, Move.WAIT, MONDAY + HOUR)
    held, _ = take(held, Move.RESUME, MONDAY + 2 * HOUR)
    assert held.state is State.REOPENED


def test_cancelling_ends_every_promise_and_calls_everybody_back() -> None:
    """Nothing of a cancelled order can ring, and its technician is free."""
    held, _ = take(standing_in(State.EN_ROUTE), Move.CANCEL, MONDAY + HOUR, reason="sold")
    assert (held.state, held.technician, held.reason) == (State.CANCELLED, None, "sold")
    assert not any(c.running for c in held.clocks)
    assert held.visits[0].state is VisitState.WITHDRAWN


def test_cancelling_late_does_not_hide_the_miss() -> None:
    """Giving up is not a way to good figures."""
    held, facts = take(order(), Move.CANCEL, MONDAY + 3 * HOUR)
    assert clock(held, ClockKind.ARRIVE).breached_at == MONDAY + 2 * HOUR
    assert [fact.name for fact in facts] == ["cancelled", "breached", "breached"]


def test_cancelling_while_waiting_closes_the_wait() -> None:
    """No open pause outside waiting; and the clock ends with the due time that it had."""
    waiting = standing_in(State.WAITING)
    since = waiting.state_since
    held, _ = take(waiting, Move.CANCEL, MONDAY + 3 * HOUR)
    resolve = clock(held, ClockKind.RESOLVE)
    assert (resolve.due_at, resolve.breached_at) == (MONDAY + 11 * HOUR - (since - MONDAY), None)
    assert held.pauses[0].to_at == MONDAY + 3 * HOUR
    assert held.wake_at is None


def test_a_duplicate_names_its_original() -> None:
    """Another order, and never itself."""
    held, _ = take(order(), Move.DUPLICATE, MONDAY + HOUR, duplicate_of=3)
    assert (held.state, held.duplicate_of) == (State.DUPLICATE, 3)
    with pytest.raises(MoveRefused, match="a duplicate of itself"):
        take(order(), Move.DUPLICATE, MONDAY + HOUR, duplicate_of=7)
    with pytest.raises(MoveRefused, match="without the number of the original"):
        take(order(), Move.DUPLICATE, MONDAY + HOUR, duplicate_of=None)


def test_a_fixed_due_time_comes_back_as_it_was_promised() -> None:
    """The source's promise neither moves nor starts afresh."""
    fixed = MONDAY + 20 * HOUR
    held, _ = open_order(request(), at=MONDAY, rules=rules(), resolve_by=fixed)
    held, _ = take(held, Move.FINISH, MONDAY + HOUR, insist=True)
    held, _ = take(held, Move.REOPEN, MONDAY + 5 * HOUR)
    assert clock(held, ClockKind.RESOLVE, run=2).due_at == fixed
