"""Who should go to work that is longer than any shift; on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.commands import SaveShift
from store.domain.dispatch.rules import Rule
from store.domain.lifecycle import Move
from store.queries.days import TechnicianDays
from tests.store.desk import ANA, NINE, do, minutes, move
from tests.store.recommend_desk import asked, desk, order

if TYPE_CHECKING:
    from store.records import Records

__all__ = ["desk"]
"""A fixture that these tests share."""


def test_what_is_longer_than_any_shift_is_done_in_parts(desk: Records) -> None:
    """Nobody is kept from it who has shifts enough; given out, it is planned as it was offered."""
    number = order(desk)
    for begins in (0, 600):
        hours = {"starts_at": minutes(begins), "ends_at": minutes(begins + 40)}
        do(desk, SaveShift(technician="AN", **hours))
    do(desk, SaveShift(technician="BO", starts_at=minutes(0), ends_at=minutes(40)))
    found = asked(desk, number, about="AN")
    (one,) = found.offers
    assert (one.who.code, one.parts, one.start_at, one.done_at) == (
        *("AN", 2),
        *(minutes(0), minutes(620)),
    )
    assert found.asked == one
    assert found.out == {Rule.SHIFT: 1, Rule.SKILL: 1}
    move(desk, number, Move.ASSIGN, technician=4)
    days = desk.ask(TechnicianDays(from_at=NINE, to_at=minutes(900), since=NINE), who=ANA, at=NINE)
    (bar,) = (bar for day in days for bar in day.bars if bar.number == number)
    assert (bar.from_at, bar.to_at, bar.clashes) == (one.start_at, one.done_at, False)
