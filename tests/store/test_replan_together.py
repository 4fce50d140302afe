"""Orders that take two, planned with the whole board over a store: both go at one start."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from console.accepting import accepting
from console.render_handed import apart_said
from console.render_replan import changes_said
from console.replan.needing import needing_in
from store.commands import SaveAbsence, SaveTechnician, Undo
from store.commands.locks import LockOrder, PlaceOrder
from store.commands.replan import AcceptProposal, BoardMovedOn, SendTogether
from store.domain.dispatch.replan import Replan, propose
from store.domain.errors import BadInput
from store.domain.lifecycle import Move, State, VisitState
from store.domain.moves_common import live_visits
from store.persistence.journal import JOURNAL
from tests.store.desk import NINE, do, minutes, move, rows, stored, written
from tests.store.test_replan import ADMIN, board, desk

if TYPE_CHECKING:
    from store.domain.dispatch.proposal import Handed, Proposal
    from store.domain.intents import Done
    from store.queries.replan import Planning
    from store.records import Records

__all__ = ["desk"]

pytestmark = pytest.mark.parametrize("desk", ["sqlite"], indirect=True)


def for_two(records: Records, *has: str, **more: Any) -> int:
    """An order that takes two, with some who have it."""
    number = written(records, kind="lift", site="A", crew=2, **more)
    for who in has:
        move(records, number, Move.ASSIGN, technician=who, also=True)
    return number


def planned(records: Records) -> tuple[Planning, Proposal]:
    planning = board(records)
    replan = Replan(planning.present)
    return planning, propose(replan.kernel, replan.moves)


def who(planning: Planning, row: Handed) -> tuple[list[str], list[str]]:
    """Who has it now and then."""
    assert row.sent is not None
    codes = {one.id: one.code for one in planning.people.values()}
    return sorted(codes[one] for one in row.sent.had), sorted(codes[one] for one in row.sent.have)


def accepted(records: Records, planning: Planning, told: Proposal) -> Done:
    return do(records, accepting(planning, told), at=minutes(6))


def there(records: Records, number: int) -> tuple[set[int], object]:
    """Who has it, and when it is to begin."""
    order = stored(records, number)
    return {visit.technician for visit in live_visits(order.visits)}, order.planned_at


@pytest.mark.parametrize("has", [(), ("AN",)])
def test_both_go_at_one_start_as_shown_and_taken_back_as_one(
    desk: Records, has: tuple[str, ...]
) -> None:
    """Whoever had it alone stays; the board then says what was shown."""
    number, other = for_two(desk, *has), written(desk, kind="lift", site="B")
    was = there(desk, number)
    planning, told = planned(desk)
    row = next(row for row in told.rows if row.sent is not None)
    assert row.number == number
    assert who(planning, row) == (sorted(has), ["AN", "BO"])
    assert row.after is not None
    done = accepted(desk, planning, told)
    assert set(done.numbers) == {number, other}
    start = planning.pace.after(planning.at, row.after.start)
    people = {one.id for one in planning.people.values() if one.code in {"AN", "BO"}}
    assert there(desk, number) == (people, start)
    assert start.second == start.microsecond == 0
    again, now = planned(desk)
    assert now.rows == ()
    assert now.before == pytest.approx(told.after)
    assert again.crews == ()
    facts = rows(desk, JOURNAL, number=number, fact="assigned")[len(has) :]
    assert [row["body"]["proposed"] for row in facts] == [True] * (2 - len(has))
    do(desk, Undo(entry=done.undo), at=minutes(7))
    assert there(desk, number) == was
    assert stored(desk, other).state is State.NEW
    do(desk, Undo(redo=True), at=minutes(8))
    assert there(desk, number) == (people, start)


def test_it_is_told_who_goes_when(desk: Records) -> None:
    """Of one order alone, both by name."""
    number = for_two(desk)
    planning, told = planned(desk)
    done = accepted(desk, planning, told)
    assert done.sentence.format(**done.facts) == (
        f"order {number} is assigned → AN + BO, to begin at {done.facts['start']}"
    )


def test_who_drops_out_is_replaced_and_the_other_keeps_it(desk: Records) -> None:
    """His yes, too; the start stays, and who goes in the place of whom is told."""
    do(desk, SaveTechnician(code="CY", name="Cy", home="B", skills={"lift": 3}), who=ADMIN)
    number = for_two(desk)
    first, told = planned(desk)
    accepted(desk, first, told)
    start = stored(desk, number).planned_at
    codes = {one.id: one.code for one in first.people.values()}
    stays, gone = sorted(live_visits(stored(desk, number).visits), key=lambda one: one.place)
    move(desk, number, Move.ACCEPT, technician=stays.technician)
    away = SaveAbsence(
        technician=codes[gone.technician], starts_at=NINE, ends_at=NINE + timedelta(days=3)
    )
    do(desk, away, who=ADMIN)
    planning, told = planned(desk)
    (row,) = told.rows
    third = ({"AN", "BO", "CY"} - {codes[stays.technician], codes[gone.technician]}).pop()
    assert (row.losing, [codes[it] for it in row.gaining]) == ((gone.technician,), [third])
    done = accepted(desk, planning, told)
    order = stored(desk, number)
    assert order.planned_at == start
    assert {one.technician: one.state for one in live_visits(order.visits)} == {
        stays.technician: VisitState.ACCEPTED,
        row.gains: VisitState.ASSIGNED,
    }
    assert done.facts["called_off"] == [[number, planning.people[gone.technician].name]]
    do(desk, Undo(entry=done.undo), at=minutes(7))
    assert there(desk, number) == ({stays.technician, gone.technician}, start)


def test_the_calm_line_counts_it_as_any_other(desk: Records) -> None:
    """An urgent one that nobody has, then one of which somebody drops out whom another replaces."""
    number = for_two(desk, priority=1)
    found = needing_in(board(desk))
    assert found is not None
    assert (found.orders, found.urgent) == (0, 1)
    planning, told = planned(desk)
    accepted(desk, planning, told)
    assert needing_in(board(desk)) is None
    do(desk, SaveTechnician(code="CY", name="Cy", home="B", skills={"lift": 3}), who=ADMIN)
    away = SaveAbsence(technician="BO", starts_at=NINE, ends_at=NINE + timedelta(days=3))
    do(desk, away, who=ADMIN)
    found = needing_in(board(desk))
    assert found is not None
    assert (found.orders, found.people, found.name, found.urgent) == (1, 1, "BO", 0)
    assert len(there(desk, number)[0]) == 2


def test_what_is_begun_or_locked_stays_as_it_is(desk: Records) -> None:
    """It is told that somebody is lacking; a start that it was given and is locked to is kept."""
    begun = for_two(desk, "AN")
    for step in (Move.ACCEPT, Move.DEPART):
        move(desk, begun, step, technician="AN")
    planning, told = planned(desk)
    assert (told.rows, planning.crews) == ((), (begun,))
    move(desk, begun, Move.CANCEL, reason="gone")
    number = for_two(desk, "BO")
    do(desk, PlaceOrder(number=number, technician="BO", start_at=minutes(100)))
    do(desk, LockOrder(number=number))
    planning, told = planned(desk)
    (row,) = told.rows
    assert who(planning, row) == (["BO"], ["AN", "BO"])
    accepted(desk, planning, told)
    assert there(desk, number)[1] == minutes(100)
    assert stored(desk, number).locked_by is not None


@pytest.mark.parametrize("what", ["version", "load", "stays"])
def test_a_board_that_moved_on_refuses_both(desk: Records, what: str) -> None:
    """Also where whoever stays has something else to do by then."""
    number = for_two(desk, "AN")
    planning, told = planned(desk)
    if what == "version":
        move(desk, number, Move.WAIT, reason="part", wake_at=minutes(60))
    else:
        move(
            desk,
            written(desk, kind="lift", site="B"),
            Move.ASSIGN,
            technician="AN" if what == "stays" else "BO",
        )
    head = desk.head()
    with pytest.raises(BoardMovedOn, match="moved on"):
        accepted(desk, planning, told)
    assert desk.head() == head


@pytest.mark.parametrize("odd", ["nobody", "twice", "more", "again"])
def test_only_whole_crews_are_sent(desk: Records, odd: str) -> None:
    """Each once, and nobody is called off for whom nobody comes."""
    number = for_two(desk)
    planning, told = planned(desk)
    command = accepting(planning, told)
    (one,) = command.together
    some: dict[str, tuple[SendTogether, ...]] = {
        "nobody": (replace(one, gain=(), lose=(7,)),),
        "twice": (replace(one, gain=(one.gain[0],) * 2),),
        "more": (replace(one, gain=one.gain[:1], lose=(7, 8)),),
        "again": (one, one),
    }
    with pytest.raises(BadInput, match="1 to 5000 orders"):
        do(desk, replace(command, together=some[odd]))
    assert stored(desk, number).state is State.NEW
    assert isinstance(command, AcceptProposal)


def test_who_has_it_already_is_given_one_start_and_it_is_taken_back(desk: Records) -> None:
    """It was each one's turn at another time; nobody is called off for it, and nobody said yes
    in vain.
    """
    first = written(desk, kind="lift", site="B", priority=1)
    move(desk, first, Move.ASSIGN, technician="BO")
    do(desk, PlaceOrder(number=first, technician="BO", start_at=minutes(60)))
    do(desk, LockOrder(number=first))
    number = for_two(desk, "AN", "BO")
    move(desk, number, Move.ACCEPT, technician="AN")
    was = there(desk, number)
    planning, told = planned(desk)
    (row,) = told.rows
    assert row.sent is not None
    assert (row.losing, row.gaining, planning.crews) == ((), (), ())
    assert changes_said(told) == "1 crew begins together"
    done = accepted(desk, planning, told)
    start = planning.pace.after(planning.at, row.sent.start)
    assert there(desk, number) == (was[0], start)
    assert done.sentence.format(**done.facts) == (
        f"order {number} is accepted → AN + BO, to begin at {start}"
    )
    states = {one.state for one in live_visits(stored(desk, number).visits)}
    assert states == {VisitState.ACCEPTED, VisitState.ASSIGNED}
    assert planned(desk)[1].rows == ()
    do(desk, Undo(entry=done.undo), at=minutes(7))
    assert there(desk, number) == was
    do(desk, Undo(redo=True), at=minutes(8))
    assert there(desk, number) == (was[0], start)


def test_a_start_alone_is_not_given_to_a_crew_that_lacks_somebody(desk: Records) -> None:
    """Nor to nobody: the board is not the one for which that was proposed."""
    for number in (for_two(desk), for_two(desk, "AN")):
        planning, told = planned(desk)
        command = accepting(planning, told)
        some = tuple(
            replace(one, gain=(), lose=()) for one in command.together if one.number == number
        )
        with pytest.raises(BoardMovedOn, match="moved on"):
            do(desk, replace(command, together=some, moves=()))


def test_it_is_told_who_keeps_a_crew_from_one_start(desk: Records) -> None:
    """With the time until which he is busy."""
    number = for_two(desk, "AN", "BO")
    first = written(desk, kind="lift", site="B", priority=1)
    move(desk, first, Move.ASSIGN, technician="BO")
    do(desk, PlaceOrder(number=first, technician="BO", start_at=minutes(60)))
    do(desk, LockOrder(number=number))
    planning, told = planned(desk)
    assert told.rows == ()
    (said,) = apart_said(planning, told, UTC, at=planning.at)
    busy = planning.pace.after(planning.at, told.apart[0].free or 0.0)
    assert said == f"#{number}: locked, but BO is busy until {busy:%H:%M}; unlock it first"
