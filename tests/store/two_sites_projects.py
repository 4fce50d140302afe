"""Projects on the desk of two sites: one there, every command and every question about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands.projects_asked import (
    AcknowledgeHandoff,
    AdvanceProject,
    BounceHandoff,
    DoProjectStep,
    DropProject,
    EditProject,
    HandProject,
    NewProject,
    NewProjectOrder,
    PutInProject,
    PutProjectBack,
    RecallHandoff,
    SaveDepartments,
    SkipProjectStep,
    UndoProjectStep,
)
from store.commands.sop import ImportProcedure
from store.domain.who import Who
from store.queries.projects import ListDepartments, ListProjects, ProjectSteps, ShowProject
from tests.store.desk import do, minutes

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.intents import Command, Query
    from store.records import Records

DEPARTMENTS = SaveDepartments(departments=(("sales", "Sales", ""), ("works", "Works", "施工部")))
STAGE_STEP = """\
stage = "consultation"
version = 1

[[step]]
code = "x"
title = "x"
mandatory = false
"""


def begin_project(
    records: Records, who: Who, of: tuple[str, str, int], at: datetime, *, word: str
) -> None:
    """One at a site for a customer, with an order, that waits to be acknowledged."""
    site, customer, number = of
    do(records, DEPARTMENTS, who=Who(operator=2), at=at)
    begun = NewProject(title=f"{word} project", site=site, customer=customer, department="sales")
    project = do(records, begun, who=who, at=at).facts["id"]
    for one in (
        PutInProject(number=number, project=project, stage="design"),
        HandProject(project=project, department="works", words=f"{word} words"),
    ):
        do(records, one, who=who, at=at)


def prepare_projects(records: Records) -> None:
    """Three more at the north: one as it began, one in its second stage, one with a step done."""
    told: dict[str, Any] = {"title": "x", "site": "N1", "department": "sales"}
    for one in (
        ImportProcedure(source=STAGE_STEP),
        *(NewProject(**told) for _project in range(3)),
        AdvanceProject(project=3),
        DoProjectStep(project=4, step="x"),
    ):
        do(records, one, who=Who(operator=2), at=minutes(300))


def project_commands() -> list[Command]:
    """One of each kind."""
    return [
        SaveDepartments(departments=(("x", "X", ""),)),
        NewProject(title="x", site="N1", department="sales"), EditProject(project=2, title="y"),
        HandProject(project=2, department="works", words="x"),
        AcknowledgeHandoff(project=1, who="x"), BounceHandoff(project=1, reason="x"),
        RecallHandoff(project=1), AdvanceProject(project=2), DropProject(project=2, reason="x"),
        PutProjectBack(project=3, stage="consultation", reason="x"),
        PutInProject(number=4, project=2), NewProjectOrder(project=2, title="x"),
        DoProjectStep(project=2, step="x"), UndoProjectStep(project=4, step="x"),
        SkipProjectStep(project=2, step="x", reason="x"),
    ]  # fmt: skip


def project_questions() -> list[Query[Any]]:
    """Every question about them."""
    return [
        ListDepartments(), ListProjects(), ListProjects(over=True), ListProjects(by_due=True),
        *(query(project=n) for query in (ShowProject, ProjectSteps) for n in (1, 2, 3)),
    ]  # fmt: skip
