"""An appointment is judged alike wherever one looks: forecast, board, schedule, who should go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.render_forecast import forecast_row, why
from console.render_heading import heading_said
from console.widgets.window import Tinted
from store.commands import MoveOrder
from store.domain.forecast import Why
from store.domain.lifecycle import Move
from store.domain.targets import ClockKind
from store.queries.board import LineOf
from store.queries.days import TechnicianDays
from store.queries.forecast import Forecast
from tests.store.desk import ANA, NINE, do, minutes, move
from tests.store.recommend_desk import asked, desk, order
from tests.store.test_told_work import planned, tell

if TYPE_CHECKING:
    from store.queries.days import Bar
    from store.queries.forecast import Foreseen
    from store.records import Records

__all__ = ["desk"]
TOMORROW = 1440 + 300


def send(records: Records, number: int, at: float = 0) -> None:
    do(records, MoveOrder(number=number, move=Move.ASSIGN, technician="AN"), at=minutes(at))


def foreseen(records: Records, *, hours: float = 48, at: float = 1) -> list[Foreseen]:
    return list(records.ask(Forecast(hours=hours), who=ANA, at=minutes(at)).foreseen)


def bar_of(records: Records, number: int, at: float = 0) -> Bar:
    """Its place on the schedule board."""
    about = TechnicianDays(from_at=NINE, to_at=minutes(4 * 1440), since=NINE)
    days = records.ask(about, who=ANA, at=minutes(at))
    return [bar for day in days for bar in day.bars if bar.number == number][-1]


def test_nobody_answers_late_for_being_awaited_later(desk: Records) -> None:
    """Who comes tomorrow may say so today: that they set out tomorrow breaks no promise."""
    number = order(desk, level="standard")
    tell(desk, number, appointment_at=minutes(150), appointment_to=minutes(200))
    for sent in (False, True):
        if sent:
            send(desk, number)
        line = desk.ask(LineOf(number=number), who=ANA, at=minutes(1))
        assert line is not None
        assert line.next_clock is ClockKind.RESPOND
        assert foreseen(desk) == []
    assert bar_of(desk, number).promise is None
    assert asked(desk, number).offers[0].margin is not None


def test_an_appointment_behind_the_promise_to_resolve_is_named(desk: Records) -> None:
    """It is the customer whom it waits for, not the desk; the schedule board tells the same."""
    number = order(desk)
    tell(desk, number, appointment_at=minutes(TOMORROW))
    [unheld] = foreseen(desk)
    send(desk, number)
    [found] = foreseen(desk)
    for one in (unheld, found):
        assert (one.miss.clock, one.miss.why) == (ClockKind.RESOLVE, Why.APPOINTMENT)
        assert why(one, NINE.tzinfo, at=NINE) == "its appointment is tomorrow 06:00"
    bar = bar_of(desk, number)
    assert (bar.promise, bar.late) == (ClockKind.RESOLVE, found.miss.late)
    who = asked(desk, number)
    assert who.missed_for_it == found.miss.due_at
    heading = heading_said(who, NINE.tzinfo, at=NINE)
    assert "; the promise to resolve, 05:00, is over before that; " in heading


def test_a_start_behind_the_appointment_is_the_desks(desk: Records) -> None:
    """What breaks it is told by the name of the appointment."""
    number = order(desk, level="standard")
    tell(desk, number, appointment_at=minutes(60), appointment_to=minutes(90))
    send(desk, number)
    move(desk, number, Move.ACCEPT)
    move(desk, number, Move.WAIT, reason="parts", wake_at=minutes(200))
    [found] = foreseen(desk)
    assert (found.miss.clock, found.miss.why) == (ClockKind.ARRIVE, Why.START)
    row = forecast_row(found, 0, NINE.tzinfo, at=NINE)
    assert row.cells[2] == "appt"
    assert not isinstance(row.cells[6], Tinted)
    bar = bar_of(desk, number)
    assert (bar.promise, bar.appointed) == (ClockKind.ARRIVE, True)


def test_an_appointment_that_is_over_is_no_promise_of_a_reopened_order(desk: Records) -> None:
    """The level promises anew, as its clock says; nothing is late by what was kept days ago."""
    number = order(desk)
    tell(desk, number, appointment_at=minutes(30))
    send(desk, number)
    for step in (Move.ACCEPT, Move.ARRIVE, Move.FINISH):
        move(desk, number, step, minutes(20))
    move(desk, number, Move.REOPEN, minutes(35), reason="leaks again")
    tell(desk, number, takes_s=600)
    found = asked(desk, number, at=40)
    assert found.arrive_by == minutes(35 + 120)
    assert found.offers[0].margin is not None
    assert found.offers[0].margin.total_seconds() > 0
    planning, _proposal = planned(desk)
    [task] = planning.present.tasks
    assert task.stop.due > 120
    send(desk, number, 40)
    assert bar_of(desk, number, at=41).promise is not ClockKind.ARRIVE
