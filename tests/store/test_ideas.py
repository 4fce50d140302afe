"""The suggestion box: by name, judged by somebody else, rewarded once, and never from nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from scheduler.horizons import remind
from store.commands import SaveTechnician
from store.commands.ideas import JudgeIdea, NoteEffect, PayIntoFund, RewardIdea, SubmitIdea
from store.domain.errors import BadInput, NotAllowed, OfSomeSites
from store.domain.ideas import (
    JUDGE_DAYS,
    FundTooLow,
    IdeaChanged,
    IdeaJudged,
    IdeaNotAccepted,
    IdeaRewarded,
    IdeaUnknown,
    OwnIdea,
)
from store.domain.who import Role, Scope, Who
from store.persistence.idea_work import ENTRY, FUND
from store.queries.ideas import ListIdeas
from store.queries.lists import ListAlarms
from store.records import open_records
from tests.store.desk import ANA, BO, NINE, do, furnish, minutes

if TYPE_CHECKING:
    from store.queries.ideas import Box
    from store.records import Records

DAY = timedelta(days=1)
NORTH = Who(operator=4, scope=Scope(frozenset({1})))


def box(records: Records, who: Who = ANA, **asked: Any) -> Box:
    return records.ask(ListIdeas(**asked), who=who, at=NINE)


def submitted(
    records: Records, text: str = "fuses in every van", who: Who = BO, **told: Any
) -> int:
    return int(do(records, SubmitIdea(text=text, **told), who=who).facts["id"])


def accepted(records: Records, **told: Any) -> int:
    number = submitted(records, **told)
    do(records, JudgeIdea(idea=number, accepted=True, reason="cheap"))
    return number


def fund(records: Records) -> tuple[int, int]:
    """The balance, and what its entries add up to."""
    with records.database.reading() as conn:
        held = conn.execute(select(FUND.c.balance)).scalar_one()
        return held, int(conn.execute(select(func.sum(ENTRY.c.amount))).scalar_one())


def test_a_suggestion_is_judged_rewarded_and_its_effect_noted(records: Records) -> None:
    """By somebody else than who submitted it; the fund and the suggestion change together."""
    number = submitted(records, technician="T1")
    with pytest.raises(OwnIdea):
        do(records, JudgeIdea(idea=number, accepted=True, reason="mine"), who=BO)
    with pytest.raises(IdeaNotAccepted):
        do(records, RewardIdea(idea=number, amount=5))
    do(records, JudgeIdea(idea=number, accepted=True, reason="cheap", seen=1), at=minutes(1))
    with pytest.raises(IdeaJudged):
        do(records, JudgeIdea(idea=number, accepted=False, reason="dear"))
    with pytest.raises(FundTooLow):
        do(records, RewardIdea(idea=number, amount=300))
    assert box(records).ideas[0].idea.reward == 0
    do(records, PayIntoFund(amount=500, words="2026"))
    with pytest.raises(IdeaChanged):
        do(records, RewardIdea(idea=number, amount=300, seen=1))
    do(records, RewardIdea(idea=number, amount=300, seen=2))
    with pytest.raises(IdeaRewarded):
        do(records, RewardIdea(idea=number, amount=1))
    do(records, NoteEffect(idea=number, effect="no second visits for fuses"), who=BO)
    found = box(records)
    (line,) = found.ideas
    assert (line.submitted_by, line.written_by, line.judged_by) == ("李强", "Bo", "Ana")
    assert (line.idea.reward, line.idea.effect) == (300, "no second visits for fuses")
    assert found.balance == 200
    assert fund(records) == (200, 200)


def test_what_is_declined_gets_nothing(records: Records) -> None:
    """It has no effect either; without words, or of nobody known, there is none."""
    number = submitted(records)
    with pytest.raises(BadInput):
        do(records, JudgeIdea(idea=number, accepted=False, reason=" "))
    do(records, JudgeIdea(idea=number, accepted=False, reason="too dear"))
    with pytest.raises(IdeaNotAccepted, match="not adopted"):
        do(records, NoteEffect(idea=number, effect="x"))
    for amount in (0, -5, 10**7):
        with pytest.raises(BadInput):
            do(records, PayIntoFund(amount=amount))
    with pytest.raises(BadInput):
        submitted(records, "")
    assert box(records, open=True).ideas == ()


def test_a_site_sees_its_own_and_decides_nothing(records: Records) -> None:
    """The fund is the whole desk's, as is the decision."""
    do(records, SaveTechnician(code="T2", name=None, home="S1"))
    theirs = submitted(records, technician="T2", who=ANA)
    mine = submitted(records, "a bench", who=NORTH)
    found = box(records, NORTH)
    assert ([line.idea.id for line in found.ideas], found.balance) == ([mine], None)
    with pytest.raises(IdeaUnknown):
        do(records, NoteEffect(idea=theirs, effect="x"), who=NORTH)
    with pytest.raises(OfSomeSites):
        do(records, JudgeIdea(idea=mine, accepted=True, reason="x"), who=NORTH)
    office = Who(operator=4, role=Role.OFFICE, scope=NORTH.scope)
    with pytest.raises((NotAllowed, OfSomeSites)):
        do(records, PayIntoFund(amount=5), who=office)


def test_who_waits_for_a_verdict_is_not_forgotten(records: Records) -> None:
    """It rings after two weeks, once, until somebody judges."""
    number = submitted(records)
    due = NINE + JUDGE_DAYS * DAY
    assert [remind(records, at=at) for at in (due - DAY, due, due)] == [0, 1, 0]
    (alarm,) = (one for one in records.ask(ListAlarms(), who=ANA, at=due) if one.number is None)
    assert (alarm.kind, alarm.reminder) == ("idea", number)
    hidden = [one for one in records.ask(ListAlarms(), who=NORTH, at=due) if one.number is None]
    assert hidden == []
    do(records, JudgeIdea(idea=number, accepted=True, reason="x"), at=due)
    assert [one for one in records.ask(ListAlarms(), who=ANA, at=due) if one.number is None] == []


def test_many_who_reward_at_once_never_overdraw_the_fund(store_url: str) -> None:
    """Eight rewards of which the fund can pay three: three come through, the others are told."""
    with ExitStack() as stack:
        many = [open_records(store_url, feed=False) for _ in range(4)]
        for records in many:
            stack.callback(records.close)
        furnish(many[0])
        numbers = [accepted(many[0]) for _ in range(8)]
        do(many[0], PayIntoFund(amount=350))
        together = Barrier(len(many))

        def pay(place: int) -> int:
            together.wait()
            paid = 0
            for number in numbers[place::4]:
                try:
                    do(many[place], RewardIdea(idea=number, amount=100))
                except FundTooLow:
                    continue
                paid += 1
            return paid

        with ThreadPoolExecutor(len(many)) as pool:
            assert sum(pool.map(pay, range(len(many)))) == 3
        assert fund(many[0]) == (50, 50)
        assert sum(line.idea.reward for line in box(many[0]).ideas) == 300
