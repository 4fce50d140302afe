"""Who should go, with what everybody has to do, and what has been; on both databases."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import pytest

from console.render_heading import heading_said
from console.render_recommend import asked_said, head_of, marks_said
from store.commands import (
    MoveTechnician,
    SaveAbsence,
    SaveShift,
)
from store.domain.errors import MoveRefused, NameUnknown, OrderUnknown
from store.domain.lifecycle import Move
from store.domain.targets import ClockKind
from store.queries.recommend import From, LeftOut, Recommended
from store.queries.replan import BoardToPlan
from tests.store.desk import ANA, NINE, do, minutes, move, stored, written

if TYPE_CHECKING:
    from store.records import Records
from tests.store.recommend_desk import AT_A, SHORT_ROAD, asked, desk, offered, order

__all__ = ["desk"]


def test_what_waits_is_done_when_it_wakes_and_others_before(desk: Records) -> None:
    """However urgent it is, nobody stands idle until then."""
    urgent, other = order(desk, priority=1), order(desk, priority=4)
    for number in (urgent, other):
        move(desk, number, Move.ASSIGN, technician="AN")
    move(desk, urgent, Move.WAIT, reason="parts", wake_at=minutes(300))
    an = next(one for one in asked(desk, order(desk, priority=2)).offers if one.who.code == "AN")
    assert (an.start_at, [slip.number for slip in an.slips]) == (NINE, [other])


def test_what_he_has_counts_and_what_would_slip_is_told(desk: Records) -> None:
    """He finishes what he is at; a less urgent order waits, and the answer says by how much."""
    at_hand, later, urgent = order(desk), order(desk, priority=4), order(desk, priority=1)
    for number in (at_hand, later):
        move(desk, number, Move.ASSIGN, technician="AN")
        move(desk, number, Move.ACCEPT, minutes(1))
    move(desk, at_hand, Move.DEPART, minutes(2))
    found = asked(desk, urgent, at=2, about="AN")
    assert isinstance(found.asked, Recommended)
    assert (found.asked.after, found.asked.who.begins_from) == (at_hand, From.ORDER)
    assert found.asked.start_at == minutes(62)
    (slip,) = found.asked.slips
    assert (slip.number, slip.later, slip.priority) == (later, timedelta(hours=1), 4)
    assert found.asked.urgent_late == 0
    score = found.asked.score
    assert (score.waiting, score.others_wait) == (0.05 * 20 * 60, 0.05 * 1 * 60), "each its own"
    assert asked(desk, later, at=2).holder == "AN"


def test_by_when_somebody_must_be_there_is_told_where_that_is_the_promise(desk: Records) -> None:
    """By when the work must be done follows from it, and is not the promise on the card."""
    number = order(desk)
    found = asked(desk, number)
    dues = {one.kind: one.due_at for one in stored(desk, number).clocks}
    assert found.arrive_by is not None
    assert found.arrive_by == dues[ClockKind.ARRIVE]
    assert found.due_at == found.arrive_by + found.takes
    said = heading_said(found, UTC, at=NINE)
    by = f"to be there by {found.arrive_by:%H:%M}, so done by {found.due_at:%H:%M}"
    assert by in said
    move(desk, number, Move.ASSIGN, technician="AN")
    for step in (Move.ACCEPT, Move.DEPART, Move.ARRIVE):
        move(desk, number, step)
    found = asked(desk, number)
    assert (found.arrive_by, found.due_at is None) == (None, False)
    assert "to be done by" in heading_said(found, UTC, at=NINE)


def test_nobody_is_offered_while_he_is_still_at_work(desk: Records) -> None:
    """An absence in the middle of a visit that goes on after it sets him free no earlier."""
    do(desk, SaveShift(technician="AN", starts_at=minutes(-60), ends_at=minutes(400)))
    do(desk, SaveAbsence(technician="AN", starts_at=minutes(20), ends_at=minutes(25)))
    at_hand, wanted = order(desk, site="B"), order(desk)
    move(desk, at_hand, Move.ASSIGN, minutes(0), technician="AN")
    for step in (Move.ACCEPT, Move.DEPART, Move.ARRIVE):
        move(desk, at_hand, step, minutes(0))
    found = asked(desk, wanted, at=1, about="AN")
    assert isinstance(found.asked, Recommended)
    assert found.asked.arrive_at == found.asked.start_at == minutes(60 + SHORT_ROAD)


def test_where_he_was_seen_counts_for_a_while(desk: Records) -> None:
    """It is marked after half an hour, and given up after eight hours."""
    number = order(desk)
    do(desk, MoveTechnician(technician="BO", latitude=31.2, longitude=121.4))
    told = [
        next(one for one in asked(desk, number, at=at).offers if one.who.code == "BO")
        for at in (0, 31, 481)
    ]
    assert [(one.who.begins_from, one.who.stale) for one in told] == [
        (From.SEEN, False),
        (From.SEEN, True),
        (From.HOME, False),
    ]
    assert [one.score.travel for one in told] == [0, 0, SHORT_ROAD]


def test_a_place_that_nobody_knows_is_half_an_hour_away(desk: Records) -> None:
    """And the answer says that it is not known."""
    found = asked(desk, written(desk, site="N1", kind="lift"))
    assert not found.place_known
    assert {one.score.travel for one in found.offers} == {30}


def test_what_lies_out_of_sight_is_reckoned_with_and_not_named(desk: Records) -> None:
    """Neither people nor orders of other sites; nor what cannot be sent anybody."""
    hidden, number = order(desk, site="B", priority=4), order(desk, priority=1)
    move(desk, hidden, Move.ASSIGN, technician="AN")
    found = asked(desk, number, who=AT_A)
    assert offered(found) == ["AN"]
    (slip,) = found.offers[0].slips
    assert (slip.number, slip.title) == (None, "")
    assert slip.later > timedelta()
    with pytest.raises(NameUnknown):
        asked(desk, number, who=AT_A, about="BO")
    with pytest.raises(OrderUnknown):
        asked(desk, hidden, who=AT_A)
    move(desk, number, Move.CANCEL, reason="sold")
    with pytest.raises(MoveRefused):
        asked(desk, number)


def test_who_has_declined_it_comes_last_and_is_marked(desk: Records) -> None:
    """As long as he has not had it again; whoever asks about him is told so."""
    number = order(desk)
    assert offered(asked(desk, number)) == ["AN", "BO"]
    move(desk, number, Move.ASSIGN, technician="AN")
    move(desk, number, Move.DECLINE, technician="AN", reason="no way", at=minutes(5))
    found = asked(desk, number, at=6, about="AN")
    assert offered(found) == ["BO", "AN"]
    bo, an = found.offers
    assert (bo.declined_at, an.declined_at, an.declined_why) == (None, minutes(5), "no way")
    assert an.score.total < bo.score.total
    assert asked_said(found, UTC) == "not AN An: declined 01:05: no way"
    assert "declined 01:05: no way" in head_of(an, 2, UTC, at=minutes(6))[1][0]
    move(desk, number, Move.ASSIGN, technician="BO")
    move(desk, number, Move.DECLINE, technician="BO", reason="neither", at=minutes(7))
    assert offered(asked(desk, number, at=8)) == ["AN", "BO"], "both have: the cheaper one"


def test_a_plan_proposes_who_has_declined_only_where_nobody_else_can(desk: Records) -> None:
    """Then he is better than nobody."""
    number = order(desk)
    ables = []
    for who in ("AN", "BO"):
        move(desk, number, Move.ASSIGN, technician=who)
        move(desk, number, Move.DECLINE, technician=who, reason="no way")
        [task] = desk.ask(BoardToPlan(), who=ANA, at=NINE).present.tasks
        ables.append(set(task.able))
    assert ables == [{5}, {4, 5}]


def test_who_is_not_there_now_is_told_so(desk: Records) -> None:
    """Absent, or before his shift, though he may go later: in his row, and where it is asked."""
    number = order(desk)
    do(desk, SaveAbsence(technician="AN", starts_at=NINE, ends_at=minutes(540)))
    do(desk, SaveShift(technician="BO", starts_at=minutes(120), ends_at=minutes(600)))
    found = asked(desk, number, at=1, about="AN")
    bo, an = found.offers
    marks = [marks_said(one, UTC, found.at) for one in (bo, an)]
    assert marks == [("off shift until 03:00",), ("absent until 10:00",)]
    assert "absent until 10:00" in asked_said(found, UTC)
    assert [one.away for one in asked(desk, number, at=121).offers if one.who.code == "BO"] == [
        None
    ]
    do(desk, SaveAbsence(technician="AN", starts_at=NINE, ends_at=minutes(9000)))
    left = asked(desk, number, about="AN").asked
    assert isinstance(left, LeftOut)
    assert [one.sentence for one in left.barred] == ["is absent until {until}"]
