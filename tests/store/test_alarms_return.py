"""No reason is lost behind a worse one, behind an acknowledgement, or behind a slow clock."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.runner import fire_due
from store.commands import (
    Acknowledge,
    FollowOrder,
    KeepFollowUp,
    NoteOrder,
    PromiseFollowUp,
    SaveLevel,
    ShelveAlarm,
    Undo,
    UpdateCustomer,
)
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK
from store.persistence.loading import ALARM, TIMER
from store.queries.alarms import AlarmStrip
from tests.store.desk import ANA, do, minutes, move, promises_kept, rows, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.records import Records


def alarm(records: Records, number: int) -> Mapping[str, Any]:
    """The standing alarm of an order; nothing where none stands."""
    found = rows(records, ALARM, number=number, cleared_at=None)
    return found[0] if found else {}


def told(records: Records, number: int) -> tuple[Any, ...]:
    """What it says: kind, clock, level, whether somebody acknowledged it."""
    row = alarm(records, number)
    seen = row.get("acknowledged_at") is not None
    return (row["kind"], row["clock"], row["level"], seen) if row else ()


def on_site(records: Records, **fields: Any) -> int:
    """An order that somebody works on since three minutes past nine."""
    number = written(records, level="critical", **fields)
    for step in (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE):
        given = {"technician": "T1"} if step is Move.ASSIGN else {}
        move(records, number, step, minutes(3), **given)
    return number


def test_a_milder_reason_shows_itself_when_the_worse_is_gone(records: Records) -> None:
    """The follow-up fell due under a missed deadline; it is still to be done after that."""
    number = on_site(records)
    fire_due(records, at=minutes(400))
    do(records, PromiseFollowUp(number=number, due_at=minutes(410), note="call"), at=minutes(401))
    fire_due(records, at=minutes(411))
    before = alarm(records, number)
    assert before["kind"] == "overdue_again"
    move(records, number, Move.FINISH, minutes(412))
    do(records, UpdateCustomer(number=number), at=minutes(412))
    after = alarm(records, number)
    assert told(records, number) == ("follow_up", "", 0, False)
    assert after["due_at"] == minutes(410)
    assert after["rings"] > before["rings"], "the bell is heard again"
    do(records, KeepFollowUp(number=number, place=1), at=minutes(413))
    assert told(records, number) == ()


def test_a_deadline_missed_under_a_worse_one_takes_its_place(records: Records) -> None:
    """Accepting ends the cry that nobody accepted, not the late arrival."""
    number = written(records, level="critical")
    move(records, number, Move.ASSIGN, minutes(1), technician="T1")
    for at in range(2, 126):
        fire_due(records, at=minutes(at))
    do(records, Acknowledge(), at=minutes(125))
    move(records, number, Move.ACCEPT, minutes(126))
    do(records, UpdateCustomer(number=number), at=minutes(126))
    assert told(records, number) == ("breach", "arrive", 100, False)
    assert alarm(records, number)["due_at"] == minutes(120)


def test_an_acknowledged_alarm_rings_again_for_another_reason(records: Records) -> None:
    """Even for a milder one: the promise to call is not what the operator has silenced."""
    number = on_site(records)
    fire_due(records, at=minutes(900))
    do(records, Acknowledge(), at=minutes(901))
    before = alarm(records, number)
    do(records, PromiseFollowUp(number=number, due_at=minutes(910)), at=minutes(902))
    assert told(records, number)[-1]
    fire_due(records, at=minutes(911))
    after = alarm(records, number)
    assert (after["kind"], after["severity"]) == (before["kind"], before["severity"])
    assert after["acknowledged_at"] is None
    assert after["rings"] == before["rings"] + 1


def test_the_second_of_two_follow_ups_rings_too(records: Records) -> None:
    """They are as bad as one another, and neither is the other."""
    number = on_site(records)
    for due in (10, 12):
        do(records, PromiseFollowUp(number=number, due_at=minutes(due)), at=minutes(4))
    fire_due(records, at=minutes(10))
    do(records, Acknowledge(), at=minutes(11))
    fire_due(records, at=minutes(12))
    assert told(records, number) == ("follow_up", "", 0, False)
    do(records, KeepFollowUp(number=number, place=1), at=minutes(13))
    assert alarm(records, number)["due_at"] == minutes(12)


def test_a_miss_that_never_rang_does_not_ring_by_a_note(records: Records) -> None:
    """What was late when it was written down is known, and quiet."""
    number = written(records, level="critical", opened_at=minutes(-3000))
    do(records, NoteOrder(number=number, text="old"), at=minutes(1))
    assert told(records, number) == ()


@pytest.mark.parametrize("reason", ["follow_up", "wake", "orphan"])
def test_a_writer_whose_clock_is_behind_clears_nothing(records: Records, reason: str) -> None:
    """What has fired is past, whatever another machine's clock says."""
    number = written(records, level="critical")
    due = minutes(15)
    if reason != "orphan":
        move(records, number, Move.ASSIGN, minutes(1), technician="T1")
        move(records, number, Move.ACCEPT, minutes(1))
    if reason == "wake":
        due = minutes(10)
        move(records, number, Move.WAIT, minutes(2), reason="parts", wake_at=due)
    if reason == "follow_up":
        due = minutes(10)
        do(records, PromiseFollowUp(number=number, due_at=due), at=minutes(1))
    fire_due(records, at=due + timedelta(milliseconds=5))
    before = alarm(records, number)
    assert before["kind"] == reason
    do(records, NoteOrder(number=number, text="hello"), at=due - timedelta(seconds=2))
    assert alarm(records, number) == before, "nor does it ring once more"


