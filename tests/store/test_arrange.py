"""Orders moved and swapped on the schedule board: what is shown is what comes of it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from store.commands import (
    MoveTechnician,
    SaveAbsence,
    SaveCertificate,
    SaveKind,
    SaveShift,
    SaveSite,
    SaveTechnician,
    Undo,
)
from store.commands.locks import ArrangeOrders, DaysChanged, LockOrder, PlaceOrder
from store.domain.dispatch.rules import Rule
from store.domain.errors import NameUnknown, OrderUnknown, Stale
from store.domain.lifecycle import Move
from store.domain.moves_refusals import Locked, LockedTo, NobodyHolds, SeveralHold, UnderWay
from store.domain.who import Scope, Who
from store.queries.arrange import Arrange, Placing, Swap
from store.queries.days import Bar, TechnicianDays
from tests.store.desk import ANA, BO, NINE, do, minutes, move, stored, written

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.intents import Done
    from store.queries.arrange import Arrangement
    from store.records import Records

AT = minutes(10)
PEOPLE = (1, 2, 3)


@pytest.fixture
def desk(records: Records) -> Records:
    """Sites apart from each other, and three people with a shift of ten hours at home in them."""
    for place, code in enumerate(("N1", "S1", "E1")):
        where: dict[str, Any] = {"latitude": 31.2 + place / 40, "longitude": 121.4 + place / 50}
        site = SaveSite(code=code, name=f"Site {code}", zone="UTC", **where)
        do(records, site, who=Who(operator=2))
    for code, home in (("T1", "N1"), ("T2", "S1"), ("T3", "E1")):
        for command in (
            SaveTechnician(code=code, name=f"Tech {code}", home=home),
            SaveShift(technician=code, starts_at=NINE, ends_at=minutes(600)),
        ):
            do(records, command, who=Who(operator=2))
    return records


def given(records: Records, technician: str, **fields: object) -> int:
    """An order that somebody has."""
    number = written(records, **{"site": "N1", "level": "critical", **fields})
    move(records, number, Move.ASSIGN, technician=technician)
    return number


def moved(
    records: Records, number: int, technician: int, slot: int | None = None, *, at: datetime = AT
) -> Arrangement:
    """What it would come to."""
    placing = Placing(number=number, technician=technician, slot=slot)
    return records.ask(Arrange(placings=(placing,)), who=ANA, at=at)


def made(records: Records, found: Arrangement, *, at: datetime = AT) -> Done:
    """Do what was shown."""
    commands = tuple(
        PlaceOrder(
            number=one.number, technician=one.who.id, start_at=one.plan_at, version=one.version
        )
        for one in found.placed
    )
    return do(records, ArrangeOrders(commands=commands, stamps=found.stamps, as_of=found.at), at=at)


def bars(records: Records, *, at: datetime = AT) -> dict[int, tuple[int, Bar]]:
    """By order who has it, and when he comes to it."""
    asked = TechnicianDays(from_at=NINE, to_at=minutes(900), since=NINE)
    days = records.ask(asked, who=ANA, at=at)
    return {bar.number: (day.line.id, bar) for day in days for bar in day.bars}


def landed(records: Records, found: Arrangement) -> None:
    """Assert that all is as it was shown: who, when, how late, and what each day costs."""
    now = bars(records)
    for one in found.placed:
        who, bar = now[one.number]
        assert who == one.who.id
        assert (bar.from_at, bar.to_at) == (one.start_at, one.done_at)
        assert (bar.promise, bar.late) == (one.promise, one.late)
    again = moved(records, found.placed[0].number, found.placed[0].who.id)
    costs = {day.who.id: day.before for day in again.days}
    shown = {day.who.id: day.after for day in found.days}
    assert {who: shown[who] for who in costs} == costs


@pytest.mark.parametrize("seed", range(6))
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
