"""A customer's card, told while he speaks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from store.commands import SaveAsset, SaveCustomer, SaveTechnician
from store.commands.contact import FollowOrder
from store.commands.kinds import SaveKind
from store.domain.lifecycle import Move
from store.queries.caller_card import CardOfCaller
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, NINE, do, minutes, move, written
from tests.store.desks import a_desk

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.who import Who
    from store.queries.caller_card import CallerCard
    from store.records import Records


def _customers(records: Records) -> None:
    do(records, SaveCustomer(code="GM", name="国贸物业", phone="8888", tier="gold", tags=("vip",)))
    do(records, SaveAsset(site="N1", code="L1", name="Lift 1", kind="lift"))


records = a_desk(_customers)
"""A firm that is worth some care, and its lift."""


def card(
    records: Records, customer: str = "GM", who: Who = ANA, at: datetime = NINE
) -> CallerCard | None:
    """As it is told."""
    return records.ask(CardOfCaller(customer=customer), who=who, at=at)


def test_a_card_says_who_he_is_and_what_is_open(records: Records) -> None:
    """With who follows it; an order that is over is open no more."""
    over = written(records, customer="GM")
    move(records, over, Move.CANCEL, reason="mistake")
    number = written(records, customer="GM", site="N1", title="Gate jammed")
    do(records, FollowOrder(number=number))
    told = card(records)
    assert told is not None
    assert (told.name, told.tier, told.tags, told.phone) == ("国贸物业", "gold", ("vip",), "8888")
    assert ([line.number for line in told.open], told.open_count) == ([number], 1)
    assert told.follower == "Ana"


def test_a_card_tells_of_visits_that_were_made(records: Records) -> None:
    """Who came, the last first; one who has not arrived made none."""
    number = written(records, customer="GM", site="N1", title="Gate jammed")
    move(records, number, Move.ASSIGN, technician="T1")
    steps = (Move.ACCEPT, Move.DEPART, Move.ARRIVE)
    for after, step in enumerate(steps, 1):
        move(records, number, step, minutes(after))
    told = card(records, at=minutes(9))
    assert told is not None
    assert told.visits == ()
    move(records, number, Move.FINISH, minutes(10))
    told = card(records, at=minutes(11))
    assert told is not None
    assert [(v.number, v.ended_at) for v in told.visits] == [(number, minutes(10))]


def test_what_came_again_is_said(records: Records) -> None:
    """The same asset, or the same kind where none is named; thirty days, and no more."""
    for _ in range(2):
        written(records, customer="GM", site="N1", asset="L1", kind="lift")
    _, lamp = (written(records, customer="GM", kind="lamp") for _ in range(2))
    written(records, customer="GM", kind="once")
    told = card(records)
    assert told is not None
    assert {(one.what, one.count) for one in told.repeats} == {("Lift 1", 2), ("lamp", 2)}
    assert {one.number for one in told.repeats if one.what == "lamp"} == {lamp}
    assert told.assets == ("Lift 1",)
    later = card(records, at=NINE + timedelta(days=30, seconds=1))
    assert later is not None
    assert later.repeats == ()


def test_a_kind_is_called_by_its_name(records: Records) -> None:
    """As the register of kinds has it, else the skill; one that has no name stays as written."""
    do(records, SaveKind(code="lamp", name="Lighting"))
    do(records, SaveTechnician(code="T9", name="Nine", skills={"pump": 2}))
    for kind in ("Lamp", "lamp", "noise", "noise"):
        written(records, customer="GM", kind=kind)
    told = card(records)
    assert told is not None
    assert {one.what for one in told.repeats} == {"Lighting", "noise"}


def test_of_other_sites_nothing_is_told(records: Records) -> None:
    """Neither of an order there, nor of a customer who has none here."""
    written(records, customer="GM", site="N1", asset="L1")
    here = card(records, who=AT_NORTH)
    assert here is not None
    assert here.open_count == 1
    assert card(records, who=AT_SOUTH) is None


def test_a_name_that_two_have_means_neither(records: Records) -> None:
    """A code says which; nothing, and nonsense, mean nobody."""
    do(records, SaveCustomer(code="GM2", name="国贸物业"))
    assert card(records, "国贸物业") is None
    second = card(records, "GM2")
    assert second is not None
    assert second.code == "GM2"
    wild = ("", " ", "\x00", "\ud800", "' OR 1=1", "%", "x" * 500)
    assert [card(records, text) for text in wild] == [None] * len(wild)
