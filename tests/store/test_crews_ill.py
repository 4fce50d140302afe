"""Crews of whom somebody falls ill: who is not there does not count, wherever that is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.as_shown import as_shown
from console.render_heading import heading_said
from console.render_told import crew_said
from store.commands import SaveAbsence, SaveTechnician
from store.domain.who import Who
from store.queries.board import LineOf
from store.queries.card import OrderCard
from store.queries.lists import ListOrders
from store.queries.replan import BoardToPlan
from tests.store.desk import ANA, NINE, do, minutes, stored
from tests.store.recommend_desk import asked, desk
from tests.store.test_crews import AN, of_two, send, who_has

if TYPE_CHECKING:
    from store.queries.recommend import Recommendation
    from store.records import Records

__all__ = ["desk"]
SQLITE = pytest.mark.parametrize("desk", ["sqlite"], indirect=True)


def ill(records: Records, number: int, *gone: str) -> Recommendation:
    """An order for two that An and Bo have, of whom some fall ill before it; who is to go then."""
    send(records, number, "BO", also=True)
    for who in gone:
        save = SaveAbsence(technician=who, starts_at=NINE, ends_at=minutes(60))
        do(records, save, who=Who(operator=2))
    return asked(records, number)


def test_who_falls_ill_does_not_count_wherever_it_is_told(desk: Records) -> None:
    """The list that is asked for who lacks somebody, the card, the plan, and who goes instead."""
    number = of_two(desk)
    found = ill(desk, number, "BO")
    lists = ListOrders(text="missing:1")
    assert [one.number for one in desk.ask(lists, who=ANA, at=NINE)] == [number]
    assert desk.ask(lists, who=ANA, at=minutes(60)) == ()
    card = desk.ask(OrderCard(number=number), who=ANA, at=NINE)
    assert crew_said(card, None, at=NINE).endswith("Bo (absent until 02:00); 1 more is to be found")
    assert desk.ask(BoardToPlan(), who=ANA, at=NINE).crews == (number,)
    assert (found.whole, found.replaced, found.wanted_yet) == (False, found.gone[0], 1)
    said = heading_said(found, None, at=NINE)
    assert said.startswith("and who goes with AN An; who goes in the place of Bo (absent until")


@SQLITE
def test_whoever_is_sent_takes_the_place_of_who_is_not_there(desk: Records) -> None:
    """And of nobody else; the other one keeps it."""
    number = of_two(desk)
    do(
        desk,
        SaveTechnician(code="CY", name="Cy", home="A", skills={"lift": 3}),
        who=Who(operator=2),
    )
    ill(desk, number, "BO")
    found = asked(desk, number, stamped=True)
    one = next(one for one in found.offers if one.who.code == "CY")
    line = desk.ask(LineOf(number=number), who=ANA, at=NINE)
    do(desk, as_shown(found, one, line, {"technician": "CY"}, lambda _query: {}))
    assert who_has(stored(desk, number)) == {AN, one.who.id}


@SQLITE
def test_of_a_crew_that_is_ill_two_are_to_be_found(desk: Records) -> None:
    """That is said first; nobody is waited for."""
    found = ill(desk, of_two(desk), "AN", "BO")
    assert (found.wanted_yet, found.meets_at) == (2, None)
    assert "2 more are to be found" in heading_said(found, None, at=NINE)
