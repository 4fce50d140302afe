"""Steps of the procedure of a project's stage: done, taken back, skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands.exceptions import use_for_step
from store.commands.inputs import REASON, TITLE, line, needed
from store.commands.projects_asked import DoProjectStep, SkipProjectStep, UndoProjectStep
from store.commands.projects_told import done, named
from store.domain.errors import BadInput
from store.domain.project_refusals import ProjectStepNeedsLeave, ProjectValueMissing
from store.domain.project_sop import found, mark, shown, skip, take_back
from store.domain.project_steps import in_hand
from store.domain.sop import Evidence
from store.domain.sop_steps import wanted
from store.domain.who import Right
from store.domain.words import N_
from store.persistence import procedures

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.intents import Command, Done
    from store.domain.projects import Held, ProjectStep
    from store.domain.sop import Step
    from store.persistence.work import Work


def do_step(work: Work, command: DoProjectStep) -> Done:
    """What shows it is checked by what the procedure says, as on an order."""
    held = _held(work, command.project, command.seen)
    step = found(held, command.step)
    says = _says(work, held, step)
    value = line(command.value, N_("value"), limit=TITLE)
    reason = line(command.reason, N_("reason"), limit=REASON)
    is_photo = says.evidence is Evidence.PHOTO
    if is_photo and not command.sha256:
        told = {"number": held.project.id, "step": step.code}
        raise ProjectValueMissing(**told, what=wanted(says))
    value, reason = shown(held.project.id, says, value, reason)
    sha256 = command.sha256 if is_photo else ""
    more: dict[str, Any] = {"value": value, "reason": reason, "sha256": sha256}
    after = mark(step, **more, at=work.at, by=work.who.operator)
    sentence = N_("project {id}: step {step} done, {over} of {count}")
    return _put(work, "project_step_done", held, after, sentence)


def undo_step(work: Work, command: UndoProjectStep) -> Done:
    """As long as its stage is not left."""
    held = _held(work, command.project, command.seen)
    after = take_back(found(held, command.step))
    sentence = N_("project {id}: step {step} is open again, {over} of {count} done")
    return _put(work, "project_step_undone", held, after, sentence)


def skip_step(work: Work, command: SkipProjectStep) -> Done:
    """By who supervises the desk, or by an exception for just this step, which it uses up."""
    reason = needed(command.reason, N_("reason"), limit=REASON)
    if not work.who.may(Right.SUPERVISE):
        work.hold_orders_of(command.project)
    held = _held(work, command.project, command.seen)
    step = found(held, command.step)
    after = skip(step, reason, at=work.at, by=work.who.operator)
    if not work.who.may(Right.SUPERVISE) and not _by_leave(work, held, step):
        raise ProjectStepNeedsLeave(id=held.project.id, step=step.code)
    sentence = N_("project {id}: step {step} skipped, {over} of {count} done")
    return _put(work, "project_step_skipped", held, after, sentence)


def _by_leave(work: Work, held: Held, step: ProjectStep) -> bool:
    """Whether some order of the project had a live grant for it, which is used up."""
    return any(
        use_for_step(work, number, step.code) is not None
        for number in work.orders_of(held.project.id)
    )


def _held(work: Work, project: int, seen: int | None) -> Held:
    held = work.project(project, seen)
    in_hand(held, "" if held.handoff is None else named(work, held.handoff.taker))
    return held


def _says(work: Work, held: Held, step: ProjectStep) -> Step:
    kept = None
    if held.passage.procedure is not None:
        kept = procedures.by_id(work.conn, held.passage.procedure)
    procedure = None if kept is None else kept.procedure
    if procedure is None or step.place > len(procedure.steps):
        raise BadInput(
            where=N_("procedure"),
            wrong=N_("a newer paidan has written it"),
            right=N_("do the step there"),
        )
    return procedure.steps[step.place - 1]


def _put(work: Work, fact: str, held: Held, step: ProjectStep, sentence: str) -> Done:
    project = work.put_project(fact, held, held.project, step)
    steps = [step if one.id == step.id else one for one in held.steps]
    over = sum(one.over for one in steps)
    told: dict[str, Any] = {"step": step.code, "over": over, "count": len(steps)}
    return done(work, project, sentence, **told)


STEPS_DONE: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    DoProjectStep: do_step,
    UndoProjectStep: undo_step,
    SkipProjectStep: skip_step,
}
