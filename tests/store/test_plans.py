"""Plans in the store: saved, made once, called off, and as the site's calendar has it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from scheduler.plans import make_due
from store.commands import (
    ExtendCalendar,
    MoveOrder,
    SaveSite,
)
from store.domain.lifecycle import Move, State
from store.persistence.journal import JOURNAL
from store.persistence.plans import OCCURRENCE
from store.queries.doctor import ExamineDesk, ExamineOrders
from tests.store.desk import (
    ANA,
    NINE,
    do,
    minutes,
    promises_kept,
    rows,
    stored,
)
from tests.store.plan_desk import came, local, made_until, planned, shown

if TYPE_CHECKING:
    from store.records import Records


def is_well(records: Records) -> None:
    """A doctor finds nothing."""
    at = NINE + timedelta(days=900)
    assert records.ask(ExamineDesk(), who=ANA, at=at) == ()
    assert records.ask(ExamineOrders(), who=ANA, at=at).findings == ()


def test_a_plan_makes_its_order_when_it_is_due(records: Records) -> None:
    """At the site, with its promises from the time it was planned for."""
    plan = planned(records, customer="C1", priority=2, description="all three")
    assert made_until(records, "2026-09-21T09:59") == 0
    assert make_due(records, at=local("2026-09-21T10:00") + timedelta(seconds=4)) == 1
    ((day, due_day, number),) = came(records, plan)
    assert (day, due_day) == ("2026-09-21", "2026-09-21")
    assert number is not None
    order = stored(records, number)
    assert (order.title, order.description, order.priority) == ("boiler round", "all three", 2)
    assert (order.site, order.state) == (1, State.NEW)
    assert order.opened_at == local("2026-09-21T10:00")
    facts = [row for row in rows(records, JOURNAL, number=number) if row["fact"] == "planned"]
    assert [(fact["body"]["plan"], fact["body"]["day"]) for fact in facts] == [(plan, day)]
    after = shown(records, plan)
    assert (after.last, after.made, after.next_day) == (number, 1, "2026-09-22")
    promises_kept(records, [number])
    is_well(records)


def test_it_makes_one_order_however_often_it_is_looked_at(records: Records) -> None:
    """The row says how far it has come, and the database that no day comes twice."""
    plan = planned(records)
    at = local("2026-09-21T10:00")
    assert [make_due(records, at=at) for _ in range(3)] == [1, 0, 0]
    assert [make_due(records, at=at + timedelta(minutes=n)) for n in (1, 600)] == [0, 0]
    assert len(came(records, plan)) == 1


def test_an_order_made_ahead_waits_until_it_is_due(records: Records) -> None:
    """Somebody may be sent meanwhile; no clock runs, and nobody is called for it."""
    plan = planned(records, rule="FREQ=WEEKLY;BYDAY=MO", start="2026-09-22", lead="3d")
    assert made_until(records, "2026-09-25T09:59") == 0
    assert made_until(records, "2026-09-25T10:00") == 1
    ((_, _, number),) = came(records, plan)
    assert number is not None
    order = stored(records, number)
    assert (order.state, order.wake_at) == (State.WAITING, local("2026-09-28T10:00"))
    assert order.opened_at == local("2026-09-28T10:00")
    do(
        records,
        MoveOrder(number=number, move=Move.ASSIGN, technician="T1"),
        at=local("2026-09-26T09:00"),
    )
    do(records, MoveOrder(number=number, move=Move.RESUME), at=local("2026-09-28T10:00"))
    clocks = {clock.kind.value: clock.due_at for clock in stored(records, number).clocks}
    assert clocks["resolve"] == local("2026-10-01T10:00")  # 24 hours of the office
    promises_kept(records, [number])
    is_well(records)


def test_an_early_start_settles_clocks_that_had_not_begun(records: Records) -> None:
    """The technician does it the day before."""
    plan = planned(records, rule="FREQ=WEEKLY;BYDAY=MO", start="2026-09-22", lead="3d")
    made_until(records, "2026-09-25T10:00")
    ((_, _, number),) = came(records, plan)
    assert number is not None
    at = local("2026-09-27T09:00")
    for step in (Move.RESUME, Move.ASSIGN, Move.ACCEPT, Move.ARRIVE, Move.FINISH, Move.CLOSE):
        told: dict[str, Any] = {"technician": "T1"} if step is Move.ASSIGN else {}
        do(records, MoveOrder(number=number, move=step, **told), at=at)
        at += timedelta(minutes=5)
    order = stored(records, number)
    assert order.state is State.CLOSED
    assert not [clock for clock in order.clocks if clock.breached_at]
    promises_kept(records, [number])
    is_well(records)


def test_after_a_day_switched_off_each_has_its_own_date(records: Records) -> None:
    """And only once, whoever comes first."""
    plan = planned(records)
    assert made_until(records, "2026-09-22T14:00") == 2
    assert [day for day, _, _ in came(records, plan)] == ["2026-09-21", "2026-09-22"]
    assert made_until(records, "2026-09-22T14:01") == 0


def test_after_a_long_stretch_the_latest_tells_how_many_were_missed(records: Records) -> None:
    """Nobody walks last month's rounds; the order says so."""
    plan = planned(records, closed="keep")
    assert made_until(records, "2026-10-21T09:00") == 2
    (first, second) = rows(records, OCCURRENCE, plan_id=plan)
    assert (first["day"], first["missed"], first["missed_since"]) == (
        "2026-10-19",
        28,
        "2026-09-21",
    )
    assert (second["day"], second["missed"]) == ("2026-10-20", 0)
    body = next(
        row["body"]
        for row in rows(records, JOURNAL, number=first["number"])
        if row["fact"] == "planned"
    )
    assert (body["missed"], body["since"]) == (28, "2026-09-21")
    is_well(records)


