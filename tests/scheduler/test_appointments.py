"""An appointment is a promise: it rings when nobody came, and moves with what was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scheduler.runner import fire_due
from store.commands import EditOrder, SaveTechnician, SetPriority, Undo
from store.domain.lifecycle import Move
from store.domain.targets import ClockKind
from store.queries.board import LineOf
from store.queries.card import OrderCard
from store.queries.doctor import ExamineDesk, ExamineOrders
from store.queries.lists import ListAlarms
from tests.scheduler.desk import ANA, after

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.order import Clock
    from tests.scheduler.desk import Desk


def arrivals(desk: Desk, number: int) -> list[Clock]:
    """The runs of the promise to arrive."""
    order = desk.records.ask(OrderCard(number=number), who=ANA, at=after(0)).order
    return [clock for clock in order.clocks if clock.kind is ClockKind.ARRIVE]


def planned(desk: Desk, number: int) -> list[datetime]:
    """When the next timer of a promise to arrive is due, one that has not fired."""
    return desk.moments(
        "SELECT due_at FROM timer WHERE number = :n AND clock = 'arrive' AND fired_at IS NULL",
        n=number,
    )


def agree(desk: Desk, number: int, at: float, **fields: Any) -> None:
    desk.records.do(EditOrder(number=number, fields=fields), who=ANA, at=after(at))


def sound(desk: Desk, at: float) -> None:
    """The journal tells the order as it stands, and its timers follow from it."""
    assert desk.records.ask(ExamineDesk(), who=ANA, at=after(at)) == ()
    assert desk.records.ask(ExamineOrders(), who=ANA, at=after(at)).findings == ()


def test_an_appointment_that_nobody_came_to_rings(desk: Desk) -> None:
    """Its end is the promise to arrive, not the hour of the level; the board counts down to it."""
    number = desk.order(appointment_at=after(300), appointment_to=after(360))
    [clock] = arrivals(desk, number)
    assert (clock.due_at, clock.target) == (after(360), None)
    for minutes in (90, 300, 359):
        fire_due(desk.records, at=after(minutes))
        assert ("breach", "arrive", 100) not in desk.fired(number)
    fire_due(desk.records, at=after(360))
    assert ("breach", "arrive", 100) in desk.fired(number)
    assert desk.facts(number).count("breached") == 4
    line = desk.records.ask(LineOf(number=number), who=ANA, at=after(361))
    assert line is not None
    assert line.appointed
    sound(desk, 361)


def test_its_alarm_is_told_as_that_of_an_appointment(desk: Desk) -> None:
    """Where nothing else is promised it is what the board counts down to."""
    number = desk.order(priority=4, appointment_at=after(30))
    fire_due(desk.records, at=after(31))
    [alarm] = [
        one for one in desk.records.ask(ListAlarms(), who=ANA, at=after(31)) if one.number == number
    ]
    assert (alarm.kind, alarm.clock, alarm.appointed) == ("breach", "arrive", True)
    line = desk.records.ask(LineOf(number=number), who=ANA, at=after(31))
    assert line is not None
    assert (line.next_clock, line.next_deadline) == (ClockKind.ARRIVE, after(30))


def test_another_appointment_is_another_promise(desk: Desk) -> None:
    """Its timers are planned with the edit, those of the old one are gone, and undo brings both."""
    number = desk.order(appointment_at=after(60))
    agree(desk, number, 10, appointment_at=after(200))
    first, second = arrivals(desk, number)
    assert (first.ended_at, first.breached_at) == (after(10), None)
    assert (second.run, second.due_at) == (2, after(200))
    assert planned(desk, number) == [after(105)]  # half of the way there
    fire_due(desk.records, at=after(61))
    assert [clock.breached_at for clock in arrivals(desk, number)] == [None, None]
    desk.records.do(Undo(number=number), who=ANA, at=after(62))
    [again] = arrivals(desk, number)
    assert again.running
    assert again.due_at == after(60)
    fire_due(desk.records, at=after(63))
    assert arrivals(desk, number)[0].breached_at == after(60)
    sound(desk, 63)


def test_what_was_missed_stays_missed_when_a_new_one_is_agreed(desk: Desk) -> None:
    """The alarm goes, the miss is kept, and the new one may be kept or missed by itself."""
    number = desk.order(appointment_at=after(60))
    fire_due(desk.records, at=after(61))
    agree(desk, number, 70, appointment_at=after(200))
    first, second = arrivals(desk, number)
    assert (first.breached_at, second.breached_at) == (after(60), None)
    assert not [one for one in desk.alarms(number) if one[1] == "arrive"]
    fire_due(desk.records, at=after(200))
    assert arrivals(desk, number)[1].breached_at == after(200)
    sound(desk, 200)


def test_without_it_the_level_promises_again(desk: Desk) -> None:
    """From when the order was opened; no priority and no wait moves an appointment."""
    number = desk.order(appointment_at=after(300))
    desk.records.do(SetPriority(number=number, priority=2), who=ANA, at=after(1))
    desk.move(number, Move.WAIT, at=after(2), reason="parts", wake_at=after(250))
    [clock] = arrivals(desk, number)
    assert clock.due_at == after(300)
    desk.move(number, Move.RESUME, at=after(3))
    desk.records.do(SetPriority(number=number, priority=1), who=ANA, at=after(4))
    agree(desk, number, 5, appointment_at=None)
    _over, clock = arrivals(desk, number)
    assert clock.target is not None
    assert clock.due_at == after(61)  # a minute of it waited
    sound(desk, 5)


def test_whoever_arrives_keeps_it(desk: Desk) -> None:
    """What is agreed while somebody is there is no promise that somebody comes."""
    number = desk.order(appointment_at=after(60))
    who = SaveTechnician(code="T1", name="王伟")
    desk.records.do(who, who=ANA, at=after(1))
    for minute, step in enumerate((Move.ASSIGN, Move.ACCEPT, Move.ARRIVE), 2):
        told = {"technician": "T1"} if step is Move.ASSIGN else {}
        desk.move(number, step, at=after(minute), **told)
    agree(desk, number, 10, appointment_at=after(90))
    [clock] = arrivals(desk, number)
    assert (clock.met_at, clock.breached_at) == (after(4), None)
    assert planned(desk, number) == []
    sound(desk, 10)


@pytest.mark.parametrize(("awaited", "due"), [(30, 100), (300, 300)])
def test_a_reopened_order_has_the_appointment_that_is_to_come(
    desk: Desk, awaited: float, due: float
) -> None:
    """One that is over counts no more: the level promises anew."""
    number = desk.order(appointment_at=after(awaited))
    desk.records.do(SaveTechnician(code="T1", name="王伟"), who=ANA, at=after(1))
    for minute, step in enumerate((Move.ASSIGN, Move.ACCEPT, Move.ARRIVE, Move.FINISH), 2):
        told = {"technician": "T1"} if step is Move.ASSIGN else {}
        desk.move(number, step, at=after(minute), **told)
    desk.move(number, Move.REOPEN, at=after(40), reason="leaks again")
    assert arrivals(desk, number)[-1].due_at == after(due)
    sound(desk, 40)
