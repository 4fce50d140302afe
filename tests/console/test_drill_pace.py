"""What a drill's desk says of work and ways, against what the drill's crew does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands.moves import MoveOrder
from store.commands.orders import NewOrder
from store.domain.drill.script import Script
from store.domain.lifecycle import Move
from store.queries.recommend import WhoGoes
from tests.console.drilled import AT, ME, SPEED

if TYPE_CHECKING:
    from datetime import datetime

    from tests.console.drilled import Begin

pytestmark = pytest.mark.usefixtures("plain_surroundings")

ANSWERS = timedelta(minutes=(3 + 4) * 1.7) / SPEED
"""How long whoever is sent may take until he has said yes and is on the road."""
SOON = timedelta(minutes=10)
"""Whoever is there later comes to work only then."""


def test_who_is_recommended_is_there_when_it_was_said(begin: Begin) -> None:
    """Not twelve times later: but for the time in which he says yes and sets out."""
    desk = begin(Script(name="calls", calls_an_hour=20))
    desk.records.database.pace = desk.task.pace
    said: dict[int, tuple[int, datetime]] = {}
    desk.play(4)
    at = desk.player.next_at
    for line in desk.lines(at, "unassigned"):
        found = desk.records.ask(WhoGoes(number=line.number), who=desk.ana, at=at)
        sent_already = {who for who, _ in said.values()}
        free = [one for one in found.offers if one.who.id not in sent_already]
        soon = [one for one in free if one.after is None and one.arrive_at < at + SOON]
        best = next(iter(soon), None)
        if best is None:
            continue
        said[line.number] = best.who.id, best.arrive_at
        assert found.takes == timedelta(hours=1) / SPEED
        sent = MoveOrder(number=line.number, move=Move.ASSIGN, technician=best.who.code)
        desk.records.do(sent, who=desk.ana, at=at)
    assert len(said) > 2
    desk.play(12)
    there = {
        one.number: one.at
        for one in reversed(desk.over().play.entries)
        if one.fact == "arrived" and one.number in said
    }
    assert len(there) > 1
    late = [there[number] - said[number][1] for number in there]
    assert all(-timedelta(minutes=1) / SPEED <= one <= ANSWERS for one in late), late


def test_the_phone_of_who_arrives_says_where_he_is(begin: Begin) -> None:
    """So that whoever is asked who is near knows it, as the crew does."""
    desk = begin(Script(name="calls", calls_an_hour=20))
    desk.play(8, sends=True)
    arrived = {one.number for one in desk.over().play.entries if one.fact == "arrived"}
    at = AT + timedelta(minutes=8)
    number = desk.records.do(NewOrder(title="one more"), who=desk.ana, at=at).numbers[0]
    found = desk.records.ask(WhoGoes(number=number, limit=50), who=ME, at=at)
    assert arrived
    assert any(one.who.seen_at is not None and one.who.seen_at > AT for one in found.offers)
