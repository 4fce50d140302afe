"""Why a step of an exception cannot be."""

from __future__ import annotations

from store.domain.errors import Refusal
from store.domain.words import N_


class ExceptionUnknown(Refusal):
    """No such exception, or none that the asker may see."""

    sentence = N_("no exception {id}")


class ExceptionChanged(Refusal):
    """Somebody changed it since it was read."""

    sentence = N_("exception {id} was changed meanwhile; look again, then choose")


class ExceptionElsewhere(Refusal):
    """How it stands does not lead there."""

    sentence = N_("exception {id} is {state}: it cannot be {step}")


class OrderOver(Refusal):
    """Nothing is deviated from any more."""

    sentence = N_("order {number} is {state}: nobody deviates from it any more")


class NobodyMayGrant(Refusal):
    """No limit suffices."""

    sentence = N_(
        "nobody's limit suffices for {what} on order {number}; paidan exception limits shows them"
    )


class OwnException(Refusal):
    """Nobody approves what he asked for, nor has it approved in his own name."""

    sentence = N_("exception {id} is decided by somebody else than who asked for it")


class LimitTooSmall(Refusal):
    """The asker's own limit, and those of whom he stands in for."""

    sentence = N_("exception {id} ({what}) is over your limit: {who} may grant it")


class NotWithdrawn(Refusal):
    """Only who asked or granted takes it back, or who could grant it."""

    sentence = N_("exception {id} is withdrawn by who asked for it, or by who may grant it")


class MoreThanLeft(Refusal):
    """A use beyond what was granted."""

    sentence = N_("exception {id} has {left} left, and not {size}")


class ClockOver(Refusal):
    """What was to be waived is settled by now."""

    sentence = N_(
        "exception {id} cannot be granted: the clock “{clock}” of order {number} does not run"
    )


class ClockMissed(Refusal):
    """What was to be waived was missed before it was decided."""

    sentence = N_(
        "exception {id} cannot be granted: the clock “{clock}” of order {number} was missed"
        " meanwhile, and stays so"
    )


class WaiverMoves(Refusal):
    """A deadline waiver does what it does while it stands."""

    sentence = N_("exception {id} moves its deadline by itself while it stands: nobody uses it")
