"""Who should go to an order, answered over a store: its facts and its words; on both databases."""

from __future__ import annotations

from datetime import UTC, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from console.render_helps import helps_said
from store.commands import (
    MoveOrder,
    MoveTechnician,
    SaveAbsence,
    SaveCertificate,
    SaveCustomer,
    SaveKind,
    SaveShift,
    SaveTechnician,
)
from store.domain.dispatch.rules import Rule
from store.domain.errors import BadInput
from store.domain.lifecycle import Move
from store.queries.recommend import From
from tests.store.desk import NINE, do, minutes, move

if TYPE_CHECKING:
    from store.queries.recommend import Recommendation
    from store.records import Records
from tests.store.recommend_desk import SHORT_ROAD, asked, barred, desk, offered, order

__all__ = ["desk"]


def test_who_masters_the_kind_and_is_near_comes_first(desk: Records) -> None:
    """A kind that is a skill takes that skill; the way is told, and what is left of the promise."""
    found = asked(desk, order(desk), about="PL")
    assert (found.skill, found.level, found.certificate, found.able) == ("lift", 1, "", 2)
    assert offered(found) == ["AN", "BO"]
    near, far = found.offers
    assert (near.score.total, near.arrive_at, near.who.begins_from) == (0, NINE, From.HOME)
    assert (far.score.travel, far.score.territory) == (SHORT_ROAD, 15)
    assert far.arrive_at == minutes(SHORT_ROAD)
    assert found.takes == timedelta(hours=1)
    assert found.due_at is not None
    assert near.margin == found.due_at - near.done_at
    assert barred(found) == [Rule.SKILL]
    assert found.out == {Rule.SKILL: 1}
    assert found.helps == ()


def test_a_kind_may_take_more_than_a_skill(desk: Records) -> None:
    """A level, and a certificate that must still hold when the work is done."""
    trapped = SaveKind(code="Trapped", name="困人", skill="lift", level=4, certificate="Rescue")
    do(desk, trapped)
    do(desk, SaveCertificate(technician="BO", name="rescue", expires_at=minutes(60)))
    number = order(desk, kind="trapped")
    found = asked(desk, number, about="AN")
    assert (found.level, found.certificate) == (4, "Rescue")
    assert barred(found) == [Rule.LEVEL, Rule.NO_CERTIFICATE]
    assert barred(asked(desk, number, about="BO")) == [Rule.EXPIRED]
    assert [(one.who.code, one.barred[0].rule) for one in found.helps] == [("BO", Rule.EXPIRED)]
    do(desk, SaveCertificate(technician="BO", name="rescue", expires_at=minutes(90)))
    assert offered(asked(desk, order(desk, kind="困人"))) == ["BO"]
    do(desk, SaveKind(code="Trapped", name="困人", skill="", level=1, certificate=""))
    assert asked(desk, number).able == 3


def test_a_customer_has_a_say(desk: Records) -> None:
    """Whom he refuses is never sent to him; whom he asks for, and who knows him, comes first."""
    number = order(desk)
    do(desk, SaveCustomer(code="C1", name="Acme", refuses=("AN",), asks_for=("BO",)))
    found = asked(desk, number, about="AN")
    assert barred(found) == [Rule.REFUSED]
    assert [(one.score.usual, one.score.asked_for) for one in found.offers] == [(0, -20)]
    do(desk, SaveCustomer(code="C1", name="Acme", asks_for=("AN",)))
    assert offered(asked(desk, number)) == ["AN", "BO"]
    do(desk, SaveCustomer(code="C1", name="Acme", asks_for=()))
    for _ in range(2):
        done = order(desk)
        for place, step in enumerate((Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE)):
            told = {"technician": "BO"} if step is Move.ASSIGN else {}
            move(desk, done, step, minutes(place), **told)
        move(desk, done, Move.FINISH, minutes(9))
    (bo,) = (one for one in asked(desk, number, at=10).offers if one.who.code == "BO")
    assert (bo.score.usual, bo.score.asked_for) == (-10, 0)


def test_nobody_is_asked_for_and_refused(desk: Records) -> None:
    """Nor does it matter to other customers."""
    with pytest.raises(BadInput, match="asked for and refused"):
        do(desk, SaveCustomer(code="C1", name="Acme", refuses=("AN",), asks_for=("AN", "BO")))
    do(desk, SaveCustomer(code="C1", name="Acme", refuses=("AN",)))
    assert asked(desk, order(desk, customer="C2")).able == 2


def test_who_goes_to_some_regions_goes_to_no_other(desk: Records) -> None:
    """And nobody being able, that is what would help."""
    for code in ("AN", "BO"):
        do(desk, SaveTechnician(code=code, name=code, regions=("WEST",)))
    found = asked(desk, order(desk))
    assert [(one.who.code, one.barred[0].rule) for one in found.helps] == [
        ("AN", Rule.REGION),
        ("BO", Rule.REGION),
    ]
    assert found.helps[0].barred[0].facts == {"region": "Region EAST"}
    do(desk, SaveTechnician(code="BO", name="Bo", regions=()))
    assert offered(asked(desk, order(desk))) == ["BO"]


