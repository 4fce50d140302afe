"""Shift hand-over: the desk is offered, noted upon, its risks ticked, and taken over.

Until somebody accepts, the desk stands in the old name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.commands.inputs import LONG, paragraph
from store.domain.errors import BadInput, HandoverStands, NotYours, RisksNew, RisksOpen
from store.domain.intents import Command, Done
from store.domain.words import N_, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.persistence.work import Work

MOST_NOTES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferHandover(Command):
    """Offer the desk to the next shift, with what happened since it was taken over.

    `HandoverStands` where an offer stands already. Whoever offers a desk of somebody else does it
    in that name, and both are told.
    """

    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteHandover(Command):
    """Write something down for the next shift."""

    handover: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TickRisks(Command):
    """The incoming operator has taken note of some risks, by the numbers of their orders."""

    handover: int
    numbers: tuple[int, ...]
    ticked: bool = True
    """False takes the ticks away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptHandover(Command):
    """Take the desk over; `RisksOpen` while the asker has not ticked each risk himself.

    Those that came since it was offered are among them (`RisksNew`), those that are gone are not.

    `HandoverOver` where somebody was faster.
    """

    handover: int
    seen: int | None = None
    """The version that was read; `HandoverChanged` where something was noted since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawHandover(Command):
    """The offer stands no longer; the desk stays as it was."""

    handover: int


def offer_handover(work: Work, command: OfferHandover) -> Done:
    """The offer with its items, and its first note."""
    text = paragraph(command.note, N_("note"), limit=LONG)
    standing = work.open_handover()
    if standing is not None:
        raise HandoverStands(by=work.operator_name(standing.offered_by), at=standing.offered_at)
    made, risks, holder = work.offer_handover()
    if text:
        work.note_handover(work.handover(made), text)
    sentence = counted(
        N_("hand-over offered; {risks} open risk is to be ticked"),
        N_("hand-over offered; {risks} open risks are to be ticked"),
        risks,
    )
    facts: dict[str, object] = {"risks": risks, "handover": made}
    if holder != work.who.operator:
        sentence = counted(
            N_("hand-over offered in the name of {holder}; {risks} open risk is to be ticked"),
            N_("hand-over offered in the name of {holder}; {risks} open risks are to be ticked"),
            risks,
        )
        facts["holder"] = work.operator_name(holder)
    return Done(sentence=sentence, facts=facts)


def note_handover(work: Work, command: NoteHandover) -> Done:
    """One more note."""
    text = paragraph(command.text, N_("note"), limit=LONG)
    if not text:
        raise BadInput(where=N_("note"), wrong=N_("nothing was given"), right=N_("write something"))
    row = work.handover(command.handover)
    if row.version > MOST_NOTES:
        raise BadInput(
            where=N_("note"),
            wrong=N_("there are {most} already").format(most=MOST_NOTES),
            right=N_("write it to the order"),
        )
    work.note_handover(row, text)
    return Done(sentence=N_("noted for the next shift"), facts={"handover": row.id})


def tick_risks(work: Work, command: TickRisks) -> Done:
    """Ticks of the asker's; the outgoing operator has none to give."""
    row = work.handover(command.handover)
    _not_his_own(work, row.from_id)
    changed = work.tick_risks(row, command.numbers, ticked=command.ticked)
    left, _new = work.risks_left(row)
    if command.ticked:
        one, many = (
            N_("{count} risk ticked, {left} to go"),
            N_("{count} risks ticked, {left} to go"),
        )
    else:
        one = N_("{count} tick taken away, {left} to go")
        many = N_("{count} ticks taken away, {left} to go")
    sentence = counted(one, many, changed)
    return Done(sentence=sentence, facts={"count": changed, "left": left, "handover": row.id})


def accept_handover(work: Work, command: AcceptHandover) -> Done:
    """The desk in the asker's name."""
    row = work.handover(command.handover)
    _not_his_own(work, row.from_id)
    work.unchanged_handover(row, command.seen)
    left, new = work.risks_left(row)
    if left:
        raise RisksNew(count=left, new=new) if new else RisksOpen(count=left)
    work.accept_handover(row)
    facts = {"holder": work.operator_name(row.from_id), "accepted": row.id}
    return Done(sentence=N_("the desk is yours now; {holder} has handed it over"), facts=facts)


def withdraw_handover(work: Work, command: WithdrawHandover) -> Done:
    """No offer."""
    row = work.handover(command.handover)
    work.withdraw_handover(row)
    facts = {"holder": work.operator_name(row.from_id), "handover": row.id}
    return Done(sentence=N_("hand-over withdrawn; the desk stays {holder}'s"), facts=facts)


def _not_his_own(work: Work, holder: int) -> None:
    if holder == work.who.operator:
        raise NotYours


HANDOVERS: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    OfferHandover: offer_handover,
    NoteHandover: note_handover,
    TickRisks: tick_risks,
    AcceptHandover: accept_handover,
    WithdrawHandover: withdraw_handover,
}
"""What is done to hand-overs."""
