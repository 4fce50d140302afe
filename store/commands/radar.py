"""Trouble that comes again: looked for, taken up with the customer invited, or not taken up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.commands.corrective import begin_action
from store.commands.inputs import NAME, REASON, needed, one_of
from store.commands.orders import NewOrder, new_order
from store.domain.causes import Cause
from store.domain.corrective import Finding
from store.domain.intents import Command, Done
from store.domain.replay import whole_ms
from store.domain.words import N_, counted
from store.persistence import radar_work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from store.domain.recurrences import Recurrence
    from store.persistence.work import Work

    Ref = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAround(Command):
    """Look now what comes again; the scheduler does it once a day by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeUp(Command):
    """Make an action of a proposal: a project of our own accord, the customer invited."""

    recurrence: int
    invited: str
    """Who of the customer's is invited to take part."""
    cause: str = Cause.UNKNOWN.value
    """As far as it is known; before the action begins it must be."""
    problem: str = ""
    """Empty for what was said last."""
    owner: Ref | None = None
    due_at: datetime | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveIt(Command):
    """A proposal is not taken up; what comes after that is looked at anew."""

    recurrence: int
    reason: str
    seen: int | None = None


def look_around(work: Work, _command: LookAround) -> Done:
    """Every site: it is the whole desk's to ask for, and once a day it comes by itself."""
    found = radar_work.look(work)
    facts: dict[str, Any] = {"count": found.open, "fresh": found.fresh}
    said = counted(
        N_("the radar has {count} proposal, {fresh} of them new"),
        N_("the radar has {count} proposals, {fresh} of them new"),
        found.open,
    )
    if found.left_out:
        facts |= {"left_out": list(found.left_out), "sites": ", ".join(found.left_out)}
        said = N_(
            "the radar has {count} proposals, {fresh} of them new; left out, since nobody here"
            " knows their time zone: {sites}"
        )
    elif not found.open:
        said = N_("nothing comes again")
    return Done(sentence=said, facts=facts)


def take_up(work: Work, command: TakeUp) -> Done:
    """At the newest of its orders; where there are complaints only, an order is made."""
    invited = needed(command.invited, N_("who is invited"), limit=NAME)
    cause = Cause(one_of(command.cause, list(Cause), N_("root cause")))
    radar_work.hold_order_of(work, command.recurrence)
    known = radar_work.recurrence(work, command.recurrence, command.seen)
    number, said = _where(work, known)
    done = begin_action(
        work,
        (Finding.RADAR, known.id, known.found_at),
        work.order(number),
        problem=command.problem or said,
        cause=cause.value,
        invited=(invited, whole_ms(work.at)),
        owner=command.owner,
        due_at=command.due_at,
    )
    radar_work.take_up(work, known, done.facts["id"])
    return done


def _where(work: Work, known: Recurrence) -> tuple[int, str]:
    """The order at which it is seen to, and what is to be seen to, in the words that were said."""
    if known.orders:
        number = known.orders[-1]
        return number, work.order(number).title
    voice = work.voice(known.complaints[-1])
    if voice.number is not None:
        return voice.number, voice.said
    title = voice.said.split("\n", 1)[0][:120]
    asked = NewOrder(title=title, site=voice.site, customer=voice.customer, asset=voice.asset)
    made = new_order(work, asked)
    work.flush()
    return made.numbers[0], voice.said


def leave_it(work: Work, command: LeaveIt) -> Done:
    """With its reason."""
    reason = needed(command.reason, N_("reason"), limit=REASON)
    known = radar_work.recurrence(work, command.recurrence, command.seen)
    radar_work.dismiss(work, known, reason)
    sentence = N_(
        "proposal {id} is not taken up; if it comes again from now on, it is proposed anew"
    )
    return Done(sentence=sentence, facts={"id": known.id})


RADAR: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    LookAround: look_around,
    TakeUp: take_up,
    LeaveIt: leave_it,
}
"""Nothing of it is taken back: an action is dropped instead, and what comes again is seen again."""