def test_from_completion_it_waits_for_its_last_order(records: Records) -> None:
    """Three months from when that was done; taken up again, it waits again."""
    plan = planned(records, rule="3 months", basis="completion", closed="keep")
    made_until(records, "2026-09-21T10:00")
    ((_, _, number),) = came(records, plan)
    assert number is not None
    waiting = shown(records, plan)
    assert (waiting.waits, waiting.due_at) == (True, None)
    finish = MoveOrder(number=number, move=Move.FINISH, insist=True)
    do(records, finish, at=local("2026-10-05T12:00"))
    assert made_until(records, "2026-10-05T12:01") == 0
    assert shown(records, plan).due_at == local("2027-01-05T10:00")
    again = MoveOrder(number=number, move=Move.REOPEN, reason="drips")
    do(records, again, at=local("2026-10-06T12:00"))
    made_until(records, "2026-10-06T12:01")
    assert shown(records, plan).waits
    do(records, finish, at=local("2026-10-08T12:00"))
    made_until(records, "2026-10-08T12:01")
    assert shown(records, plan).due_at == local("2027-01-08T10:00")
    assert made_until(records, "2027-01-08T10:00") == 1
    is_well(records)


def test_a_cancelled_order_does_not_hold_the_plan_up(records: Records) -> None:
    """It counts from when it was called off."""
    plan = planned(records, rule="weekly", basis="completion", closed="keep")
    made_until(records, "2026-09-21T10:00")
    ((_, _, number),) = came(records, plan)
    assert number is not None
    cancel = MoveOrder(number=number, move=Move.CANCEL, reason="sold")
    do(records, cancel, at=local("2026-09-23T12:00"))
    made_until(records, "2026-09-23T12:01")
    assert shown(records, plan).due_at == local("2026-09-30T10:00")


def test_a_new_holiday_moves_what_is_to_come(records: Records) -> None:
    """By the next look of a sweep; the day by which it is known stays."""
    plan = planned(records, rule="FREQ=WEEKLY;BYDAY=TH", start="2026-09-24")
    assert shown(records, plan).due_at == local("2026-09-24T10:00")
    holiday = ExtendCalendar(code="office", off=("2026-09-24",), known_until="2026-12-31")
    do(records, holiday)
    assert make_due(records, at=minutes(1)) == 0
    moved = shown(records, plan)
    assert (moved.next_day, moved.due_at) == ("2026-09-24", local("2026-09-25T10:00"))
    assert made_until(records, "2026-09-24T10:00") == 0
    assert made_until(records, "2026-09-25T10:00") == 1
    assert [row[:2] for row in came(records, plan)] == [("2026-09-24", "2026-09-25")]
    is_well(records)


def test_a_site_that_moves_takes_its_plans_along(records: Records) -> None:
    """Ten is ten on the wall of the site."""
    plan = planned(records)
    do(records, SaveSite(code="N1", name="北楼", zone="Europe/London"))
    make_due(records, at=minutes(1))
    due_at = shown(records, plan).due_at
    assert due_at is not None
    assert f"{due_at:%H:%M}" == "09:00"
