"""Surveys: planned once as work is done, rung, answered or expired; and what a bad answer opens."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.runner import fire_due
from store.commands import MoveOrder, NewOrder, PutUnder, SaveLevel, Together, Undo
from store.commands.heard import (
    AnswerByCode,
    FindCause,
    GiveSurveyCode,
    MissCustomer,
    RateOrder,
    RecordCall,
    RefuseSurvey,
)
from store.commands.surveys import OF_SURVEYS
from store.domain.errors import BadInput, OrderUnknown
from store.domain.lifecycle import Move
from store.domain.one_time_codes import CodeRefused, digest_of, new_code
from store.domain.survey_steps import NotAsked, NotBad, NotDelivered
from store.domain.undo_refusals import NotTakenBack
from store.queries.alarms import AlarmStrip
from store.queries.calls import Calls
from store.queries.doctor import ExamineOrders
from store.queries.heard import BadAnswers, Heard, HeardOf, ToAsk
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, NINE, do, minutes, promises_kept, written

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


def test_a_bad_answer_promises_a_call_the_same_day_and_wants_its_cause(records: Records) -> None:
    """The call is a follow-up like others; what is not known stays open."""
    number = delivered(records)
    for move in (Move.VERIFY, Move.CLOSE):
        do(records, MoveOrder(number=number, move=move), at=minutes(20))
    done = do(records, RateOrder(number=number, csat=2, said="太慢"), at=minutes(60))
    assert done.facts["again"] == minutes(60 + 240)
    (bad,) = records.ask(BadAnswers(), who=ANA, at=minutes(61))
    assert (bad.number, bad.csat, bad.said, bad.cause) == (number, 2, "太慢", None)
    fire_due(records, at=minutes(300))
    assert [call.number for call in records.ask(Calls(), who=ANA, at=minutes(300))] == [number]
    (alarm,) = records.ask(AlarmStrip(), who=ANA, at=minutes(300)).alarms
    assert alarm.kind == "follow_up"
    for cause, contained in (("weather", "x"), ("design", " ")):
        wrong = FindCause(number=number, cause=cause, contained=contained)
        with pytest.raises(BadInput):
            do(records, wrong, at=minutes(301))
    do(records, RecordCall(number=number, outcome="reached"), at=minutes(302))
    found = FindCause(number=number, cause="unknown", contained="said sorry")
    do(records, found, at=minutes(303))
    do(records, FindCause(number=number, cause="schedule", contained="new slot"), at=minutes(304))
    (bad,) = records.ask(BadAnswers(), who=ANA, at=minutes(305))
    assert (bad.cause, bad.contained) == ("schedule", "new slot")
    promises_kept(records, [number])
    assert faults(records) == ()


def test_a_second_bad_answer_promises_no_second_call(records: Records) -> None:
    """And a good one takes the finding back, cause and all."""
    number = delivered(records)
    for minute, csat in ((20, 1), (21, 2)):
        do(records, RateOrder(number=number, csat=csat), at=minutes(minute))
    with records.work(who=ANA, at=NINE) as work:
        assert len(work.known(number).follow_ups) == 1
    do(records, RateOrder(number=number, csat=5), at=minutes(22))
    assert records.ask(BadAnswers(), who=ANA, at=NINE) == ()
    with pytest.raises(NotBad):
        do(records, FindCause(number=number, cause="use", contained="x"), at=minutes(23))
    assert faults(records) == ()


def test_each_step_is_taken_back_as_the_desk_takes_steps_back(records: Records) -> None:
    """An answer goes with its call; the delivery cannot go while it was answered."""
    number = delivered(records)
    fire_due(records, at=minutes(10 + DAY))
    rung = stored(records, number).survey_at
    do(records, RateOrder(number=number, csat=1), at=minutes(10 + DAY + 1))
    do(records, Undo(number=number), at=minutes(10 + DAY + 2))
    order = stored(records, number)
    assert (order.survey, order.survey_at, order.csat, order.bad_at) == (
        "planned",
        rung,
        None,
        None,
    )
    with records.work(who=ANA, at=NINE) as work:
        assert work.known(number).follow_ups == ()
    do(records, RefuseSurvey(number=number), at=minutes(10 + DAY + 3))
    do(records, Undo(number=number), at=minutes(10 + DAY + 4))
    do(records, Undo(number=number), at=minutes(10 + DAY + 5))
    order = stored(records, number)
    assert (order.survey, order.survey_at, order.survey_by) == (None, None, None)
    promises_kept(records, [number])
    assert faults(records) == ()


def test_a_delivery_done_again_rings_though_its_moment_is_past(records: Records) -> None:
    """Its first timer has fired; the survey is not left without one."""
    number = delivered(records)
    fire_due(records, at=minutes(10 + DAY))
    undone = do(records, Undo(number=number), at=minutes(20 + DAY))
    assert undone.numbers == (number,)
    do(records, Undo(redo=True), at=minutes(400 + DAY))
    order = stored(records, number)
    assert (order.survey, order.survey_at) == ("planned", minutes(400 + DAY))
    fire_due(records, at=minutes(400 + DAY))
    assert journal_of(records, number).count("survey_rang") == 2
    promises_kept(records, [number])


def test_what_others_built_on_an_answer_keeps_it(records: Records) -> None:
    """The call that it promised was made."""
    number = delivered(records)
    rated = do(records, RateOrder(number=number, csat=1), at=minutes(20))
    do(records, RecordCall(number=number, outcome="reached"), at=minutes(30))
    with pytest.raises(NotTakenBack):
        do(records, Undo(number=number, entry=rated.seq), at=minutes(40))


def test_a_code_answers_once_for_one_order(records: Records) -> None:
    """Kept as a digest alone; used up by the answer, and gone with the survey."""
    number = delivered(records)
    first, code = new_code(), new_code()
    for one in (first, code):
        digest = digest_of(one, OF_SURVEYS)
        do(records, GiveSurveyCode(number=number, digest=digest), at=minutes(11))
    for wrong in (first, new_code(), "", "%"):
        with pytest.raises(CodeRefused):
            do(records, AnswerByCode(code=wrong, csat=5), at=minutes(12))
    with pytest.raises(BadInput):
        do(records, AnswerByCode(code=code), at=minutes(12))
    do(records, AnswerByCode(code=code.lower(), nps=9), at=minutes(13))
    with pytest.raises(CodeRefused):
        do(records, AnswerByCode(code=code, nps=1), at=minutes(14))
    order = stored(records, number)
    assert (order.nps, order.survey_code) == (9, None)
    expired = delivered(records, customer="C2")
    do(records, GiveSurveyCode(number=expired, digest=digest_of(code, OF_SURVEYS)), at=minutes(15))
    fire_due(records, at=minutes(9 * DAY))
    fire_due(records, at=minutes(9 * DAY))
    with pytest.raises(CodeRefused):
        do(records, AnswerByCode(code=code, csat=5), at=minutes(9 * DAY + 1))
    assert faults(records) == ()


def test_nothing_is_answered_before_it_is_delivered(records: Records) -> None:
    """Nor out of bounds, nor beyond one's sites."""
    number = written(records, level="critical")
    with pytest.raises(NotDelivered):
        do(records, RateOrder(number=number, csat=5))
    finish(records, number, at=1)
    for wrong in ({"csat": 0}, {"csat": 6}, {"nps": 11}, {"nps": -1}, {}, {"csat": True}):
        with pytest.raises(BadInput):
            do(records, RateOrder(number=number, **wrong), at=minutes(2))
    with pytest.raises(OrderUnknown):
        do(records, RateOrder(number=number, csat=5), who=AT_SOUTH, at=minutes(2))
    assert records.ask(ToAsk(), who=AT_SOUTH, at=NINE) == ()
    assert [line.number for line in records.ask(ToAsk(), who=AT_NORTH, at=NINE)] == [number]


