"""What a duplicate changes of the order that goes on in its place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store.domain.deeds import deeds_of
from store.domain.duplicates import (
    MOST_DUPLICATES,
    DuplicatesFull,
    carried,
    count_fewer,
    goes_on_to,
    let_go,
    take_in,
)
from store.domain.lifecycle import MOVES, STATES, Move
from store.domain.moves_common import live_visits
from store.domain.moves_end import check_original

if TYPE_CHECKING:
    from store.domain.dispatch.rules import Rule
    from store.domain.facts import Fact
    from store.domain.order import WorkOrder
    from store.persistence.work import Work

Kept = tuple["WorkOrder", "WorkOrder", tuple["Fact", ...]]
"""The order that goes on as it was and as it is, and the facts of that."""


def taken_in(work: Work, order: WorkOrder, original: int) -> tuple[Kept, ...]:
    """The order that goes on with this one taken in; none where an order is named as its own."""
    kept = work.order(original)
    check_original(order, kept, root=work.root_of(kept.number))
    if kept.number == order.number:
        return ()
    if len(work.duplicates_of((kept.number,))) >= MOST_DUPLICATES:
        label, state = MOVES[Move.DUPLICATE].label, STATES[order.state].label
        told = {"number": order.number, "move": label, "state": state}
        raise DuplicatesFull(**told, original=kept.number, most=MOST_DUPLICATES)
    rules, by = work.rules(kept), work.who.operator
    after, facts = take_in(kept, order, rules=rules, at=work.at, by=by)
    broken = _broken(work, order, kept)
    if broken:
        facts = tuple(_although(fact, broken) for fact in facts)
    return ((kept, after, facts),)


def _broken(work: Work, order: WorkOrder, kept: WorkOrder) -> tuple[Rule, ...]:
    """The rules of dispatch that those break at the order that goes on who had the other one."""
    if not goes_on_to(kept, order):
        return ()
    people = sorted({visit.technician for visit in live_visits(order.visits)})
    found = (one.rule for who in people for one in work.bars_of(kept, who))
    return tuple(dict.fromkeys(found))


def _although(fact: Fact, broken: tuple[Rule, ...]) -> Fact:
    if fact.name != "took_duplicate":
        return fact
    return replace(fact, body={**fact.body, "against": [rule.value for rule in broken]})


def handed_on(order: WorkOrder, kept: tuple[Kept, ...]) -> bool:
    """Whether whoever has the duplicate goes on to the order that took it in."""
    return any(goes_on_to(before, order) for before, _after, _told in kept)


def given_back(work: Work, order: WorkOrder) -> tuple[Kept, ...]:
    """Those that went on without it, as far as they had taken it in and the asker sees them.

    What went on may itself have become a duplicate since: the next one counts fewer for that.
    """
    given: list[Kept] = []
    kept, chased = _went_on(work, order), None
    if kept is not None:
        chased = _counted(work, kept, order.number)
    if kept is None or chased is None:
        return ()
    rules, by = work.rules(kept), work.who.operator
    given.append((kept, *let_go(kept, order.number, chased, rules=rules, at=work.at, by=by)))
    while chased and (further := _went_on(work, kept)) is not None:
        counted = _counted(work, further, kept.number)
        if counted is None:
            break
        rules, left = work.rules(further), counted - chased
        told = count_fewer(further, kept.number, counted, left, rules=rules, at=work.at, by=by)
        given.append((further, *told))
        kept = further
    return tuple(given)


def _went_on(work: Work, order: WorkOrder) -> WorkOrder | None:
    kept = None if order.duplicate_of is None else work.relative(order.duplicate_of)
    return kept if kept is not None and work.who.scope.covers(kept.site) else None


def _counted(work: Work, kept: WorkOrder, number: int) -> int | None:
    return carried(deeds_of(work.stories((kept.number,))[kept.number]), number)
