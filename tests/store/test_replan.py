"""The board planned anew over a store: what moves, what never does, and what is done on Enter."""

from __future__ import annotations

from datetime import timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest

from console.accepting import accepting
from store.commands import (
    LoadTravel,
    MoveTechnician,
    SaveAbsence,
    SaveCertificate,
    SaveCustomer,
    SaveKind,
    SaveShift,
    SaveSite,
    SaveTechnician,
    SetFigure,
    Undo,
)
from store.commands.replan import AcceptProposal, BoardMovedOn
from store.domain.dispatch.replan import Replan, propose
from store.domain.errors import BadInput
from store.domain.lifecycle import Move, State
from store.domain.who import Scope, Who
from store.persistence.journal import JOURNAL
from store.queries.replan import BoardToPlan
from tests.domain import replan_judge as judge
from tests.store.desk import ANA, NINE, do, minutes, move, rows, stored, written
from tests.store.desks import a_desk

if TYPE_CHECKING:
    from store.domain.dispatch.proposal import Proposal
    from store.domain.dispatch.replan import Moves
    from store.domain.intents import Command, Done
    from store.queries.replan import Planning
    from store.records import Records

AT_A = Who(operator=4, scope=Scope(frozenset({3})))
"""Who sees the site A only."""


def _furnished(records: Records) -> None:
    for code, east in (("A", 0.0), ("B", 0.0267)):
        place: dict[str, Any] = {"latitude": 31.2, "longitude": 121.4 + east}
        do(records, SaveSite(code=code, name=f"Site {code}", zone="UTC", **place), who=ADMIN)
    for code in ("T1", "T2", "T3"):
        do(records, SaveTechnician(code=code, name=code, active=False), who=ADMIN)
    for code, home, skill in (("AN", "A", "lift"), ("BO", "B", "lift"), ("PL", "A", "pipes")):
        save = SaveTechnician(code=code, name=code, home=home, skills={skill: 3})
        do(records, save, who=ADMIN)
        ends = NINE + timedelta(hours=9)
        do(records, SaveShift(technician=code, starts_at=NINE, ends_at=ends), who=ADMIN)


desk = a_desk(_furnished)
"""Two sites, two lift engineers and a plumber, all there the whole day."""

ADMIN = Who(operator=2)
_ELSEWHERE: dict[str, Any] = {"latitude": 31.3, "longitude": 121.5}
BASIS: dict[str, Command] = {
    "figure": SetFigure(figure="speed", value=40),
    "travel": LoadTravel(pairs=(("A", "B", 90),)),
    "kind": SaveKind(code="lift", name="Lift", skill="lift", level=2),
    "site": SaveSite(code="A", name="Site A", zone="UTC", **_ELSEWHERE),
}
"""What everybody is reckoned with; no order and no technician is another for it."""


def board(records: Records, *, at: int = 5, who: Who = ANA) -> Planning:
    return records.ask(BoardToPlan(), who=who, at=minutes(at))


def planned(planning: Planning, rounds: int = 48) -> tuple[Moves, Proposal]:
    replan = Replan(planning.present)
    for _better in replan.search.run(lambda: replan.search.rounds / rounds):
        pass
    assert judge.broken(planning.present, replan.moves) == []
    return replan.moves, propose(replan.kernel, replan.moves)


def named(planning: Planning, moves: Moves) -> dict[int, str]:
    return {number: planning.people[who].code for number, who in moves.items()}


def sent(records: Records, who: str, *steps: Move, **more: Any) -> int:
    number = written(records, **{"kind": "lift", "site": "A", **more})
    move(records, number, Move.ASSIGN, technician=who)
    for step in steps:
        move(records, number, step)
    return number


def test_what_nobody_has_goes_to_who_may(desk: Records) -> None:
    """By skill and place; what nobody can do is left, and is told."""
    near = written(desk, kind="lift", site="A")
    far = written(desk, kind="lift", site="B")
    strange = written(desk, kind="lift", site="A")
    do(desk, SaveKind(code="crane", name="Crane", skill="lift", level=5), who=ADMIN)
    crane = written(desk, kind="crane", site="A")
    planning = board(desk)
    moves, told = planned(planning)
    assert named(planning, moves)[near] == "AN"
    assert named(planning, moves)[far] == "BO"
    assert moves.keys() == {near, far, strange}
    assert told.left == (crane,)
    assert (told.before.nobody, told.after.nobody) == (4, 1)


