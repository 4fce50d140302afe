"""What a move on the schedule board may not be, and moves that are one deed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from store.commands import (
    SaveAbsence,
    SaveCertificate,
    SaveKind,
    SaveShift,
    Undo,
)
from store.commands.locks import ArrangeOrders, LockOrder, PlaceOrder
from store.domain.dispatch.rules import Rule
from store.domain.errors import NameUnknown, OrderUnknown
from store.domain.lifecycle import Move
from store.domain.moves_refusals import LockedTo, NobodyHolds, SeveralHold, UnderWay
from store.domain.who import Scope, Who
from store.queries.arrange import Swap
from tests.store.arranging_desk import AT, desk, given, made, moved
from tests.store.desk import ANA, BO, NINE, do, minutes, move, stored, written

if TYPE_CHECKING:
    from store.records import Records

__all__ = ["desk"]


def test_hard_rules_are_named(desk: Records) -> None:
    """What a recommendation would forbid: a shift that is too short, an absence, a lock."""
    number = given(desk, "T1")
    do(desk, SaveShift(technician="T2", starts_at=NINE, ends_at=minutes(40)), at=AT)
    do(desk, SaveAbsence(technician="T3", starts_at=NINE, ends_at=minutes(9000)), at=AT)
    (one,) = moved(desk, number, 2).placed
    assert [rule.rule for rule in one.broken] == [Rule.SHIFT]
    (one,) = moved(desk, number, 3).placed
    assert ([rule.rule for rule in one.broken], one.start_at) == ([Rule.ABSENT], None)
    do(desk, LockOrder(number=number), at=AT)
    (one,) = moved(desk, number, 2).placed
    assert [rule.rule for rule in one.broken] == [Rule.LOCKED, Rule.SHIFT]
    assert moved(desk, number, 1).broken == (), "where it is it may stay"


def test_a_certificate_must_hold_until_the_work_is_done(desk: Records) -> None:
    """It may hold when it begins, and yet not long enough."""
    do(desk, SaveKind(code="lift", name="Lift", certificate="Rescue"), who=Who(operator=2))
    number = given(desk, "T1", kind="lift")
    rules = [[Rule.NO_CERTIFICATE], [Rule.EXPIRED], []]
    for expires_at, wanted in zip((None, minutes(50), minutes(900)), rules, strict=True):
        if expires_at is not None:
            paper = SaveCertificate(technician="T2", name="rescue", expires_at=expires_at)
            do(desk, paper, who=Who(operator=2))
        assert [rule.rule for rule in moved(desk, number, 2).broken] == wanted


def test_a_locked_time_is_not_pushed(desk: Records) -> None:
    """An order before it that would make it begin later breaks a rule, which is named."""
    held = given(desk, "T2", priority=4)
    do(desk, PlaceOrder(number=held, technician="T2", start_at=minutes(60)), at=AT)
    do(desk, LockOrder(number=held), at=AT)
    number = given(desk, "T1", priority=1)
    assert [rule.rule for rule in moved(desk, number, 2, 0).broken] == [Rule.HELD]
    assert moved(desk, number, 2, 1).broken == ()


def test_what_cannot_be_moved_says_why(desk: Records) -> None:
    """Nobody has it, two have it, it is under way; people and orders that are not seen."""
    free = written(desk)
    with pytest.raises(NobodyHolds):
        moved(desk, free, 1)
    number = given(desk, "T1")
    with pytest.raises(NameUnknown):
        moved(desk, number, 99)
    blind = replace(ANA, scope=Scope(frozenset({2})))
    with pytest.raises(OrderUnknown):
        desk.ask(Swap(one=number, other=free), who=blind, at=AT)
    move(desk, number, Move.ASSIGN, technician="T2", also=True)
    with pytest.raises(SeveralHold):
        moved(desk, number, 3)
    move(desk, number, Move.DECLINE, technician="T2", reason="far")
    move(desk, number, Move.ACCEPT)
    move(desk, number, Move.DEPART)
    with pytest.raises(UnderWay):
        moved(desk, number, 2)


def test_a_swap_is_one_deed(desk: Records) -> None:
    """Both change places, and both come back; nobody else's undo is needed for it."""
    one, other = given(desk, "T1", priority=1), given(desk, "T2", priority=4)
    found = desk.ask(Swap(one=one, other=other), who=ANA, at=AT)
    assert [(placed.number, placed.who.id) for placed in found.placed] == [(one, 2), (other, 1)]
    done = made(desk, found)
    assert done.numbers == (one, other)
    assert [stored(desk, n).technician for n in (one, other)] == [2, 1]
    do(desk, Undo(), at=minutes(11))
    assert [stored(desk, n).technician for n in (one, other)] == [1, 2]


def test_all_of_them_or_none(desk: Records) -> None:
    """One that cannot be keeps the others where they are; so does an empty set."""
    one, locked = given(desk, "T1"), given(desk, "T1")
    do(desk, LockOrder(number=locked), at=AT)
    both = ArrangeOrders(
        commands=tuple(PlaceOrder(number=n, technician="T2") for n in (one, locked))
    )
    with pytest.raises(LockedTo):
        do(desk, both, who=BO, at=AT)
    assert stored(desk, one).technician == 1
    with pytest.raises(Exception, match="one to"):
        do(desk, ArrangeOrders(commands=()), at=AT)
