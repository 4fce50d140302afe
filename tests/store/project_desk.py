"""A desk with departments and a project, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scheduler.complaints import ring_projects
from store.commands import SaveCustomer, SaveLevel
from store.commands.projects_asked import (
    AcknowledgeHandoff,
    AdvanceProject,
    BounceHandoff,
    DropProject,
    HandProject,
    NewProject,
    PutProjectBack,
    RecallHandoff,
    SaveDepartments,
)
from store.queries.alarms import AlarmStrip
from store.queries.projects import ShowProject
from tests.store.desk import ANA, BO, NINE, do, minutes

if TYPE_CHECKING:
    import random
    from datetime import datetime

    from store.domain.intents import Command
    from store.domain.projects import Project
    from store.queries.alarms import AlarmLine
    from store.queries.projects import ProjectCard
    from store.records import Records

DEPARTMENTS = (
    ("sales", "Customer consulting", "客户咨询部"),
    ("design", "Design", "设计部"),
    ("works", "Site works", "施工部"),
)
GATED = """\
stage = "design"
version = 1
title = "Before the site is touched"

[[step]]
code = "load"
title = "Load of the floor"
evidence = "reading"
unit = "kg"
min = 100
max = 900

[[step]]
code = "sketch"
title = "A sketch for the customer"
mandatory = false
"""


def departments(records: Records) -> None:
    """Three of them, and a customer whose time runs in office hours."""
    do(records, SaveLevel(code="day", name="Day", calendar="office", policy={"targets": {}}))
    do(records, SaveCustomer(code="C1", name="华润物业", level="day"))
    do(records, SaveDepartments(departments=DEPARTMENTS))


def begun(records: Records, at: float = 0, **told: Any) -> int:
    """A project of the north site that sales has."""
    given: dict[str, Any] = {"title": "新电梯", "site": "N1", "customer": "C1"}
    given |= {"department": "sales", "lead": "Zhou"}
    return int(do(records, NewProject(**given | told), at=minutes(at), who=BO).facts["id"])


def handed(records: Records, project: int, department: str, at: float, **told: Any) -> None:
    """Given away with some words."""
    step = HandProject(project=project, department=department, words="ready", **told)
    do(records, step, at=minutes(at), who=BO)


def taken(records: Records, project: int, at: float, who: str = "Lin") -> None:
    """Acknowledged there."""
    do(records, AcknowledgeHandoff(project=project, who=who), at=minutes(at), who=ANA)


def card(records: Records, project: int, at: datetime = NINE) -> ProjectCard:
    return records.ask(ShowProject(project=project), who=ANA, at=at)


def shown(records: Records, project: int, at: datetime = NINE) -> Project:
    return card(records, project, at).line.project


def rung(records: Records, at: float) -> list[AlarmLine]:
    """What rings of projects then."""
    ring_projects(records, at=minutes(at))
    strip = records.ask(AlarmStrip(), who=ANA, at=minutes(at))
    return [alarm for alarm in strip.alarms if alarm.project is not None]


def a_project(dice: random.Random) -> Command:
    """A step of one of four; many a step is refused."""
    one, where = dice.randint(1, 4), dice.choice(["sales", "design", "works"])
    steps: tuple[Command, ...] = (
        *3 * (HandProject(project=one, department=where, words="x", stay=dice.random() < 0.3),),
        *2 * (AcknowledgeHandoff(project=one, who="x"),),
        *(BounceHandoff(project=one, reason="x"), RecallHandoff(project=one)),
        *(AdvanceProject(project=one), AdvanceProject(project=one)),
        PutProjectBack(project=one, stage="design", reason="x"),
    )
    if dice.random() < 0.03:
        return DropProject(project=one, reason="x")
    return dice.choice(steps)
