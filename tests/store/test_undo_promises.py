"""What hangs on an order is taken back with it: alarms, follow-ups, the hours of its level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scheduler.runner import fire_due
from store.commands import (
    Acknowledge,
    EditOrder,
    KeepFollowUp,
    NewOrder,
    PromiseFollowUp,
    SaveLevel,
    SetPriority,
    UpdateCustomer,
)
from store.domain.lifecycle import Move
from store.domain.undo_refusals import (
    AlarmChanged,
    BuiltUpon,
)
from store.persistence.loading import ALARM, FOLLOW_UP, TIMER
from tests.store.desk import (
    ANA,
    BO,
    do,
    minutes,
    move,
    rows,
    stored,
    written,
)
from tests.store.undo_desk import undo

if TYPE_CHECKING:
    from store.records import Records


def test_an_alarm_stands_again_as_it_was(records: Records) -> None:
    """Acknowledged by whom and when; taking back a dispatch does not wake the room."""
    number = written(records)
    fire_due(records, at=minutes(16))
    do(records, Acknowledge(numbers=(number,)), who=BO, at=minutes(17))
    (before,) = rows(records, ALARM, number=number)
    move(records, number, Move.ASSIGN, minutes(18), technician="T1")
    assert rows(records, ALARM, number=number)[0]["cleared_at"] is not None
    undo(records, at=19)
    assert rows(records, ALARM, number=number) == [before]
    undo(records, at=20, redo=True)
    assert rows(records, ALARM, number=number)[0]["cleared_at"] is not None


def test_the_reason_that_rang_stands_again_where_another_had_taken_over(records: Records) -> None:
    """Word to the customer ends one of two reasons; the other one rings until that is undone."""
    number = written(records, priority=2)
    fire_due(records, at=minutes(121))
    (before,) = rows(records, ALARM, number=number)
    assert before["clock"] == "next_update"
    do(records, UpdateCustomer(number=number, text="soon"), at=minutes(122))
    went, taken_over = rows(records, ALARM, number=number)
    assert (went["cleared_at"], went["lapsed_at"]) == (minutes(122), None)
    assert (taken_over["clock"], taken_over["rings"]) == ("respond", before["rings"] + 1)
    undo(records, at=123)
    assert rows(records, ALARM, number=number)[0] == before
    assert rows(records, ALARM, number=number)[1]["cleared_at"] == minutes(123)
    undo(records, at=124, redo=True)
    assert rows(records, ALARM, number=number)[1] == taken_over


def test_a_silence_is_taken_back_unless_it_rang_again(records: Records) -> None:
    """The bell that was switched off by mistake rings on; what rang since is another thing."""
    number = written(records)
    fire_due(records, at=minutes(16))
    version = stored(records, number).version
    do(records, Acknowledge(numbers=(number,)), at=minutes(17))
    (silenced,) = rows(records, ALARM, number=number)
    undo(records, at=18)
    (ringing,) = rows(records, ALARM, number=number)
    assert (ringing["acknowledged_at"], ringing["acknowledged_by"]) == (None, None)
    undo(records, at=19, redo=True)
    assert rows(records, ALARM, number=number) == [silenced]
    assert stored(records, number).version == version
    fire_due(records, at=minutes(200))
    with pytest.raises(AlarmChanged):
        undo(records, at=201)


def test_a_level_that_rang_under_a_priority_taken_back_rings_in_its_turn(records: Records) -> None:
    """Whoever raised the wrong order leaves no bell behind that stays quiet for good."""
    number = written(records, priority=3)
    raised = do(records, SetPriority(number=number, priority=1))
    fire_due(records, at=minutes(125))
    for at in range(126, 600, 30):
        fire_due(records, at=minutes(at))
    again = {"number": number, "kind": "overdue_again", "clock": "resolve"}
    early = rows(records, TIMER, **again)
    assert [row["level"] for row in early if row["fired_at"]] == [101, 102]
    undo(records, entry=raised.undo, at=600)
    due = next(c.due_at for c in stored(records, number).clocks if c.kind == "resolve")
    assert due is not None
    fire_due(records, at=due)
    for _ in early:
        pending = [r for r in rows(records, TIMER, **again) if r["fired_at"] is None]
        fire_due(records, at=max(r["due_at"] for r in pending))
    late = rows(records, TIMER, **again)
    assert [row["level"] for row in late] == [101, 102]
    assert all(row["fired_at"] == row["due_at"] > due for row in late)


def test_promises_come_and_go_again(records: Records) -> None:
    """A call promised by mistake is none; one kept by mistake is owed again, and rings."""
    number = written(records)
    promised = do(records, PromiseFollowUp(number=number, due_at=minutes(60), note="回电"))
    kept = do(records, KeepFollowUp(number=number, place=1, outcome="well"), at=minutes(5))
    (row,) = rows(records, FOLLOW_UP, number=number)
    with pytest.raises(BuiltUpon):
        undo(records, entry=promised.undo)
    undo(records, entry=kept.undo)
    (owed,) = rows(records, FOLLOW_UP, number=number)
    assert (owed["done_at"], owed["note"], owed["made_by"]) == (None, "回电", ANA.operator)
    undo(records, redo=True)
    assert rows(records, FOLLOW_UP, number=number) == [row]
    undo(records)
    undo(records, entry=promised.undo)
    assert rows(records, FOLLOW_UP, number=number) == []
    undo(records, redo=True)
    assert rows(records, FOLLOW_UP, number=number) == [owed]
    fire_due(records, at=minutes(61))
    assert rows(records, TIMER, number=number, kind="follow_up")[0]["fired_at"] is not None


def test_another_level_is_taken_back_with_its_hours(records: Records) -> None:
    """The clocks run on the calendar of the level that counts again."""
    number = written(records)
    before = stored(records, number)
    do(records, EditOrder(number=number, fields={"level": "critical"}), at=minutes(5))
    assert stored(records, number).clocks != before.clocks
    undo(records)
    assert stored(records, number).clocks == before.clocks
    do(records, EditOrder(number=number, fields={"level": "critical"}), at=minutes(40))
    fire_due(records, at=minutes(70))
    undo(records, at=71)


def test_promises_that_were_edited_meanwhile_count_as_they_are_now(records: Records) -> None:
    """An order that was closed by mistake comes back under today's targets."""
    number = written(records)
    move(records, number, Move.FINISH, insist=True)
    do(records, SetPriority(number=number, priority=1), at=minutes(1))
    move(records, number, Move.CLOSE, minutes(2))
    policy = {"targets": {"1": {"next_update": {"seconds": 7200}}}}
    level = SaveLevel(code="standard", name="Standard", calendar="office", policy=policy)
    do(records, level, at=minutes(3))
    undo(records, number=number, at=4)
    running = [clock for clock in stored(records, number).clocks if clock.running]
    assert [clock.target.seconds for clock in running if clock.target] == [7200]


def test_an_order_with_a_promise_is_not_taken_back(records: Records) -> None:
    """The customer waits for that call."""
    made = do(records, NewOrder(title="lift stuck", site="N1"))
    do(records, PromiseFollowUp(number=made.numbers[0], due_at=minutes(60)))
    with pytest.raises(BuiltUpon, match="follow-up promised"):
        undo(records, entry=made.undo)
