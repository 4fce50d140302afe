"""An alarm on the shelf, back from it, called to the supervisor, gone before anybody saw it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scheduler.runner import fire_due
from store.commands import (
    Acknowledge,
    FollowOrder,
    MoveOrder,
    PromiseFollowUp,
    ShelveAlarm,
    Undo,
    UnshelveAlarm,
)
from store.domain.alarm_refusals import NothingRings, NotShelved, ShelvedTooLong
from store.domain.alarms import QUIET
from store.domain.bells import AlarmState
from store.domain.errors import BadInput, OrderUnknown, RangAgain
from store.domain.lifecycle import Move
from store.domain.undo_refusals import AlarmChanged
from store.domain.who import THE_DESK, Who
from store.persistence.loading import ALARM
from store.queries.alarms import AlarmStrip
from tests.store.desk import ANA, AT_SOUTH, do, minutes, promises_kept, rows, written

if TYPE_CHECKING:
    from store.records import Records

SOURCE = Who(operator=ANA.operator, via="import")
"""A file that tells what happened elsewhere."""


def ringing(records: Records, *, at: float = 20, **fields: Any) -> int:
    """An order that nobody follows and that rings for it by then."""
    number = written(records, **fields)
    fire_due(records, at=minutes(at))
    return number


def alarm(records: Records, number: int) -> dict[str, Any]:
    """The newest alarm of an order, standing or not."""
    return rows(records, ALARM, number=number)[-1]


def facts(records: Records, number: int) -> list[str]:
    """What its journal tells, by name."""
    from store.persistence.journal import JOURNAL

    return [row["fact"] for row in rows(records, JOURNAL, number=number)]


def shelve(records: Records, number: int, *, at: float = 21, until: float = 51, **more: Any) -> Any:
    """Half an hour, for a part."""
    told = {"until": minutes(until), "reason": "waiting for part", **more}
    return do(records, ShelveAlarm(number=number, **told), at=minutes(at))


def test_a_shelved_alarm_comes_back_by_itself_and_once(records: Records) -> None:
    """With its bell, unacknowledged, however many sweep."""
    number = ringing(records)
    shelve(records, number)
    fire_due(records, at=minutes(50))
    held = alarm(records, number)
    assert (held["shelved_until"], held["shelved_why"]) == (minutes(51), "waiting for part")
    promises_kept(records, [number])
    fired = [fire_due(records, at=minutes(51)).fired for _ in range(2)]
    back = alarm(records, number)
    assert fired == [1, 0]
    assert back["shelved_until"] is None
    assert back["shelved_why"] is None
    assert back["acknowledged_at"] is None
    assert (back["rings"], back["raised_at"]) == (held["rings"] + 1, minutes(51))
    bells = [fact for fact in facts(records, number) if fact in {"shelved", "came_back"}]
    assert bells == ["shelved", "came_back"]
    promises_kept(records, [number])


def test_another_reason_as_bad_leaves_the_shelf_at_once(records: Records) -> None:
    """The shelf was for what was known then; a warning that is milder waits behind it."""
    number = ringing(records, level="critical", priority=3)
    assert alarm(records, number)["kind"] == "orphan"
    shelve(records, number, until=2000)
    promised = PromiseFollowUp(number=number, due_at=minutes(60))
    do(records, promised, at=minutes(22))
    fire_due(records, at=minutes(59))
    assert alarm(records, number)["shelved_until"] is not None
    fire_due(records, at=minutes(60))
    back = alarm(records, number)
    assert back["kind"] == "follow_up"
    assert back["severity"] <= 2
    assert back["shelved_until"] is None
    assert back["acknowledged_at"] is None
    promises_kept(records, [number])


def test_a_shelved_alarm_is_not_acknowledged_with_the_others(records: Records) -> None:
    """It does not ring; its shelf goes on."""
    number = ringing(records)
    shelve(records, number)
    do(records, Acknowledge(), at=minutes(22))
    assert alarm(records, number)["acknowledged_at"] is None
    assert alarm(records, number)["shelved_until"] == minutes(51)


def test_shelving_is_taken_back_and_done_again(records: Records) -> None:
    """Exactly as it stood, with the reason."""
    number = ringing(records)
    before = alarm(records, number)
    done = shelve(records, number)
    held = alarm(records, number)
    back = do(records, Undo(entry=done.undo), at=minutes(23))
    assert alarm(records, number) == before
    promises_kept(records, [number])
    do(records, Undo(entry=back.undo), at=minutes(24))
    assert alarm(records, number) == held
    promises_kept(records, [number])


def test_taking_it_from_the_shelf_rings_and_can_be_taken_back(records: Records) -> None:
    """Earlier than its time; an acknowledgement from before does not come back with it."""
    number = ringing(records)
    do(records, Acknowledge(numbers=(number,)), at=minutes(21))
    shelve(records, number, at=22)
    held = alarm(records, number)
    done = do(records, UnshelveAlarm(number=number), at=minutes(23))
    out = alarm(records, number)
    assert out["shelved_until"] is None
    assert out["acknowledged_at"] is None
    do(records, Undo(entry=done.undo), at=minutes(24))
    again = alarm(records, number)
    for name in ("shelved_at", "shelved_until", "shelved_by", "shelved_why", "acknowledged_at"):
        assert again[name] == held[name]
    promises_kept(records, [number])


def test_a_shelf_that_ended_is_not_taken_back(records: Records) -> None:
    """What rang since has been heard by nobody."""
    number = ringing(records)
    done = shelve(records, number)
    fire_due(records, at=minutes(52))
    with pytest.raises(AlarmChanged):
        do(records, Undo(entry=done.undo), at=minutes(53))


def test_what_cannot_be_shelved_says_why(records: Records) -> None:
    """No alarm, no reason, no time to come, too long, rung since, out of sight."""
    silent = written(records)
    number = ringing(records)
    fire_due(records, at=minutes(20))
    do(records, Acknowledge(numbers=(silent,)), at=minutes(20))
    do(records, MoveOrder(number=silent, move=Move.CANCEL, reason="x"), at=minutes(20))
    with pytest.raises(NothingRings):
        shelve(records, silent)
    with pytest.raises(NotShelved):
        do(records, UnshelveAlarm(number=number), at=minutes(21))
    with pytest.raises(BadInput):
        shelve(records, number, reason="  ")
    with pytest.raises(BadInput):
        shelve(records, number, until=20)
    with pytest.raises(ShelvedTooLong):
        shelve(records, number, until=8 * 24 * 60)
    with pytest.raises(RangAgain):
        shelve(records, number, rings=0)
    with pytest.raises(OrderUnknown):
        do(
            records,
            ShelveAlarm(number=number, until=minutes(60), reason="x"),
            who=AT_SOUTH,
            at=minutes(21),
        )
    assert alarm(records, number)["shelved_until"] is None


def test_nobody_acknowledges_and_the_supervisor_is_called_once(records: Records) -> None:
    """A quarter of an hour after it began to ring, whatever rang for it meanwhile."""
    number = ringing(records, at=15)
    assert alarm(records, number)["asked_at"] == minutes(15)
    fire_due(records, at=minutes(29))
    assert alarm(records, number)["escalated_at"] is None
    fired = [fire_due(records, at=minutes(30)).fired for _ in range(2)]
    assert fired[1] == 0
    assert alarm(records, number)["escalated_at"] == minutes(30)
    assert facts(records, number).count("escalated") == 1
    promises_kept(records, [number])


def test_who_acknowledges_in_time_is_left_alone(records: Records) -> None:
    """And an acknowledgement taken back calls him after all."""
    number = ringing(records, at=15)
    done = do(records, Acknowledge(numbers=(number,)), at=minutes(16))
    fire_due(records, at=minutes(40))
    assert "escalated" not in facts(records, number)
    do(records, Undo(entry=done.undo), at=minutes(41))
    promises_kept(records, [number])
    fire_due(records, at=minutes(42))
    assert facts(records, number).count("escalated") == 1


def test_a_cause_that_went_by_itself_stays_until_it_is_seen(records: Records) -> None:
    """A file says that somebody has the order: the alarm is over, and nobody has seen it."""
    number = ringing(records)
    taken = MoveOrder(number=number, move=Move.CANCEL, reason="elsewhere")
    do(records, taken, who=SOURCE, at=minutes(22))
    gone = alarm(records, number)
    assert (gone["cleared_at"], gone["lapsed_at"]) == (minutes(22), minutes(22))
    assert gone["seen_at"] is None
    done = do(records, Acknowledge(numbers=(number,)), at=minutes(23))
    assert done.numbers == (number,)
    assert alarm(records, number)["seen_at"] == minutes(23)
    do(records, Undo(entry=done.undo), at=minutes(24))
    assert alarm(records, number)["seen_at"] is None
    do(records, Acknowledge(), at=minutes(25))
    assert alarm(records, number)["seen_by"] == ANA.operator


def test_who_acts_has_seen_the_alarm(records: Records) -> None:
    """Cancelling, accepting, finishing at the desk is more than acknowledging."""
    number = ringing(records)
    do(records, MoveOrder(number=number, move=Move.CANCEL, reason="x"), at=minutes(22))
    assert alarm(records, number)["cleared_at"] == minutes(22)
    assert alarm(records, number)["lapsed_at"] is None


def test_seeing_is_only_for_those_in_sight(records: Records) -> None:
    """An office neither sees nor silences what is another's."""
    number = ringing(records)
    cancelled = MoveOrder(number=number, move=Move.CANCEL, reason="x")
    do(records, cancelled, who=SOURCE, at=minutes(22))
    done = do(records, Acknowledge(), who=AT_SOUTH, at=minutes(23))
    assert done.numbers == ()
    assert alarm(records, number)["seen_at"] is None


