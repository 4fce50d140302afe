"""Taking back: an order stands as it stood before, whatever was done, and again as after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.domain.advance import prioritise
from store.domain.deeds import in_effect
from store.domain.ladders import ladder
from store.domain.lifecycle import Move, VisitState
from store.domain.replay import replay
from store.domain.undo_refusals import (
    AlreadyTakenBack,
    BuiltUpon,
    NotADeed,
    StandsDifferently,
)
from tests.builders import LI, MONDAY, WANG
from tests.domain.undo_desk import BY_OFFICE, DOINGS, Desk, days, lived, unrecalled


@settings(deadline=None)
@given(days, st.integers(0, 600))
def test_what_was_done_last_is_taken_back_exactly(day: list[tuple[str, int]], late: int) -> None:
    """All but that a technician who was sent must be told."""
    desk = lived(day)
    if len(desk.deeds) < 2:
        return
    before = replay([t.fact for t in desk.story if t.seq < desk.last.told[0].seq], number=7)
    after = desk.order
    desk.passes(late)
    undone = desk.last
    taken = desk.takes_back(undone)
    assert unrecalled(desk.order) == unrecalled(before)
    came = {v.technician for v in after.visits[len(before.visits) :] if v.ended_at is None}
    assert set(taken.recalled) == came
    desk.takes_back(desk.last)
    assert desk.order == after


@settings(deadline=None)
@given(days)
def test_a_whole_day_can_be_taken_back_step_by_step(day: list[tuple[str, int]]) -> None:
    """Down to the order as it was written down, and that is cancelled as an error."""
    desk = lived(day)
    first = replay([desk.story[0].fact], number=7)
    for deed in reversed(desk.deeds[1:]):
        desk.passes(1)
        desk.takes_back(deed)
    assert unrecalled(desk.order) == first
    desk.takes_back(desk.deeds[0])
    assert (desk.order.state, desk.order.reason) == ("cancelled", "written in error")


@settings(deadline=None)
@given(days, st.data())
def test_the_middle_is_taken_back_only_when_nothing_builds_on_it(
    day: list[tuple[str, int]], data: st.DataObject
) -> None:
    """Then everything but its own trace is still there; else it says what came after."""
    desk = lived(day)
    deed = data.draw(st.sampled_from(desk.deeds))
    later = [held for held in desk.deeds if held.id > deed.id]
    notes = [held for held in later if held.main.fact.name == "noted"]
    try:
        desk.takes_back(deed)
    except BuiltUpon:
        assert len(notes) < len(later)
        assert deed.main.fact.name != "noted"
    else:
        assert deed.main.fact.name == "noted" or later == notes
        assert deed.id not in in_effect(desk.deeds)


@settings(deadline=None)
@given(days, st.integers(0, 3000), st.integers(0, 3000))
def test_no_warning_is_lost_or_rung_twice_by_taking_back(
    day: list[tuple[str, int]], before: int, after: int
) -> None:
    """What rang stays rung, and what is still to come under the old promise comes."""
    desk = lived(day)
    undone = desk.last
    desk.passes(before)
    desk.rings()
    taken = [deed for deed in desk.deeds if deed.id == undone.id and undone.id > 1]
    for deed in taken:
        desk.takes_back(deed)
    desk.passes(after)
    desk.rings()
    desk.passes(60 * 24 * 365)
    desk.rings()
    assert len(set(desk.fired)) == len(desk.fired)
    for clock in desk.order.clocks:
        if clock.running and clock.due_at is not None:
            assert clock.breached_at is not None
            assert list(ladder(clock, desk.order, BY_OFFICE)) == []


def test_a_slip_of_priority_does_not_leave_a_missed_deadline() -> None:
    """Raised by mistake, rung for it, taken back: the old promise counts, and rings in its time."""
    desk = Desk()
    desk.does(prioritise, 1)
    slip = desk.last
    desk.passes(45)
    desk.rings()
    assert desk.order.clocks[0].breached_at is not None
    desk.takes_back(slip)
    respond = desk.order.clocks[0]
    assert (respond.breached_at, respond.warned) == (None, 75)
    desk.passes(16)
    desk.rings()
    assert desk.order.clocks[0].breached_at == respond.due_at


def test_a_deadline_missed_meanwhile_stays_missed() -> None:
    """Taking a note or a dispatch back gives nobody his time back."""
    desk = Desk()
    desk.move(Move.ASSIGN, technician=LI)
    sent = desk.last
    desk.passes(61)
    desk.rings()
    desk.takes_back(sent)
    assert desk.order.clocks[0].breached_at == MONDAY + timedelta(hours=1)
    assert desk.order.clocks[0].warned == 100


def test_a_technician_who_was_sent_is_recalled() -> None:
    """He may be on the road: taking back does not unsend him."""
    desk = Desk()
    desk.move(Move.ASSIGN, technician=LI)
    desk.passes(3)
    taken = desk.takes_back(desk.last)
    (visit,) = desk.order.visits
    assert (visit.state, visit.ended_at, visit.seen_at) == (VisitState.RECALLED, desk.at, None)
    assert (taken.recalled, desk.order.technician, desk.order.state) == ((LI,), None, "new")


def test_what_was_taken_back_is_not_taken_back_twice() -> None:
    """The second time there is nothing left of it."""
    desk = Desk()
    desk.move(Move.ASSIGN, technician=LI)
    sent = desk.last
    desk.takes_back(sent)
    with pytest.raises(AlreadyTakenBack):
        desk.takes_back(sent)


def test_what_came_in_from_outside_stays() -> None:
    """An import is no command of anybody's."""
    desk = Desk()
    desk.story = [replace(told, via="import") for told in desk.story]
    with pytest.raises(NotADeed):
        desk.takes_back(desk.last)


def test_done_again_it_is_in_the_way_of_what_was_before_it() -> None:
    """Dispatched, accepted, both taken back, dispatched again by taking that back."""
    desk = Desk()
    desk.move(Move.ASSIGN, technician=LI)
    sent = desk.last
    desk.move(Move.ACCEPT)
    accepted = desk.last
    desk.takes_back(accepted)
    not_accepted = desk.last
    desk.takes_back(sent)
    with pytest.raises(BuiltUpon):
        desk.takes_back(not_accepted)
    desk.takes_back(desk.last)
    desk.takes_back(not_accepted)
    assert desk.order.state == "accepted"


def test_an_order_that_was_changed_by_other_ways_is_left_alone() -> None:
    """What cannot be explained by the journal is not papered over."""
    desk = Desk()
    desk.move(Move.ASSIGN, technician=LI)
    desk.order = replace(desk.order, technician=WANG)
    with pytest.raises(StandsDifferently):
        desk.takes_back(desk.last)


def test_a_day_is_a_day() -> None:
    """The law would hold of an idle desk, too."""
    desk = lived([(what, 5) for what in DOINGS])
    assert len(desk.deeds) > 12
    assert isinstance(desk.at, datetime)
