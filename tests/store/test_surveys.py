"""Surveys: planned once as work is done, rung, answered or expired; and what a bad answer opens."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.runner import fire_due
from store.commands import MoveOrder, PutUnder, SaveLevel, TakeOut, Together, Undo
from store.commands.heard import (
    MissCustomer,
    RateOrder,
    RefuseSurvey,
)
from store.domain.errors import Refusal
from store.domain.lifecycle import Move
from store.domain.survey_steps import NotAsked
from store.queries.alarms import AlarmStrip
from store.queries.doctor import ExamineOrders
from store.queries.heard import Heard, HeardOf, ToAsk
from tests.store.desk import ANA, NINE, do, minutes, promises_kept, written

if TYPE_CHECKING:
    from store.domain.order import WorkOrder
    from store.records import Records

DAY = 24 * 60
"""Of the critical level's calendar, which never closes."""


def delivered(records: Records, *, at: float = 10, **fields: Any) -> int:
    """An order whose work is done at that minute."""
    number = written(records, **{"level": "critical", **fields})
    finish(records, number, at=at)
    return number


def finish(records: Records, number: int, *, at: float) -> None:
    do(records, MoveOrder(number=number, move=Move.FINISH, insist=True), at=minutes(at))


def stored(records: Records, number: int) -> WorkOrder:
    """As it lies in the store."""
    with records.work(who=ANA, at=NINE) as work:
        return work.order(number)


def faults(records: Records) -> tuple[Any, ...]:
    """What the doctor finds."""
    return records.ask(ExamineOrders(), who=ANA, at=minutes(20 * DAY)).findings


def to_ask(records: Records, **more: Any) -> list[int]:
    return [line.number for line in records.ask(ToAsk(), who=ANA, at=NINE, **more)]


def test_done_plans_one_survey_a_day_on(records: Records) -> None:
    """With its timer, in the same transaction; closing plans no other."""
    number = delivered(records)
    order = stored(records, number)
    assert (order.survey, order.survey_by) == ("planned", minutes(10 + DAY))
    for move in (Move.VERIFY, Move.CLOSE):
        do(records, MoveOrder(number=number, move=move), at=minutes(20))
    (line,) = records.ask(ToAsk(), who=ANA, at=minutes(30))
    assert (line.number, line.by, line.customer) == (number, minutes(10 + DAY), "华润物业")
    promises_kept(records, [number])
    assert faults(records) == ()


def test_whoever_is_not_asked_is_spared_for_a_reason(records: Records) -> None:
    """No customer, under another order, a level that asks nobody, asked not long ago."""
    nobody = delivered(records, customer=None)
    parent, child = written(records, level="critical"), written(records, level="critical")
    do(records, PutUnder(number=child, parent=parent), at=minutes(1))
    finish(records, child, at=2)
    policy = {"survey": {"within_days": None}}
    do(records, SaveLevel(code="mute", name="Mute", calendar="24x7", policy=policy))
    off = delivered(records, level="mute")
    first = delivered(records, at=3)
    second = delivered(records, at=4)
    states = [stored(records, n).survey for n in (nobody, child, off, first, second)]
    assert states == ["nobody", "child", "off", "planned", "rested"]
    assert to_ask(records) == [first]
    assert faults(records) == ()


def test_several_of_one_customer_done_together_ask_him_once(records: Records) -> None:
    """One deed over many orders is one delivery to him."""
    numbers = [written(records, level="critical") for _ in range(3)]
    moves = tuple(MoveOrder(number=n, move=Move.FINISH, insist=True) for n in numbers)
    do(records, Together(commands=moves), at=minutes(5))
    assert [stored(records, n).survey for n in numbers] == ["planned", "rested", "rested"]
    other = delivered(records, customer="C2", at=6)
    assert stored(records, other).survey == "planned"


def test_after_the_rest_he_is_asked_again(records: Records) -> None:
    """Thirty days by default, or as many as the level says."""
    delivered(records)
    again = delivered(records, at=32 * DAY)
    assert stored(records, again).survey == "planned"


def test_it_rings_is_chased_and_expires_but_never_counts_as_answered(records: Records) -> None:
    """Each sweep comes twice; the alarm goes with the survey."""
    number = delivered(records)
    rings = []
    for hour in range(10 * 24):
        at = minutes(10 + 60 * hour)
        before = stored(records, number).survey_at
        assert fire_due(records, at=at).failed == 0
        fire_due(records, at=at)
        if stored(records, number).survey_at != before:
            rings.append(hour)
    assert rings == [*range(24, 24 + 5 * 24, 4), 6 * 24]
    order = stored(records, number)
    assert (order.survey, order.survey_at) == ("expired", None)
    standing = records.ask(AlarmStrip(), who=ANA, at=minutes(10 * DAY)).alarms
    assert all(line.kind != "survey" for line in standing)
    found = records.ask(Heard(from_at=NINE, to_at=minutes(99 * DAY)), who=ANA, at=NINE)
    assert (found.response.count, found.response.of, found.open) == (0, 1, 0)
    assert found.csat.rate is None
    promises_kept(records, [number])
    assert faults(records) == ()