def test_the_desk_itself_sees_nothing(records: Records) -> None:
    """Time and files clear alarms without anybody looking."""
    assert not THE_DESK.acts
    assert not SOURCE.acts
    assert ANA.acts


def test_the_strip_lists_what_went_unseen_once_an_order(records: Records) -> None:
    """After what rings, and only where no other alarm of the order stands."""
    number = ringing(records)
    other = ringing(records, at=21)
    for at, step in ((22, Move.CANCEL), (23, Move.REOPEN)):
        told = MoveOrder(number=number, move=step, reason="elsewhere")
        do(records, told, who=SOURCE, at=minutes(at))
    fire_due(records, at=minutes(60))
    strip = records.ask(AlarmStrip(), who=ANA, at=minutes(60))
    assert sorted((a.number, a.state) for a in strip.alarms) == [
        (number, AlarmState.UNACKNOWLEDGED),
        (other, AlarmState.UNACKNOWLEDGED),
    ]
    again = MoveOrder(number=number, move=Move.CANCEL, reason="elsewhere")
    do(records, again, who=SOURCE, at=minutes(61))
    strip = records.ask(AlarmStrip(), who=ANA, at=minutes(61))
    assert [(a.number, a.state) for a in strip.alarms] == [
        (other, AlarmState.UNACKNOWLEDGED),
        (number, AlarmState.CLEARED),
    ]
    assert (strip.unseen, strip.standing) == (1, 2)
    assert records.ask(AlarmStrip(), who=AT_SOUTH, at=minutes(61)).unseen == 0
    do(records, Acknowledge(numbers=(number,)), at=minutes(62))
    assert records.ask(AlarmStrip(), who=ANA, at=minutes(62)).unseen == 0