def test_what_is_begun_or_waits_never_moves(desk: Records) -> None:
    """Nor what two do together; it takes its time of whoever has it."""
    on_the_way = sent(desk, "AN", Move.ACCEPT, Move.DEPART)
    begun = sent(desk, "BO", Move.ACCEPT, Move.DEPART, Move.ARRIVE)
    waits = sent(desk, "BO")
    move(desk, waits, Move.WAIT, reason="part", wake_at=minutes(60))
    both = sent(desk, "AN")
    move(desk, both, Move.ASSIGN, technician="BO", also=True)
    free = sent(desk, "AN", Move.ACCEPT)
    planning = board(desk)
    assert planning.tasks.keys() == {free}
    fixed = {worker.id: {s.number for s in worker.stops} for worker in planning.present.workers}
    by_code = {one.code: fixed.get(who) for who, one in planning.people.items()}
    assert by_code["AN"] == {on_the_way, both}
    assert by_code["BO"] == {begun, waits, both}


def test_who_is_absent_now_loses_what_he_cannot_do(desk: Records) -> None:
    """Another one gets it; every rule that a recommendation heeds is heeded here."""
    number = sent(desk, "AN")
    gone = SaveAbsence(technician="AN", starts_at=NINE, ends_at=NINE + timedelta(days=3))
    do(desk, gone, who=ADMIN)
    planning = board(desk)
    moves, told = planned(planning)
    assert named(planning, moves) == {number: "BO"}
    assert [(row.before, row.after is None) for row in told.rows] == [(None, False)]
    do(desk, MoveTechnician(technician="BO", state="off"))
    assert planned(board(desk))[0] == {}


def test_who_goes_home_or_overruns_loses_what_would_be_late(desk: Records) -> None:
    """What he still comes to in time stays with him."""
    begun = sent(desk, "AN", Move.ACCEPT, Move.DEPART)
    late = sent(desk, "AN", priority=1, level="critical", site="B")
    stays = sent(desk, "AN", priority=4)
    for at, moved in ((5, {}), (150, {late: "BO"})):
        planning = board(desk, at=at)
        assert named(planning, Replan(planning.present).moves) == moved, at
    move(desk, begun, Move.CANCEL, reason="gone")
    do(desk, MoveTechnician(technician="AN", state="off"))
    planning = board(desk)
    assert named(planning, Replan(planning.present).moves)[late] == "BO"
    assert stays in planning.tasks


def test_papers_and_refusals_are_heeded(desk: Records) -> None:
    """A certificate that ends before the work is done is none; who is not wanted does not come."""
    do(desk, SaveKind(code="lift", name="Lift", skill="lift", certificate="Hoist"), who=ADMIN)
    wish = SaveCustomer(code="C9", name="Choosy", refuses=("BO",))
    do(desk, wish, who=ADMIN)
    number = written(desk, kind="lift", site="B", customer="C9")
    for code in ("AN", "BO"):
        ends = NINE + timedelta(hours=9)
        do(desk, SaveCertificate(technician=code, name="hoist", expires_at=ends), who=ADMIN)
    planning = board(desk)
    assert named(planning, planned(planning)[0]) == {number: "AN"}
    move(desk, number, Move.CANCEL, reason="no")
    other = written(desk, kind="lift", site="B")
    planning = board(desk)
    assert named(planning, planned(planning)[0]) == {other: "BO"}
    do(desk, SaveCertificate(technician="BO", name="hoist", expires_at=minutes(20)), who=ADMIN)
    planning = board(desk)
    assert named(planning, planned(planning)[0]) == {other: "AN"}


def test_who_declined_an_order_is_not_asked_again(desk: Records) -> None:
    """He has said no to it; for others he stays who he is."""
    number, other = written(desk, kind="lift", site="A"), written(desk, kind="lift", site="A")
    move(desk, number, Move.ASSIGN, technician="AN")
    move(desk, number, Move.DECLINE, reason="no ladder")
    planning = board(desk)
    assert named(planning, planned(planning)[0]) == {number: "BO", other: "AN"}


def accepted(records: Records, planning: Planning, told: Proposal, at: int = 6) -> Done:
    return do(records, accepting(planning, told), at=minutes(at))


