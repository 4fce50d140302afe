"""Who of another site was only thought of for an order here is not named; who comes to it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.automatic import dispatch_waiting
from store.commands import MoveOrder, NewOrder, SaveTechnician, SetAutomatic
from store.commands.locks import LockOrder
from store.domain.lifecycle import Move
from store.queries.board import LineOf
from store.queries.card import OrderCard
from store.queries.deeds import Deeds
from store.queries.recommend import WhoGoes
from tests.store.desk import do, minutes, stored
from tests.store.desks import a_desk
from tests.store.test_queries_blind import OF_THE_WHOLE_DESK, answers
from tests.store.two_sites import DESK, LATE, NORTH, fill, questions

if TYPE_CHECKING:
    from store.records import Records

records = a_desk(fill)
"""Work goes on at the north site only; the south has its people."""
STRANGER = 2
"""Marker Joe of the south, the only one left who could do the work of the north."""


def written(records: Records) -> int:
    new = NewOrder(title="lift x", site="N1", kind="lift kind", priority=2, level="critical")
    return do(records, new, who=DESK, at=minutes(201)).numbers[0]


def test_whoever_is_only_weighed_is_named_to_nobody_of_the_site(records: Records) -> None:
    """Neither proposed on the board, nor on the card; the desk of all sees him."""
    do(records, SaveTechnician(code="T1", name="李强", active=False), who=DESK)
    number = written(records)
    for minute in (202, 205):
        dispatch_waiting(records, at=minutes(minute))
    line = records.ask(LineOf(number=number), who=DESK, at=LATE)
    assert line is not None
    assert line.nominee is not None
    assert line.nominee.id == STRANGER
    assert STRANGER in records.ask(OrderCard(number=number), who=DESK, at=LATE).technicians
    do(records, SetAutomatic(mode="off"), who=DESK, at=minutes(206))
    asked = [q for q in questions([number]) if type(q) not in OF_THE_WHOLE_DESK]
    do(records, SetAutomatic(mode="propose"), who=DESK, at=minutes(207))
    dispatch_waiting(records, at=minutes(208))
    told = answers(records, asked)
    assert [query for query, answer in told.items() if "Marker Joe" in repr(answer)] == []


def test_whoever_comes_is_named_but_not_how_much_he_has_elsewhere(records: Records) -> None:
    """On the board and the card; why nobody else may go does not name him, nor his other work."""
    number = written(records)
    do(records, NewOrder(title="Marker more", site="S1"), who=DESK, at=LATE)
    for one in (number, number + 1):
        sent = MoveOrder(number=one, move=Move.ASSIGN, technician="T2", insist=True)
        do(records, sent, who=DESK, at=LATE)
    do(records, LockOrder(number=number), who=DESK, at=LATE)
    assert stored(records, number).technician == STRANGER
    line = records.ask(LineOf(number=number), who=NORTH, at=LATE)
    assert line is not None
    assert line.technician_name == "Marker Joe"
    assert STRANGER in records.ask(OrderCard(number=number), who=NORTH, at=LATE).technicians
    jobs = {
        who: {one.technician.jobs for one in found if one.technician is not None}
        for who in (DESK, NORTH)
        for found in [records.ask(Deeds(number=number), who=who, at=LATE)]
    }
    assert jobs == {DESK: {2}, NORTH: {None}}
    for who, named in ((DESK, True), (NORTH, False)):
        found = records.ask(WhoGoes(number=number, about=1), who=who, at=LATE)
        assert ("Marker Joe" in repr(found)) is named
        assert "another site" in repr(found) or named
