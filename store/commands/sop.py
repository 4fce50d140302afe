"""Procedures: imported as files; their steps done, taken back and skipped on orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.commands.attachments import AttachFile, attach_file
from store.commands.exceptions import use_for_step
from store.commands.inputs import REASON, TITLE, line, needed
from store.domain.errors import BadInput
from store.domain.intents import Command, Done
from store.domain.sop import STAGES, Evidence, Step, progress, stage_of
from store.domain.sop_file import read_procedure
from store.domain.sop_refusals import ProcedureKept, ProcedureOlder, StepNeedsLeave, ValueMissing
from store.domain.sop_steps import checked, found, mark, skip, take_back, wanted
from store.domain.who import Right
from store.domain.words import N_
from store.persistence import procedures

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.order import WorkOrder
    from store.persistence.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProcedure(Command):
    """One version more of what is done for a kind of work; new orders of the kind take it."""

    source: str
    """The file itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoStep(Command):
    """A step of an order's procedure is done, with what shows it."""

    number: int
    step: str
    """Its code, or its number from 1."""
    value: str = ""
    """A reading, a choice, who signs; of a photo `photo` says more."""
    reason: str = ""
    """Why a reading is taken that is out of its range."""
    photo: AttachFile | None = None
    """The file, as the asker's console has read it; it becomes one of the order's."""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoStep(Command):
    """A step is not done after all; it stays where the order has passed its gate."""

    number: int
    step: str
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipStep(Command):
    """A step that is not done, for a reason."""

    number: int
    step: str
    reason: str
    version: int | None = None


def import_procedure(work: Work, command: ImportProcedure) -> Done:
    """All of it or nothing; the same once more changes nothing."""
    procedure = read_procedure(command.source)
    work.hold_desk()
    before = procedures.newest(work.conn, procedure.kind)
    facts: dict[str, Any] = {"kind": procedure.kind, "version": procedure.version}
    if before is not None and before.version >= procedure.version:
        if (before.version, before.source) == (procedure.version, command.source):
            sentence = N_("procedure of {kind} is at version {version} already")
            return Done(sentence=sentence, facts=facts)
        same = before.version == procedure.version
        raise (ProcedureKept if same else ProcedureOlder)(
            **facts, newest=before.version, next=before.version + 1
        )
    procedures.put(work, procedure, command.source)
    facts |= {
        "count": len(procedure.steps),
        "running": procedures.running(work.conn, procedure.kind),
    }
    sentence = N_(
        "procedure of {kind}, version {version}: new orders take it, with {count} steps;"
        " orders at the desk that keep theirs: {running}"
    )
    if not procedure.steps:
        sentence = N_("procedure of {kind}, version {version}: new orders have none any more")
    stage = stage_of(procedure.kind)
    if stage is not None:
        facts["stage"] = STAGES[stage]
        sentence = N_(
            "procedure of the stage {stage}, version {version}: projects that come to it take it,"
            " with {count} steps; those in it keep theirs"
        )
    return Done(sentence=sentence, facts=facts)


def do_step(work: Work, command: DoStep) -> Done:
    """The order with the step done; its photo is one of its files, too."""
    order = work.order(command.number, command.version)
    place = found(order, command.step)
    step = _step(work, order, place)
    value = line(command.value, N_("value"), limit=TITLE)
    reason = line(command.reason, N_("reason"), limit=REASON)
    sha256 = ""
    if step.evidence is Evidence.PHOTO:
        photo = command.photo
        if photo is None or photo.number != order.number:
            raise ValueMissing(number=order.number, step=step.code, what=wanted(step))
        value, sha256 = line(photo.path, N_("the file"), limit=1_000), photo.sha256
    value, reason = checked(order, step, value, reason)
    told: dict[str, Any] = {"value": value, "reason": reason, "sha256": sha256}
    after, facts = mark(order, place, **told, **_asker(work, order))
    if command.photo is not None and sha256:
        attach_file(work, command.photo)
        order = work.order(order.number)
        after, facts = mark(order, place, **told, **_asker(work, order))
    work.save(order, after, *facts)
    sentence = N_("order {number}: step {step} done, {done} of {count}")
    return _told(after, step.code, sentence)


def undo_step(work: Work, command: UndoStep) -> Done:
    """The order with the step open again."""
    order = work.order(command.number, command.version)
    place = found(order, command.step)
    after, facts = take_back(order, place, **_asker(work, order))
    work.save(order, after, *facts)
    sentence = N_("order {number}: step {step} is open again, {done} of {count} done")
    return _told(after, order.steps[place].code, sentence)


def skip_step(work: Work, command: SkipStep) -> Done:
    """The order without the step; its gate does not wait for it any more."""
    reason = needed(command.reason, N_("reason"), limit=REASON)
    order = work.order(command.number, command.version)
    place = found(order, command.step)
    order = _may_skip(work, order, order.steps[place].code)
    after, facts = skip(order, place, reason=reason, **_asker(work, order))
    work.save(order, after, *facts)
    sentence = N_("order {number}: step {step} skipped, {done} of {count} done")
    return _told(after, order.steps[place].code, sentence)


def _may_skip(work: Work, order: WorkOrder, step: str) -> WorkOrder:
    """The order, after a leave was used up where one is needed; `StepNeedsLeave` without any.

    Whoever supervises the desk may skip any step; others by an exception for just this one.
    """
    if work.who.may(Right.SUPERVISE):
        return order
    if use_for_step(work, order.number, step) is None:
        raise StepNeedsLeave(number=order.number, step=step)
    return work.order(order.number)


def _asker(work: Work, order: WorkOrder) -> dict[str, Any]:
    return {"rules": work.rules(order), "at": work.at, "by": work.who.operator}


def _step(work: Work, order: WorkOrder, place: int) -> Step:
    """What the procedure says of a step."""
    procedure = work.procedure_of(order)
    if procedure is None or place >= len(procedure.steps):
        raise BadInput(
            where=N_("procedure"),
            wrong=N_("a newer paidan has written it"),
            right=N_("do the step there"),
        )
    return procedure.steps[place]


def _told(order: WorkOrder, step: str, sentence: str) -> Done:
    done, count = progress(order.steps)
    facts = {"number": order.number, "step": step, "done": done, "count": count}
    return Done(sentence=sentence, facts=facts, numbers=(order.number,))


STEPS: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    DoStep: do_step,
    UndoStep: undo_step,
    SkipStep: skip_step,
}
"""What is done to an order's procedure."""
SOP: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    **STEPS,
    ImportProcedure: import_procedure,
}
"""The same, and procedures themselves."""