def test_accepted_it_lands_as_shown_and_is_taken_back_as_one(desk: Records) -> None:
    """The board then says what was shown; the journal says that it was a proposal."""
    numbers = [written(desk, kind="lift", site=site) for site in "AABB"]
    planning = board(desk)
    moves, told = planned(planning)
    done = accepted(desk, planning, told)
    assert set(done.numbers) == set(numbers)
    assert {n: stored(desk, n).technician for n in numbers} == moves
    after = board(desk)
    assert propose(Replan(after.present).kernel, {}).before == pytest.approx(told.after)
    facts = [row for n in numbers for row in rows(desk, JOURNAL, number=n, fact="assigned")]
    assert [row["body"]["proposed"] for row in facts] == [True] * 4
    assert {row["deed"] or row["seq"] for row in facts} == {done.undo}
    do(desk, Undo(entry=done.undo), at=minutes(7))
    assert {stored(desk, n).state for n in numbers} == {State.NEW}


@pytest.mark.parametrize("what", ["version", "shift", "load", "gone", "wish", "loser", *BASIS])
def test_a_board_that_moved_on_refuses_all_of_it(desk: Records, what: str) -> None:
    """Whatever of it moved: nothing is done by halves, and nothing that was not shown."""
    number, other = written(desk, kind="lift", site="A"), written(desk, kind="lift", site="B")
    held = sent(desk, "BO")
    planning = board(desk)
    told = propose(Replan(planning.present).kernel, _to_an(planning, number, other, held))
    if what == "version":
        move(desk, other, Move.WAIT, reason="part", wake_at=minutes(60))
    elif what == "shift":
        day = NINE + timedelta(days=1)
        do(desk, SaveShift(technician="AN", starts_at=day, ends_at=day + timedelta(hours=8)),
           who=ADMIN)  # fmt: skip
    elif what == "load":
        sent(desk, "AN")
    elif what == "gone":
        do(desk, SaveTechnician(code="AN", name="An", active=False), who=ADMIN)
    elif what == "wish":
        do(desk, SaveCustomer(code="C9", name="Choosy", refuses=("AN",)), who=ADMIN)
    elif what == "loser":
        move(desk, held, Move.ASSIGN, technician="PL")
    else:
        do(desk, BASIS[what], who=ADMIN)
    head = desk.head()
    with pytest.raises(BoardMovedOn, match="moved on"):
        accepted(desk, planning, told)
    assert desk.head() == head
    assert stored(desk, number).state is State.NEW


def test_who_was_compared_stands_so_until_all_is_done(desk: Records) -> None:
    """Neither a proposal nor a move on the schedule board is written over another board."""
    number = sent(desk, "BO")
    an = next(who for who, one in board(desk).people.items() if one.code == "AN")
    through = Event()

    def give() -> None:
        move(desk, number, Move.ASSIGN, technician="AN")
        through.set()

    other = Thread(target=give)
    with desk.work(who=ANA, at=minutes(5)) as work:
        work.stamps([an], at=minutes(5))
        other.start()
        assert not through.wait(0.5)
    other.join()
    assert through.is_set()


def _to_an(planning: Planning, *numbers: int) -> Moves:
    an = next(who for who, one in planning.people.items() if one.code == "AN")
    return dict.fromkeys(numbers, an)


def test_where_somebody_was_seen_moves_no_board(desk: Records) -> None:
    """A telephone says so every minute."""
    written(desk, kind="lift", site="A")
    planning = board(desk)
    do(desk, MoveTechnician(technician="AN", latitude=31.21, longitude=121.41))
    assert accepted(desk, planning, planned(planning)[1]).numbers


def test_an_operator_of_some_sites_plans_those(desk: Records) -> None:
    """What lies elsewhere takes its time, and never moves."""
    here, there = written(desk, kind="lift", site="A"), written(desk, kind="lift", site="B")
    elsewhere = written(desk, kind="lift", site="B")
    move(desk, elsewhere, Move.ASSIGN, technician="AN")
    planning = board(desk, who=AT_A)
    assert planning.tasks.keys() == {here}
    an = next(one for one in planning.present.workers if one.id in _to_an(planning, 1).values())
    assert [stop.number for stop in an.stops] == [elsewhere]
    assert there not in planning.tasks


@pytest.mark.parametrize("count", [0, 2, 5001])
def test_only_assignments_each_once_are_taken(desk: Records, count: int) -> None:
    """A proposal moves orders to people, and is no way to do anything else."""
    number = written(desk, kind="lift", site="A")
    planning = board(desk)
    command = accepting(planning, planned(planning)[1])
    moves = command.moves * count
    with pytest.raises(BadInput, match="1 to 5000 orders"):
        do(desk, AcceptProposal(moves=moves, as_of=command.as_of, stamps=command.stamps))
    assert stored(desk, number).state is State.NEW
