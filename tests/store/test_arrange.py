"""Orders moved and swapped on the schedule board: what is shown is what comes of it."""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.arranged import arranged
from store.commands import (
    MoveTechnician,
    SaveAbsence,
    SaveCertificate,
    SaveShift,
    SaveSite,
    Undo,
)
from store.commands.locks import ArrangeOrders, DaysChanged, LockOrder, PlaceOrder, arrange_orders
from store.domain.dispatch.rules import Rule
from store.domain.errors import Stale
from store.domain.lifecycle import Move
from store.domain.moves_refusals import Locked
from store.domain.who import Who
from store.queries.arrange import Swap
from tests.budget import tries
from tests.store.arranging_desk import AT, PEOPLE, bars, desk, given, landed, made, moved
from tests.store.desk import ANA, NINE, do, minutes, move, stored, written

if TYPE_CHECKING:
    from store.records import Records

__all__ = ["desk"]


@pytest.mark.parametrize("seed", range(tries(3, 6)))
def test_a_move_lands_exactly_as_it_was_shown(desk: Records, seed: int) -> None:
    """Wherever it is put among whatever others have, swapped or moved, one after the other."""
    dice = random.Random(seed)
    numbers = [
        given(
            desk,
            dice.choice(("T1", "T2", "T3")),
            site=dice.choice(("N1", "S1", "E1")),
            priority=dice.randint(1, 4),
        )
        for _ in range(8)
    ]
    for _ in range(8):
        one, other = dice.sample(numbers, 2)
        if dice.random() < 0.3:
            found = desk.ask(Swap(one=one, other=other), who=ANA, at=AT)
        else:
            found = moved(desk, one, dice.choice(PEOPLE), dice.choice((None, 0, 1, 2, 9)))
        before = bars(desk)
        if any(rule.rule is Rule.LOCKED for rule in found.broken):
            with pytest.raises(Locked):
                made(desk, found)
            assert bars(desk) == before
            continue
        made(desk, found)
        landed(desk, found)
        slipped = {slip.number: slip.later for slip in found.slips}
        for number, (_who, bar) in bars(desk).items():
            if number not in {placed.number for placed in found.placed}:
                later = bar.to_at - before[number][1].to_at
                assert slipped.get(number, timedelta()) == max(later, timedelta())
        if dice.random() < 0.2 and stored(desk, one).locked_by is None:
            do(desk, LockOrder(number=one), at=AT)


def test_a_slot_is_where_it_comes(desk: Records) -> None:
    """Before the first, between, behind the last; a time is planned only where it must be."""
    last, first = given(desk, "T1", priority=4), given(desk, "T1", priority=1)
    late = given(desk, "T2", priority=3)
    turns = []
    for slot in (0, 1, 2):
        found = moved(desk, late, 1, slot)
        (one,) = found.placed
        assert (one.slot, one.slots) == (slot, 3)
        made(desk, found)
        now = bars(desk)
        turns.append(sorted((last, first, late), key=lambda n: now[n][1].from_at))
        assert (one.plan_at is None) == (slot == 1), "in its turn it comes between them anyway"
        do(desk, Undo(), at=AT)
    assert turns == [[late, first, last], [first, late, last], [first, last, late]]


def test_what_a_shift_has_no_room_for_is_planned_when_it_is_come_to(desk: Records) -> None:
    """The time that is shown is the time that is stored, in every slot of two shifts."""
    do(desk, SaveShift(technician="T2", starts_at=NINE, ends_at=minutes(200)), at=AT)
    do(desk, SaveShift(technician="T2", starts_at=minutes(1440), ends_at=minutes(1900)), at=AT)
    for priority in (1, 2, 3):
        given(desk, "T2", priority=priority)
    number = given(desk, "T1", priority=4)
    planned = 0
    for slot in range(moved(desk, number, 2).placed[0].slots):
        found = moved(desk, number, 2, slot)
        (one,) = found.placed
        made(desk, found)
        landed(desk, found)
        if one.plan_at is not None:
            planned += one.plan_at >= minutes(1440)
            assert (stored(desk, number).planned_at, one.plan_at) == (one.start_at, one.start_at)
        do(desk, Undo(), at=AT)
    assert planned, "one slot lies behind what the first shift has room for"


