"""Automatic dispatch: who does not accept, who says no, and what is for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scheduler.runner import fire_due
from store.commands import (
    MoveOrder,
    SendNominee,
    SetAutomatic,
)
from store.domain.lifecycle import Move
from tests.scheduler.automatic_desk import FAR_EAST, do, furnished, line, looked, proposed, told
from tests.scheduler.desk import after

if TYPE_CHECKING:
    from tests.scheduler.desk import Desk


def test_who_does_not_accept_loses_it_to_the_next(desk: Desk) -> None:
    """Each is asked once; those who said no or let it lapse are not asked again."""
    furnished(desk, 0.0, 0.05, 0.1)
    do(desk, SetAutomatic(mode="act", accept_min=5, margin=0))
    number = desk.order(site="A")
    looked(desk)
    looked(desk, 4.9)
    assert line(desk, number).technician_code == "T1"
    looked(desk, 5)
    assert line(desk, number).technician_code == "T2"
    desk.move(number, Move.DECLINE, at=after(6), reason="no")
    looked(desk, 6)
    assert line(desk, number).technician_code == "T3"
    assert desk.facts(number).count("chosen") == 3


@pytest.mark.parametrize("mode", ["act", "propose"])
def test_where_nobody_else_is_left_it_asks_and_says_who_has_not_accepted(
    desk: Desk, mode: str
) -> None:
    """It stays with who has it; told once, however often the desk looks, until somebody accepts."""
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode=mode, accept_min=5))
    number = desk.order(site="A")
    do(desk, MoveOrder(number=number, move=Move.ASSIGN, technician="T1"))
    looked(desk, 4.9)
    assert proposed(desk, number) is None
    for minutes in (5, 11, 17):
        looked(desk, minutes)
    shown = line(desk, number, 17)
    assert shown.nominee is not None
    assert (shown.technician_code, shown.nominee.why) == ("T1", "nobody_else")
    assert desk.facts(number).count("lapsed") == 1
    assert told(desk, number, "lapsed")["why"] == "nobody_else"
    desk.move(number, Move.ACCEPT, at=after(18))
    assert line(desk, number, 18).nominee is None


def test_who_accepted_keeps_it(desk: Desk) -> None:
    """However long he takes to come."""
    furnished(desk, 0.0, FAR_EAST)
    do(desk, SetAutomatic(mode="act", accept_min=5))
    number = desk.order(site="A")
    looked(desk)
    desk.move(number, Move.ACCEPT, at=after(4))
    looked(desk, 60)
    assert (line(desk, number).technician_code, proposed(desk, number)) == ("T1", None)


def test_whom_a_person_sent_is_not_replaced_but_the_next_is_proposed(desk: Desk) -> None:
    """A person's choice is a person's to change; so it stays, however often the desk looks."""
    furnished(desk, 0.0, FAR_EAST)
    do(desk, SetAutomatic(mode="act", accept_min=5, margin=0))
    number = desk.order(site="A")
    do(desk, MoveOrder(number=number, move=Move.ASSIGN, technician="T1"))
    for minutes in (1, 5, 11, 17):
        looked(desk, minutes)
    shown = line(desk, number)
    assert shown.nominee is not None
    assert (shown.technician_code, shown.nominee.code) == ("T1", "T2")
    assert shown.nominee.why == "by_hand"
    assert desk.facts(number).count("nominated") == 1
    do(desk, SendNominee(number=number, technician=shown.nominee.id, version=shown.version))
    assert (line(desk, number).technician_code, proposed(desk, number)) == ("T2", None)


def test_what_three_declined_is_for_a_person(desk: Desk) -> None:
    """The desk asks nobody more, and it rings at once, in the lane of those nobody follows."""
    furnished(desk, 0.0, 0.05, 0.1, 0.15)
    do(desk, SetAutomatic(mode="act", margin=0))
    number = desk.order(site="A", priority=2)
    for minutes in (1, 2, 3):
        looked(desk, minutes)
        desk.move(number, Move.DECLINE, at=after(minutes), reason="no")
    looked(desk, 3)
    assert (line(desk, number).technician_code, proposed(desk, number)) == (None, None)
    fire_due(desk.records, at=after(3))
    assert ("orphan", "", 0, False) in desk.alarms(number)
    assert line(desk, number).orphan_at == after(3)


def test_where_the_desk_only_proposes_the_next_is_proposed(desk: Desk) -> None:
    """Whoever was sent: who has it goes on having it until a person sends the next one."""
    furnished(desk, 0.0, FAR_EAST)
    do(desk, SetAutomatic(mode="propose", accept_min=5))
    number = desk.order(site="A")
    looked(desk)
    nominee = line(desk, number).nominee
    assert nominee is not None
    do(desk, SendNominee(number=number, technician=nominee.id))
    looked(desk, 4.9)
    assert proposed(desk, number) is None
    looked(desk, 5)
    shown = line(desk, number)
    assert shown.nominee is not None
    assert (shown.technician_code, shown.nominee.code, shown.nominee.why) == ("T1", "T2", "")
