"""An order that somebody has is not pushed beyond the end of his certificate for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from console.replan.wire import plain, read
from store.commands import SaveCertificate, SaveKind, SaveShift, SaveTechnician
from store.commands.locks import LockOrder, PlaceOrder
from store.domain.dispatch.replan import Replan
from store.domain.dispatch.rules import Rule
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.queries.arrange import Arrange, Placing
from store.queries.replan import BoardToPlan
from tests.store.desk import ANA, do, minutes, move
from tests.store.recommend_desk import asked, barred, desk, offered, order
from tests.store.test_days import days
from tests.store.test_send_as_shown import chosen

if TYPE_CHECKING:
    from store.records import Records

__all__ = ["desk"]

ADMIN = Who(operator=2)


@pytest.fixture
def held(desk: Records) -> int:
    """An has the rescue of somebody trapped, an hour of work, and nobody else is there."""
    do(desk, SaveTechnician(code="BO", name="Bo", active=False), who=ADMIN)
    do(desk, SaveKind(code="trapped", name="Trapped", certificate="Rescue"), who=ADMIN)
    number = order(desk, site="A", kind="trapped", priority=3)
    do(desk, SaveCertificate(technician="AN", name="rescue", expires_at=minutes(900)), who=ADMIN)
    move(desk, number, Move.ASSIGN, technician="AN")
    return number


def _ends(records: Records, after: float) -> None:
    ends = minutes(after)
    do(records, SaveCertificate(technician="AN", name="rescue", expires_at=ends), who=ADMIN)


def test_an_urgent_order_waits_for_it(desk: Records, held: int) -> None:
    """Before, it went first, and the certificate had ended when the other was begun."""
    number = order(desk, site="A", kind="lift", priority=1)
    first = asked(desk, number).offers[0]
    assert (first.after, [slip.number for slip in first.slips]) == (None, [held])
    (bar,) = days(desk, at=0)["AN"].bars
    _ends(desk, (bar.to_at - minutes(0)).total_seconds() / 60 + 30)
    (found,) = asked(desk, number).offers
    assert (found.after, found.slips) == (held, ())
    do(desk, chosen(desk, number, start_at=found.begin_at), at=minutes(0))
    assert days(desk, at=0)["AN"].clashes == ()


def test_where_it_fits_only_before_it_nobody_goes_and_the_rule_says_why(
    desk: Records, held: int
) -> None:
    """It is to begin at ten, and An goes home half an hour after it would be done."""
    do(desk, SaveShift(technician="AN", starts_at=minutes(-60), ends_at=minutes(150)), who=ADMIN)
    do(desk, PlaceOrder(number=held, technician="AN", start_at=minutes(60)))
    number = order(desk, site="B", kind="lift", priority=1)
    assert offered(asked(desk, number)) == ["AN"]
    _ends(desk, 130)
    found = asked(desk, number, about="AN")
    assert found.offers == ()
    assert barred(found) == [Rule.HELD_PAPER]


def test_a_plan_pushes_nothing_beyond_it_that_it_does_not_move(desk: Records, held: int) -> None:
    """What is locked to An is done before the urgent one by then, or that goes to nobody."""
    do(desk, LockOrder(number=held))
    urgent = order(desk, site="A", kind="lift", priority=1)
    assert _planned(desk) == {urgent: "AN"}
    _ends(desk, 61)
    assert _planned(desk) == {}


def _planned(records: Records) -> dict[int, str]:
    planning = records.ask(BoardToPlan(), who=ANA, at=minutes(0))
    moves = Replan(read(json.loads(json.dumps(plain(planning.present))))).moves
    return {number: planning.people[who].code for number, who in moves.items()}


def test_the_schedule_board_shows_what_is_done_too_late_for_it(desk: Records, held: int) -> None:
    """As a clash; and a move by which it comes to that is told before it is made."""
    number = order(desk, site="A", kind="lift", priority=1)
    move(desk, number, Move.ASSIGN, technician="PL")
    (bar,) = days(desk, at=0)["AN"].bars
    _ends(desk, (bar.to_at - minutes(0)).total_seconds() / 60 + 30)
    assert days(desk, at=0)["AN"].clashes == ()
    moved = desk.ask(
        Arrange(placings=(Placing(number=number, technician=4, slot=0),)), who=ANA, at=minutes(0)
    )
    assert [one.rule for one in moved.placed[0].broken] == [Rule.HELD_PAPER]
    move(desk, number, Move.ASSIGN, technician="AN")
    shown = {one.number: one.clashes for one in days(desk, at=0)["AN"].bars}
    assert shown == {held: True, number: False}
