"""Why a step of an action cannot be."""

from __future__ import annotations

from store.domain.errors import Refusal
from store.domain.words import N_


class ActionUnknown(Refusal):
    """No such action, or none that the asker may see."""

    sentence = N_("no action {id}")


class ActionChanged(Refusal):
    """Somebody changed it since it was read."""

    sentence = N_("action {id} was changed meanwhile; look again, then choose")


class ActionElsewhere(Refusal):
    """Its stage does not lead there."""

    sentence = N_("action {id} is at {stage}: it cannot be {step} now")


class ActionLacks(Refusal):
    """Something must be known before it begins."""

    sentence = N_("action {id} cannot begin yet: it lacks {lacks}")


class GoalMet(Refusal):
    """What was so already is nobody's effect."""

    sentence = N_(
        "action {id} cannot begin: in the {days} days before, its figure met that goal already;"
        " set one that it did not meet"
    )


class TooManyWhys(Refusal):
    """Five times why."""

    sentence = N_("action {id} has {most} answers to why already")


class CauseNotFound(Refusal):
    """An action takes a cause away, and there is none to take."""

    sentence = N_("order {number} has no bad answer whose root cause is known: find that first")


class FindingHasAction(Refusal):
    """One finding, one action."""

    sentence = N_("order {number} has action {id} for that already")


class OwnJudge(Refusal):
    """Nobody judges what he did."""

    sentence = N_(
        "action {id} is judged by somebody who neither did it nor owned it since it began"
    )


class FiguresElsewhere(Refusal):
    """A figure is told to whoever sees what it is of."""

    sentence = N_(
        "action {id} is measured of sites that you do not see: whoever sees them has it judged"
    )


class StillObserved(Refusal):
    """A promise is no effect."""

    sentence = N_("action {id} is judged once its effect has been observed: at {until}")


class NothingMeasured(Refusal):
    """Of nothing nothing is said."""

    sentence = N_(
        "action {id}: in the days observed there was nothing to measure; have it observed"
        " for more days, or judge that it had no effect"
    )


class ObservedEnough(Refusal):
    """Nobody waits until a figure that was seen suits him."""

    sentence = N_("action {id}: its days are over and its figure is there: judge it")


class TargetMissed(Refusal):
    """The figure says otherwise."""

    sentence = N_("action {id} has missed its goal, by {n} orders: it had no effect")


class FiguresOwed(Refusal):
    """A figure that may miss orders is no baseline."""

    sentence = N_("figures of some orders are still being made: measure again in a minute")
