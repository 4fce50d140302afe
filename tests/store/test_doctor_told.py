"""The doctor follows trainings, suggestions, their fund and reminders in the journal."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, update

from scheduler.horizons import remind
from store.commands import Acknowledge, SaveTechnician
from store.commands.ideas import JudgeIdea, NoteEffect, PayIntoFund, RewardIdea, SubmitIdea
from store.commands.trainings import DropTraining, MoveTraining, PlanTraining, RecordTraining
from store.domain.errors import Refusal
from store.persistence.idea_work import ENTRY, FUND, IDEA
from store.persistence.journal import JOURNAL
from store.persistence.reminders import REMINDER, TRAINING
from store.queries.checks import Check
from store.queries.doctor import ExamineDesk
from tests.budget import tries
from tests.store.desk import ANA, BO, NINE, do, minutes
from tests.store.test_ideas import accepted, submitted
from tests.store.test_trainings import planned

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.intents import Command
    from store.records import Records

DAY = timedelta(days=1)

BEHIND: tuple[tuple[Any, dict[str, Any], list[str]], ...] = (
    (TRAINING, {"topic": "x"}, ["training 1 topic"]),
    (TRAINING, {"planned_at": NINE}, ["training 1 planned_at"]),
    (TRAINING, {"state": "passed", "level": 5}, ["training 1 state, level"]),
    (IDEA, {"verdict": "declined"}, ["suggestion 1 verdict"]),
    (IDEA, {"reward": 900}, ["suggestion 1 reward"]),
    (IDEA, {"judged_by": 1}, ["suggestion 1 judged_by"]),
    (ENTRY, {"amount": 900}, ["payment of the fund 1 amount"]),
    (ENTRY, {"words": "x"}, ["payment of the fund 1 words"]),
    (FUND, {"balance": 900}, ["suggestion fund 1 balance"]),
    (REMINDER, {"level": 1, "rings": 9}, ["reminder certificate 1 level, rings"]),
    (REMINDER, {"acknowledged_at": NINE}, ["reminder certificate 1 acknowledged_at"]),
)
"""What is changed behind the journal, and what is told of it."""


def found(records: Records) -> list[str]:
    """What the doctor names, with its fields."""
    told = records.ask(ExamineDesk(), who=ANA, at=minutes(99))
    return [
        f"{one.facts['what']} {one.facts['id']} {one.facts['fields']}"
        for one in told
        if one.check in {Check.STEPS, Check.NO_STORY}
    ]


def furnished(records: Records) -> None:
    """One of each, done with by several."""
    do(records, SaveTechnician(code="T1", name=None, certificates=(("Gas", NINE + 5 * DAY),)))
    planned(records)
    do(records, MoveTraining(training=1, at=NINE + 3 * DAY))
    do(records, PayIntoFund(amount=500, words="2026"))
    do(records, RewardIdea(idea=accepted(records), amount=300), at=minutes(2))
    do(records, NoteEffect(idea=1, effect="fewer visits"), who=BO, at=minutes(3))
    remind(records, at=minutes(4))


def test_what_was_changed_behind_the_journal_is_named(records: Records) -> None:
    """Field by field; untouched nothing is said, and a row that is gone is missed."""
    furnished(records)
    assert found(records) == []
    for table, values, told in BEHIND:
        first = table.select().order_by(*table.primary_key)
        with records.database.writing() as conn:
            row = conn.execute(first).mappings().first()
            assert row is not None
            mine = [column == row[column.name] for column in table.primary_key]
            conn.execute(update(table).where(*mine).values(**values))
        assert found(records) == told
        with records.database.writing() as conn:
            before = {name: row[name] for name in values}
            conn.execute(update(table).where(*mine).values(**before))
    assert found(records) == []
    with records.database.writing() as conn:
        for table in (ENTRY, REMINDER, TRAINING):
            conn.execute(delete(table))
    assert found(records) == [
        "training 1 id", "payment of the fund 1 id", "payment of the fund 2 id",
        "reminder certificate 1 id",
    ]  # fmt: skip


def test_what_was_erased_is_no_fault(records: Records) -> None:
    """Its words are gone from the journal, and are another in its row."""
    furnished(records)
    with records.database.writing() as conn:
        conn.execute(update(JOURNAL).where(JOURNAL.c.number.is_(None)).values(words=None))
        conn.execute(update(TRAINING).values(topic="[erased]"))
        conn.execute(update(IDEA).values(text="[erased]", reason="[erased]"))
        conn.execute(update(ENTRY).values(words="[erased]"))
    assert found(records) == []


def a_deed(dice: random.Random, at: datetime) -> Command:
    """Anything that somebody may do with them."""
    one = dice.randint(1, 4)
    return dice.choice((
        PlanTraining(technician="T1", subject="manner", topic="x", at=at + one * DAY),
        MoveTraining(training=one, at=at + one * DAY),
        RecordTraining(training=one, passed=one % 2 == 0, certificate="Gas",
                       valid_until=at + one * 9 * DAY),
        RecordTraining(technician="T2", subject="technical", topic="y", passed=True),
        DropTraining(training=one, reason="ill"),
        SubmitIdea(text="fuses", technician=dice.choice((None, "T1"))),
        JudgeIdea(idea=one, accepted=one > 1, reason="x"),
        RewardIdea(idea=one, amount=one * 40, words="well done"),
        NoteEffect(idea=one, effect="y"),
        PayIntoFund(amount=one * 50),
        Acknowledge(),
    ))  # fmt: skip


@pytest.mark.parametrize("seed", range(tries(2, 30)))
def test_whatever_is_done_the_journal_tells_it(records: Records, seed: int) -> None:
    """Also what rings meanwhile, and what is silenced."""
    dice, at = random.Random(seed), NINE
    submitted(records)
    for _deed in range(60):
        at += timedelta(hours=dice.choice([1, 5, 40]))
        with suppress(Refusal):
            do(records, a_deed(dice, at), at=at, who=dice.choice((ANA, BO)))
        if dice.random() < 0.2:
            remind(records, at=at)
    assert found(records) == []
    with records.database.reading() as conn:
        assert all(conn.execute(table.select()).first() for table in (TRAINING, IDEA, REMINDER))
