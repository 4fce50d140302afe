"""What is done about a step as its command, from what was told: keys, lines and `paidan sop`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from console.actions import ACTIONS
from console.actions_sop import DEEDS, REASON
from store.domain.sop import Evidence, Outside
from store.domain.sop_steps import found, wanted
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Action, Ask, Question, Told
    from store.commands.attachments import AttachFile
    from store.domain.intents import Command
    from store.queries.board import BoardLine
    from store.queries.sop import StepLine

PHOTO: Final = "photo"


@dataclass(frozen=True, slots=True)
class _Order:
    """An order by its number, whatever its version."""

    number: int
    version: None = None


def step_command(deed: str, number: int, step: str, told: Told, ask: Ask) -> Command:
    """The command; blocks while the file of a photo is read."""
    from store.commands.sop import DoStep, SkipStep, UndoStep

    reason = told.get("reason", "") or ""
    if deed == "undo":
        return UndoStep(number=number, step=step)
    if deed == "skip":
        return SkipStep(number=number, step=step, reason=reason)
    value = told.get("value", "") or ""
    photo = _photo(number, step, value, ask) if value else None
    if photo is not None:
        return DoStep(number=number, step=step, photo=photo)
    return DoStep(number=number, step=step, value=value, reason=reason)


def _photo(number: int, step: str, path: str, ask: Ask) -> AttachFile | None:
    """The file that is named where the step wants a photo; None where it wants something else."""
    from console.attaching import attaching
    from store.queries.card import OrderCard
    from store.queries.sop import OrderSteps

    lines = ask(OrderSteps(number=number)).steps
    place = found(ask(OrderCard(number=number)).order, step)
    says = lines[place].says
    if says is None or says.evidence is not Evidence.PHOTO:
        return None
    return attaching(_Order(number), path, says.code)


def make_typed(_line: BoardLine | None, told: Told, ask: Ask) -> Command:
    """What was typed as a command."""
    return step_command(told["deed"], told["of"], told["step"], told, ask)


def action_for(deed: str, number: int, line: StepLine) -> Action:
    """An action of the console that does this to a step of the checklist at hand."""
    step = line.step.code

    def make(_line: BoardLine | None, told: Told, ask: Ask) -> Command:
        return step_command(deed, number, step, told, ask)

    spec = DEEDS[deed]
    asked = _asked(line) if deed == "do" else spec.questions
    return replace(ACTIONS["checklist"], label=spec.label, questions=asked, make=make)


def _asked(line: StepLine) -> tuple[Question, ...]:
    """What a step must be told to be done: nothing, where it is enough that it is."""
    says = line.says
    if says is None or says.evidence is Evidence.DONE:
        return ()
    value, reason = DEEDS["do"].questions
    label = N_("{step}: {what}").format(step=says.title, what=wanted(says))
    asked = replace(value, label=label, optional=False)
    ranged = says.low is not None or says.high is not None
    may_be_out = says.evidence is Evidence.READING and ranged and says.outside is Outside.REASON
    return (asked, reason) if may_be_out else (asked,)


__all__ = ["REASON", "action_for", "make_typed", "step_command"]
