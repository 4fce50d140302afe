"""Orders locked to whom they are with: only unlocking lets go; on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.i18n import tell
from store.commands import MoveOrder, Together, Undo
from store.commands.locks import LockOrder, PlaceOrder, UnlockOrder
from store.domain.dispatch.rules import Rule
from store.domain.errors import MoveRefused
from store.domain.lifecycle import Move
from store.domain.moves_refusals import (
    Locked,
    LockedAlready,
    LockedTo,
    NobodyHolds,
    NotLocked,
    SeveralHold,
    UnderWay,
)
from store.queries.board import LineOf
from store.queries.card import OrderCard, Trace
from store.queries.recommend import LeftOut, WhoGoes
from tests.store.desk import ANA, BO, do, minutes, move, stored, written

if TYPE_CHECKING:
    from store.records import Records


def locked(records: Records, technician: str = "T1") -> int:
    """An order that Ana has locked to somebody."""
    number = written(records)
    move(records, number, Move.ASSIGN, technician=technician)
    do(records, LockOrder(number=number), at=minutes(1))
    return number


def test_a_locked_order_goes_to_nobody_else(records: Records) -> None:
    """Whoever tries is told by whom and to whom; beside those who have it another may go."""
    number = locked(records)
    others = (
        MoveOrder(number=number, move=Move.ASSIGN, technician="T2", insist=True),
        PlaceOrder(number=number, technician="T2"),
    )
    for command in others:
        with pytest.raises(LockedTo) as refused:
            do(records, command, who=BO, at=minutes(2))
        assert tell(refused.value) == (
            f"order {number} cannot be assigned: Ana locked it to 李强; unlock it first"
        )
    with pytest.raises(Locked):
        do(records, PlaceOrder(number=number, technician="T1", start_at=minutes(90)))
    move(records, number, Move.ASSIGN, minutes(3), technician="T2", also=True)
    assert stored(records, number).locked_by == ANA.operator
    do(records, UnlockOrder(number=number), who=BO, at=minutes(4))
    move(records, number, Move.ASSIGN, minutes(5), technician="T3")
    assert stored(records, number).technician == 3


def test_a_lock_is_seen_told_and_taken_back(records: Records) -> None:
    """On the board, on the card and in the journal; an undo is undone in turn."""
    number = locked(records)
    line = records.ask(LineOf(number=number), who=ANA, at=minutes(2))
    card = records.ask(OrderCard(number=number), who=ANA, at=minutes(2))
    assert line is not None
    assert (line.locked, card.locked_by and card.locked_by.name) == (True, "Ana")
    facts = [one.fact for one in records.ask(Trace(number=number), who=ANA, at=minutes(2))]
    assert facts == ["created", "assigned", "locked"]
    with pytest.raises(MoveRefused):
        do(records, LockOrder(number=number))
    for left in (None, ANA.operator, None):
        do(records, Undo(redo=left is not None), at=minutes(3))
        assert stored(records, number).locked_by == left


def test_what_was_done_before_a_lock_is_not_taken_back_under_it(records: Records) -> None:
    """To call him back after all, one unlocks first."""
    number = locked(records)
    (found,) = records.rehearse((Undo(entry=2),), who=ANA, at=minutes(2))
    assert found.refusal is not None
    do(records, Undo(), at=minutes(3))
    do(records, Undo(), at=minutes(4))
    assert stored(records, number).technician is None


@pytest.mark.parametrize("end", [Move.DECLINE, Move.CANCEL, Move.FINISH])
def test_a_lock_ends_with_the_last_visit(records: Records, end: Move) -> None:
    """There is nobody to whom it could be locked; what is taken back is locked again."""
    number = locked(records)
    do(records, MoveOrder(number=number, move=end, reason="ill", insist=True), at=minutes(2))
    assert stored(records, number).locked_by is None
    do(records, Undo(), at=minutes(3))
    order = stored(records, number)
    assert order.locked_by == (ANA.operator if order.technician else None)


def test_what_cannot_be_locked_or_placed_says_why(records: Records) -> None:
    """Nobody has it, it is so already, work has begun, or two have it."""
    number = written(records)
    for command, why in (
        (LockOrder(number=number), NobodyHolds),
        (UnlockOrder(number=number), NotLocked),
    ):
        with pytest.raises(why):
            do(records, command)
    done = do(records, PlaceOrder(number=number, technician="T1", start_at=minutes(90)))
    assert stored(records, number).planned_at == minutes(90)
    assert (done.facts["technician"], done.facts["start"]) == ("李强", minutes(90))
    do(records, LockOrder(number=number))
    with pytest.raises(LockedAlready):
        do(records, LockOrder(number=number))
    do(records, UnlockOrder(number=number))
    move(records, number, Move.ASSIGN, minutes(2), technician="T2", also=True)
    with pytest.raises(SeveralHold):
        do(records, PlaceOrder(number=number, technician="T3"))
    move(records, number, Move.DECLINE, minutes(3), technician="T2", reason="far")
    move(records, number, Move.ACCEPT, minutes(4))
    move(records, number, Move.DEPART, minutes(5))
    with pytest.raises(UnderWay):
        do(records, PlaceOrder(number=number, technician="T1", start_at=minutes(30)))
    with pytest.raises(MoveRefused):
        move(records, number, Move.ASSIGN, minutes(6), technician="T1")


def test_another_technician_has_no_planned_start(records: Records) -> None:
    """It was planned for whoever had it; some are locked together, all or none."""
    one, other = written(records), written(records)
    for number in (one, other):
        do(records, PlaceOrder(number=number, technician="T1", start_at=minutes(90)))
    move(records, one, Move.ASSIGN, minutes(2), technician="T2")
    assert [stored(records, n).planned_at for n in (one, other)] == [None, minutes(90)]
    both = Together(commands=tuple(LockOrder(number=n) for n in (one, other)))
    do(records, both, at=minutes(3))
    do(records, Undo(), at=minutes(4))
    assert [stored(records, n).locked_by for n in (one, other)] == [None, None]


def test_a_recommendation_heeds_a_lock(records: Records) -> None:
    """Only who has it may go; everybody else is told who locked it, and what would help."""
    number = locked(records, "T2")
    found = records.ask(WhoGoes(number=number, about=3), who=ANA, at=minutes(2))
    assert [one.who.code for one in found.offers] == ["T2"]
    assert isinstance(found.asked, LeftOut)
    (why,) = found.asked.barred
    assert (why.rule, why.facts) == (Rule.LOCKED, {"by": "Ana", "holder": "李伟"})
    assert found.out == {Rule.LOCKED: 2}
