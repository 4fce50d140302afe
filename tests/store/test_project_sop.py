"""The procedure of a stage holds it at every door, until its steps are done or skipped by leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands.exceptions import AskException, SetExceptionLimit
from store.commands.projects_asked import (
    AdvanceProject,
    DoProjectStep,
    HandProject,
    PutInProject,
    PutProjectBack,
    SkipProjectStep,
    UndoProjectStep,
)
from store.commands.sop import ImportProcedure
from store.domain.errors import BadInput
from store.domain.project_refusals import (
    HandoffWaits,
    NoStageProcedure,
    ProjectOutsideRefused,
    ProjectStepDone,
    ProjectStepNeedsLeave,
    ProjectStepNotDone,
    ProjectStepUnknown,
    ProjectValueMissing,
    ProjectValueWrong,
    StageStepsMissing,
)
from store.domain.sop_file import read_procedure
from store.domain.who import Role, Scope, Who
from tests.store.desk import ANA, BO, do, minutes, written
from tests.store.project_desk import GATED, begun, card, departments, handed, shown, taken
from tests.store.test_projects import healthy

if TYPE_CHECKING:
    from store.records import Records

OFFICE = Who(operator=BO.operator, role=Role.OFFICE, scope=Scope(frozenset({1})))


def in_design(records: Records) -> int:
    """A project in the stage that has a procedure."""
    departments(records)
    do(records, ImportProcedure(source=GATED))
    one = begun(records)
    do(records, AdvanceProject(project=one))
    return one


def test_a_step_holds_the_stage_at_every_door(records: Records) -> None:
    """Handing on and advancing; not handing within the stage, and not the way back."""
    one = in_design(records)
    for door in (
        AdvanceProject(project=one),
        HandProject(project=one, department="works", words="x"),
    ):
        with pytest.raises(StageStepsMissing, match="load"):
            do(records, door)
    for value, why in (("", ProjectValueMissing), ("much", ProjectValueWrong)):
        with pytest.raises(why):
            do(records, DoProjectStep(project=one, step="load", value=value))
    with pytest.raises(ProjectOutsideRefused, match="100 – 900 kg"):
        do(records, DoProjectStep(project=one, step="load", value="1000"))
    with pytest.raises(ProjectStepUnknown, match="load"):
        do(records, DoProjectStep(project=one, step="other"))
    do(records, DoProjectStep(project=one, step="1", value="450"))
    with pytest.raises(ProjectStepDone):
        do(records, DoProjectStep(project=one, step="load", value="450"))
    (load, sketch) = card(records, one).steps
    assert (load.step.value, load.by, sketch.step.over) == ("450 kg", "Ana", False)
    do(records, UndoProjectStep(project=one, step="load"))
    with pytest.raises(ProjectStepNotDone):
        do(records, UndoProjectStep(project=one, step="load"))
    handed(records, one, "works", 1, stay=True)
    with pytest.raises(HandoffWaits):
        do(records, DoProjectStep(project=one, step="load", value="450"))
    taken(records, one, 2)
    do(records, DoProjectStep(project=one, step="load", value="450"), at=minutes(3))
    do(records, AdvanceProject(project=one), at=minutes(4))
    with pytest.raises(NoStageProcedure):
        do(records, DoProjectStep(project=one, step="load"))
    back = PutProjectBack(project=one, stage="design", reason="x")
    do(records, back, at=minutes(5))
    assert [line.step.over for line in card(records, one).at_hand] == [False, False]
    healthy(records)


def test_a_step_is_skipped_by_right_or_by_an_exception_for_it(records: Records) -> None:
    """On an order of the project; it is used up with it."""
    one = in_design(records)
    number = written(records)
    do(records, PutInProject(number=number, project=one, stage="aftercare"))
    skip = SkipProjectStep(project=one, step="load", reason="known from last year")
    do(records, SetExceptionLimit(kind="step", operator="bo"))
    as_office(records)
    with pytest.raises(ProjectStepNeedsLeave):
        do(records, skip, who=OFFICE)
    asked = AskException(number=number, kind="step", about="load", reason="x")
    do(records, asked, who=OFFICE, at=minutes(1))
    do(records, skip, who=OFFICE, at=minutes(2))
    assert card(records, one).steps[0].step.skipped
    do(records, UndoProjectStep(project=one, step="load"), at=minutes(3))
    with pytest.raises(ProjectStepNeedsLeave):
        do(records, skip, who=OFFICE, at=minutes(4))
    do(records, skip, who=ANA, at=minutes(5))
    do(records, AdvanceProject(project=one), at=minutes(6))
    assert shown(records, one).stage == "site-work"
    healthy(records)


def as_office(records: Records) -> None:
    """Bo is the north site's office from now on."""
    from store.commands.operators import AppointOperator

    do(records, AppointOperator(operator="bo", role="office", sites=("N1",)), who=ANA)


def test_a_procedure_of_a_stage_has_no_gates_and_times_of_orders() -> None:
    """Its file says what would be right."""
    assert read_procedure(GATED).kind == "stage:design"
    for said, wrong in (
        ("", "missing"),
        ('stage = "painting"', "painting"),
        ('stage = "design"\nkind = "lift"', "either"),
        ('kind = "stage:design"', "beginning"),
    ):
        text = f'{said}\nversion = 1\n[[step]]\ncode = "x"\ntitle = "x"\n'
        with pytest.raises(BadInput) as refused:
            read_procedure(text)
        assert wrong in str(refused.value), said
    for key in ('gate = "finish"', 'within = "1 d"', 'stage = "design"'):
        with pytest.raises(BadInput, match="not known"):
            read_procedure(GATED.replace("mandatory = false", key))
