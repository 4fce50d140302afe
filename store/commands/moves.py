"""Taking orders through their life."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from store.commands.besides import (
    RUNS,
    as_wished,
    called_back,
    still_wanted,
    taken_over,
    with_besides,
)
from store.commands.families import check_standing
from store.commands.inputs import REASON, instant, line
from store.commands.locks import check_lock
from store.commands.merging import given_back, handed_on, taken_in
from store.commands.undo_words import name_if_here
from store.domain.advance import advance
from store.domain.dispatch.rules import SHORT, Rule
from store.domain.families import is_open, is_over
from store.domain.intents import Command, Done
from store.domain.lifecycle import MOVES, STATES, Move, State
from store.domain.moves_common import live_visits
from store.domain.moves_refusals import IncidentRuns
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.commands.merging import Kept
    from store.domain.facts import Fact
    from store.domain.order import WorkOrder
    from store.persistence.work import Work


_OF_A_CREW = frozenset({Move.ASSIGN, Move.DECLINE})
"""Steps after which it is told who of a crew is still to be found."""


HIS_PART: Mapping[Move, str] = {
    Move.ACCEPT: N_("{technician} has accepted order {number}; it is {state}"),
    Move.DECLINE: N_("{technician} has declined order {number}; it is {state}"),
    Move.DEPART: N_("{technician} is on the way to order {number}; it is {state}"),
    Move.ARRIVE: N_("{technician} has arrived at order {number}; it is {state}"),
    Move.FINISH: N_("{technician} has done their part of order {number}; it is {state}"),
}
"""What is told of a step where several have the order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveOrder(Command):
    """One step of an order; what the step must be told depends on the move."""

    number: int
    move: Move
    version: int | None = None
    """The version that the operator saw; another one refuses as Stale."""
    technician: int | str | None = None
    """By id, code or name: to whom, or whose visit moves."""
    reason: str = ""
    wake_at: datetime | None = None
    insist: bool = False
    duplicate_of: int | None = None
    also: bool = False
    """Whether an assignment adds a visit beside those under way."""
    instead: int | str | None = None
    """Whom of those who have it an assignment calls back, while the others keep it."""
    start_at: datetime | None = None
    """When work is meant to begin; None for when its turn comes."""
    against: tuple[Rule, ...] = ()
    """The rules of dispatch that the operator was told an assignment breaks; it is done, and kept
    that he knew."""


def move_order(work: Work, command: MoveOrder, *, body: Mapping[str, object] | None = None) -> Done:
    """The order one step further, or a refusal that says why not; its entry also has `body`."""
    if command.duplicate_of is not None:
        work.orders((command.number, command.duplicate_of))  # locked together, lowest first
    if command.move is Move.REOPEN:
        work.orders(work.with_originals(work.with_parents((command.number,))))
    order = work.order(command.number, command.version)
    sent = None if command.technician is None else work.technician(command.technician)
    technician = None if sent is None else sent.id
    leaves = None if command.instead is None else work.technician(command.instead).id
    kept = _kept(work, command, order)
    if command.move is Move.ASSIGN and technician is not None and not command.also:
        check_lock(work, order, technician)
    wake_at = None if command.wake_at is None else instant(command.wake_at, N_("wake-up time"))
    start_at = None if command.start_at is None else instant(command.start_at, N_("start"))
    after, facts = advance(
        order,
        command.move,
        at=work.at,
        by=work.who.operator,
        rules=work.rules(order),
        technician=technician,
        reason=line(command.reason, N_("reason"), limit=REASON),
        wake_at=wake_at,
        insist=command.insist,
        duplicate_of=command.duplicate_of,
        also=command.also,
        instead=leaves,
        recall=command.move is Move.DUPLICATE and not handed_on(order, kept),
        start_at=start_at,
        asked_lately=work.asked_lately(order) if command.move is Move.FINISH else None,
    )
    left = _left_open(work, command, order, after)
    if is_over(after.state) or command.move is Move.REOPEN:
        check_standing(work, order, after, MOVES[command.move].label)
    work.save(order, after, *(_knowing(fact, command, body or {}) for fact in facts))
    kept = kept if after.duplicate_of != order.duplicate_of else ()
    for before, without, told in kept:
        work.save(before, without, *told)
    done = _told(command, after, None if sent is None else sent.name, facts)
    if len(live_visits(order.visits)) > 1:
        done = _his_part(work, command.move, done, facts)
    wanted = still_wanted(after) if command.move in _OF_A_CREW else {}
    wished = as_wished(work, after) if command.move is Move.ASSIGN else {}
    return with_besides(done, _besides(work, order, after, kept) | left | wanted | wished)


