"""What may be done about projects and departments: each step as a command."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from store.domain.intents import Command

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Ref = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveDepartments(Command):
    """Departments by their codes, made or changed: all of them or none."""

    departments: tuple[tuple[str, str, str], ...]
    """Code, name in English, name in Chinese; of one that is there an empty name stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProject(Command):
    """Begin a project with its first stage; site, customer and asset by id, code or name."""

    title: str
    department: Ref
    """Who has it first."""
    customer: Ref | None = None
    site: Ref | None = None
    asset: Ref | None = None
    lead: str = ""
    """Who answers for it there."""
    hours: Mapping[str, float] = field(default_factory=dict)
    """Working hours by stage (see `Stage`), where they are not the usual ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditProject(Command):
    """Another title or lead, or another end of the stage at hand; None leaves what there is."""

    project: int
    title: str | None = None
    lead: str | None = None
    due_at: datetime | None = None
    seen: int | None = None
    """The version that the asker saw; None minds nothing, as in those below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandProject(Command):
    """Give a project to another department, for its next stage; what holds the stage holds it."""

    project: int
    department: Ref
    words: str
    """What was done, and what they are to do."""
    evidence: str = ""
    """Where that is to be seen: a file, a drawing, a record."""
    sha256: str = ""
    """Of that file, as the asker's console has read it."""
    stay: bool = False
    """The stage goes on in other hands, and its gate is asked for nothing."""
    within_h: float | None = None
    """Working hours in which it is to be acknowledged, where they are not the usual ones."""
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeHandoff(Command):
    """The other department takes it: from now on it has the project."""

    project: int
    who: str
    """Who there answers for it."""
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BounceHandoff(Command):
    """The other department sends it back, and says why: it rings at the giver."""

    project: int
    reason: str
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallHandoff(Command):
    """The giver takes it back before anybody answered: it counts nowhere."""

    project: int
    reason: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceProject(Command):
    """The next stage, in the same hands; after aftercare the project is closed."""

    project: int
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutProjectBack(Command):
    """A stage before, for a reason: it is gone through again."""

    project: int
    stage: str
    """One of `Stage`."""
    reason: str
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropProject(Command):
    """Give it up, for a reason; its orders stay as they are."""

    project: int
    reason: str
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutInProject(Command):
    """Make an order a part of a project, or of another stage of it."""

    number: int
    project: int | None
    """None takes it out."""
    stage: str = ""
    """One of `Stage`; empty for that at hand."""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProjectOrder(Command):
    """Write down an order that is a part of a project, for its customer, site and asset."""

    project: int
    title: str
    kind: str = ""
    priority: int = 3
    stage: str = ""
    """One of `Stage`; empty for that at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoProjectStep(Command):
    """A step of the stage's procedure is done, with what shows it."""

    project: int
    step: str
    """Its code, or its number from 1."""
    value: str = ""
    """A reading, a choice, who signs; of a photo its path."""
    sha256: str = ""
    """Of a photo, as the asker's console has read it."""
    reason: str = ""
    """Why a reading is taken that is out of its range."""
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoProjectStep(Command):
    """A step is not done after all."""

    project: int
    step: str
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipProjectStep(Command):
    """A step that is not done, for a reason: by who supervises, or by an exception for it."""

    project: int
    step: str
    reason: str
    seen: int | None = None