def test_nobody_need_see_that_a_quiet_one_went(records: Records) -> None:
    """It was never heard."""
    number = written(records, level="critical", priority=4)
    do(records, FollowOrder(number=number), at=minutes(1))
    at = 1
    while not rows(records, ALARM, number=number):
        at += 5
        fire_due(records, at=minutes(at))
    assert alarm(records, number)["severity"] == QUIET
    told = MoveOrder(number=number, move=Move.CANCEL, reason="elsewhere")
    do(records, told, who=SOURCE, at=minutes(at + 1))
    assert alarm(records, number)["seen_at"] == minutes(at + 1)
    assert records.ask(AlarmStrip(), who=ANA, at=minutes(at + 2)).unseen == 0


def test_a_flood_is_told_by_what_its_alarms_have_in_common(records: Records) -> None:
    """Ten can be read; the eleventh makes it one line. Offices see their own floods only."""
    for _ in range(10):
        written(records)
    fire_due(records, at=minutes(15))
    assert records.ask(AlarmStrip(), who=ANA, at=minutes(16)).groups == ()
    written(records, site="S1")
    fire_due(records, at=minutes(15))
    (group,) = records.ask(AlarmStrip(), who=ANA, at=minutes(16)).groups
    assert (group.by, group.key, group.count) == ("cause", "orphan", 11)
    assert records.ask(AlarmStrip(), who=AT_SOUTH, at=minutes(16)).groups == ()
    assert records.ask(AlarmStrip(), who=ANA, at=minutes(26)).groups == ()
