"""The doctor follows projects in the journal, and tells what was changed behind it."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, update

from scheduler.complaints import ring_projects
from store.commands import Undo
from store.commands.projects_asked import DoProjectStep, NewProject
from store.domain.errors import Refusal
from store.persistence.project_work import HANDOFF, PASSAGE, PROJECT, STEP
from store.queries.checks import Check
from store.queries.doctor import ExamineDesk
from store.queries.projects import ListProjects, ShowProject
from tests.budget import tries
from tests.store.desk import ANA, NINE, do, minutes
from tests.store.project_desk import a_project, begun, departments, handed
from tests.store.test_project_sop import in_design

if TYPE_CHECKING:
    from store.records import Records

BEHIND: tuple[tuple[Any, dict[str, Any], str], ...] = (
    (PROJECT, {"lead": "somebody"}, "lead"),
    (PROJECT, {"due_at": minutes(9)}, "due_at"),
    (PROJECT, {"next_at": minutes(9)}, "next_at"),
    (PROJECT, {"bounces": 2}, "bounces"),
    (PASSAGE, {"went": "back"}, "went"),
    (HANDOFF, {"words": "x"}, "words"),
    (HANDOFF, {"answer": "bounced"}, "answer"),
    (STEP, {"value": "1 kg"}, "value"),
    (STEP, {"mandatory": False}, "mandatory"),
)
"""What is changed, and which field is told."""


def found(records: Records) -> list[str]:
    """The fields that the doctor names."""
    told = records.ask(ExamineDesk(), who=ANA, at=minutes(99))
    return [one.facts["fields"] for one in told if one.check is Check.STEPS]


def test_what_was_changed_behind_the_journal_is_told(records: Records) -> None:
    """Field by field; untouched nothing is said, and a row that is gone is missed."""
    one = in_design(records)
    do(records, DoProjectStep(project=one, step="load", value="450"))
    handed(records, one, "works", 5)
    assert found(records) == []
    for table, values, field in BEHIND:
        with records.database.writing() as conn:
            row = conn.execute(table.select().order_by(table.c.id)).mappings().first()
            assert row is not None
            conn.execute(update(table).where(table.c.id == row["id"]).values(**values))
        (told,) = found(records)
        assert told.split(", ")[0] == field, (told, values)
        with records.database.writing() as conn:
            before = {name: row[name] for name in values}
            conn.execute(update(table).where(table.c.id == row["id"]).values(**before))
    assert found(records) == []
    with records.database.writing() as conn:
        conn.execute(delete(HANDOFF))
    assert found(records) == ["id"]


@pytest.mark.parametrize("seed", range(tries(2, 30)))
def test_whatever_is_done_one_clock_runs_and_the_journal_tells_it(
    records: Records, seed: int
) -> None:
    """One stage is at hand, one hand-off waits at the most, and what is over rings no more."""
    dice, at = random.Random(seed), NINE
    departments(records)
    for _project in range(3):
        begun(records)
    do(records, NewProject(title="x", department="works"))
    for _step in range(50):
        at += timedelta(minutes=dice.choice([5, 90, 700]))
        ring_projects(records, at=at)
        with suppress(Refusal):
            undo = Undo(redo=dice.random() < 0.3)
            do(records, undo if dice.random() < 0.2 else a_project(dice), at=at)
    ring_projects(records, at=at)
    for over in (False, True):
        for line in records.ask(ListProjects(over=over), who=ANA, at=at):
            card = records.ask(ShowProject(project=line.project.id), who=ANA, at=at)
            at_hand = [one for one in card.passages if one.passage.ended_at is None]
            waits = [one.handoff for one in card.handoffs if one.handoff.waits]
            assert (len(at_hand), len(waits) <= 1) == (0 if over else 1, True)
            clock = None if over else waits[0] if waits else at_hand[0].passage
            assert line.project.due_at == (None if clock is None else clock.due_at)
            assert line.project.next_at is None or line.project.next_at > at
            assert line.project.bounces == sum(
                one.handoff.answer == "bounced" for one in card.handoffs
            )
    assert found(records) == []
