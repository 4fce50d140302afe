"""Automatic dispatch beside locked orders, and while the store is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.commands import SetAutomatic
from store.commands.locks import LockOrder, UnlockOrder
from store.domain.lifecycle import Move
from tests.scheduler.automatic_desk import FAR_EAST, do, furnished, line, looked, proposed
from tests.scheduler.desk import after
from tests.scheduler.faults import Hands, serving, swept, until
from tests.scheduler.test_faults_store import quick_beat, read_only

if TYPE_CHECKING:
    from tests.scheduler.desk import Desk

__all__ = ["quick_beat"]


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


def test_time_to_accept_that_runs_out_while_the_store_is_away(desk: Desk) -> None:
    """The next one is sent once, when it is back, and has his whole time from then on."""
    furnished(desk, 0.0, FAR_EAST, 2 * FAR_EAST)
    do(desk, SetAutomatic(mode="act", accept_min=5, margin=0))
    number = desk.order(site="A", priority=3)
    hands = Hands(after(0))

    def holder() -> str | None:
        return line(desk, number).technician_code

    with serving(desk.records, hands) as service:
        until(lambda: holder() == "T1", "nobody was sent")
        with read_only(desk.records):
            hands.turn(30)
            until(lambda: service.pulse.trouble is not None, "nobody was told")
            assert holder() == "T1"
        until(lambda: holder() == "T2", "the next one was not sent")
        until(lambda: service.pulse.trouble is None, "it did not recover")
        hands.turn(4.9)
        swept(service, hands)
        assert (holder(), desk.facts(number).count("chosen")) == ("T2", 2)
        hands.turn(0.2)
        until(lambda: holder() == "T3", "the third one was not sent")
        assert desk.facts(number).count("chosen") == 3
