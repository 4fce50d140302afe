"""Why something is not taken back: one class a reason, each with its own sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.domain.errors import Refusal
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


class NotTakenBack(Refusal):
    """What was done to an order stays done."""


class BuiltUpon(NotTakenBack):
    """Something later depends on it, and is to be taken back first."""

    sentence = N_("order {number} stays as it is: “{later}” by {by} at {at} came after; undo that")


class AlreadyTakenBack(NotTakenBack):
    """It is not in effect any more."""

    sentence = N_("order {number} stays as it is: “{what}” was taken back already")


class NotADeed(NotTakenBack):
    """Imported, warned, recomputed: nobody's single command."""

    sentence = N_("order {number} stays as it is: “{what}” cannot be taken back")


class StandsDifferently(NotTakenBack):
    """What it left has been changed by other ways, or its words were erased."""

    sentence = N_("order {number} stays as it is: it is not as “{what}” left it")


class WordsErased(StandsDifferently):
    """Somebody was erased, and with him the words that it would need."""

    sentence = N_("order {number} stays as it is: the words of “{what}” were erased")


class AlarmChanged(NotTakenBack):
    """The alarm is not the one that was silenced."""

    sentence = N_("order {number} stays as it is: its alarm has changed since")


class UnderAnother(NotTakenBack):
    """Something later about the same plan or calendar is to be taken back first."""

    sentence = N_("{thing} stays as it is: “{later}” by {by} at {at} came after")


class NoMoreInEffect(NotTakenBack):
    """It was taken back, and not done again."""

    sentence = N_("{thing} stays as it is: “{what}” was taken back already")


class DoneDifferently(NotTakenBack):
    """A plan or a calendar has been changed by other ways, or the words were erased."""

    sentence = N_("{thing} stays as it is: it is not as “{what}” left it")


class ForgottenBeforeOld(NotTakenBack):
    """Together with what was set since, a position would be given up before it is marked."""

    sentence = N_("{thing} stays as it is: a position would be forgotten before it is old")


class NothingToTakeBack(Refusal):
    """The asker has done nothing, or taken back all of it."""

    sentence = N_("there is nothing of yours to take back")


class NothingToDoAgain(Refusal):
    """The asker has taken nothing back, or has done something else since."""

    sentence = N_("there is nothing of yours to do again: “undo” takes back, “redo” does it again")


class OnlyOrders(Refusal):
    """A register, a setting: changed by a command of its own."""

    sentence = N_("“{what}” cannot be taken back; change it again instead")


class TooFarBack(Refusal):
    """What the asker did last cannot be taken back, and is so much that no more is looked for."""

    sentence = N_(
        "none of the last {count} things you did can be taken back by itself: name the order whose"
        " last step shall go, as “undo 1041”"
    )


class NoSuchDeed(Refusal):
    """The journal has no such entry, or none that the asker may see and take back."""

    sentence = N_("the journal has no entry e{entry} that can be taken back")


class SomeStay(Refusal):
    """Of several orders some cannot be taken back; so nothing was."""

    sentence = N_("{count} of {all} orders cannot be taken back, so none was: {why}")


class OthersCan(SomeStay):
    """The others could be taken back without them, where that is said."""

    sentence = N_(
        "{count} of {all} orders cannot be taken back, so none was: {why};"
        " “undo e{entry} /partly” takes back the others"
    )

    def __init__(self, *, stay: Mapping[int, Refusal], **facts: Any) -> None:
        super().__init__(count=len(stay), **facts)
        self.stay = stay
        """Each with its own reason."""


class OthersToo(NotTakenBack):
    """Of several orders some are at sites of others; nothing more is told of them."""

    sentence = N_("this was not about your orders alone: whoever sees all of them takes it back")


class SomeThingsStay(Refusal):
    """Of several calendars some cannot be taken back; so nothing was."""

    sentence = N_("{count} of {all} cannot be taken back, so none was: {why}")


class NothingOnOrder(Refusal):
    """All that was done to it was taken back, or came in from outside."""

    sentence = N_("order {number} has nothing that could be taken back")
