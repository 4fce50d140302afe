"""What the desk has sent by itself is found by when it did, whatever became of it since."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from store.commands import MoveOrder, SetAutomatic, Undo
from store.domain.lifecycle import Move
from store.domain.who import Scope, Who
from store.queries.finding import CountOrders, FindOrders
from tests.scheduler.automatic_desk import FAR_EAST, do, furnished, line, looked
from tests.scheduler.desk import ANA, after

if TYPE_CHECKING:
    from tests.scheduler.desk import Desk


def found(desk: Desk, text: str, minutes: float, who: Who = ANA) -> list[int]:
    """The orders that a filter finds so many minutes after the start, the oldest first."""
    page = desk.records.ask(FindOrders(text=text, zone=UTC), who=who, at=after(minutes))
    count = desk.records.ask(CountOrders(text=text, zone=UTC), who=who, at=after(minutes))
    numbers = sorted(one.number for one in page.lines)
    assert count == len(numbers)
    return numbers


def moved(desk: Desk, number: int, move: Move, minutes: float, reason: str = "") -> None:
    """A step of an order so many minutes after the start."""
    step = MoveOrder(number=number, move=move, insist=True, reason=reason)
    desk.records.do(step, who=ANA, at=after(minutes))


def sent_now(desk: Desk) -> int:
    """One more order, to which the desk sends the one who is near."""
    number = desk.order(site="A")
    looked(desk)
    assert line(desk, number).technician_code == "T1"
    return number


@pytest.mark.parametrize("text", ["auto<2h", "自动派单<2小时", "auto:any auto<2h"])
def test_only_what_it_sent_itself_is_found(desk: Desk, text: str) -> None:
    """Not what a hand sent, nor what it only proposed; and for as long as it was asked for."""
    furnished(desk, 0.0, FAR_EAST)
    byhand = desk.order(site="A")
    do(desk, MoveOrder(number=byhand, move=Move.ASSIGN, technician="T2"))
    do(desk, SetAutomatic(mode="act"))
    sent = desk.order(site="A")
    looked(desk)
    assert line(desk, sent).technician_code == "T1"
    do(desk, SetAutomatic(mode="propose"))
    proposed = desk.order(site="A")
    looked(desk)
    assert line(desk, proposed).technician_code is None
    assert found(desk, text, 1) == [sent]
    assert found(desk, text, 121) == []
    assert found(desk, "auto:any", 121) == [sent]
    assert found(desk, "auto:none", 1) == [byhand, proposed]
    assert found(desk, f"not ({text})", 1) == [byhand, proposed]
    assert found(desk, text, 1, Who(operator=2, scope=Scope(frozenset({99})))) == []


def test_what_became_of_it_since_does_not_hide_it(desk: Desk) -> None:
    """Taken back, given up, closed: who looks in the morning sees all of the night.

    Without a beginning only what is at the desk is meant: of years nobody asks that.
    """
    furnished(desk, 0.0, FAR_EAST)
    do(desk, SetAutomatic(mode="act"))
    back = sent_now(desk)
    do(desk, Undo(number=back))
    gone = sent_now(desk)
    moved(desk, gone, Move.CANCEL, 0, reason="elsewhere")
    closed = sent_now(desk)
    for step in (Move.FINISH, Move.VERIFY, Move.CLOSE):
        moved(desk, closed, step, 0)
    every = [back, gone, closed, stays := sent_now(desk)]
    assert line(desk, back).technician_code is None
    assert found(desk, "auto<1d", 5) == every
    assert found(desk, "auto:any", 5) == [back, stays]
    assert found(desk, "auto<1d state:over", 5) == [gone, closed]
    assert found(desk, "auto<1d tech:T1", 5) == [closed, stays]
