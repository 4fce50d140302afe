"""The forecast, the schedule board, a plan and who should go tell one coming; on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from console.render_forecast import late_by, there_said, why
from console.render_replan import late_said
from store.commands import SaveAbsence, SaveShift, SaveTechnician
from store.commands.locks import PlaceOrder
from store.domain.dispatch.replan import propose
from store.domain.dispatch.turns import TurnsKernel
from store.domain.forecast import Why
from store.domain.lifecycle import Move
from store.domain.supply import FAR
from store.domain.who import Scope, Who
from store.queries.days import BarKind
from store.queries.forecast import Forecast
from store.queries.recommend import WhoGoes
from store.queries.replan import BoardToPlan
from tests.store.arranging_desk import bars, furnished, given
from tests.store.desk import ANA, NINE, do, minutes, move, stored, written
from tests.store.desks import a_desk

if TYPE_CHECKING:
    from datetime import datetime

    from store.queries.forecast import Foreseen
    from store.records import Records

AT = minutes(10)
OFFICE = Who(operator=2)
HERE = ZoneInfo("Asia/Shanghai")


def _on_shift(records: Records) -> None:
    do(records, SaveTechnician(code="T3", name="T3", active=False), who=OFFICE)
    do(records, SaveTechnician(code="T4", name="Tech T4", home="E1"), who=OFFICE)
    for technician, begins in (("T1", 600), ("T2", 600), ("T4", 300)):
        shift = {"starts_at": minutes(begins), "ends_at": minutes(900)}
        do(records, SaveShift(technician=technician, **shift))
    do(records, SaveAbsence(technician="T2", starts_at=minutes(-60), ends_at=minutes(360)))


desk = a_desk(furnished, _on_shift)
"""One is at work, one absent until three, one off shift until two."""


def missed(desk: Records, who: Who = ANA) -> dict[int, Foreseen]:
    """By order, what is foretold."""
    found = desk.ask(Forecast(hours=9), who=who, at=AT)
    return {one.miss.number: one for one in found.foreseen}


def said(found: Foreseen) -> str:
    return why(found, HERE, at=AT)


def test_all_tell_the_same_coming(desk: Records) -> None:
    """And how late it is: whoever is told two times believes none of them."""
    numbers = [given(desk, who, priority=2) for who in ("T1", "T1", "T1", "T2", "T2") * 2]
    timed = given(desk, "T1", priority=1, site="E1")
    found, days = missed(desk), bars(desk, at=AT)
    planning = desk.ask(BoardToPlan(), who=ANA, at=AT)
    kernel = TurnsKernel(planning.present)
    rows = propose(kernel, dict.fromkeys((*numbers, timed), 4)).rows
    turns = {row.number: row for row in rows}
    assert len(found) > 5
    for number, one in found.items():
        reached = one.miss.reached_at
        assert days[number][1].from_at == reached
        stays = desk.ask(WhoGoes(number=number), who=ANA, at=AT).stays
        assert stays is not None
        assert stays.arrive_at == reached
        before = turns[number].before
        assert before is not None
        assert planning.pace.after(planning.at, before.start) == reached
        if days[number][1].promise is one.miss.clock:
            assert days[number][1].late == one.miss.late


def test_whoever_is_not_there_is_told_so_with_the_end(desk: Records) -> None:
    """Not that he has others before it, which is no reason where he comes too late for any."""
    absent = given(desk, "T2", level="critical", priority=1)
    off, behind = (given(desk, "T4", level="critical", priority=one) for one in (1, 2))
    found = missed(desk)
    assert said(found[absent]) == "Tech T2 is absent until 15:00"
    assert said(found[off]) == "Tech T4 is off shift until 14:00"
    assert said(found[behind]) == "Tech T4 is off shift until 14:00; 1 order before it (1h00)"


def test_whoever_is_absent_through_all_is_told_so(desk: Records) -> None:
    """With the end, though no shift of his is known after it."""
    do(desk, SaveAbsence(technician="T1", starts_at=NINE, ends_at=minutes(2000)))
    number = given(desk, "T1", priority=1)
    found = missed(desk)[number]
    assert said(found) == "Tech T1 is absent until tomorrow 18:20"
    assert found.miss.why is Why.AWAY


def test_whoever_finishes_work_beyond_his_hours_is_not_counted_as_there(desk: Records) -> None:
    """He goes home then; what he has besides is reached when he is back."""
    at_hand, other = (given(desk, "T4", priority=one) for one in (1, 2))
    for step in (Move.ACCEPT, Move.DEPART):
        move(desk, at_hand, step, minutes(5))
    outlook = desk.ask(Forecast(hours=9), who=ANA, at=AT)
    assert (outlook.people, outlook.later) == (1, 2)
    assert said(missed(desk)[other]).startswith("Tech T4 is off shift until 14:00; 1 order before")


def test_work_under_way_is_not_put_off_until_its_technician_has_rested(desk: Records) -> None:
    """He is at work, rested or not: the board laid it behind eight hours of rest."""
    early = given(desk, "T1", at=minutes(-120))
    move(desk, early, Move.ACCEPT, minutes(-110))
    for step in (Move.DEPART, Move.ARRIVE, Move.FINISH):
        move(desk, early, step, minutes(-60))
    at_hand = given(desk, "T1")
    for step in (Move.ACCEPT, Move.DEPART):
        move(desk, at_hand, step, minutes(5))
    _, bar = bars(desk, at=AT)[at_hand]
    assert (bar.kind, bar.to_at) == (BarKind.NOW, minutes(65))


def test_what_lies_beyond_the_sites_in_sight_takes_its_time(desk: Records) -> None:
    """Of the orders of somebody out of sight those in sight are told as they come."""
    for _ in range(2):
        given(desk, "T1", priority=1)
    mine = given(desk, "T1", priority=2, site="S1")
    site = stored(desk, mine).site or 0
    seen = missed(desk, Who(operator=4, scope=Scope(frozenset({site}))))
    assert seen.keys() == {mine}
    assert seen[mine].miss.reached_at == missed(desk)[mine].miss.reached_at
    assert said(seen[mine]).startswith("Tech T1 has 2 orders before it")


def test_what_nobody_has_shares_the_time_that_is_left(desk: Records) -> None:
    """It is not laid into time in which somebody is at what he has."""
    do(desk, SaveTechnician(code="T4", name="T4", active=False), who=OFFICE)
    given(desk, "T1", priority=4)
    free = written(desk, level="critical", priority=1, site="N1")
    again = written(desk, level="critical", priority=1, site="N1")
    found = missed(desk)
    assert [found[number].miss.reached_at for number in (free, again)] == [
        minutes(70),
        minutes(130),
    ]
    assert found[again].miss.why is Why.LOAD


def test_a_start_that_was_planned_is_the_reason(desk: Records) -> None:
    """Not that the work takes long."""
    number = given(desk, "T1", priority=1)
    do(desk, PlaceOrder(number=number, technician="T1", start_at=minutes(500)), at=AT)
    found = missed(desk)[number]
    assert said(found) == "it is not to begin before 17:20"
    assert found.miss.reached_at == minutes(500) == _start(desk, number)


def _start(desk: Records, number: int) -> datetime:
    stays = desk.ask(WhoGoes(number=number), who=ANA, at=AT).stays
    assert stays is not None
    assert stays.arrive_at is not None
    return stays.arrive_at


def test_late_is_told_alike(desk: Records) -> None:
    """A plan cuts the seconds off as all the others do, and what is late is a minute late."""
    numbers = [given(desk, "T1", priority=2) for _ in range(6)]
    planning = desk.ask(BoardToPlan(), who=ANA, at=AT)
    rows = propose(TurnsKernel(planning.present), dict.fromkeys(numbers, 4)).rows
    by_plan = {row.number: late_said(planning, row).split(" ")[0] for row in rows}
    for number, one in missed(desk).items():
        if one.miss.clock.value == "arrive":
            assert by_plan[number] == late_by(one)


def test_what_somebody_has_no_time_for_is_told_so_everywhere(desk: Records) -> None:
    """Behind the end of all that is known of his shifts nobody comes; a plan calls that nobody."""
    numbers = [given(desk, "T1", priority=2) for _ in range(16)]
    found = missed(desk)
    last = found[numbers[-1]]
    assert (last.miss.why, last.miss.reached_at) == (Why.FULL, FAR)
    assert said(last) == (
        "Tech T1 has no time for it in the coming two days; 15 orders before it (15h00)"
    )
    assert (there_said(last, HERE, at=AT), late_by(last)) == ("-", "-")
    stays = desk.ask(WhoGoes(number=numbers[-1]), who=ANA, at=AT).stays
    assert stays is not None
    assert stays.arrive_at is None
    planning = desk.ask(BoardToPlan(), who=ANA, at=AT)
    before = propose(TurnsKernel(planning.present), {}).before
    assert before.nobody == sum(one.miss.reached_at >= FAR for one in found.values())