def test_only_who_is_there_long_enough_goes(desk: Records) -> None:
    """By shift, absence, duty and the rest between two days; overtime is told in minutes."""
    number = order(desk)
    do(desk, SaveShift(technician="AN", starts_at=minutes(-300), ends_at=minutes(50)))
    do(desk, SaveAbsence(technician="BO", starts_at=minutes(-10), ends_at=minutes(5000)))
    found = asked(desk, number, about="AN")
    assert barred(found) == [Rule.SHIFT]
    assert found.out == {Rule.ABSENT: 1, Rule.SHIFT: 1, Rule.SKILL: 1}
    helps = [(one.who.code, one.barred[0].facts.get("over")) for one in found.helps]
    assert helps == [("AN", 10), ("BO", None)]
    do(desk, SaveShift(technician="AN", starts_at=minutes(600), ends_at=minutes(900)))
    (later,) = asked(desk, number).offers
    assert later.start_at == minutes(600)
    do(desk, MoveTechnician(technician="AN", state="off"))
    assert barred(asked(desk, number, about="AN")) == [Rule.OFF]


def test_where_all_are_late_overtime_is_offered(desk: Records) -> None:
    """Of the shift that goes on, if it brings somebody there in time."""
    number = order(desk)
    do(desk, SaveTechnician(code="BO", name="Bo", active=False))
    do(desk, SaveShift(technician="AN", starts_at=minutes(-300), ends_at=minutes(50)))
    do(desk, SaveShift(technician="AN", starts_at=minutes(1200), ends_at=minutes(1700)))
    found = asked(desk, number)
    assert [one.start_at for one in found.offers] == [minutes(1200)]
    (helped,) = found.helps
    assert helped.barred[0].facts == {"over": 10, "arrive": minutes(0)}
    assert helps_said(found, UTC) == ("or in time with 10 min of overtime: AN An, there 01:00",)
    do(desk, SaveTechnician(code="BO", name="Bo", active=True))
    assert asked(desk, number).helps == ()


def test_who_said_no_is_told_so_where_overtime_would_help(desk: Records) -> None:
    """Else one asks again whoever has just declined."""
    number = order(desk)
    do(desk, SaveTechnician(code="BO", name="Bo", active=False))
    do(desk, SaveShift(technician="AN", starts_at=minutes(-300), ends_at=minutes(50)))
    do(desk, SaveShift(technician="AN", starts_at=minutes(1200), ends_at=minutes(1700)))
    do(desk, MoveOrder(number=number, move=Move.ASSIGN, technician="AN"))
    do(desk, MoveOrder(number=number, move=Move.DECLINE, reason="far"))
    (said,) = helps_said(asked(desk, number), UTC)
    assert said.endswith("; declined 01:00")


def test_a_site_without_technicians_is_told_what_is_true() -> None:
    """The desk has some, and the site may not make one."""
    found = SimpleNamespace(offers=(), out={}, of_sites=True)
    (said,) = helps_said(cast("Recommendation", found), UTC)
    assert said.startswith("no technician is at home at your sites")


def test_who_worked_late_rests_before_the_next_day(desk: Records) -> None:
    """Eight hours from the end of his last work; a break within one day is none."""
    late, number = order(desk, at=minutes(-500)), order(desk)
    for place, step in enumerate((Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE)):
        told = {"technician": "AN"} if step is Move.ASSIGN else {}
        move(desk, late, step, minutes(-400 + place), **told)
    move(desk, late, Move.FINISH, minutes(-100))
    do(desk, SaveShift(technician="AN", starts_at=minutes(-60), ends_at=minutes(200)))
    do(desk, SaveShift(technician="AN", starts_at=minutes(-800), ends_at=minutes(-310)))
    assert barred(asked(desk, number, about="AN")) == [Rule.REST]
    do(desk, SaveShift(technician="AN", starts_at=minutes(-800), ends_at=minutes(-90)))
    assert "AN" in offered(asked(desk, number))


def test_who_is_always_there_rests_before_no_day(desk: Records) -> None:
    """Who never had a shift begins none; and what he is at, he does not rest before."""
    done, number = order(desk, at=minutes(-90)), order(desk)
    for place, step in enumerate((Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE)):
        told = {"technician": "AN"} if step is Move.ASSIGN else {}
        move(desk, done, step, minutes(-60 + place), **told)
    move(desk, done, Move.FINISH, minutes(-5))
    assert asked(desk, number).offers[0].arrive_at == NINE
    do(desk, SaveShift(technician="AN", starts_at=minutes(-500), ends_at=minutes(-10)))
    do(desk, SaveShift(technician="AN", starts_at=minutes(600), ends_at=minutes(1000)))
    late = order(desk)
    for place, step in enumerate((Move.ASSIGN, Move.ACCEPT, Move.DEPART)):
        told = {"technician": "AN"} if step is Move.ASSIGN else {}
        move(desk, late, step, minutes(place), **told)
    an = next(one for one in asked(desk, number, at=5).offers if one.who.code == "AN")
    assert an.arrive_at == minutes(600), "at home again, and rested since ten"
