"""Why a step is refused: one class a reason, each with its own sentence."""

from __future__ import annotations

from store.domain.errors import MoveRefused
from store.domain.words import N_


class CannotFrom(MoveRefused):
    """The lifecycle has no such step from here."""

    sentence = N_("order {number} cannot {move} while it is {state}")


class NeedsInsisting(MoveRefused):
    """The step skips others; it is taken only when the operator insists."""

    sentence = N_("order {number} cannot {move} while it is {state}, unless you insist")


class NobodyHasIt(NeedsInsisting):
    """Finished by nobody: mostly somebody is still to be sent, or nobody needs it any more."""

    sentence = N_(
        "order {number} is {state} and nobody has it: dispatch it, or cancel it with a reason;"
        " /insist finishes it all the same, and response and arrival do not count as kept"
    )


class IncidentRuns(NeedsInsisting):
    """Finished while its cases are not: mostly the trouble is not over, or those were forgotten."""

    sentence = N_(
        "order {number} is a major incident and still runs, open under it: {count};"
        " /insist finishes it all the same"
    )


class FinishedAlready(MoveRefused):
    """Whoever asks about finished work mostly means that it is broken again."""

    sentence = N_(
        "order {number} is {state}: where it is to be done again, write a new order;"
        " /insist chases this one all the same"
    )


class NobodyHolds(MoveRefused):
    """A technician's step, and no technician has the order."""

    sentence = N_("order {number} cannot {move}: no technician has it")


class NotWithHim(MoveRefused):
    """The technician named has no visit for this order that could take the step."""

    sentence = N_("order {number} cannot {move}: this technician has no visit at that point")


class ReasonMissing(MoveRefused):
    """The step needs a reason."""

    sentence = N_("order {number} cannot {move} without a reason")


class WakeMissing(MoveRefused):
    """Waiting without a wake-up is how orders get lost."""

    sentence = N_("order {number} cannot {move} without a wake-up time")


class WakeNaive(MoveRefused):
    """A wake-up time that could mean any zone."""

    sentence = N_("order {number} cannot {move}: the wake-up time has no time zone")


class WakePast(MoveRefused):
    """A wake-up time that has gone by."""

    sentence = N_("order {number} cannot {move}: the wake-up time is not in the future")


class TechnicianMissing(MoveRefused):
    """Assigned to nobody."""

    sentence = N_("order {number} cannot {move} without saying to whom")


class AlreadyWithHim(MoveRefused):
    """The technician has the order already."""

    sentence = N_("order {number} cannot {move}: this technician has it already")


class SomebodyOnSite(MoveRefused):
    """Reassigning would call back a technician who is working."""

    sentence = N_(
        "order {number} cannot {move}: a technician is on site;"
        " /insist calls them off, /also sends a second one"
    )


class Locked(MoveRefused):
    """Whoever has the order is to keep it."""

    sentence = N_("order {number} cannot {move}: it is locked; unlock it first")


class LockedTo(Locked):
    """The same, by those who can name people."""

    sentence = N_("order {number} cannot {move}: {by} locked it to {technician}; unlock it first")


class LockedAlready(MoveRefused):
    """It is locked as it is to be."""

    sentence = N_("order {number} cannot {move}: it is locked already")


class NotLocked(MoveRefused):
    """There is no lock to take off."""

    sentence = N_("order {number} cannot {move}: it is not locked")


class SeveralHold(MoveRefused):
    """Who of them would be called back is for the operator to say."""

    sentence = N_("order {number} cannot {move}: several technicians have it")


class UnderWay(MoveRefused):
    """Work that has begun begins at no other time."""

    sentence = N_("order {number} cannot {move}: its technician is on the way, or at it")


class OriginalMissing(MoveRefused):
    """A duplicate of which order?"""

    sentence = N_("order {number} cannot {move} without the number of the original")


class OwnDuplicate(MoveRefused):
    """An order is not a copy of itself."""

    sentence = N_("order {number} cannot {move}: it would be a duplicate of itself")


class OriginalIsDuplicate(MoveRefused):
    """A copy of a copy, which may lead back here: the order that goes on is to be named."""

    sentence = N_(
        "order {number} cannot {move}: order {original} is a duplicate itself, of order {root}"
    )


class OriginalCancelled(MoveRefused):
    """Nobody works on what was cancelled, so nobody would work on this."""

    sentence = N_("order {number} cannot {move}: order {original} was cancelled")


class PriorityUnknown(MoveRefused):
    """Priorities are 1 to 4."""

    sentence = N_("order {number} cannot {move}: priorities go from 1, most urgent, to 4")


class OrderOver(MoveRefused):
    """The order has left the desk."""

    sentence = N_("order {number} cannot {move} while it is {state}; reopen it first")


class NobodyFollows(MoveRefused):
    """There is no follower to let it go."""

    sentence = N_("order {number} cannot {move}: no operator follows it")


class FieldFixed(MoveRefused):
    """A field that follows from what happened, and is not typed in."""

    sentence = N_("order {number} cannot {move} in a field that follows from its moves")
