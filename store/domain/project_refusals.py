"""Why something cannot be done about a project."""

from __future__ import annotations

from store.domain.errors import Refusal
from store.domain.sop_refusals import OutsideRefused, OutsideWithout, ValueMissing, ValueWrong
from store.domain.words import N_


class ProjectUnknown(Refusal):
    """No such one, or none that the asker may see."""

    sentence = N_("no project {id}")


class ProjectChanged(Refusal):
    """Somebody changed it since it was read."""

    sentence = N_("project {id} was changed meanwhile; look again, then choose")


class ProjectOver(Refusal):
    """Nothing is left to do about it."""

    sentence = N_("project {id} is over: {stand}")


class HandoffWaits(Refusal):
    """What was given away is not the giver's to change."""

    sentence = N_(
        "project {id} is being handed to {department}: it is to be acknowledged, bounced back or"
        " recalled first"
    )


class NoHandoff(Refusal):
    """There is nothing to answer."""

    sentence = N_("no hand-off of project {id} waits for an answer")


class SameDepartment(Refusal):
    """Nobody hands to himself."""

    sentence = N_(
        "project {id} is with {department} already: advance it, or name another department"
    )


class NoWayBack(Refusal):
    """A stage goes back only to one before it."""

    sentence = N_("project {id} is in {stage}: it can be put back to {choices}")


class NoWayBackAtAll(Refusal):
    """There is nothing before the first."""

    sentence = N_("project {id} is in {stage}: there is no stage to put it back to")


class StageStepsMissing(Refusal):
    """The stage has a procedure, and what it wants is not done."""

    sentence = N_(
        "project {id} cannot leave {stage}: its procedure wants first: {steps};"
        " projects do {id} STEP VALUE does one"
    )


class StageOrdersOpen(Refusal):
    """Work of the stage is not done."""

    sentence = N_(
        "project {id} cannot leave {stage}: orders of it are open: {orders};"
        " close, cancel or take them out first"
    )


class NotInProject(Refusal):
    """Nothing to take out."""

    sentence = N_("order {number} is in no project")


class InProjectAlready(Refusal):
    """An order is a part of one project."""

    sentence = N_("order {number} is in project {other} already: take it out there first")


class StageBehind(Refusal):
    """A stage that the project has left takes no work any more."""

    sentence = N_("project {id} has left {stage}: name {now}, or a stage still to come")


class NoStageProcedure(Refusal):
    """Nothing to do step by step."""

    sentence = N_("project {id} has no steps in {stage}: no procedure of that stage was imported")


class ProjectStepNeedsLeave(Refusal):
    """Whoever asks may skip none by himself, and was given no leave to skip this one."""

    sentence = N_(
        "step {step} of project {id} is skipped by a supervisor, or by leave: ask for an exception"
        " of the kind step, for {step}, on an order of the project"
    )


class NotTheirs(Refusal):
    """An asset or order says itself where it is."""

    sentence = N_("asset {asset} is at another site: leave the site out, or name the other asset")


class ProjectStepUnknown(Refusal):
    """The procedure of the stage has no such step."""

    sentence = N_("project {id} has no step “{step}” in {stage}; there are: {known}")


class ProjectStepDone(Refusal):
    """It was done, or skipped, before."""

    sentence = N_("step “{step}” of project {id} is done already; projects undo {id} {step} first")


class ProjectStepNotDone(Refusal):
    """There is nothing to take back."""

    sentence = N_("step “{step}” of project {id} is not done yet")


class ProjectValueMissing(ValueMissing):
    """What shows that it was done must be told."""

    sentence = N_("step “{step}” of project {number} wants {what}")


class ProjectValueWrong(ValueWrong):
    """It is nothing of that kind."""

    sentence = N_("step “{step}” of project {number}: “{value}” is not right, it wants {what}")


class ProjectOutsideRefused(OutsideRefused):
    """The procedure takes no such reading, whatever the reason."""

    sentence = N_(
        "step “{step}” of project {number}: {value} is out of the range {what};"
        " it is done once a reading is within it"
    )


class ProjectOutsideWithout(OutsideWithout):
    """The procedure takes such a reading with a reason."""

    sentence = N_(
        "step “{step}” of project {number}: {value} is out of the range {what};"
        " it is taken with a reason: projects do {number} {step} {value} ;REASON"
    )


OF_PROJECT: dict[type[Refusal], type[Refusal]] = {
    ValueMissing: ProjectValueMissing,
    ValueWrong: ProjectValueWrong,
    OutsideRefused: ProjectOutsideRefused,
    OutsideWithout: ProjectOutsideWithout,
}
"""What a refusal of a step of an order is called where it is a project's."""
