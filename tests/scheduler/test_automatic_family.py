"""Automatic dispatch and the cases of one trouble: who follows it looks after all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scheduler.automatic import Looked, dispatch_waiting
from store.commands import (
    FollowOrder,
    MoveOrder,
    PutUnder,
    SetAutomatic,
    TakeOut,
    UnfollowOrder,
)
from store.domain.lifecycle import Move
from tests.scheduler.automatic_desk import FAR_EAST, do, furnished, line, looked, proposed
from tests.scheduler.desk import START, after

if TYPE_CHECKING:
    from store.domain.intents import Command
    from tests.scheduler.desk import Desk

TAKEN: dict[str, Command] = {
    "somebody goes": MoveOrder(number=1, move=Move.ASSIGN, technician="T2"),
    "somebody follows": FollowOrder(number=1),
}
LET_GO: dict[str, Command] = {
    "somebody goes": MoveOrder(number=1, move=Move.DECLINE, reason="no car"),
    "somebody follows": UnfollowOrder(number=1),
}


@pytest.fixture
def family(desk: Desk) -> tuple[Desk, list[int]]:
    """A power cut, 1, that a technician far away could go to, and two flats without power."""
    furnished(desk, 0.0, FAR_EAST)
    parent, *flats = (desk.order(site="A", priority=3) for _ in range(3))
    assert parent == 1
    for flat in flats:
        do(desk, PutUnder(number=flat, parent=parent))
    return desk, flats


@pytest.mark.parametrize("by", TAKEN)
def test_nobody_is_sent_to_each_case_of_a_trouble_that_somebody_has(
    family: tuple[Desk, list[int]], by: str
) -> None:
    """Whoever has it mends it for all of them."""
    desk, flats = family
    do(desk, TAKEN[by])
    do(desk, SetAutomatic(mode="act", margin=0))
    looked(desk)
    assert [line(desk, flat).technician_code for flat in flats] == [None] * 2


def test_where_somebody_is_sent_to_the_trouble_its_cases_are_left_to_him(
    family: tuple[Desk, list[int]],
) -> None:
    """Also within the very look that sends him."""
    desk, flats = family
    do(desk, SetAutomatic(mode="act", margin=0))
    looked(desk)
    assert [line(desk, number).technician_code for number in (1, *flats)] == ["T1", *[None] * 2]


@pytest.mark.parametrize("by", TAKEN)
def test_what_was_proposed_for_the_cases_is_taken_back(
    family: tuple[Desk, list[int]], by: str
) -> None:
    """With the next look; let go of, or taken out of the family, they want somebody again."""
    desk, flats = family
    do(desk, SetAutomatic(mode="propose"))
    looked(desk)
    since = dispatch_waiting(desk.records, at=START)
    assert {proposed(desk, flat) for flat in flats} == {"T1"}
    do(desk, TAKEN[by])
    since = dispatch_waiting(desk.records, at=after(1), after=since)
    assert {proposed(desk, flat) for flat in flats} == {None}
    do(desk, TakeOut(number=flats[0]))
    since = dispatch_waiting(desk.records, at=after(1), after=since)
    assert [proposed(desk, flat) for flat in flats] == ["T1", None]
    do(desk, LET_GO[by])
    assert dispatch_waiting(desk.records, at=after(2), after=since).on
    looked(desk, 2)
    assert [proposed(desk, flat) for flat in flats] == ["T1"] * 2


def test_a_case_that_somebody_was_sent_to_goes_on_to_the_next(
    family: tuple[Desk, list[int]],
) -> None:
    """Who sent him meant this case; its trouble does not answer for whether he goes."""
    desk, flats = family
    do(desk, FollowOrder(number=1))
    do(desk, MoveOrder(number=flats[0], move=Move.ASSIGN, technician="T1"))
    do(desk, SetAutomatic(mode="propose", accept_min=5))
    dispatch_waiting(desk.records, at=after(6), after=Looked(on=True))
    assert [proposed(desk, flat) for flat in flats] == ["T2", None]
