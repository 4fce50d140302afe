"""A crew whose order is opened again, and again: who did their part before counts no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.crews import lacking
from store.domain.lifecycle import Move
from store.queries.board import LineOf
from store.queries.crews import ShortCrews
from store.queries.lists import ListOrders
from store.queries.replan import BoardToPlan
from tests.store.arranging_desk import furnished, given
from tests.store.desk import ANA, minutes, move, stored

if TYPE_CHECKING:
    from store.records import Records


def is_short(desk: Records, number: int, at: float) -> set[bool]:
    """Whether one is still to be found, as all who are asked have it."""
    line = desk.ask(LineOf(number=number), who=ANA, at=minutes(at))
    assert line is not None
    short = desk.ask(ShortCrews(), who=ANA, at=minutes(at))
    listed = desk.ask(ListOrders(text="missing:1"), who=ANA, at=minutes(at))
    told = {lacking(stored(desk, number)) == 1, line.missing == 1}
    return told | {[one.number for one in found] == [number] for found in (short, listed)}


def test_whoever_did_their_part_does_it_anew_each_time(records: Records) -> None:
    """The second time the first round counted as done: one alone was sent, and nothing told so."""
    desk = furnished(records)
    number, at = given(desk, "T1", crew=2), 1
    move(desk, number, Move.ASSIGN, minutes(at), technician="T2", also=True)
    for _time in range(3):
        assert is_short(desk, number, at) == {False}
        for who in ("T1", "T2"):
            move(desk, number, Move.FINISH, minutes(at), technician=who, insist=True)
        move(desk, number, Move.REOPEN, minutes(at + 2), reason="hums again")
        move(desk, number, Move.ASSIGN, minutes(at + 3), technician="T1")
        assert is_short(desk, number, at + 3) == {True}
        planned = desk.ask(BoardToPlan(), who=ANA, at=minutes(at + 3)).present.joint
        assert [one.stop.number for one in planned] == [number]
        at += 4
        move(desk, number, Move.ASSIGN, minutes(at), technician="T2", also=True)