def test_several_sweepers_ring_it_once(records: Records) -> None:
    """The claim of the timer and the next aim are one transaction."""
    numbers = [delivered(records, level="critical", caller=f"P{n}") for n in range(6)]
    due = minutes(10 + DAY)
    sweeps = [Thread(target=fire_due, args=(records,), kwargs={"at": due}) for _ in range(4)]
    for one in sweeps:
        one.start()
    for one in sweeps:
        one.join()
    fire_due(records, at=due)
    told = [journal_of(records, number).count("survey_rang") for number in numbers]
    assert told == [1] * 6
    assert faults(records) == ()


def journal_of(records: Records, number: int) -> list[str]:
    """The facts of an order, oldest first."""
    from store.queries.card import Trace

    return [entry.fact for entry in records.ask(Trace(number=number), who=ANA, at=NINE)]


def test_opening_it_again_takes_the_survey_back_but_no_answer(records: Records) -> None:
    """The second delivery is asked about unless the first was answered: one an order."""
    number, answered = delivered(records), delivered(records, customer="C2")
    do(records, RateOrder(number=answered, csat=5), at=minutes(11))
    for one in (number, answered):
        again = MoveOrder(number=one, move=Move.REOPEN, reason="drips")
        do(records, again, at=minutes(20))
    assert [stored(records, one).survey for one in (number, answered)] == [None, "answered"]
    assert to_ask(records) == []
    promises_kept(records, [number])
    for one in (number, answered):
        finish(records, one, at=30)
    assert [stored(records, one).survey for one in (number, answered)] == ["planned", "answered"]
    assert stored(records, number).survey_by == minutes(30 + DAY)
    assert stored(records, answered).csat == 5
    assert faults(records) == ()


def test_an_answer_is_kept_with_its_words_and_a_change_keeps_the_old(records: Records) -> None:
    """The order has the newest, the journal both."""
    number = delivered(records)
    do(records, RateOrder(number=number, csat=4, nps=8, said="准时 [b]"), at=minutes(20))
    do(records, RateOrder(number=number, csat=5, nps=10, said="很好"), at=minutes(30))
    order = stored(records, number)
    assert (order.csat, order.nps, order.said, order.survey) == (5, 10, "很好", "answered")
    assert journal_of(records, number).count("rated") == 2
    (line,) = records.ask(HeardOf(number=number), who=ANA, at=NINE)
    assert (line.csat, line.said, line.rated_at) == (5, "很好", minutes(30))
    assert records.ask(HeardOf(customer="C1"), who=ANA, at=NINE) == (line,)
    assert to_ask(records) == []
    promises_kept(records, [number])
    assert faults(records) == ()


def test_not_reached_stays_to_be_asked_and_refused_does_not(records: Records) -> None:
    """With how often it was tried."""
    number = delivered(records)
    do(records, MissCustomer(number=number, note="engaged"), at=minutes(20))
    do(records, MissCustomer(number=number), at=minutes(30))
    (line,) = records.ask(ToAsk(), who=ANA, at=minutes(31))
    assert line.tries == 2
    do(records, RefuseSurvey(number=number), at=minutes(40))
    assert to_ask(records) == []
    with pytest.raises(NotAsked):
        do(records, MissCustomer(number=number), at=minutes(50))
    found = records.ask(Heard(from_at=NINE, to_at=minutes(9 * DAY)), who=ANA, at=NINE)
    assert (found.response.count, found.response.of) == (0, 1)
    assert faults(records) == ()


def test_of_what_comes_under_another_order_later_nobody_is_asked(records: Records) -> None:
    """Its customer is asked about the order above; taken out, or the deed taken back, he is."""
    above, below = delivered(records, caller="A 1001"), delivered(records, caller="B 1002")
    first = stored(records, below)
    assert first.survey == "planned"
    put = do(records, PutUnder(number=below, parent=above), at=minutes(20))
    order = stored(records, below)
    assert (order.survey, order.survey_by, order.survey_at) == ("child", None, None)
    assert [line.number for line in records.ask(ToAsk(), who=ANA, at=NINE)] == [above]
    do(records, Undo(number=below, entry=put.seq), at=minutes(21))
    order = stored(records, below)
    assert (order.survey, order.survey_at) == ("planned", first.survey_at)
    do(records, PutUnder(number=below, parent=above), at=minutes(22))
    do(records, TakeOut(number=below), at=minutes(23))
    order = stored(records, below)
    assert (order.survey, order.survey_at) == ("planned", first.survey_at)
    put = do(records, PutUnder(number=below, parent=above), at=minutes(24))
    do(records, RateOrder(number=below, csat=4), at=minutes(25))
    with suppress(Refusal):
        do(records, Undo(number=below, entry=put.seq), at=minutes(26))
    assert stored(records, below).survey == "answered"
    promises_kept(records, [above, below])
    assert faults(records) == ()