def test_a_fired_reason_that_is_put_off_fires_again(records: Records) -> None:
    """The level now lets an order lie for longer; at the new time it must ring once more."""
    level = "patient"
    policy = {"orphan_after_s": 900}
    do(records, SaveLevel(code=level, name=level, calendar=1, policy=policy))
    number = written(records, level=level)
    fire_due(records, at=minutes(15))
    assert told(records, number) == ("orphan", "", 0, False)
    policy = {"orphan_after_s": 3600}
    do(records, SaveLevel(code=level, name=level, calendar=1, policy=policy), at=minutes(16))
    assert told(records, number) == ()
    promises_kept(records, [number])
    assert [row["due_at"] for row in rows(records, TIMER, fired_at=None)] == [minutes(60)]
    fire_due(records, at=minutes(60))
    assert told(records, number) == ("orphan", "", 0, False)
    assert alarm(records, number)["due_at"] == minutes(60)


def test_a_fired_reason_that_is_put_off_into_the_past_has_fired(records: Records) -> None:
    """The level would have let it lie a minute longer; that minute is over, and it rang."""
    level = "patient"
    policy: dict[str, Any] = {"orphan_after_s": 900, "escalate_after_s": None}
    do(records, SaveLevel(code=level, name=level, calendar=1, policy=policy))
    number = written(records, level=level)
    fire_due(records, at=minutes(15))
    policy |= {"orphan_after_s": 960}
    do(records, SaveLevel(code=level, name=level, calendar=1, policy=policy), at=minutes(30))
    assert rows(records, TIMER, fired_at=None) == []
    before = alarm(records, number)
    assert (before["kind"], before["raised_at"], before["rings"]) == ("orphan", minutes(15), 1)
    assert fire_due(records, at=minutes(31)).fired == 0
    assert alarm(records, number) == before


def test_the_newer_of_two_reasons_as_bad_is_shown(records: Records) -> None:
    """Where neither is a broken promise."""
    number = written(records)
    do(records, PromiseFollowUp(number=number, due_at=minutes(20)))
    fire_due(records, at=minutes(15))
    assert told(records, number) == ("orphan", "", 0, False)
    fire_due(records, at=minutes(20))
    (row,) = rows(records, ALARM)
    assert (row["kind"], row["raised_at"], row["rings"]) == ("follow_up", minutes(20), 2)


