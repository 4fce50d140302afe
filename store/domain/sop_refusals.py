"""Why a step of a procedure, or a move that waits for one, cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.errors import MoveRefused, Refusal
from store.domain.lifecycle import MOVES
from store.domain.words import N_, listed

if TYPE_CHECKING:
    from store.domain.lifecycle import Move
    from store.domain.order import OrderStep, WorkOrder

MOST_NAMED: Final = 6
"""Steps that a refusal names; of more it tells how many."""


class StepsMissing(MoveRefused):
    """The move waits for steps of the order's procedure."""

    sentence = N_(
        "order {number} cannot {move}: its procedure wants first: {steps};"
        " sop do {number} STEP VALUE does one, sop {number} shows them all"
    )


class StepUnknown(Refusal):
    """The order's procedure has no such step."""

    sentence = N_("order {number} has no step “{step}”; there are: {known}")


class NoProcedure(Refusal):
    """Its kind of work had none when it was made."""

    sentence = N_("order {number} has no procedure: its kind of work had none when it was made")


class StepNeedsLeave(Refusal):
    """Whoever asks may skip none by himself, and was given no leave to skip this one."""

    sentence = N_(
        "step {step} of order {number} is skipped by a supervisor, or by leave: ask for an"
        " exception of the kind step, for {step}"
    )


class StepDone(Refusal):
    """It was done, or skipped, before."""

    sentence = N_("step “{step}” of order {number} is done already; sop undo {number} {step} first")


class StepNotDone(Refusal):
    """There is nothing to take back."""

    sentence = N_("step “{step}” of order {number} is not done yet")


class StepBehind(Refusal):
    """The order has gone through its gate."""

    sentence = N_(
        "step “{step}” of order {number} stays done: the order is {state} and has passed its gate"
    )


class OrderGone(Refusal):
    """The order has left the desk."""

    sentence = N_("order {number} is {state}: nothing is done about its procedure any more")


class ValueMissing(Refusal):
    """What shows that it was done must be told."""

    sentence = N_("step “{step}” of order {number} wants {what}")


class ValueWrong(Refusal):
    """It is nothing of that kind."""

    sentence = N_("step “{step}” of order {number}: “{value}” is not right, it wants {what}")


class OutsideRefused(Refusal):
    """The procedure takes no such reading, whatever the reason."""

    sentence = N_(
        "step “{step}” of order {number}: {value} is out of the range {what};"
        " it is done once a reading is within it"
    )


class OutsideWithout(Refusal):
    """The procedure takes such a reading with a reason."""

    sentence = N_(
        "step “{step}” of order {number}: {value} is out of the range {what};"
        " it is taken with a reason: sop do {number} {step} {value} ;REASON"
    )


class ProcedureKept(Refusal):
    """The version is taken by another text: who reviewed that has not reviewed this."""

    sentence = N_(
        "version {version} of the procedure of {kind} is kept already and says something else;"
        " give this one version {next}"
    )


class ProcedureOlder(Refusal):
    """A newer one is kept."""

    sentence = N_(
        "the procedure of {kind} is at version {newest} already; give this one version {next}"
    )


def steps_missing(order: WorkOrder, move: Move, lacks: tuple[OrderStep, ...]) -> StepsMissing:
    """The refusal of a move that waits for these steps."""
    return StepsMissing(number=order.number, move=MOVES[move].label, steps=named(lacks))


def named(steps: tuple[OrderStep, ...]) -> str:
    """The first of them by their codes, and how many more there are."""
    told = [step.code for step in steps[:MOST_NAMED]]
    if len(steps) > MOST_NAMED:
        told.append(N_("{count} more").format(count=len(steps) - MOST_NAMED))
    return listed(told)
