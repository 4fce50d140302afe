"""Who goes: assigning, accepting, declining, and several technicians on one order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.domain.errors import MoveRefused
from store.domain.lifecycle import Move, State, VisitState
from store.domain.targets import ClockKind
from tests.builders import (
    LI,
    MONDAY,
    WANG,
    ZHAO,
    clock,
    moved,
    order,
    standing_in,
    take,
)

LATER = MONDAY + timedelta(minutes=10)
AFTER_THAT = MONDAY + timedelta(minutes=20)


def test_assigned_is_not_accepted() -> None:
    """The respond promise runs on until a technician says yes."""
    held, _ = take(order(), Move.ASSIGN, LATER)
    assert held.state is State.ASSIGNED
    assert clock(held, ClockKind.RESPOND).running


def test_the_first_yes_keeps_the_respond_promise() -> None:
    """A second technician's yes does not move it."""
    held = moved(order(), Move.ASSIGN, Move.ACCEPT)
    first = clock(held, ClockKind.RESPOND).met_at
    held, _ = take(held, Move.ASSIGN, held.state_since + timedelta(hours=3), technician=WANG)
    held, _ = take(held, Move.ACCEPT, held.state_since + timedelta(hours=3))
    assert clock(held, ClockKind.RESPOND).met_at == first == MONDAY + timedelta(minutes=10)


def test_reassigning_calls_the_first_technician_back() -> None:
    """The visit is withdrawn, the change is counted, and the fact says from whom."""
    held = standing_in(State.EN_ROUTE)
    held, facts = take(held, Move.ASSIGN, held.state_since, technician=WANG)
    assert [(v.technician, v.state) for v in held.visits] == [
        (LI, VisitState.WITHDRAWN),
        (WANG, VisitState.ASSIGNED),
    ]
    assert (held.state, held.technician, held.reassigned) == (State.ASSIGNED, WANG, 1)
    assert facts[0].body["from"] == [LI]


def test_a_second_technician_goes_beside_the_first() -> None:
    """`also` withdraws nobody, and the order stands where the one further along does."""
    held = standing_in(State.EN_ROUTE)
    held, facts = take(held, Move.ASSIGN, held.state_since, technician=WANG, also=True)
    assert (held.state, held.technician, held.reassigned) == (State.EN_ROUTE, LI, 0)
    assert "from" not in facts[0].body
    held, _ = take(held, Move.ACCEPT, held.state_since, technician=WANG)
    assert held.state is State.EN_ROUTE
    assert held.visits[1].state is VisitState.ACCEPTED


def test_the_one_further_along_holds_the_order() -> None:
    """Whoever was sent first: the board shows the technician who will be there first."""
    held = standing_in(State.ASSIGNED)
    held, _ = take(held, Move.ASSIGN, LATER, technician=WANG, also=True)
    held, _ = take(held, Move.ACCEPT, AFTER_THAT, technician=WANG)
    assert (held.state, held.technician) == (State.ACCEPTED, WANG)


def test_the_same_technician_is_not_sent_twice() -> None:
    """A slip of the finger does not make a second visit."""
    held = standing_in(State.ACCEPTED)
    with pytest.raises(MoveRefused, match="this technician has it already"):
        take(held, Move.ASSIGN, LATER, technician=LI)


def test_assigning_needs_a_technician() -> None:
    """Nobody is not somebody."""
    with pytest.raises(MoveRefused, match="without saying to whom"):
        take(order(), Move.ASSIGN, LATER, technician=None)


def test_who_works_is_not_called_back_without_insisting() -> None:
    """On site, reassigning asks for insistence, which the journal keeps, or for a second one."""
    held = standing_in(State.ON_SITE)
    with pytest.raises(MoveRefused, match="/insist calls them off, /also sends a second one"):
        take(held, Move.ASSIGN, LATER, technician=WANG)
    insisted, facts = take(held, Move.ASSIGN, LATER, technician=WANG, insist=True)
    assert insisted.technician == WANG
    assert facts[0].body["insisted"] is True
    beside, _ = take(held, Move.ASSIGN, LATER, technician=WANG, also=True)
    assert beside.technician == LI


def test_assigning_while_waiting_prepares_the_visit_and_keeps_waiting() -> None:
    """The order goes on waiting for its wake-up; the technician is already chosen."""
    held, _ = take(order(), Move.WAIT, LATER)
    held, _ = take(held, Move.ASSIGN, AFTER_THAT)
    assert (held.state, held.technician) == (State.WAITING, LI)
    held, _ = take(held, Move.RESUME, AFTER_THAT)
    assert held.state is State.ASSIGNED


def test_declining_sends_the_order_back_to_the_orphan_lane() -> None:
    """With its reason; the respond clock goes on from its start."""
    held = standing_in(State.ASSIGNED)
    due = clock(held, ClockKind.RESPOND).due_at
    held, _ = take(held, Move.DECLINE, AFTER_THAT, reason="no ladder")
    assert (held.state, held.technician, held.reason) == (State.DECLINED, None, "no ladder")
    assert held.visits[0].outcome == "no ladder"
    assert clock(held, ClockKind.RESPOND).running
    assert clock(held, ClockKind.RESPOND).due_at == due


