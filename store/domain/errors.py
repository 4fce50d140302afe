"""Refusals and troubles: each carries its own sentence and the facts that fill it."""

from __future__ import annotations

from typing import Any, ClassVar

from store.domain.text import safe
from store.domain.words import N_


class Refusal(Exception):
    """The desk says no, and why; shown to the operator as it is."""

    sentence: ClassVar[str] = N_("refused")

    def __init__(self, **facts: Any) -> None:
        self.facts: dict[str, Any] = facts
        super().__init__(self.text)

    @property
    def text(self) -> str:
        """The sentence in English, filled with its facts."""
        return self.sentence.format(**self.facts)


class OrderUnknown(Refusal):
    """No such order, or none that the asker may see."""

    sentence = N_("no work order {number}")


class Unreadable(Refusal):
    """Something in words that this program does not know, as a newer one may have written it."""

    def __init__(self, **facts: Any) -> None:
        # Whatever wrote the words may have been no paidan at all.
        super().__init__(**{n: safe(f) if type(f) is str else f for n, f in facts.items()})


class TimerUnreadable(Unreadable):
    """A timer of a kind, or for a clock, that means nothing here."""

    sentence = N_("a timer of order {number} means nothing to this paidan: it knows no {what}")


class OrderUnreadable(Unreadable):
    """An order in words that this program does not know."""

    sentence = N_("order {number} cannot be read by this paidan: “{what}” means nothing to it")


class EntryUnreadable(Unreadable):
    """A journal entry that is no JSON object: something else than paidan wrote it."""

    sentence = N_("journal entry {seq} is damaged and cannot be read; paidan doctor says more")


class LevelUnreadable(Unreadable):
    """A service level, or a calendar that its clocks run on, in words that mean nothing here."""

    sentence = N_(
        "service level {level} cannot be read by this paidan:"
        " its {part} means nothing to it ({what})"
    )


class NameUnknown(Refusal):
    """A code or name that nothing in the store carries."""

    sentence = N_("no {what} called “{name}”")


class QueueUnknown(NameUnknown):
    """No queue of this name; with those there are."""

    sentence = N_("no queue called “{name}”; there are {known}")


class OperatorUnknown(NameUnknown):
    """Somebody was named who has no place at this desk."""

    sentence = N_(
        "no operator called “{name}”; paidan list operators shows who there is,"
        " paidan add operator CODE NAME makes one"
    )


class NameAmbiguous(Refusal):
    """A short name that fits several."""

    sentence = N_("“{name}” fits several: {choices}")


class MoveRefused(Refusal):
    """The lifecycle forbids this step now."""

    sentence = N_("order {number} cannot {move}: {reason}")


class Stale(Refusal):
    """Somebody changed the order since it was read."""

    command: Any = None
    """What was asked, with its text, so that it can be offered again."""

    sentence = N_(
        "order {number} was changed by {by} at {changed_at} ({fact}); look again, then choose"
    )


class RangAgain(Refusal):
    """An alarm rang for something else since the asker looked; that has not been heard."""

    sentence = N_("order {number} has just rung for something else; look, then acknowledge that")


class PlanUnknown(Refusal):
    """No such plan, or none that the asker may see."""

    sentence = N_("no plan {plan}")


class HandoverUnknown(Refusal):
    """No offer of this desk stands under this id."""

    sentence = N_("no such hand-over stands any more; look again")


class FollowUpStands(Refusal):
    """One call is promised once."""

    sentence = N_("order {number} has follow-up {place} for {due_at} already; name another time")


class HandoverStands(Refusal):
    """A desk is offered once at a time."""

    sentence = N_("{by} has offered the hand-over already, at {at}")


class HandoverOver(Refusal):
    """Somebody was faster."""

    sentence = N_("{by} has taken the desk over already, at {at}")


class HandoverChanged(Refusal):
    """Something was noted since the asker read it."""

    sentence = N_("{by} has noted something more at {at}; read it, then accept")


