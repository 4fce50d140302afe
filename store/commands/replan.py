"""Accepting a proposal: orders go to whom it says, if the board stands as it was made for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from store.commands.besides import called_back, with_besides
from store.commands.locks import PlaceOrder, place_order
from store.commands.moves import MoveOrder, assign_by_proposal
from store.commands.stood import Stamps, lie_so, stand_so
from store.commands.together import told_as_one
from store.domain.errors import BadInput, MoveRefused, NameUnknown, OrderUnknown, Refusal, Stale
from store.domain.intents import Command, Done
from store.domain.lifecycle import STATES, Move
from store.domain.moves_common import live_visits
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.order import WorkOrder
    from store.persistence.work import Work


MOST_PROPOSED: Final = 5_000
"""Orders of one proposal: a whole board planned anew is accepted whole."""


class BoardMovedOn(Refusal):
    """What was shown is not what would be done."""

    sentence = N_("the board has moved on since this was proposed, so nothing was done")


@dataclass(frozen=True, slots=True, kw_only=True)
class SendTogether:
    """A part of a proposal: several go to one order, all at one start."""

    number: int
    version: int
    """The version that was seen."""
    start_at: datetime
    gain: tuple[int, ...]
    """Who is sent, beside those who have it and stay; nobody where all have it that it takes, and
    only the start is new.
    """
    lose: tuple[int, ...] = ()
    """In whose place the first of them go."""


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
    together: tuple[SendTogether, ...] = ()
    """Orders to which several go."""


def accept_proposal(work: Work, command: AcceptProposal) -> Done:
    """Each assignment as by hand; `BoardMovedOn` where anything that they rest on has changed."""
    _check(command)
    numbers = [move.number for move in command.moves]
    numbers += [one.number for one in command.together]
    work.orders(work.with_parents(numbers))  # locked together, lowest first
    done: list[Done] = []
    try:
        concerned = {
            visit.technician for n in numbers for visit in live_visits(work.order(n).visits)
        }
        gain = {move.technician or 0 for move in command.moves}
        gain |= {who for one in command.together for who in one.gain}
        concerned |= {work.technician(who).id for who in gain}
        stand = stand_so(work, command.stamps, concerned, as_of=command.as_of)
        if not stand or not lie_so(work, command.places, numbers):
            raise BoardMovedOn
        done += [assign_by_proposal(work, move) for move in command.moves]
        done += [_send_together(work, one) for one in command.together]
    except (MoveRefused, NameUnknown, OrderUnknown, Stale) as refusal:
        raise BoardMovedOn from refusal
    return told_as_one(done, {}, numbers)


def _send_together(work: Work, one: SendTogether) -> Done:
    """All at one start; the first of them in the place of those who lose it."""
    before = work.order(one.number, one.version)
    if not one.gain:
        return _begin_together(work, before, one.start_at)
    for who, instead in zip_longest(one.gain, one.lose):
        move = MoveOrder(
            number=one.number,
            move=Move.ASSIGN,
            technician=who,
            also=True,
            instead=instead,
            start_at=one.start_at,
        )
        assign_by_proposal(work, move)
    after = work.order(one.number)
    facts = {
        "number": one.number,
        "state": STATES[after.state].label,
        "technician": " + ".join(work.technician(who).name for who in one.gain),
        "start": after.planned_at,
    }
    sentence = N_("order {number} is {state} → {technician}, to begin at {start}")
    done = Done(sentence=sentence, facts=facts, numbers=(one.number,))
    return with_besides(done, called_back(work, before, after))


def _begin_together(work: Work, order: WorkOrder, start_at: datetime) -> Done:
    """Those who have it all begin then."""
    people = [visit.technician for visit in live_visits(order.visits)]
    if len(people) != order.crew:
        raise BoardMovedOn
    done = place_order(
        work, PlaceOrder(number=order.number, technician=people[0], start_at=start_at)
    )
    names = " + ".join(work.technician(who).name for who in people)
    return replace(done, facts={**done.facts, "technician": names})


def _check(command: AcceptProposal) -> None:
    some: tuple[MoveOrder | SendTogether, ...] = (*command.moves, *command.together)
    plain = all(map(_is_plain, command.moves)) and all(map(_is_whole, command.together))
    if (
        not plain
        or len({one.number for one in some}) < len(some)
        or not 1 <= len(some) <= MOST_PROPOSED
    ):
        raise BadInput(
            where=N_("proposal"),
            wrong=str(len(some)),
            right=N_("give 1 to {most} orders to a technician each").format(most=MOST_PROPOSED),
        )


def _is_plain(one: MoveOrder) -> bool:
    """Whether it is an assignment that insists on nothing."""
    if type(one) is not MoveOrder or one.move is not Move.ASSIGN:
        return False
    return not (one.also or one.insist or one.against or one.instead is not None)


def _is_whole(one: SendTogether) -> bool:
    """Whether it sends each of them once, and no more people go than come. Where nobody comes it
    is only a start, for those who have it.
    """
    people = {*one.gain, *one.lose}
    return len(people) == len(one.gain) + len(one.lose) and len(one.gain) >= len(one.lose)
