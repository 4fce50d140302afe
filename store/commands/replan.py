"""Accepting a proposal: orders go to whom it says, if the board stands as it was made for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.commands.moves import MoveOrder, assign_by_proposal
from store.commands.stood import Stamps, lie_so, stand_so
from store.commands.together import told_as_one
from store.domain.errors import BadInput, MoveRefused, NameUnknown, OrderUnknown, Refusal, Stale
from store.domain.intents import Command, Done
from store.domain.lifecycle import Move
from store.domain.moves_common import live_visits
from store.domain.reach import MOST_TOGETHER
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from store.persistence.work import Work


class BoardMovedOn(Refusal):
    """What was shown is not what would be done."""

    sentence = N_("the board has moved on since this was proposed, so nothing was done")


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptProposal(Command):
    """Orders given out as proposed; all of them or none, and taken back as one."""

    moves: tuple[MoveOrder, ...]
    """Assignments, with the versions that were seen."""
    as_of: datetime
    """When the board was read that it was made for."""
    stamps: Stamps
    """How each technician stood then who gains or loses an order."""
    places: Stamps = ()
    """Where each of the orders lay then that has a site."""


def accept_proposal(work: Work, command: AcceptProposal) -> Done:
    """Each assignment as by hand; `BoardMovedOn` where anything that they rest on has changed."""
    _check(command)
    numbers = [move.number for move in command.moves]
    work.orders(work.with_parents(numbers))  # locked together, lowest first
    done: list[Done] = []
    try:
        concerned = {
            visit.technician for n in numbers for visit in live_visits(work.order(n).visits)
        }
        concerned |= {work.technician(move.technician or 0).id for move in command.moves}
        stand = stand_so(work, command.stamps, concerned, as_of=command.as_of)
        if not stand or not lie_so(work, command.places, numbers):
            raise BoardMovedOn
        done += [assign_by_proposal(work, move) for move in command.moves]
    except (MoveRefused, NameUnknown, OrderUnknown, Stale) as refusal:
        raise BoardMovedOn from refusal
    return told_as_one(done, {}, numbers)


def _check(command: AcceptProposal) -> None:
    some = command.moves
    odd = [one for one in some if not _is_plain(one)]
    if odd or len({one.number for one in some}) < len(some) or not 1 <= len(some) <= MOST_TOGETHER:
        raise BadInput(
            where=N_("proposal"),
            wrong=str(len(some)),
            right=N_("give 1 to {most} orders to a technician each").format(most=MOST_TOGETHER),
        )


def _is_plain(one: MoveOrder) -> bool:
    """Whether it is an assignment that insists on nothing."""
    if type(one) is not MoveOrder or one.move is not Move.ASSIGN:
        return False
    return not (one.also or one.insist or one.against)
