"""Why nobody is sent as the desk proposed."""

from __future__ import annotations

from store.domain.errors import Refusal
from store.domain.words import N_


class NobodyProposed(Refusal):
    """The desk has found nobody for it, or does not look."""

    sentence = N_("nobody is proposed for order {number}")


class NomineeGone(Refusal):
    """The desk has thought better of it, or somebody was faster."""

    sentence = N_("this is no longer proposed for order {number}; look again, then choose")


class SentAlready(Refusal):
    """He has it: a choice that waited behind the one that sent him, or that was made twice."""

    sentence = N_("{name} was sent to order {number} already")


class CrewWhole(Refusal):
    """Who would have to leave for him is for the operator to say."""

    sentence = N_("the crew of order {number} is whole: Who goes (W) asks in whose place")


class NomineeChanged(Refusal):
    """What spoke for him was read a moment before, and is not so any more."""

    sentence = N_("{name} has just got other hours, papers or orders; look at order {number} again")


class NomineeCannot(Refusal):
    """Since he was proposed something came up that keeps him from it."""

    sentence = N_("{name} can go to order {number} no more: {why}")
