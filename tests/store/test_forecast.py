"""The forecast over a store: the load, who is there, the usual times; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from store.commands import SaveAbsence, SaveShift, SaveTechnician
from store.commands.locks import PlaceOrder
from store.domain.forecast import Why
from store.domain.lifecycle import Move
from store.domain.who import Scope
from store.queries.forecast import Forecast
from tests.store.desk import ANA, NINE, do, minutes, move, stored, written

if TYPE_CHECKING:
    from store.domain.targets import ClockKind
    from store.queries.forecast import Outlook
    from store.records import Records

STEPS = (Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH, Move.CLOSE)


def outlook(records: Records, *, at: float = 0, **asked: Any) -> Outlook:
    """What is foretold so many minutes after nine."""
    who = asked.pop("who", ANA)
    return records.ask(Forecast(**asked), who=who, at=minutes(at))


def told(found: Outlook) -> list[tuple[int, ClockKind, Why]]:
    """The misses in short."""
    return [(one.miss.number, one.miss.clock, one.miss.why) for one in found.foreseen]


@pytest.fixture
def alone(records: Records) -> Records:
    """A desk with one technician."""
    for code in ("T2", "T3"):
        do(records, SaveTechnician(code=code, name=code, active=False))
    return records


def test_a_quiet_desk_misses_nothing(records: Records) -> None:
    """One order, three technicians."""
    written(records, level="critical", customer=None)
    found = outlook(records)
    assert (found.foreseen, found.total, found.orders, found.people) == ((), 0, 1, 3)


def test_a_planned_start_is_reckoned_with(alone: Records) -> None:
    """Work that is meant to begin after its promise will miss it; others are done before."""
    late, other = (written(alone, level="critical", customer=None) for _ in range(2))
    start = max(clock.due_at for clock in stored(alone, late).clocks if clock.due_at)
    do(alone, PlaceOrder(number=late, technician="T1", start_at=start))
    move(alone, other, Move.ASSIGN, technician="T1")
    assert {number for number, _, _ in told(outlook(alone, hours=12))} == {late}


def test_a_load_that_is_too_much_is_told_before_it_is_late(alone: Records) -> None:
    """While nothing is late yet; with who stands in the way."""
    numbers = [written(alone, level="critical", priority=1) for _ in range(4)]
    found = outlook(alone)
    late = {one.miss.number for one in found.foreseen}
    assert late
    assert numbers[0] not in late
    assert numbers[-1] in late
    assert {one.miss.why for one in found.foreseen} == {Why.LOAD}
    assert all(one.miss.due_at > NINE for one in found.foreseen)
    last = next(one for one in found.foreseen if one.miss.number == numbers[-1])
    assert (last.miss.before, last.title) == (3, "lift stuck")


def test_whoever_has_the_orders_is_named(records: Records) -> None:
    """Though two others have nothing to do."""
    numbers = [written(records, level="critical", priority=1) for _ in range(4)]
    for number in numbers:
        move(records, number, Move.ASSIGN, technician="T1")
    found = outlook(records)
    assert {one.miss.why for one in found.foreseen} == {Why.BUSY}
    assert {one.technician_code for one in found.foreseen} == {"T1"}


def test_usual_times_are_learnt_from_closed_orders(alone: Records) -> None:
    """Of the same kind and priority, where there are enough."""
    for place in range(5):
        number = written(alone, level="critical", priority=1, kind="lamp", at=minutes(place * 6))
        move(alone, number, Move.ASSIGN, minutes(place * 6), technician="T1")
        for step, one in enumerate(STEPS, 1):
            move(alone, number, one, minutes(place * 6 + step))
    numbers = [
        written(alone, level="critical", priority=1, kind="lamp", at=minutes(60)) for _ in range(4)
    ]
    assert told(outlook(alone, at=60)) == []
    assert stored(alone, numbers[0]).kind == "lamp"


def test_shifts_and_absences_count(alone: Records) -> None:
    """Nobody there, nobody comes; a shift brings him back."""
    number = written(alone, level="critical", priority=1)
    away = SaveAbsence(technician="T1", starts_at=NINE, ends_at=NINE + timedelta(hours=9))
    do(alone, away)
    assert {(one[0], one[2]) for one in told(outlook(alone))} == {(number, Why.NOBODY)}
    assert outlook(alone).people == 0
    do(alone, SaveTechnician(code="T2", name="李伟"))
    assert told(outlook(alone)) == []
    shift = SaveShift(
        technician="T2", starts_at=NINE + timedelta(days=3), ends_at=NINE + timedelta(days=4)
    )
    do(alone, shift)
    assert {one[2] for one in told(outlook(alone))} == {Why.NOBODY}


def test_who_comes_on_shift_later_is_not_counted_as_there(records: Records) -> None:
    """Beyond the time that is looked ahead nobody counts at all."""
    for code, begins in (("T1", 60), ("T2", 400)):
        hours = {"starts_at": minutes(begins), "ends_at": minutes(begins + 480)}
        do(records, SaveShift(technician=code, **hours))
    found = [outlook(records, at=at) for at in (0, 60)]
    assert [(one.people, one.later) for one in found] == [(1, 1), (2, 0)]


def test_whoever_is_away_through_the_end_of_his_shift_is_not_there(alone: Records) -> None:
    """Though another absence begins after the shift: what is left of it is nothing."""
    shift = SaveShift(technician="T1", starts_at=NINE, ends_at=minutes(60))
    do(alone, shift)
    for begins, ends in ((-60, 90), (100, 200)):
        do(alone, SaveAbsence(technician="T1", starts_at=minutes(begins), ends_at=minutes(ends)))
    assert outlook(alone).people == 0


def test_a_waiting_order_is_reckoned_from_its_waking(alone: Records) -> None:
    """Its clocks go on then, with what they had left."""
    number = written(alone, level="critical", priority=1)
    move(alone, number, Move.ASSIGN, minutes(1), technician="T1")
    move(alone, number, Move.ACCEPT, minutes(2))
    move(alone, number, Move.WAIT, minutes(3), reason="parts", wake_at=minutes(60))
    found = outlook(alone, at=5, hours=12)
    assert all(one.miss.reached_at >= minutes(60) for one in found.foreseen)
    assert found.orders == 1


def test_only_misses_in_sight_are_told(records: Records) -> None:
    """The load of others is reckoned with, and not shown."""
    here = [written(records, level="critical", priority=1) for _ in range(8)]
    there = [written(records, level="critical", priority=1, site="S1") for _ in range(8)]
    site = stored(records, here[0]).site or 0
    mine = outlook(records, who=replace(ANA, scope=Scope(frozenset({site}))))
    everything = {one.miss.number for one in outlook(records).foreseen}
    assert {one.miss.number for one in mine.foreseen} == everything & set(here)
    assert everything & set(there)
    assert mine.total == len(mine.foreseen)


def test_a_limit_keeps_the_worst(records: Records) -> None:
    """And says how many there are."""
    for priority in (2, 1) * 6:
        written(records, level="critical", priority=priority)
    everything, one = outlook(records), outlook(records, limit=1)
    assert one.foreseen == everything.foreseen[:1]
    assert one.total == everything.total > 1
