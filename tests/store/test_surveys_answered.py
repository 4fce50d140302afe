"""Answers of customers: bad ones and their causes, taken back, by code, from files, in figures."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.runner import fire_due
from store.commands import MoveOrder, NewOrder, Undo
from store.commands.heard import (
    AnswerByCode,
    FindCause,
    GiveSurveyCode,
    RateOrder,
    RecordCall,
    RefuseSurvey,
)
from store.commands.surveys import OF_SURVEYS
from store.domain.errors import BadInput, OrderUnknown
from store.domain.lifecycle import Move
from store.domain.one_time_codes import CodeRefused, digest_of, new_code
from store.domain.survey_steps import NotBad, NotDelivered
from store.domain.undo_refusals import NotTakenBack
from store.queries.alarms import AlarmStrip
from store.queries.calls import Calls
from store.queries.heard import BadAnswers, Heard, ToAsk
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, NINE, do, minutes, promises_kept, written
from tests.store.test_surveys import DAY, delivered, faults, finish, journal_of, stored

if TYPE_CHECKING:
    from store.records import Records


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
