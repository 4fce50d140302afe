"""Who is sent as a recommendation shows him comes to the order as it has said; on both databases.

What somebody has is laid anew once he has one more. So it is here: the day after is compared with
what was told before, over desks at random.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from store.commands import SaveShift, SaveSite, SaveTechnician
from store.commands.automatic import SendAsShown
from store.domain.lifecycle import Move
from store.domain.starts import reckoned
from store.domain.who import Who
from store.queries.days import TechnicianDays
from store.queries.recommend import WhoGoes
from tests.store.desk import ANA, do, minutes, move, stored, written

if TYPE_CHECKING:
    from datetime import datetime

    from store.queries.days import Bar
    from store.queries.recommend import Recommendation, Recommended
    from store.records import Records

ADMIN = Who(operator=2)
DESKS = 12
NOW = 1.0


@pytest.fixture
def desk(records: Records) -> Records:
    """Two sites far apart, and nobody but who is at home in one of them."""
    nobody_else(records)
    for code, east in (("A", 121.40), ("FAR", 121.53)):
        site = SaveSite(code=code, name=code, zone="UTC", latitude=31.2, longitude=east)
        do(records, site, who=ADMIN)
    do(records, SaveTechnician(code="AN", name="An", home="A"), who=ADMIN)
    return records


def nobody_else(desk: Records) -> None:
    for code in ("T1", "T2", "T3"):
        do(desk, SaveTechnician(code=code, name=code, active=False), who=ADMIN)


def at_random(desk: Records, dice: Random) -> int:
    """Some technicians with some shifts and orders; the number of one that nobody has."""
    nobody_else(desk)
    for site in range(6):
        place = 31.1 + dice.random() / 5, 121.3 + dice.random() / 5
        one = SaveSite(
            code=f"S{site}", name=f"S{site}", zone="UTC", latitude=place[0], longitude=place[1]
        )
        do(desk, one, who=ADMIN)
    codes = [f"X{n}" for n in range(dice.randint(1, 4))]
    for code in codes:
        do(desk, SaveTechnician(code=code, name=code, home=f"S{dice.randrange(6)}"), who=ADMIN)
        begins = dice.choice((-120, 0, 60))
        for shift in range(dice.randrange(3)):
            from_at = minutes(begins + 1440 * shift)
            ends = from_at + timedelta(minutes=dice.choice((300, 480, 700)))
            do(desk, SaveShift(technician=code, starts_at=from_at, ends_at=ends), who=ADMIN)
    for _ in range(dice.randint(1, 7)):
        held = an_order(desk, dice, at=minutes(-dice.choice((0, 10, 60, 100))))
        move(desk, held, Move.ASSIGN, technician=dice.choice(codes), at=minutes(0))
    return an_order(desk, dice, at=minutes(0))


def an_order(desk: Records, dice: Random, *, at: datetime) -> int:
    level = dice.choice(("standard", "critical"))
    where = f"S{dice.randrange(6)}"
    return written(desk, site=where, priority=dice.randint(1, 4), level=level, at=at)


def days(desk: Records) -> dict[int, Bar]:
    """When everybody comes to what he has."""
    asked = TechnicianDays(from_at=minutes(-60), to_at=minutes(4000), since=minutes(-60))
    found = desk.ask(asked, who=ANA, at=minutes(NOW))
    return {bar.number: bar for one in found for bar in one.bars}


def who_goes(desk: Records, number: int) -> Recommendation:
    return desk.ask(WhoGoes(number=number, stamped=True), who=ANA, at=minutes(NOW))


def sent(desk: Records, found: Recommendation, one: Recommended) -> None:
    command = SendAsShown(
        number=found.number,
        technician=one.who.id,
        version=stored(desk, found.number).version,
        stamp=one.stamp,
        place=found.place,
        as_of=found.at,
        start_at=one.begin_at,
    )
    do(desk, command, at=minutes(NOW))


@pytest.mark.parametrize("seed", [1, 2, 19, 20, 36, 58])
@pytest.mark.parametrize("records", ["sqlite"], indirect=True)
def test_it_keeps_its_place_while_nobody_has_set_out(records: Records, seed: int) -> None:
    """Minutes later all begins later, one after the other as before: nobody waits for a start that
    was only reckoned to be right behind what comes before it.
    """
    dice = Random(seed)
    number = at_random(records, dice)
    found = who_goes(records, number)
    one = dice.choice(found.offers)
    sent(records, found, one)
    assert stored(records, number).planned_at is not None
    first, *others = (_in_turn(records, number, at) for at in (NOW, NOW + 4, NOW + 10))
    assert others == [first, first]


def _in_turn(desk: Records, number: int, at: float) -> list[int]:
    """What whoever has the order has to do, in the sequence in which he does it."""
    asked = TechnicianDays(from_at=minutes(-60), to_at=minutes(4000), since=minutes(-60))
    his = (one.bars for one in desk.ask(asked, who=ANA, at=minutes(at)))
    mine = next(bars for bars in his if any(bar.number == number for bar in bars))
    return [bar.number for bar in sorted(mine, key=lambda bar: bar.from_at)]


@pytest.mark.parametrize("seed", range(DESKS))
def test_he_comes_to_it_when_that_was_said(records: Records, seed: int) -> None:
    """Whoever of the five is sent; the others slip as was told, and no more."""
    dice = Random(seed)
    number = at_random(records, dice)
    found = who_goes(records, number)
    before, one = days(records), dice.choice(found.offers)
    sent(records, found, one)
    after = days(records)
    assert abs(after[number].from_at - one.start_at) < timedelta(seconds=1)
    slips = {slip.number: slip.later for slip in one.slips}
    for other, bar in before.items():
        later = slips.get(other, timedelta(0))
        assert after[other].to_at - bar.to_at <= later + timedelta(seconds=1)


def test_what_costs_least_before_another_order_is_given_a_start(desk: Records) -> None:
    """The one far away is due before: in its turn he would go there first, and back."""
    far = written(desk, site="FAR", priority=2, at=minutes(-10))
    move(desk, far, Move.ASSIGN, technician="AN", at=minutes(-10))
    number = written(desk, site="A", priority=2, at=minutes(0))
    found = who_goes(desk, number)
    (one,) = found.offers
    assert one.begin_at == reckoned(one.start_at)
    assert one.margin is not None
    assert one.margin > timedelta(0)
    sent(desk, found, one)
    after = days(desk)
    assert after[number].from_at == one.start_at < after[far].from_at
    assert stored(desk, far).planned_at is None
    assert after[number].late == timedelta(0)
    assert stored(desk, number).planned_at == one.begin_at


def test_what_comes_there_in_its_turn_is_given_none(desk: Records) -> None:
    """The more urgent goes first anyway."""
    far = written(desk, site="FAR", priority=3, at=minutes(-10))
    move(desk, far, Move.ASSIGN, technician="AN", at=minutes(-10))
    number = written(desk, site="A", priority=1, at=minutes(0))
    found = who_goes(desk, number)
    (one,) = found.offers
    assert one.begin_at is None
    sent(desk, found, one)
    assert stored(desk, number).planned_at is None
    assert days(desk)[number].from_at == one.start_at