def test_an_answer_that_nobody_asked_for_is_heard(records: Records) -> None:
    """Of whoever was spared, or whose survey had expired."""
    number = delivered(records)
    spared = delivered(records, at=11)
    fire_due(records, at=minutes(9 * DAY))
    for one in (number, spared):
        do(records, RateOrder(number=one, csat=5, nps=9), at=minutes(9 * DAY + 1))
    window = Heard(from_at=NINE, to_at=minutes(99 * DAY))
    found = records.ask(window, who=ANA, at=NINE)
    assert (found.csat.count, found.csat.of, found.nps.value) == (2, 2, 100.0)
    assert (found.response.count, found.response.of) == (2, 2)
    assert faults(records) == ()


def test_an_answer_of_a_file_is_kept_once_at_its_own_time(records: Records) -> None:
    """Told again it changes nothing; in the future it is none."""
    number = delivered(records)
    told = RateOrder(number=number, csat=5, said="好", at=minutes(30))
    seqs = [do(records, told, at=minutes(at)).seq for at in (60, 90)]
    assert seqs[0] > 0
    assert seqs[1] == 0
    assert stored(records, number).rated_at == minutes(30)
    with pytest.raises(BadInput):
        do(records, RateOrder(number=number, csat=5, at=minutes(99)), at=minutes(98))


def test_figures_are_told_by_site_technician_and_sight(records: Records) -> None:
    """The same orders that a list of them would have."""
    for place, (site, technician, stars) in enumerate(
        (("N1", "T1", 5), ("N1", "T2", 1), ("S1", "T1", 4))
    ):
        told: dict[str, Any] = {"title": "x", "site": site, "customer": "C1", "level": "critical"}
        made = do(records, NewOrder(**told, caller=f"P{place}"))
        number = made.numbers[0]
        do(records, MoveOrder(number=number, move=Move.ASSIGN, technician=technician))
        finish(records, number, at=1 + place)
        do(records, RateOrder(number=number, csat=stars), at=minutes(9))
    window: dict[str, Any] = {"from_at": NINE, "to_at": NINE + timedelta(days=9)}

    def csat(who: Any = ANA, **of: str) -> tuple[int, int]:
        share = records.ask(Heard(**window | of), who=who, at=NINE).csat
        return share.count, share.of

    assert csat() == (2, 3)
    assert (csat(site="N1"), csat(site="S1"), csat(site="?")) == ((1, 2), (1, 1), (0, 0))
    assert (csat(technician="T1"), csat(technician="T2")) == ((2, 2), (0, 1))
    assert (csat(AT_NORTH), csat(AT_SOUTH, technician="T1")) == ((1, 2), (1, 1))
    assert csat(AT_NORTH, site="S1") == (0, 0)
