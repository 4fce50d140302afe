"""What the desk is told of an order's work: how long, how many, for when; on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.automatic import dispatch_waiting
from store.commands import EditOrder, MoveOrder, NewOrder, SetAutomatic, Undo
from store.commands.automatic import SendAsShown
from store.domain.dispatch.automatic import Why
from store.domain.dispatch.replan import Replan, propose
from store.domain.dispatch.rules import Rule
from store.domain.errors import BadInput
from store.domain.lifecycle import Move
from store.domain.moves_common import live_visits
from store.domain.targets import ClockKind
from store.queries.board import LineOf, QueuePage
from store.queries.days import TechnicianDays
from store.queries.doctor import ExamineDesk, ExamineOrders
from store.queries.forecast import Forecast
from store.queries.recommend import LeftOut
from store.queries.replan import BoardToPlan
from tests.store.desk import ANA, NINE, do, minutes, move, stored
from tests.store.recommend_desk import asked, desk, offered, order

if TYPE_CHECKING:
    from store.domain.dispatch.proposal import Proposal
    from store.queries.days import Bar
    from store.queries.replan import Planning
    from store.records import Records

__all__ = ["desk"]
AN, BO = 4, 5


def tell(records: Records, number: int, **fields: Any) -> None:
    do(records, EditOrder(number=number, fields=fields))


def send(records: Records, number: int, who: str, **more: Any) -> None:
    do(records, MoveOrder(number=number, move=Move.ASSIGN, technician=who, **more))


def bars(records: Records) -> list[Bar]:
    """What everybody comes to, on the schedule board."""
    asked = TechnicianDays(from_at=NINE, to_at=minutes(1440), since=NINE)
    return [bar for day in records.ask(asked, who=ANA, at=NINE) for bar in day.bars]


def planned(records: Records) -> tuple[Planning, Proposal]:
    planning = records.ask(BoardToPlan(), who=ANA, at=NINE)
    replan = Replan(planning.present)
    return planning, propose(replan.kernel, replan.moves)


def test_an_order_is_written_down_with_it_and_edited(desk: Records) -> None:
    """Cleared again by nothing, taken back, and the journal tells it whole."""
    new = NewOrder(
        title="Rebuild", takes_s=72_000, crew=2,
        appointment_at=minutes(60), appointment_to=minutes(120),
    )  # fmt: skip
    number = do(desk, new).numbers[0]
    order = stored(desk, number)
    assert (order.takes_s, order.crew) == (72_000, 2)
    assert (order.appointment_at, order.appointment_to) == (minutes(60), minutes(120))
    tell(desk, number, takes_s=None, crew=1, appointment_at=None, appointment_to=None)
    order = stored(desk, number)
    assert (order.takes_s, order.crew, order.appointment_at) == (None, 1, None)
    do(desk, Undo(number=number))
    assert stored(desk, number).crew == 2
    assert desk.ask(ExamineDesk(), who=ANA, at=NINE) == ()
    assert desk.ask(ExamineOrders(), who=ANA, at=NINE).findings == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"takes_s": 59},
        {"takes_s": "1h"},
        {"takes_s": 10**9},
        {"crew": 0},
        {"crew": 10},
        {"crew": True},
        {"appointment_at": minutes(-1)},
        {"appointment_to": minutes(60)},
        {"appointment_at": minutes(60), "appointment_to": minutes(60)},
    ],
)
def test_what_cannot_be_is_refused(desk: Records, fields: dict[str, Any]) -> None:
    """An order of no time, of nobody, and one that is awaited before now."""
    number = order(desk)
    with pytest.raises(BadInput):
        tell(desk, number, **fields)


def test_how_long_overrides_what_is_usual_everywhere(desk: Records) -> None:
    """Who should go, the schedule board, the plan and the forecast reckon with the same."""
    number = order(desk)
    assert (asked(desk, number).takes, asked(desk, number).told) == (timedelta(hours=1), False)
    tell(desk, number, takes_s=3 * 3600)
    found = asked(desk, number)
    assert (found.takes, found.told) == (timedelta(hours=3), True)
    assert found.offers[0].done_at - found.offers[0].start_at == timedelta(hours=3)
    planning, _proposal = planned(desk)
    assert planning.present.tasks[0].stop.takes == 180
    outlook = desk.ask(Forecast(hours=24), who=ANA, at=NINE)
    assert not outlook.foreseen
    send(desk, number, "AN")
    [bar] = bars(desk)
    assert bar.to_at - bar.from_at == timedelta(hours=3)
    planning, _proposal = planned(desk)
    assert planning.present.tasks[0].stop.takes == 180
    tell(desk, number, takes_s=8 * 3600)
    outlook = desk.ask(Forecast(hours=24), who=ANA, at=NINE)
    assert [one.miss.number for one in outlook.foreseen] == [number]


def test_a_crew_is_sent_one_beside_the_other(desk: Records) -> None:
    """The second is found for when the first begins, and both names stand on the board."""
    busy, number = order(desk), order(desk)
    send(desk, busy, "BO")
    tell(desk, number, crew=2)
    found = asked(desk, number, stamped=True)
    assert (found.crew, found.going, offered(found)) == (2, (), ["AN", "BO"])
    done = do(desk, MoveOrder(number=number, move=Move.ASSIGN, technician="AN"))
    assert done.facts["people_wanted"] == [[number, 1]]
    found = asked(desk, number, stamped=True, about="AN")
    assert offered(found) == ["BO"]
    assert [one.code for one in found.going] == ["AN"]
    assert isinstance(found.asked, LeftOut)
    assert [one.rule for one in found.asked.barred] == [Rule.GOES]
    best = found.offers[0]
    assert best.begin_at is not None
    line = desk.ask(LineOf(number=number), who=ANA, at=NINE)
    assert line is not None
    assert (line.crew, line.technician_name, line.others) == (2, "An", ())
    sent = SendAsShown(
        number=number, technician=BO, version=line.version, stamp=best.stamp, place=found.place,
        as_of=found.at, start_at=best.begin_at, also=True,
    )  # fmt: skip
    assert "people_wanted" not in do(desk, sent).facts
    kept = stored(desk, number)
    assert {visit.technician for visit in live_visits(kept.visits)} == {AN, BO}
    assert kept.planned_at == best.begin_at
    page = desk.ask(QueuePage(queue="all_open"), who=ANA, at=NINE)
    told = {line.number: line for line in page.lines}
    assert (told[number].technician_name, told[number].others) == ("An", ("Bo",))
    assert told[busy].others == ()
    both = [bar for bar in bars(desk) if bar.number == number]
    assert len(both) == 2
    assert len({bar.from_at for bar in both}) == 1


def test_no_plan_gives_a_crews_order_to_one(desk: Records) -> None:
    """As many go as are wanted; where there are not so many, it is told apart."""
    number = order(desk)
    tell(desk, number, crew=3)
    planning, proposal = planned(desk)
    assert (planning.crews, proposal.rows, planning.present.tasks) == ((number,), (), ())
    tell(desk, number, crew=2)
    _, proposal = planned(desk)
    assert [len(row.gaining) for row in proposal.rows] == [2]
    send(desk, number, "AN")
    planning, proposal = planned(desk)
    assert (planning.crews, planning.present.tasks) == ((number,), ())
    assert [(row.losing, len(row.gaining)) for row in proposal.rows] == [((), 1)]
    send(desk, number, "BO", also=True)
    planning, proposal = planned(desk)
    assert (planning.crews, planning.present.tasks) == ((), ())
    (row,) = proposal.rows  # both have it; as it stands one would come 22 minutes behind the other
    assert (row.losing, row.gaining, row.sent and row.sent.start) == ((), (), 22)


def test_the_desk_sends_no_crew_by_itself(desk: Records) -> None:
    """It proposes one of them and says why it asks."""
    do(desk, SetAutomatic(mode="act"))
    number = order(desk)
    tell(desk, number, crew=2)
    dispatch_waiting(desk, at=NINE)
    line = desk.ask(LineOf(number=number), who=ANA, at=NINE)
    page = desk.ask(QueuePage(queue="all_open"), who=ANA, at=NINE)
    assert line is not None
    assert line.technician_name is None
    assert [one.nominee.why for one in page.lines if one.nominee is not None] == [Why.CREW]


def test_an_appointment_is_when_work_begins_whoever_goes(desk: Records) -> None:
    """Not before it, late only behind its end, and it takes the place of the promise to arrive."""
    number = order(desk)
    tell(desk, number, appointment_at=minutes(180), appointment_to=minutes(240))
    found = asked(desk, number)
    assert found.appointment_at == minutes(180)
    assert {one.start_at for one in found.offers} == {minutes(180)}
    assert found.due_at == minutes(240)
    send(desk, number, "AN")
    [bar] = bars(desk)
    assert bar.from_at == minutes(180)
    planning, proposal = planned(desk)
    assert planning.tasks[number].appointment_at == minutes(180)
    assert not proposal.rows
    send(desk, number, "BO")  # another one comes at the same time
    assert [bar.from_at for bar in bars(desk)] == [minutes(180)]


def test_a_plan_keeps_an_appointment_or_says_how_late_it_is(desk: Records) -> None:
    """What would come to it later goes to another; where nobody can, that is told."""
    long, number = order(desk, priority=1), order(desk)
    tell(desk, long, takes_s=4 * 3600)
    send(desk, long, "AN")
    tell(desk, number, appointment_at=minutes(60), appointment_to=minutes(90))
    _planning, proposal = planned(desk)
    [row] = proposal.rows
    assert (row.number, row.gains, row.after and row.after.late) == (number, BO, 0)
    other = order(desk, priority=1)
    tell(desk, other, takes_s=4 * 3600)
    send(desk, other, "BO")
    for one in (long, other):
        move(desk, one, Move.ACCEPT, NINE)
        move(desk, one, Move.ARRIVE, NINE)
    _planning, proposal = planned(desk)
    [row] = proposal.rows
    assert row.after is not None
    assert (row.number, row.after.late) == (number, 150)


def test_a_forecast_tells_of_an_appointment_that_is_missed(desk: Records) -> None:
    """Though the promise to arrive lies behind it."""
    long, number = order(desk, priority=1, level="standard"), order(desk, level="standard")
    tell(desk, long, takes_s=4 * 3600)
    tell(desk, number, appointment_at=minutes(60))
    for one in (long, number):
        send(desk, one, "AN")
    move(desk, long, Move.ACCEPT, NINE)
    move(desk, long, Move.ARRIVE, NINE)
    found = desk.ask(Forecast(hours=24), who=ANA, at=NINE).foreseen
    missed = {one.miss.number: (one.miss.clock, one.miss.due_at) for one in found}
    assert missed[number] == (ClockKind.ARRIVE, minutes(60))
