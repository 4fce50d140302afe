"""Automatic dispatch beside locked orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.commands import SetAutomatic
from store.commands.locks import LockOrder, UnlockOrder
from store.domain.lifecycle import Move
from tests.scheduler.automatic_desk import FAR_EAST, do, furnished, line, looked, proposed
from tests.scheduler.desk import after

if TYPE_CHECKING:
    from tests.scheduler.desk import Desk


def test_a_locked_order_stays_with_whom_it_is(desk: Desk) -> None:
    """However long he takes to say yes; nobody is proposed instead, until it is unlocked."""
    furnished(desk, 0.0, FAR_EAST)
    do(desk, SetAutomatic(mode="act", accept_min=5, margin=0))
    number = desk.order(site="A", priority=3)
    looked(desk)
    do(desk, LockOrder(number=number))
    for minutes in (5, 11, 17):
        looked(desk, minutes)
        assert line(desk, number).technician_code == "T1"
        assert proposed(desk, number) != "T2"
    assert (desk.facts(number).count("chosen"), desk.facts(number).count("lapsed")) == (1, 1)
    do(desk, UnlockOrder(number=number))
    looked(desk, 23)
    assert line(desk, number).technician_code == "T2", "the desk had sent the first one itself"
    assert desk.facts(number).count("chosen") == 2


def test_a_locked_order_that_was_declined_finds_the_next(desk: Desk) -> None:
    """Nobody has it any more: there is nobody to whom it could be locked."""
    furnished(desk, 0.0, FAR_EAST)
    do(desk, SetAutomatic(mode="act", margin=0))
    number = desk.order(site="A", priority=3)
    looked(desk)
    do(desk, LockOrder(number=number))
    desk.move(number, Move.DECLINE, at=after(1), reason="no")
    looked(desk, 1)
    shown = line(desk, number)
    assert (shown.technician_code, shown.locked) == ("T2", False)