def test_one_of_two_declining_leaves_the_other_with_the_order() -> None:
    """The state follows the visits that live."""
    held = standing_in(State.ACCEPTED)
    held, _ = take(held, Move.ASSIGN, AFTER_THAT, technician=WANG, also=True)
    held, _ = take(held, Move.DECLINE, AFTER_THAT, technician=LI, reason="no ladder")
    assert (held.state, held.technician, held.reason) == (State.ASSIGNED, WANG, "")
    assert held.visits[0].outcome == "no ladder"


def test_why_somebody_declined_is_no_reason_once_another_one_has_it() -> None:
    """His visit keeps it; why an order waited is none either once it waits no more."""
    held = standing_in(State.ASSIGNED)
    held, _ = take(held, Move.DECLINE, AFTER_THAT, reason="no ladder")
    held, _ = take(held, Move.ASSIGN, AFTER_THAT, technician=WANG)
    assert (held.state, held.reason, held.visits[0].outcome) == (State.ASSIGNED, "", "no ladder")
    waits = AFTER_THAT + timedelta(hours=1)
    held, _ = take(held, Move.WAIT, AFTER_THAT, reason="parts", wake_at=waits)
    held, _ = take(held, Move.ASSIGN, AFTER_THAT, technician=LI)
    assert (held.state, held.reason) == (State.WAITING, "parts"), "it waits for them all the same"
    held, _ = take(held, Move.RESUME, waits)
    assert (held.state, held.reason) == (State.ASSIGNED, "")


def test_declining_needs_a_reason() -> None:
    """Blanks are none."""
    with pytest.raises(MoveRefused, match="without a reason"):
        take(standing_in(State.ASSIGNED), Move.DECLINE, LATER, reason="  ")


def test_departing_without_acceptance_needs_insisting_and_counts_as_acceptance() -> None:
    """Who moves has said yes with his feet."""
    held = standing_in(State.ASSIGNED)
    with pytest.raises(MoveRefused, match="unless you insist"):
        take(held, Move.DEPART, LATER)
    held, facts = take(held, Move.DEPART, LATER, insist=True)
    assert held.visits[0].accepted_at == held.visits[0].departed_at == LATER
    assert clock(held, ClockKind.RESPOND).met_at == LATER
    assert facts[0].body["insisted"] is True


def test_arriving_keeps_the_arrive_promise() -> None:
    """The place and time of a check-in will hang on this."""
    held, _ = take(standing_in(State.EN_ROUTE), Move.ARRIVE, AFTER_THAT)
    assert clock(held, ClockKind.ARRIVE).met_at == AFTER_THAT
    assert held.visits[0].arrived_at == AFTER_THAT


def test_arriving_without_acceptance_counts_as_acceptance_too() -> None:
    """Insisted on, and both promises are kept at that moment."""
    held, _ = take(standing_in(State.ASSIGNED), Move.ARRIVE, AFTER_THAT, insist=True)
    assert held.visits[0].accepted_at == AFTER_THAT
    assert clock(held, ClockKind.RESPOND).met_at == AFTER_THAT


def test_a_technician_without_a_visit_cannot_arrive() -> None:
    """A step named for somebody who does not have the order is refused."""
    with pytest.raises(MoveRefused, match="this technician has no visit at that point"):
        take(standing_in(State.EN_ROUTE), Move.ARRIVE, LATER, technician=ZHAO)


def test_a_promise_kept_late_is_a_miss_of_its_due_time() -> None:
    """The clock keeps both: when it was met and what it missed; a fact says so once."""
    late = MONDAY + timedelta(hours=1, milliseconds=1)
    held, facts = take(standing_in(State.ASSIGNED), Move.ACCEPT, late)
    respond = clock(held, ClockKind.RESPOND)
    assert (respond.met_at, respond.breached_at) == (late, MONDAY + timedelta(hours=1))
    assert [fact.name for fact in facts] == ["accepted", "breached"]


def test_a_promise_kept_at_the_very_due_time_is_kept() -> None:
    """Late is after, not at."""
    held, facts = take(standing_in(State.ASSIGNED), Move.ACCEPT, MONDAY + timedelta(hours=1))
    assert clock(held, ClockKind.RESPOND).breached_at is None
    assert [fact.name for fact in facts] == ["accepted"]


def test_a_technician_takes_over_from_the_operator_who_followed() -> None:
    """Following is for orders that no technician holds."""
    held, _ = take(order(follower=2), Move.ASSIGN, LATER)
    assert held.follower is None


def test_an_instant_without_a_zone_is_a_programming_error() -> None:
    """Time is an argument, and aware."""
    with pytest.raises(ValueError, match="no time zone"):
        take(order(), Move.ASSIGN, MONDAY.replace(tzinfo=None))
