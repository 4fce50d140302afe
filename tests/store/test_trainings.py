"""Trainings: planned, put off, held; whoever passes masters and holds what it gives."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from store.commands import SaveKind, SaveTechnician
from store.commands.trainings import DropTraining, MoveTraining, PlanTraining, RecordTraining
from store.domain.errors import BadInput, NameUnknown
from store.domain.trainings import (
    Came,
    TrainingChanged,
    TrainingNotBegun,
    TrainingOver,
    TrainingUnknown,
)
from store.domain.who import Scope, Who
from store.queries.lists import ListTechnicians
from store.queries.skills import ListTrainings, SkillsMatrix
from tests.store.desk import ANA, AT_NORTH, NINE, do, minutes, written

if TYPE_CHECKING:
    from store.queries.people import TechnicianKept
    from store.queries.skills import PaperHeld, Skills, TrainingLine
    from store.records import Records

DAY = timedelta(days=1)
NORTH = Who(operator=3, scope=Scope(frozenset({1})))


def trainings(records: Records, who: Who = ANA, **asked: Any) -> tuple[TrainingLine, ...]:
    return records.ask(ListTrainings(**asked), who=who, at=NINE)


def technician(records: Records, code: str) -> TechnicianKept:
    (found,) = records.ask(ListTechnicians(text=code), who=ANA, at=NINE)
    return found


def planned(records: Records, **told: Any) -> int:
    given = {"technician": "T1", "subject": "technical", "topic": "gas boilers", "at": NINE + DAY}
    return int(do(records, PlanTraining(**{**given, **told})).facts["id"])


def test_a_passed_training_gives_what_was_planned(records: Records) -> None:
    """At once, and once: a skill rises, a certificate goes on under the name that it has."""
    do(records, SaveTechnician(code="T1", name=None, certificates=(("Gas Permit", NINE + DAY),)))
    until = NINE + 365 * DAY
    told = {"skill": "hvac", "level": 4, "certificate": "gas permit", "valid_until": until}
    number = planned(records, **told, trainer="Zhou")
    assert [line.training.state for line in trainings(records, planned=True)] == ["planned"]
    with pytest.raises(TrainingNotBegun):
        do(records, RecordTraining(training=number, passed=True), at=minutes(5))
    assert technician(records, "T1").skills == {"hvac": 3}
    held = RecordTraining(training=number, passed=True, early=True, result="90 points")
    done = do(records, held, at=minutes(5))
    assert done.facts.items() >= {"skill": "hvac:4", "certificate": "gas permit"}.items()
    assert done.facts["until"] == until
    him = technician(records, "T1")
    assert (him.skills, him.certificates) == ({"hvac": 4}, (("Gas Permit", until),))
    (line,) = trainings(records)
    assert (line.training.state, line.training.held_at) == (Came.PASSED, minutes(5))
    assert (line.skill, line.training.trainer, line.ended_by) == ("hvac", "Zhou", "Ana")
    with pytest.raises(TrainingOver):
        do(records, RecordTraining(training=number, passed=True), at=minutes(6))
    assert trainings(records, planned=True) == ()


def test_who_does_not_pass_gets_nothing(records: Records) -> None:
    """Nor does a level ever fall by a training."""
    number = planned(records, skill="hvac", level=5)
    do(records, RecordTraining(training=number, passed=False, early=True, result="again in March"))
    assert technician(records, "T1").skills == {"hvac": 3}
    told = RecordTraining(
        technician="T1", subject="manner", topic="angry callers", passed=True, skill="hvac", level=1
    )
    do(records, told)
    assert technician(records, "T1").skills == {"hvac": 3}
    assert [one.training.state for one in trainings(records)] == [Came.PASSED, Came.FAILED]


WRONG: tuple[dict[str, Any], ...] = (
    *({"subject": "cooking"}, {"topic": " "}, {"at": NINE}, {"level": 6, "skill": "hvac"}),
    {"valid_until": NINE + DAY},
)


@pytest.mark.parametrize("told", WRONG, ids=str)
def test_what_makes_no_sense_is_refused(records: Records, told: dict[str, Any]) -> None:
    """And nothing of it is kept."""
    head = records.head()
    with pytest.raises(BadInput):
        planned(records, **told)
    assert records.head() == head


def test_a_skill_that_nobody_knows_is_not_made(records: Records) -> None:
    """It would be a mistyped one."""
    from store.commands.mastery import SkillUnknown

    with pytest.raises(SkillUnknown):
        planned(records, skill="hvca")


def test_two_who_change_the_same_are_told(records: Records) -> None:
    """Nothing is overwritten; what was dropped is over."""
    number = planned(records)
    do(records, MoveTraining(training=number, at=NINE + 2 * DAY, seen=1))
    with pytest.raises(TrainingChanged):
        do(records, DropTraining(training=number, reason="trainer ill", seen=1))
    do(records, DropTraining(training=number, reason="trainer ill", seen=2))
    with pytest.raises(TrainingOver, match="dropped"):
        do(records, MoveTraining(training=number, at=NINE + 3 * DAY))
    (line,) = trainings(records)
    assert (line.training.result, line.training.planned_at) == ("trainer ill", NINE + 2 * DAY)


def test_people_of_another_site_are_out_of_sight(records: Records) -> None:
    """Their trainings, too; a site keeps those of its own."""
    do(records, SaveTechnician(code="T2", name=None, home="S1"))
    do(records, SaveTechnician(code="T1", name=None, home="N1"))
    theirs = planned(records, technician="T2")
    assert trainings(records, NORTH) == ()
    with pytest.raises(TrainingUnknown):
        do(records, DropTraining(training=theirs, reason="x"), who=NORTH)
    with pytest.raises(NameUnknown):
        do(records, PlanTraining(technician="T2", subject="manner", topic="x", at=NINE + DAY),
           who=NORTH)  # fmt: skip
    own = PlanTraining(technician="T1", subject="manner", topic="x", at=NINE + DAY)
    do(records, own, who=NORTH)
    assert [line.code for line in trainings(records, NORTH)] == ["T1"]
    shown = records.ask(SkillsMatrix(), who=NORTH, at=NINE)
    assert {person.code for person in shown.people} == {"T1", "T3"}


def matrix(records: Records, who: Who = ANA) -> Skills:
    return records.ask(SkillsMatrix(), who=who, at=NINE)


def paper(records: Records, code: str, who: Who = ANA) -> PaperHeld:
    return next(one for one in matrix(records, who).people if one.code == code).papers[0]


def test_the_matrix_says_what_dispatch_loses(records: Records) -> None:
    """Orders that take it, whose they are, who else could, and what rests on one person."""
    ends = NINE + 20 * DAY
    do(records, SaveKind(code="boiler", name="Boilers", skill="hvac", level=2, certificate="gas"))
    do(records, SaveTechnician(code="T1", name=None, certificates=(("Gas", ends),)))
    do(records, SaveTechnician(code="T3", name=None, skills={"hvac": 3}))
    written(records, kind="Boiler")
    written(records, kind="boiler")
    written(records, kind="lamp")
    held = paper(records, "T1")
    assert (held.warned, held.ended) == (2, False)
    assert (held.effect.kinds, held.effect.open, held.effect.others) == (("boiler",), 2, ())
    assert held.effect.alone == ("boiler",)
    later = ends + DAY
    do(records, SaveTechnician(code="T3", name=None, certificates=(("GAS", later),)))
    assert (paper(records, "T1").effect.others, paper(records, "T1").effect.alone) == (("T3",), ())
    assert paper(records, "T3").effect.alone == ("boiler",)  # his holds longest
    shown = matrix(records)
    assert shown.papers in {("Gas",), ("GAS",)}
    assert [(line.code, line.open, line.people) for line in shown.skills] == [("hvac", 2, 2)]
    assert shown.warned_days == (90, 30, 7)


def test_the_matrix_of_a_site_counts_its_own_orders(records: Records) -> None:
    """Of another site not even how many."""
    do(records, SaveKind(code="boiler", name="Boilers", certificate="gas"))
    do(records, SaveTechnician(code="T1", name=None, certificates=(("Gas", None),)))
    written(records, kind="boiler", site="S1")
    assert (paper(records, "T1").effect.open, paper(records, "T1", AT_NORTH).effect.open) == (1, 0)
