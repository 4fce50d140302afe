"""Who has gone off duty: the schedule board and a plan for the whole board say the same of him."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import MoveTechnician, SaveShift
from store.domain.dispatch.replan import Replan, propose
from store.domain.dispatch.rules import Rule
from store.domain.lifecycle import Move
from store.queries.arrange import Arrange, Placing
from tests.store.desk import ANA, do, minutes, move, stored
from tests.store.recommend_desk import asked, desk, order
from tests.store.test_days import days
from tests.store.test_replan import board

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records

__all__ = ["desk"]


def _begins(records: Records) -> datetime | None:
    """When An begins what he has, as the schedule board shows it."""
    return next((bar.from_at for bar in days(records, at=2)["AN"].bars), None)


def _before(records: Records) -> tuple[int, list[int]]:
    """How many orders nobody comes to as they stand, and when An begins, by a plan's minutes."""
    planning = board(records, at=2)
    kernel = Replan(planning.present).kernel
    an = next(one for one in planning.present.workers if one.id == 4)
    return propose(kernel, {}).before.nobody, [int(begins) for begins, _ in an.spans]


@pytest.fixture
def held(desk: Records) -> int:
    """An order that An has accepted."""
    number = order(desk, site="A")
    move(desk, number, Move.ASSIGN, technician="AN")
    move(desk, number, Move.ACCEPT)
    return number


@pytest.mark.parametrize("rostered", [False, True])
def test_what_is_left_of_his_day_is_no_time_for_what_he_has(
    desk: Records, held: int, rostered: bool
) -> None:
    """Without a later shift nobody comes to it, though he has it."""
    if rostered:
        do(desk, SaveShift(technician="AN", starts_at=minutes(-60), ends_at=minutes(400)))
    assert (_begins(desk), _before(desk)) == (minutes(2), (0, [0]))
    do(desk, MoveTechnician(technician="AN", state="off"), at=minutes(1))
    assert (_begins(desk), _before(desk)) == (None, (1, []))
    assert days(desk, at=2)["AN"].to_do == 1
    assert stored(desk, held).technician == 4


def test_he_comes_to_it_with_his_next_shift(desk: Records, held: int) -> None:
    """As late as that is."""
    for begins in (-60, 400):
        do(
            desk,
            SaveShift(technician="AN", starts_at=minutes(begins), ends_at=minutes(begins + 300)),
        )
    do(desk, MoveTechnician(technician="AN", state="off"), at=minutes(1))
    assert (_begins(desk), _before(desk)) == (minutes(400), (0, [398]))
    assert [bar.number for bar in days(desk, at=2)["AN"].bars if bar.promise] == [held]


def test_what_he_is_at_he_finishes_all_the_same(desk: Records, held: int) -> None:
    """Who has gone, and is at work again, has the rest of his day."""
    do(desk, MoveTechnician(technician="AN", state="off"), at=minutes(1))
    move(desk, held, Move.DEPART, at=minutes(1))
    assert _before(desk) == (0, [0])
    assert days(desk, at=2)["AN"].clashes == ()


def test_only_that_he_is_off_duty_speaks_against_him(desk: Records) -> None:
    """He has a shift, only he has left it; called back he would help."""
    number = order(desk, site="A")
    move(desk, number, Move.ASSIGN, technician="BO")
    for who in ("AN", "BO"):
        do(desk, MoveTechnician(technician=who, state="off"))
    moved = Arrange(placings=(Placing(number=number, technician=4),))
    (placed,) = desk.ask(moved, who=ANA, at=minutes(2)).placed
    assert [one.rule for one in placed.broken] == [Rule.OFF]
    found = asked(desk, number, at=2)
    assert [(one.who.code, one.barred[0].rule) for one in found.helps] == [
        ("AN", Rule.OFF),
        ("BO", Rule.OFF),
    ]
