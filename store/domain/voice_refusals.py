"""Why something cannot be done about a complaint or praise."""

from __future__ import annotations

from store.domain.errors import Refusal
from store.domain.words import N_


class ComplaintUnknown(Refusal):
    """No such one, or none that the asker may see."""

    sentence = N_("no complaint {id}")


class ComplaintChanged(Refusal):
    """Somebody changed it since it was read."""

    sentence = N_("complaint {id} was changed meanwhile; look again, then choose")


class ComplaintOver(Refusal):
    """Nothing is left to do about it."""

    sentence = N_("complaint {id} is over: {stand}")


class PraiseHasNoAnswer(Refusal):
    """Whoever praises waits for nothing."""

    sentence = N_("{id} is praise: it can be withdrawn, and nothing else is done about it")


class NotAnsweredYet(Refusal):
    """Nothing is closed over the customer's head."""

    sentence = N_("complaint {id} cannot be closed: the customer has not been answered yet")


class CauseLacking(Refusal):
    """What is not understood comes again."""

    sentence = N_("complaint {id} cannot go on: its root cause is to be found first")


class ComplaintHasAction(Refusal):
    """One finding, one action."""

    sentence = N_("complaint {id} has action {action} already")


class NobodySaidIt(Refusal):
    """What is of no customer, site and order is of nobody."""

    sentence = N_("say which order, site or customer it is about")


class NotOfThatOrder(Refusal):
    """An order says itself whose it is and where."""

    sentence = N_("order {number} has another {what}: leave that out, or name the other order")
