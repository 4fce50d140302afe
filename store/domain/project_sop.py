"""Steps of the procedure of a project's stage: done, taken back and skipped; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.errors import Refusal
from store.domain.evolve import evolve
from store.domain.project_refusals import (
    OF_PROJECT,
    NoStageProcedure,
    ProjectStepDone,
    ProjectStepNotDone,
    ProjectStepUnknown,
)
from store.domain.replay import whole_ms
from store.domain.sop import STAGES, Stage
from store.domain.sop_steps import checked, folded
from store.domain.words import listed

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.projects import Held, ProjectStep
    from store.domain.sop import Step


@dataclass(frozen=True, slots=True)
class _Numbered:
    number: int


def found(held: Held, code: str) -> ProjectStep:
    """A step of the stage at hand by its code, or its number from 1."""
    told = {"id": held.project.id, "stage": STAGES[Stage(held.project.stage)]}
    if not held.steps:
        raise NoStageProcedure(**told)
    wanted = folded(code)
    for step in held.steps:
        if folded(step.code) == wanted or str(step.place) == wanted:
            return step
    known = listed(step.code for step in held.steps)
    raise ProjectStepUnknown(**told, step=code, known=known)


def shown(project: int, says: Step, value: str, reason: str) -> tuple[str, str]:
    """What shows that a step was done, as it is kept, and why where it is out of range."""
    try:
        return checked(_Numbered(project), says, value, reason)
    except Refusal as refusal:
        own = OF_PROJECT.get(type(refusal))
        if own is None:
            raise
        raise own(**refusal.facts) from None


def mark(
    step: ProjectStep, *, value: str, reason: str, sha256: str, at: datetime, by: int
) -> ProjectStep:
    """A step that is done."""
    return _over(step, at, by, value=value, reason=reason, sha256=sha256)


def skip(step: ProjectStep, reason: str, *, at: datetime, by: int) -> ProjectStep:
    """A step that is not done, for a reason; whoever asks may do that."""
    return _over(step, at, by, reason=reason, skipped=True)


def take_back(step: ProjectStep) -> ProjectStep:
    """A step that is not done after all."""
    if not step.over:
        raise ProjectStepNotDone(id=step.project, step=step.code)
    none = {"value": "", "reason": "", "sha256": "", "skipped": False}
    return evolve(step, done_at=None, done_by=None, **none)


def _over(step: ProjectStep, at: datetime, by: int, **shown_: object) -> ProjectStep:
    if step.over:
        raise ProjectStepDone(id=step.project, step=step.code)
    return evolve(step, done_at=whole_ms(at), done_by=by, **shown_)
