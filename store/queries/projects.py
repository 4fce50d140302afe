"""Projects: those on the board, one whole with its stages, hand-offs, steps and orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.projects import Handoff, Passage, Project, ProjectStep
    from store.domain.sop import Step


Names = tuple[str, str]
"""What a department is called: in English, and in Chinese, which may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentLine:
    """A department."""

    id: int
    code: str
    name: str
    name_zh: str
    """Its name in Chinese; empty where it has none."""
    projects: int
    """How many open projects in sight it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDepartments(Query[tuple[DepartmentLine, ...]]):
    """All of them, by their codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLine:
    """One project, with the names that its ids stand for."""

    project: Project
    since: datetime
    """Since when it is in its stage."""
    customer: str
    place: str
    """The name of its site."""
    asset: str
    department: str
    """The code of who has it."""
    department_names: Names
    handoff: Handoff | None
    """What waits to be answered."""
    taker: str
    """The code of who is to answer that."""
    taker_names: Names
    orders: int
    """How many open orders of its stage are in sight."""
    steps_left: int
    """How many steps its stage waits for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListProjects(Query[tuple[ProjectLine, ...]]):
    """Open projects by stage, in each what is due first before the others."""

    over: bool = False
    """Those that are over instead, the newest first."""
    by_due: bool = False
    """What is due first before all others, whatever its stage."""
    department: str = ""
    """Only those that the department with this code has, or is to answer."""
    limit: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageLine:
    """One time that a project went through a stage."""

    passage: Passage
    department: str
    department_names: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffLine:
    """One hand-off with its names."""

    handoff: Handoff
    giver: str
    giver_names: Names
    taker: str
    taker_names: Names
    given_by: str
    answered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectStepLine:
    """One step of a stage that it went through."""

    step: ProjectStep
    stage: str
    says: Step | None
    """What its procedure says of it; None where a newer program has written that."""
    by: str
    """Who did or skipped it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectOrder:
    """An order of a project."""

    number: int
    title: str
    state: str
    stage: str
    """The stage that it is a part of."""
    live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectCard:
    """One project, whole."""

    line: ProjectLine
    passages: tuple[PassageLine, ...]
    """As they came."""
    ahead: tuple[tuple[str, datetime], ...]
    """Stages still to come, each with when it is due if all goes on as planned."""
    handoffs: tuple[HandoffLine, ...]
    steps: tuple[ProjectStepLine, ...]
    """Of every stage that had some, as they came."""
    orders: tuple[ProjectOrder, ...]
    """Those in sight."""
    waited_s: int
    """Seconds that hand-offs of it have waited for another department, so far."""

    @property
    def at_hand(self) -> tuple[ProjectStepLine, ...]:
        """The steps of the stage at hand."""
        place = self.passages[-1].passage.place
        return tuple(line for line in self.steps if line.step.passage == place)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowProject(Query[ProjectCard]):
    """One of them; `ProjectUnknown` where there is none in sight."""

    project: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDeed:
    """One step as the journal has it."""

    at: datetime
    by: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSteps(Query[tuple[ProjectDeed, ...]]):
    """What was done about it, the oldest step first."""

    project: int