def test_a_higher_level_of_the_same_clock_rings_again(records: Records) -> None:
    """As bad as the level before, and nearer to the miss."""
    number = written(records, level="critical", priority=3)
    move(records, number, Move.ASSIGN, minutes(200), technician="T1")
    for at, level, count in ((360, 75, 1), (432, 90, 2)):
        fire_due(records, at=minutes(at))
        (row,) = rows(records, ALARM)
        assert (row["kind"], row["clock"], row["level"]) == ("warn", "respond", level)
        assert (row["raised_at"], row["rings"]) == (minutes(at), count)


def test_a_quiet_warning_takes_no_acknowledgement_back(records: Records) -> None:
    """It is summed in a line of its own; a milder reason that can be heard is news."""
    number = written(records)
    fire_due(records, at=minutes(15))
    do(records, Acknowledge(numbers=(number,)), at=minutes(16))
    for severity, rings in ((4, False), (3, True)):
        with records.work(who=THE_DESK, at=minutes(17)) as work:
            order = work.order(number)
            given: dict[str, Any] = {"kind": "warn", "clock": "respond", "level": 75}
            rang = work.raise_alarm(order, severity=severity, due_at=minutes(17), **given)
        assert rang is rings
        assert told(records, number) == ("orphan", "", 0, not rings)


def test_what_was_over_by_mistake_rings_before_what_rang_since(records: Records) -> None:
    """Taken back, the missed deadline stands again, alone, and not the milder call."""
    number = on_site(records)
    do(records, UpdateCustomer(number=number), at=minutes(399))
    fire_due(records, at=minutes(400))
    before = alarm(records, number)
    assert (before["kind"], before["severity"]) == ("overdue_again", 1)
    over = move(records, number, Move.FINISH, minutes(401))
    do(records, PromiseFollowUp(number=number, due_at=minutes(405)), at=minutes(402))
    fire_due(records, at=minutes(405))
    assert told(records, number)[0] == "follow_up"
    do(records, Undo(entry=over.undo), at=minutes(406))
    (standing,) = rows(records, ALARM, number=number, cleared_at=None)
    assert standing == before


def test_a_call_that_is_due_rings_beside_a_shelved_miss(records: Records) -> None:
    """The miss stays what the alarm is about, but neither shelf nor silence was for the call."""
    number = written(records, level="critical", priority=3)
    do(records, FollowOrder(number=number))
    fire_due(records, at=minutes(480))
    for due in (485, 490):
        shelved = ShelveAlarm(number=number, until=minutes(2000), reason="part")
        do(records, shelved, at=minutes(due - 4))
        do(records, PromiseFollowUp(number=number, due_at=minutes(due)), at=minutes(due - 3))
        fire_due(records, at=minutes(due))
        held = alarm(records, number)
        assert held["kind"] == "not_accepted"
        assert (held["shelved_until"], held["shelved_why"]) == (None, None)
        assert held["acknowledged_at"] is None
        promises_kept(records, [number])
        do(records, Acknowledge(numbers=(number,)), at=minutes(due))


def test_the_worst_stands_before_what_the_supervisor_was_called_for(records: Records) -> None:
    """In the middle of a flood, too, where only the first alarm has a line of its own."""
    called, milder = written(records), written(records, at=minutes(16))
    for at in (15, 30):
        fire_due(records, at=minutes(at))
    assert alarm(records, called)["escalated_at"] is not None
    flood = [written(records, priority=2, at=minutes(16)) for _ in range(12)]
    people = written(records, priority=1, at=minutes(16.5))
    fire_due(records, at=minutes(32))
    strip = records.ask(AlarmStrip(), who=ANA, at=minutes(33))
    assert strip.groups
    alone = [group.key for group in strip.groups if group.count == 1]
    assert sorted(one.kind for one in strip.alone) == sorted(alone), "each of them whole"
    order = [line.number for line in strip.alarms]
    assert order[:2] == [people, called]
    assert set(order[2:]) == {milder, *flood}
