"""A duplicate names an order that goes on."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from store.domain.errors import MoveRefused, Refusal
from store.domain.lifecycle import Move, State
from tests.store.desk import minutes, move, stored, written

if TYPE_CHECKING:
    from store.records import Records


def test_an_original_must_still_be_at_the_desk(records: Records) -> None:
    """Else two orders could name each other, and nobody would work on either."""
    first, second, third, dropped = (written(records) for _ in range(4))
    move(records, first, Move.DUPLICATE, duplicate_of=second)
    circle = f"order {second} .* order {first} is a duplicate itself, of order {second}"
    with pytest.raises(MoveRefused, match=circle):
        move(records, second, Move.DUPLICATE, duplicate_of=first)
    with pytest.raises(
        MoveRefused, match=f"order {first} is a duplicate itself, of order {second}"
    ):
        move(records, third, Move.DUPLICATE, duplicate_of=first)
    move(records, dropped, Move.CANCEL, reason="sold")
    with pytest.raises(MoveRefused, match=f"order {dropped} was cancelled"):
        move(records, third, Move.DUPLICATE, duplicate_of=dropped)
    move(records, second, Move.DUPLICATE, duplicate_of=third)
    with pytest.raises(MoveRefused, match=f"order {first} is a duplicate itself, of order {third}"):
        move(records, third, Move.DUPLICATE, duplicate_of=first)


def test_of_two_that_name_each_other_at_once_one_is_refused(records: Records) -> None:
    """Both are locked in the same order, so that neither waits for the other in a circle."""
    one, two = written(records), written(records)
    gate = threading.Barrier(2)
    refused: list[Refusal] = []

    def press(number: int, original: int) -> None:
        gate.wait(30)
        try:
            move(records, number, Move.DUPLICATE, minutes(1), duplicate_of=original)
        except Refusal as refusal:
            refused.append(refusal)

    hands = [threading.Thread(target=press, args=pair) for pair in ((one, two), (two, one))]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(20)
    assert [type(refusal).__name__ for refusal in refused] == ["OriginalIsDuplicate"]
    assert sorted(stored(records, n).state for n in (one, two)) == [State.DUPLICATE, State.NEW]
