"""Automatic dispatch: what the desk does about orders that nobody has, mode by mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scheduler.automatic import dispatch_waiting
from store.commands import (
    FollowOrder,
    MoveOrder,
    SendNominee,
    SetAutomatic,
    Undo,
)
from store.domain.dispatch.refusals import NomineeGone
from store.domain.errors import Stale
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK
from store.queries.card import OrderCard
from tests.scheduler.automatic_desk import FAR_EAST, do, furnished, line, looked, proposed, told
from tests.scheduler.desk import ANA, START, after

if TYPE_CHECKING:
    from tests.scheduler.desk import Desk


def test_a_desk_dispatches_nothing_by_itself_until_it_is_told(desk: Desk) -> None:
    """And plans no timer more for it: an order has those that it always had."""
    furnished(desk, 0.0)
    number = desk.order()
    before = desk.rows("SELECT count(*) FROM timer")[0][0]
    assert dispatch_waiting(desk.records, at=START).on is False
    assert (proposed(desk, number), line(desk, number).technician_code) == (None, None)
    do(desk, SetAutomatic(mode="act"))
    do(desk, SetAutomatic(mode="off"))
    assert dispatch_waiting(desk.records, at=START).on is False
    assert desk.rows("SELECT count(*) FROM nominee")[0][0] == 0
    assert desk.rows("SELECT count(*) FROM timer")[0][0] == before
    do(desk, SetAutomatic(mode="propose"))
    looked(desk)
    assert desk.rows("SELECT count(*) FROM timer")[0][0] == before


def test_it_proposes_the_best_with_its_reasons(desk: Desk) -> None:
    """Told once, whoever looks how often; nobody is sent, and the order's version stays."""
    furnished(desk, FAR_EAST, 0.0)
    do(desk, SetAutomatic(mode="propose"))
    number = desk.order(site="A")
    version = line(desk, number).version
    looked(desk)
    looked(desk, 6)
    shown = line(desk, number)
    assert shown.nominee is not None
    assert (shown.nominee.code, shown.nominee.arrive_at) == ("T2", after(6))
    assert shown.nominee.left_s == 60 * (120 - 6 - 60)
    assert (shown.technician_code, shown.version) == (None, version)
    assert desk.facts(number).count("nominated") == 1
    body = told(desk, number, "nominated")
    assert (body["mode"], body["parts"], body["gap"] > 15) == ("propose", {}, True)
    card = desk.records.ask(OrderCard(number=number), who=ANA, at=START)
    assert {one.code for one in card.technicians.values()} == {"T1", "T2"}


def test_what_is_proposed_is_sent_with_one_command(desk: Desk) -> None:
    """The same as an assigning, taken back as one; another version, or another one, is refused."""
    furnished(desk, 0.0, FAR_EAST)
    do(desk, SetAutomatic(mode="propose"))
    number = desk.order(site="A")
    looked(desk)
    nominee, version = line(desk, number).nominee, line(desk, number).version
    assert nominee is not None
    with pytest.raises(Stale):
        do(desk, SendNominee(number=number, technician=nominee.id, version=version + 1))
    with pytest.raises(NomineeGone):
        do(desk, SendNominee(number=number, technician=nominee.id + 1, version=version))
    do(desk, SendNominee(number=number, technician=nominee.id, version=version))
    assert (line(desk, number).technician_code, proposed(desk, number)) == ("T1", None)
    do(desk, Undo())
    assert line(desk, number).technician_code is None
    with pytest.raises(NomineeGone):
        do(desk, SendNominee(number=number, technician=nominee.id))


def test_it_acts_where_the_best_is_clearly_the_best(desk: Desk) -> None:
    """Journalled as the desk's own, with its reasons in the same deed, and taken back as one."""
    furnished(desk, 0.0, FAR_EAST)
    do(desk, SetAutomatic(mode="act"))
    number = desk.order(site="A")
    looked(desk)
    assert (line(desk, number).technician_code, proposed(desk, number)) == ("T1", None)
    rows = desk.rows(
        "SELECT fact, coalesce(deed, seq) AS deed, by, via FROM journal"
        " WHERE number = :n AND fact IN ('assigned', 'chosen')",
        n=number,
    )
    assert {row.fact for row in rows} == {"assigned", "chosen"}
    assert len({row.deed for row in rows}) == 1
    assert {(row.by, row.via) for row in rows} == {(THE_DESK.operator, "scheduler")}
    assert told(desk, number, "chosen")["gap"] > 15
    do(desk, Undo(number=number))
    assert line(desk, number).technician_code is None
    looked(desk, 1)
    shown = line(desk, number)
    assert shown.technician_code is None, "what a person took back is not done again"
    assert shown.nominee is not None
    assert (shown.nominee.code, shown.nominee.why) == ("T2", "taken_back")


def test_it_asks_where_two_are_as_good(desk: Desk) -> None:
    """By the margin that is set: none is enough for a smaller one."""
    furnished(desk, 0.0, 0.01)
    do(desk, SetAutomatic(mode="act"))
    number = desk.order(site="A")
    looked(desk)
    shown = line(desk, number)
    assert shown.nominee is not None
    assert (shown.technician_code, shown.nominee.code, shown.nominee.why) == (None, "T1", "close")
    do(desk, SetAutomatic(mode="act", margin=1))
    looked(desk)
    assert line(desk, number).technician_code == "T1"


def test_it_asks_where_somebody_follows(desk: Desk) -> None:
    """He has said that he sees to it."""
    furnished(desk, 0.0)
    do(desk, SetAutomatic(mode="act"))
    number = desk.order(site="A")
    do(desk, FollowOrder(number=number))
    looked(desk)
    nominee = line(desk, number).nominee
    assert nominee is not None
    assert (nominee.code, nominee.why) == ("T1", "followed")


def test_it_makes_no_order_of_the_first_priority_late(desk: Desk) -> None:
    """Where sending the best would, it asks."""
    furnished(desk, 0.0)
    first = desk.order(site="A", priority=1)
    do(desk, MoveOrder(number=first, move=Move.ASSIGN, technician="T1"))
    do(desk, SetAutomatic(mode="act"))
    number = desk.order(site="A", priority=1)
    looked(desk, 70)
    nominee = line(desk, number, 70).nominee
    assert nominee is not None
    assert nominee.why == "urgent"
