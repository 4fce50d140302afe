"""Orders locked to whom they are with, and put into somebody's day for a certain time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.commands.besides import called_back, gathered, with_besides
from store.commands.inputs import instant
from store.commands.stood import Stamps, lie_so, stand_so
from store.domain.advance import advance
from store.domain.errors import BadInput, Refusal
from store.domain.intents import Command, Done
from store.domain.lifecycle import MOVES, STATES, Move
from store.domain.locks import PLACE, check_start, lock, place, unlock
from store.domain.moves_common import live_visits, refusal
from store.domain.moves_refusals import Locked, LockedTo, SeveralHold
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from store.domain.order import WorkOrder
    from store.persistence.work import Work

MOST = 20
"""Orders that are arranged at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LockOrder(Command):
    """Whoever has the order keeps it, at the time planned for it, until somebody unlocks it."""

    number: int
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockOrder(Command):
    """The order may go to others again."""

    number: int
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOrder(Command):
    """Put an order into somebody's day: who goes, and when work is meant to begin."""

    number: int
    technician: int | str
    start_at: datetime | None = None
    """None for when its turn comes."""
    version: int | None = None
    instead: int | None = None
    """Whose place he takes, where several have it: the others keep it, and begin when he does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangeOrders(Command):
    """Place some orders together, all or none."""

    commands: tuple[PlaceOrder, ...]
    stamps: Stamps = ()
    """How everybody stood by whose days this was decided; otherwise it refuses as `DaysChanged`."""
    places: Stamps = ()
    """Where each of the orders lay then that has a site; elsewhere it refuses the same."""
    as_of: datetime | None = None
    """When that was read; None where nothing is to be compared."""


class DaysChanged(Refusal):
    """What was weighed is not what there is."""

    sentence = N_("the day of {people} is another now: look again, then choose")


def lock_order(work: Work, command: LockOrder) -> Done:
    """The order locked by the asker."""
    order = work.order(command.number, command.version)
    after, facts = lock(order, rules=work.rules(order), at=work.at, by=work.who.operator)
    work.save(order, after, *facts)
    holder = work.technician(order.technician or 0).name
    facts_told = {"number": order.number, "technician": holder}
    sentence = N_("order {number} is locked to {technician}")
    return Done(sentence=sentence, facts=facts_told, numbers=(order.number,))


def unlock_order(work: Work, command: UnlockOrder) -> Done:
    """The order free to go to others."""
    order = work.order(command.number, command.version)
    after, facts = unlock(order, rules=work.rules(order), at=work.at, by=work.who.operator)
    work.save(order, after, *facts)
    sentence = N_("order {number} is unlocked")
    return Done(sentence=sentence, facts={"number": order.number}, numbers=(order.number,))


def place_order(work: Work, command: PlaceOrder) -> Done:
    """The order with somebody, at a time; whoever had it alone, or is named, is called back."""
    order = work.order(command.number, command.version)
    sent = work.technician(command.technician)
    start_at = None if command.start_at is None else instant(command.start_at, N_("start"))
    holders = {visit.technician for visit in live_visits(order.visits)}
    rules, by = work.rules(order), work.who.operator
    several = len(holders) > 1
    if len(holders) > order.crew or (several and {sent.id, command.instead}.isdisjoint(holders)):
        raise refusal(order, SeveralHold, PLACE)
    if sent.id in holders:
        after, facts = place(order, start_at, rules=rules, at=work.at, by=by)
    else:
        check_lock(work, order, sent.id)
        if several and start_at is not None:
            check_start(order, start_at)
        after, facts = advance(
            order,
            Move.ASSIGN,
            at=work.at,
            by=by,
            rules=rules,
            technician=sent.id,
            instead=command.instead if several else None,
            start_at=start_at,
        )
    if facts:
        work.save(order, after, *facts)
    told: dict[str, Any] = {"number": order.number, "technician": sent.name}
    told["state"] = STATES[after.state].label
    sentence = N_("order {number} is {state} → {technician}")
    if start_at is not None:
        sentence = N_("order {number} is {state} → {technician}, to begin at {start}")
        told["start"] = start_at
    done = Done(sentence=sentence, facts=told, numbers=(order.number,))
    return with_besides(done, called_back(work, order, after))


def arrange_orders(work: Work, command: ArrangeOrders) -> Done:
    """Each in its place; refused whole where one cannot be, or the days are others by now."""
    if not 1 <= len(command.commands) <= MOST:
        raise BadInput(
            where=N_("set"),
            wrong=str(len(command.commands)),
            right=N_("one to {most} commands about orders").format(most=MOST),
        )
    orders = work.orders(one.number for one in command.commands)  # locked together, lowest first
    people = {work.technician(one.technician).id for one in command.commands}
    for order in orders.values():
        people |= {visit.technician for visit in live_visits(order.visits)}
    if command.as_of is not None:
        stand = stand_so(work, command.stamps, people, as_of=command.as_of)
        if not stand or not lie_so(work, command.places, orders):
            names = sorted(work.technician(who).name for who in people)
            raise DaysChanged(people=", ".join(names))
    done = [place_order(work, one) for one in command.commands]
    if len(done) == 1:
        return done[0]
    numbers = tuple(number for one in done for number in one.numbers)
    told = {"count": len(numbers), "numbers": ", ".join(f"#{number}" for number in numbers)}
    all_of_it = Done(sentence=N_("done for {count}: {numbers}"), facts=told, numbers=numbers)
    return with_besides(all_of_it, gathered(done), alone=False)


def check_lock(work: Work, order: WorkOrder, technician: int) -> None:
    """Refuse what would call somebody back to whom the order is locked, with their names."""
    held = live_visits(order.visits)
    if order.locked_by is not None and held and technician not in {v.technician for v in held}:
        told = refusal(order, Locked, MOVES[Move.ASSIGN].label).facts
        holder = work.technician(held[0].technician).name
        raise LockedTo(**told, by=work.name_of(order.locked_by), technician=holder)


LOCKS: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    LockOrder: lock_order,
    UnlockOrder: unlock_order,
    PlaceOrder: place_order,
    ArrangeOrders: arrange_orders,
}
