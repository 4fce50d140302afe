"""Who should go, asked a moment ago: told again as long as it would be reckoned the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert

from store.commands import (
    NewOrder,
    SaveAbsence,
    SaveCertificate,
    SaveShift,
    SaveSite,
    SaveTechnician,
)
from store.commands.figures import SetFigure
from store.commands.people import MoveTechnician
from store.domain.dispatch.figures import Figure
from store.domain.lifecycle import Move
from store.persistence.journal import JOURNAL
from tests.budget import tries
from tests.store.desk import NINE, do, minutes, move
from tests.store.recommend_desk import AT_A, asked, desk, order

if TYPE_CHECKING:
    from store.domain.intents import Command
    from store.queries.recommend import Recommendation
    from store.records import Records

__all__ = ["desk"]


def known(records: Records, number: int, before: Recommendation, **more: Any) -> Recommendation:
    """The same question by somebody who has an answer."""
    return asked(records, number, stamped=True, known=before, **more)


def test_what_has_not_changed_is_told_again_within_the_minute(desk: Records) -> None:
    """After it, and before, it is reckoned anew."""
    number = order(desk)
    first = asked(desk, number, stamped=True, at=1)
    assert known(desk, number, first, at=1.9) is first
    for at in (0.9, 2, 1442):
        assert known(desk, number, first, at=at).at == minutes(at)


def test_it_is_told_to_nobody_else_and_to_no_other_question(desk: Records) -> None:
    """He sees less, or asks more."""
    number, other = order(desk), order(desk)
    first = asked(desk, number, stamped=True)
    assert known(desk, number, first, who=AT_A) is not first
    assert known(desk, number, first, about="BO").asked is not None
    assert known(desk, number, first, limit=1).offers == first.offers[:1]
    assert known(desk, other, first).number == other


def test_an_answer_without_stamps_is_told_once(desk: Records) -> None:
    """Nobody could be sent by it."""
    number = order(desk)
    first = asked(desk, number)
    assert first.mark is None
    assert known(desk, number, first) is not first


def a_fact(records: Records, fact: str) -> None:
    """An entry of the journal that something else has left."""
    entry = {"at": NINE, "by": 0, "via": "test", "number": 1, "body": {}, "hash": fact}
    with records.database.writing() as conn:
        conn.execute(insert(JOURNAL), {**entry, "fact": fact})


@pytest.mark.parametrize("fact", ["warned", "rang", "acknowledged", "escalated"])
def test_an_alarm_changes_nothing_of_it(desk: Records, fact: str) -> None:
    """A desk at work rings every other second."""
    number = order(desk)
    first = asked(desk, number, stamped=True)
    a_fact(desk, fact)
    assert known(desk, number, first) is first
    a_fact(desk, "edited")
    assert known(desk, number, first) is not first


def test_another_store_under_the_same_address_is_asked_anew(desk: Records) -> None:
    """One that was brought back has fewer entries, and others."""
    number = order(desk)
    first = asked(desk, number, stamped=True)
    assert first.mark is not None
    for hash_ in ("another", ""):
        mark = first.mark._replace(then=first.mark.then._replace(hash=hash_))
        assert known(desk, number, replace(first, mark=mark)) is not first


CHANGES: list[Command] = [
    NewOrder(title="Another", site="A", kind="lift", level="critical"),
    MoveTechnician(technician="AN", latitude=31.25, longitude=121.41),
    MoveTechnician(technician="AN", state="off"),
    SaveAbsence(technician="AN", starts_at=NINE, ends_at=NINE + timedelta(hours=2), reason="ill"),
    SaveShift(technician="AN", starts_at=NINE, ends_at=NINE + timedelta(hours=2)),
    SaveCertificate(technician="AN", name="crane", expires_at=None),
    SaveSite(code="A", name="Site A", zone="UTC", latitude=31.3, longitude=121.4),
    SaveTechnician(code="AN", name="An", home="B", skills={"lift": 5}),
    SetFigure(figure=Figure.SPEED, value=12),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: type(one).__name__)
def test_whatever_it_was_reckoned_from_makes_it_be_reckoned_anew(
    desk: Records, change: Command
) -> None:
    """Also where somebody was seen, which no journal tells."""
    number = order(desk)
    first = asked(desk, number, stamped=True)
    do(desk, change)
    again = known(desk, number, first)
    assert again is not first
    assert again == asked(desk, number, stamped=True)


def test_what_is_told_again_is_what_would_be_reckoned(desk: Records) -> None:
    """Whatever happens between two askings: a long day of a careless desk."""
    dice, again = Random(5), 0
    numbers = [order(desk, priority=dice.randint(1, 4)) for _ in range(4)]
    before: dict[int, Recommendation] = {}
    for turn in range(tries(60, 120)):
        at = minutes(0) + timedelta(seconds=4 * turn)
        if dice.random() < 0.3:
            _happens(desk, dice, numbers, at)
        number = dice.choice(numbers)
        plain = asked(desk, number, stamped=True, at=turn / 15)
        told = known(desk, number, before.get(number, plain), at=turn / 15)
        again += told is before.get(number)
        assert _but_for_time(told) == _but_for_time(plain)
        before[number] = told
    assert again > tries(5, 10)


def _happens(records: Records, dice: Random, numbers: list[int], at: datetime) -> None:
    who = dice.choice(("AN", "BO"))
    busy = order(records, title="Busy", priority=dice.randint(1, 4))
    happening = dice.randrange(4)
    if happening == 0:
        move(records, busy, Move.ASSIGN, technician=who, at=at)
    elif happening == 1:
        north = 31.2 + dice.random() / 10
        do(records, MoveTechnician(technician=who, latitude=north, longitude=121.4), at=at)
    elif happening == 2:
        a_fact(records, "rang")
    else:
        state = dice.choice(("off", "available"))
        do(records, MoveTechnician(technician=who, state=state), at=at)


def _but_for_time(found: Recommendation) -> tuple[object, ...]:
    """Everything that is told, instants and spans as far as the minute may move them."""
    offers = [
        (one.who.code, one.after, one.later, one.parts, one.stamp, len(one.slips))
        for one in found.offers
    ]
    return found.number, offers, found.able, dict(found.out), found.holder, found.place


assert NINE.tzinfo is UTC