def _his_part(work: Work, move: Move, done: Done, told: tuple[Fact, ...]) -> Done:
    """Whose step it was, where several have the order."""
    whose = next((fact.body.get("technician") for fact in told if fact.name == MOVES[move].fact), 0)
    if move not in HIS_PART or not isinstance(whose, int):
        return done
    facts = {**done.facts, "technician": name_if_here(work, whose)}
    return replace(done, sentence=HIS_PART[move], facts=facts)


def _left_open(
    work: Work, command: MoveOrder, order: WorkOrder, after: WorkOrder
) -> dict[str, list[Any]]:
    """How many cases of a major incident are open though it is finished; that is insisted on."""
    if order.cadence_s is None or after.state is not State.DONE or order.state is State.DONE:
        return {}
    count = sum(is_open(kin.state) for kin in work.children_of(order.number))
    if count and not command.insist:
        label, state = MOVES[command.move].label, STATES[order.state].label
        raise IncidentRuns(number=order.number, move=label, state=state, count=count)
    return {RUNS: [[order.number, count]]} if count else {}


def _kept(work: Work, command: MoveOrder, order: WorkOrder) -> tuple[Kept, ...]:
    """The orders that go on with this one taken in, or without it."""
    if command.duplicate_of is not None:
        return taken_in(work, order, command.duplicate_of)
    return given_back(work, order) if command.move is Move.REOPEN else ()


def _besides(
    work: Work, order: WorkOrder, after: WorkOrder, kept: tuple[Kept, ...]
) -> dict[str, list[Any]]:
    """Who is called off, and what went to the order that goes on in its place."""
    taken = [taken_over(work, before, without, facts) for before, without, facts in kept]
    found = {} if handed_on(order, kept) else called_back(work, order, after)
    for one in taken:
        found |= one
    return found


def assign_by_proposal(work: Work, command: MoveOrder) -> Done:
    """An assignment of a proposal for the whole board that was accepted, as its entry tells."""
    return move_order(work, command, body={"proposed": True})


def _knowing(fact: Fact, command: MoveOrder, body: Mapping[str, object]) -> Fact:
    """The fact with what was done knowingly, and what else its entry is to tell."""
    if fact.name != MOVES[command.move].fact:
        return fact
    if command.move is Move.ASSIGN and command.against:
        body = {**body, "against": [rule.value for rule in command.against]}
    return replace(fact, body={**fact.body, **body}) if body else fact


def _told(command: MoveOrder, after: WorkOrder, sent: str | None, told: tuple[Fact, ...]) -> Done:
    """Who goes and what speaks against him, or until when it waits, is part of what was done."""
    move = command.move
    alone = any(fact.body.get("nobody") for fact in told)
    sentence = N_("order {number} is {state}")
    facts: dict[str, Any] = {"number": after.number, "state": STATES[after.state].label}
    if sent is not None and move is Move.ASSIGN:
        sentence = N_("order {number} is {state} → {technician}")
        facts["technician"] = sent
        if command.start_at is not None:
            sentence = N_("order {number} is {state} → {technician}, to begin at {start}")
            facts["start"] = after.planned_at
        if command.against:
            sentence = N_("order {number} is {state} → {technician}, although: {against}")
            facts["against"] = [SHORT[rule] for rule in command.against]
    elif alone:
        sentence = N_(
            "order {number} is {state}; nobody had it: response and arrival do not count as kept"
        )
    elif after.wake_at is not None and move is Move.WAIT:
        sentence = N_("order {number} is {state} until {until}")
        facts["until"] = after.wake_at
    return Done(sentence=sentence, facts=facts, numbers=(after.number,))
