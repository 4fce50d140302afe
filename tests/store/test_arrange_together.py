"""A crew's order on the schedule board: who is moved takes the others along, and that is shown."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from console.arranged import arranged
from store.commands import Undo
from store.commands.locks import LockOrder, PlaceOrder
from store.domain.dispatch.rules import Rule
from store.domain.lifecycle import Move, VisitState
from store.domain.moves_common import live_visits
from store.domain.moves_refusals import SeveralHold, UnderWay
from store.queries.arrange import Arrange, Arrangement, Placing, Swap
from store.queries.days import TechnicianDays
from tests.store.arranging_desk import AT, desk, given, made
from tests.store.desk import ANA, NINE, do, minutes, move, stored

if TYPE_CHECKING:
    from store.records import Records

__all__ = ["desk"]

pytestmark = pytest.mark.parametrize("desk", ["sqlite"], indirect=True)


def for_two(desk: Records, *has: str, **fields: object) -> int:
    number = given(desk, has[0], crew=2, **fields)
    move(desk, number, Move.ASSIGN, technician=has[1], also=True, start_at=minutes(120))
    return number


def moved(desk: Records, number: int, to: int, of: int, slot: int | None = None) -> Arrangement:
    placing = Placing(number=number, technician=to, slot=slot, instead=of)
    return desk.ask(Arrange(placings=(placing,)), who=ANA, at=AT)


def starts(desk: Records, number: int) -> dict[int, object]:
    """When each who has it comes to it."""
    asked = TechnicianDays(from_at=NINE, to_at=minutes(900), since=NINE)
    days = desk.ask(asked, who=ANA, at=AT)
    return {
        day.line.id: (bar.from_at, bar.to_at)
        for day in days
        for bar in day.bars
        if bar.number == number
    }


def test_moved_in_time_it_takes_the_other_along(desk: Records) -> None:
    """Both at the new start, each told with what his day comes to."""
    number = for_two(desk, "T1", "T2")
    given(desk, "T1", site="N1", priority=4)
    assert set(starts(desk, number)) == {1, 2}
    found = moved(desk, number, 1, 1, slot=0)
    assert [(one.who.id, one.beside, one.instead) for one in found.placed] == [
        (1, False, None),
        (2, True, None),
    ]
    assert {one.plan_at for one in found.placed} == {found.placed[0].start_at}
    assert {day.who.id for day in found.days} == {1, 2}
    made(desk, found)
    assert starts(desk, number) == {one.who.id: (one.start_at, one.done_at) for one in found.placed}


def test_moved_to_a_third_one_it_leaves_the_other(desk: Records) -> None:
    """He keeps it, with his yes; the one who was moved away is called off, and undo is whole."""
    number = for_two(desk, "T1", "T2")
    move(desk, number, Move.ACCEPT, technician="T2")
    found = moved(desk, number, 3, 1)
    assert [(one.who.id, one.beside, one.instead) for one in found.placed] == [
        (3, False, 1),
        (2, True, None),
    ]
    done = made(desk, found)
    assert done.facts["called_off"] == [[number, "Tech T1"]]
    states = {one.technician: one.state for one in live_visits(stored(desk, number).visits)}
    assert states == {2: VisitState.ACCEPTED, 3: VisitState.ASSIGNED}
    assert starts(desk, number) == {one.who.id: (one.start_at, one.done_at) for one in found.placed}
    do(desk, Undo(entry=done.undo), at=minutes(12))
    assert set(starts(desk, number)) == {1, 2}
    assert stored(desk, number).planned_at == minutes(120)


def test_lifted_it_stays_where_it_is(desk: Records) -> None:
    """Until it is moved on: the start that they have is not given up for an earlier one."""
    number = for_two(desk, "T1", "T2")
    found = moved(desk, number, 1, 1)
    assert {one.plan_at for one in found.placed} == {minutes(120)}
    assert not found.worse


@pytest.mark.parametrize("seed", range(5))
def test_it_lands_as_it_was_shown(desk: Records, seed: int) -> None:
    """Moved or swapped among whatever they have: all of a crew begin at one start."""
    dice = random.Random(seed)
    numbers = [
        given(desk, dice.choice(("T1", "T2", "T3")), site=dice.choice(("N1", "S1", "E1")))
        for _ in range(5)
    ]
    number = for_two(desk, *dice.sample(("T1", "T2", "T3"), 2), site=dice.choice(("N1", "S1")))
    for _ in range(5):
        of = dice.choice(sorted(starts(desk, number)))
        other = dice.choice(numbers)
        [holder] = starts(desk, other)
        if dice.random() < 0.4 and holder not in starts(desk, number):
            swap = Swap(one=number, other=other, one_of=of, other_of=holder)
            found = desk.ask(swap, who=ANA, at=AT)
        else:
            found = moved(desk, number, dice.choice((1, 2, 3)), of, dice.choice((None, 0, 1, 3)))
        assert len({one.start_at for one in found.placed if one.number == number}) == 1
        do(desk, arranged(found), at=AT)
        now = starts(desk, number)
        shown = {one.who.id: one for one in found.placed if one.number == number}
        assert now == {who: (one.start_at, one.done_at) for who, one in shown.items()}
        assert stored(desk, number).planned_at == shown[min(shown)].plan_at


def test_the_other_is_judged_too(desk: Records) -> None:
    """What he has that is locked to its start would be late; a lock of the order keeps both."""
    number = for_two(desk, "T1", "T2")
    for who, start in (("T1", 230), ("T2", 330)):
        held = given(desk, who, site="S1", priority=1)
        do(desk, PlaceOrder(number=held, technician=who, start_at=minutes(start)))
        do(desk, LockOrder(number=held))
    found = moved(desk, number, 1, 1, slot=9)
    rules = {one.who.id: [rule.rule for rule in one.broken] for one in found.placed}
    assert rules == {1: [], 2: [Rule.HELD]}
    assert found.worse
    do(desk, LockOrder(number=number))
    again = moved(desk, number, 3, 1)
    rules = {one.who.id: [rule.rule for rule in one.broken] for one in again.placed}
    assert Rule.LOCKED in rules[3]


def test_without_saying_whose_place_nobody_is_called_off(desk: Records) -> None:
    """Nor where more have it than it takes: whose it is is not known then."""
    number = for_two(desk, "T1", "T2")
    with pytest.raises(SeveralHold):
        desk.ask(Arrange(placings=(Placing(number=number, technician=3),)), who=ANA, at=AT)
    with pytest.raises(SeveralHold):
        do(desk, PlaceOrder(number=number, technician="T3", start_at=minutes(200)))
    assert set(starts(desk, number)) == {1, 2}


def test_no_start_is_moved_under_whoever_is_on_the_way(desk: Records) -> None:
    """Who takes a place beside them comes to the start that they have set out for."""
    number = for_two(desk, "T1", "T2")
    move(desk, number, Move.DEPART, minutes(5), technician="T2", insist=True)
    for start in (minutes(300), minutes(60)):
        with pytest.raises(UnderWay):
            do(desk, PlaceOrder(number=number, technician="T3", instead=1, start_at=start))
    do(desk, PlaceOrder(number=number, technician="T3", instead=1, start_at=minutes(120)))
    assert {visit.technician for visit in live_visits(stored(desk, number).visits)} == {2, 3}
    assert stored(desk, number).planned_at == minutes(120)