class RisksOpen(Refusal):
    """Each risk is to be ticked by who takes it over."""

    sentence = N_("open risks not ticked by you yet: {count}")


class RisksNew(RisksOpen):
    """Also those that came since it was offered."""

    sentence = N_("open risks not ticked by you yet: {count}, new since the offer: {new}")


class NotYours(Refusal):
    """The outgoing operator cannot be the incoming one."""

    sentence = N_("another operator must accept: paidan --as CODE; until then the desk is yours")


class NotAllowed(Refusal):
    """The asker's role or sites do not reach this."""

    sentence = N_("a {role} may not {action}")


class OfSomeSites(NotAllowed):
    """What the whole desk has is changed by who sees all of it."""

    sentence = N_("who sees some sites only may not {action}")


class ViewOfAll(Refusal):
    """What was to be dropped as one's own view is one that all have."""

    sentence = N_(
        "you have no view {name} of your own; everybody has one: say that with --shared, and it is"
        " gone for all"
    )


class ViewOfAnother(Refusal):
    """Who sees some sites only leaves views alone that others made for all."""

    sentence = N_(
        "the view {name} is {by}'s and everybody's: save one of your own, "
        "or ask somebody who sees every site"
    )


class OperatorGone(NotAllowed):
    """Nobody who may write has this id: retired, or never there."""

    sentence = N_("operator {operator} does not work here any more; nothing was changed")


class BadInput(Refusal):
    """A value that cannot be taken: what is wrong, where, what would be right."""

    sentence = N_("{where}: {wrong}; {right}")


class OutOfReach(Refusal):
    """A file was named at a console that is drawn on another machine."""

    sentence = N_(
        "no file of the machine that serves this desk can be read or written from here;"
        " open a console on that machine"
    )


class StoreTrouble(Refusal):
    """The store cannot be used right now; nothing was changed."""

    sentence = N_("the store cannot be used: {why}")
    may_wait: ClassVar[bool] = False
    """Whether what was meant can wait until it is over, and then be done as it was meant."""


class StoreUnreachable(StoreTrouble):
    """The database does not answer."""

    sentence = N_("the store cannot be reached: {why}")
    may_wait = True


class StoreBusy(StoreTrouble):
    """Another writer holds the store for longer than we wait."""

    sentence = N_("the store is busy; nothing was changed, try again")
    may_wait = True


class StoreRaced(StoreBusy):
    """Another writer entered the same thing at the same moment."""

    sentence = N_("somebody entered the same at the same time; nothing was changed, try again")
    may_wait = False


class StoreFull(StoreTrouble):
    """No room left on the disk."""

    sentence = N_("the disk of the store is full; nothing was changed, make room and try again")


class StoreReadOnly(StoreTrouble):
    """The database may be read but not written."""

    sentence = N_("the store is read-only; nothing was changed ({why})")


class StoreMoved(StoreReadOnly):
    """The desk was moved to another store, which has all that was here."""

    sentence = N_("this desk has moved to {why}; nothing was changed here")


class StoreFilling(StoreTrouble):
    """A move copies a desk into this store and is not done, or was killed."""

    sentence = N_(
        "this store is being filled from {source} and is not whole yet;"
        " if that was broken off, the same command goes on with it"
    )


class StoreHasDesk(Refusal):
    """A desk was to be moved or restored to where there is one."""

    sentence = N_("there is a desk at {where} already; name a new file or an empty database")


class StoreTooNew(StoreTrouble):
    """The schema is newer than this program."""

    sentence = N_(
        "a newer paidan has renewed the store ({theirs}, this one knows {ours}); nothing was"
        " changed: install that one here, and start again"
    )


class StoreTooOld(StoreTrouble):
    """The schema is older than this program, which was only to read it."""

    sentence = N_(
        "the store has an older paidan's tables ({theirs}, this one knows {ours}), and who only "
        "looks does not renew them: open it once without --readonly"
    )