def test_the_cheapest_place_is_proposed(desk: Records) -> None:
    """No slot that can be named costs less."""
    for priority in (1, 2, 4):
        given(desk, "T2", priority=priority, site="E1")
    number = given(desk, "T1", priority=3, site="S1")
    best = moved(desk, number, 2)
    every = [moved(desk, number, 2, slot).more for slot in range(best.placed[0].slots)]
    assert best.more == pytest.approx(min(every))


def test_what_moved_on_meanwhile_refuses_it(desk: Records) -> None:
    """Another order for either of them, a changed one, an absence; and nothing is done."""
    number, there = given(desk, "T1"), given(desk, "T2")
    do(desk, LockOrder(number=there), at=AT)
    for meanwhile in (
        lambda: given(desk, "T2"),
        lambda: move(desk, there, Move.ACCEPT),
        lambda: do(desk, SaveAbsence(technician="T1", starts_at=minutes(60), ends_at=minutes(90))),
        lambda: do(desk, SaveCertificate(technician="T2", name="Gas"), who=Who(operator=2)),
    ):
        found = moved(desk, number, 2)
        meanwhile()
        with pytest.raises(DaysChanged) as refused:
            made(desk, found)
        assert refused.value.facts == {"people": "Tech T1, Tech T2"}
        assert stored(desk, number).technician == 1
    found = moved(desk, number, 2)
    move(desk, number, Move.ACCEPT)
    with pytest.raises((DaysChanged, Stale)):
        made(desk, found)
    made(desk, moved(desk, number, 2))
    assert stored(desk, number).technician == 2


BESIDE = SaveSite(code="E1", name="Site E1", zone="UTC", region="EAST")


def test_an_order_whose_site_has_moved_stays_where_it_is(desk: Records) -> None:
    """Whether somebody has it or not; what the day of nobody shows is compared, too."""
    held, lone = given(desk, "T1", site="E1"), written(desk, site="E1", level="critical")
    found = moved(desk, held, 2)
    [(_held, place)] = found.places
    do(desk, BESIDE, who=Who(operator=2))
    with pytest.raises(DaysChanged):
        made(desk, found)
    found = moved(desk, held, 2)
    place_it = PlaceOrder(number=lone, technician=2)
    as_it_lay = ArrangeOrders(
        commands=(place_it,), stamps=found.stamps, places=((lone, place),), as_of=found.at
    )
    with pytest.raises(DaysChanged):
        do(desk, as_it_lay, at=AT)
    with pytest.raises(DaysChanged):
        do(desk, replace(as_it_lay, places=()), at=AT)
    do(desk, replace(as_it_lay, places=((lone, found.places[0][1]),)), at=AT)
    made(desk, moved(desk, held, 2))
    assert [stored(desk, number).technician for number in (held, lone)] == [2, 2]


def test_a_site_stays_where_it_is_until_the_move_is_done(desk: Records) -> None:
    """Whoever would move it in that very instant waits."""
    found = moved(desk, given(desk, "T1", site="E1"), 2)
    command = arranged(found)
    other = threading.Thread(target=do, args=(desk, BESIDE), kwargs={"who": Who(operator=2)})
    with desk.work(who=ANA, at=AT) as work:
        arrange_orders(work, command)
        other.start()
        other.join(0.5)
        assert other.is_alive()
    other.join(60)
    assert not other.is_alive()


def test_where_somebody_was_seen_moves_no_day(desk: Records) -> None:
    """A telephone says so every minute, as it does while a whole board is planned."""
    number = given(desk, "T1")
    found = moved(desk, number, 2)
    do(desk, MoveTechnician(technician="T2", latitude=31.21, longitude=121.41), at=AT)
    made(desk, found)
    assert stored(desk, number).technician == 2


def test_two_at_once_get_one_move(desk: Records) -> None:
    """The second has seen a day that is gone."""
    one, other = given(desk, "T1"), given(desk, "T3")
    first, second = moved(desk, one, 2), moved(desk, other, 2)
    made(desk, first)
    with pytest.raises(DaysChanged):
        made(desk, second)
