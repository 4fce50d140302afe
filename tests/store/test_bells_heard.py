"""What somebody has heard is what he may silence: the same alarm, and no more of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scheduler.runner import fire_due
from store.commands import Acknowledge, KeepFollowUp, MoveOrder, PromiseFollowUp, Undo
from store.domain.errors import RangAgain
from store.domain.lifecycle import Move
from store.domain.undo_refusals import AlarmChanged
from tests.store.desk import BO, do, minutes, written
from tests.store.test_bells import SOURCE, alarm, ringing, shelve
from tests.store.undo_desk import undo

if TYPE_CHECKING:
    from store.records import Records


def test_what_was_meant_for_one_alarm_lands_on_no_other(records: Records) -> None:
    """The one on the screen had rung as often as the one that stands for the order now."""
    number = ringing(records)
    seen = alarm(records, number)
    do(records, MoveOrder(number=number, move=Move.ASSIGN, technician="T1"), at=minutes(21))
    fire_due(records, at=minutes(150))
    now = alarm(records, number)
    assert now["id"] != seen["id"]
    told = {"rings": now["rings"], "alarm": seen["id"]}
    with pytest.raises(RangAgain):
        do(records, Acknowledge(numbers=(number,), **told), at=minutes(151))
    with pytest.raises(RangAgain):
        shelve(records, number, at=151, until=160, **told)
    assert alarm(records, number) == now
    told = {"rings": now["rings"], "alarm": now["id"]}
    assert do(records, Acknowledge(numbers=(number,), **told), at=minutes(152)).numbers == (number,)


def test_a_silence_given_again_lands_on_no_other_alarm(records: Records) -> None:
    """What took the place of the alarm that was silenced has been heard by nobody."""
    number = written(records)
    for due in (10, 12):
        do(records, PromiseFollowUp(number=number, due_at=minutes(due), note="call"))
    fire_due(records, at=minutes(14))
    do(records, Acknowledge(numbers=(number,)), at=minutes(15))
    undo(records, at=15.5)
    first = alarm(records, number)
    kept = KeepFollowUp(number=number, place=1, outcome="told")
    do(records, kept, who=BO, at=minutes(16))
    now = alarm(records, number)
    assert (now["id"] != first["id"], now["acknowledged_at"]) == (True, None)
    with pytest.raises(AlarmChanged):
        do(records, Undo(redo=True), at=minutes(17))
    assert alarm(records, number) == now


def test_what_came_and_went_after_a_look_stays_unseen(records: Records) -> None:
    """Seen is what stood on the screen."""
    number = ringing(records)
    taken = MoveOrder(number=number, move=Move.CANCEL, reason="elsewhere")
    do(records, taken, who=SOURCE, at=minutes(22))
    seen = alarm(records, number)["id"]
    assert not do(records, Acknowledge(numbers=(number,), alarm=seen - 1), at=minutes(40)).numbers
    done = do(records, Acknowledge(numbers=(number,), alarm=seen), at=minutes(40))
    assert done.numbers == (number,)
