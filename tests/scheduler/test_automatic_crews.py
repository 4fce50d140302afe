"""Whom the desk proposes for a crew: he goes beside those who have it, and calls nobody off."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from console.actions import ACTIONS
from console.actions_kinds import Situation
from scheduler.automatic import dispatch_waiting
from store.commands import EditOrder, MoveOrder, SetAutomatic
from store.domain.dispatch.refusals import CrewWhole
from store.domain.lifecycle import Move
from tests.scheduler.automatic_desk import do, furnished, line, looked, proposed
from tests.scheduler.desk import ANA, START, after

if TYPE_CHECKING:
    from store.domain.intents import Command
    from tests.scheduler.desk import Desk

pytestmark = pytest.mark.parametrize("desk", ["sqlite"], indirect=True)

LATE = 11
"""Minutes after which whoever was sent at the start has let it lapse."""


def held(desk: Desk, *, crew: int, mode: str = "propose") -> int:
    """An order that the first two of three have."""
    furnished(desk, 0.0, 0.0, 0.0)
    do(desk, SetAutomatic(mode=mode))
    number = desk.order(site="A")
    do(desk, EditOrder(number=number, fields={"crew": crew}))
    for who, also in (("T1", False), ("T2", True)):
        do(desk, MoveOrder(number=number, move=Move.ASSIGN, technician=who, also=also))
    looked(desk, LATE)
    return number


def hands(desk: Desk, number: int) -> list[str]:
    return [code for code, _name in line(desk, number, LATE).hands_on]


def as_proposed(desk: Desk, number: int) -> Command:
    """What the key makes."""
    make = ACTIONS["send_proposed"].make
    assert make is not None
    return make(line(desk, number, LATE), {}, partial(desk.records.ask, who=ANA, at=after(LATE)))


def why_not(desk: Desk, number: int) -> str | None:
    seen = Situation(ready=True, line=line(desk, number, LATE), at=after(LATE))
    return ACTIONS["send_proposed"].why_not(seen)


def test_who_is_proposed_goes_beside_a_crew_that_lacks_somebody(desk: Desk) -> None:
    """Both of it were called off, and two were to be found, not one."""
    number = held(desk, crew=3)
    assert (proposed(desk, number), why_not(desk, number)) == ("T3", None)
    desk.records.do(as_proposed(desk, number), who=ANA, at=after(LATE))
    assert hands(desk, number) == ["T1", "T2", "T3"]


@pytest.mark.parametrize("crew", [1, 2])
def test_nobody_of_a_crew_that_is_whole_is_called_off_unnamed(desk: Desk, crew: int) -> None:
    """In whose place he would go is asked elsewhere."""
    number = held(desk, crew=crew)
    assert proposed(desk, number) == "T3"
    assert "whole" in (why_not(desk, number) or "")
    with pytest.raises(CrewWhole):
        desk.records.do(as_proposed(desk, number), who=ANA, at=after(LATE))
    assert hands(desk, number) == ["T1", "T2"]


@pytest.mark.parametrize("crew", [1, 2, 3])
def test_by_itself_the_desk_calls_no_crew_off(desk: Desk, crew: int) -> None:
    """Also where it sent the first one, and only the second was sent by hand."""
    furnished(desk, 0.0, 0.0, 0.05)
    do(desk, SetAutomatic(mode="act", margin=0))
    number = desk.order(site="A")
    dispatch_waiting(desk.records, at=START)
    do(desk, MoveOrder(number=number, move=Move.ASSIGN, technician="T2", also=True))
    do(desk, EditOrder(number=number, fields={"crew": crew}))
    looked(desk, LATE)
    assert hands(desk, number) == ["T1", "T2"]
