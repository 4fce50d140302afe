"""What somebody has heard is what he may silence: the same alarm, and no more of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scheduler.runner import fire_due
from store.commands import Acknowledge, MoveOrder
from store.domain.errors import RangAgain
from store.domain.lifecycle import Move
from tests.store.desk import do, minutes
from tests.store.test_bells import SOURCE, alarm, ringing, shelve

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


def test_what_came_and_went_after_a_look_stays_unseen(records: Records) -> None:
    """Seen is what stood on the screen."""
    number = ringing(records)
    taken = MoveOrder(number=number, move=Move.CANCEL, reason="elsewhere")
    do(records, taken, who=SOURCE, at=minutes(22))
    seen = alarm(records, number)["id"]
    assert not do(records, Acknowledge(numbers=(number,), alarm=seen - 1), at=minutes(40)).numbers
    done = do(records, Acknowledge(numbers=(number,), alarm=seen), at=minutes(40))
    assert done.numbers == (number,)
