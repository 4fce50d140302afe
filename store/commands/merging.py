"""What a duplicate changes of the order that goes on in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.deeds import deeds_of
from store.domain.duplicates import MOST_DUPLICATES, DuplicatesFull, carried, let_go, take_in
from store.domain.lifecycle import MOVES, STATES, Move
from store.domain.moves_end import check_original

if TYPE_CHECKING:
    from store.domain.facts import Fact
    from store.domain.order import WorkOrder
    from store.persistence.work import Work

Kept = tuple["WorkOrder", "WorkOrder", tuple["Fact", ...]]
"""The order that goes on as it was and as it is, and the facts of that."""


def taken_in(work: Work, order: WorkOrder, original: int) -> Kept | None:
    """The order that goes on with this one taken in; None where an order is named as its own."""
    kept = work.order(original)
    check_original(order, kept, root=work.root_of(kept.number))
    if kept.number == order.number:
        return None
    if len(work.duplicates_of((kept.number,))) >= MOST_DUPLICATES:
        label, state = MOVES[Move.DUPLICATE].label, STATES[order.state].label
        told = {"number": order.number, "move": label, "state": state}
        raise DuplicatesFull(**told, original=kept.number, most=MOST_DUPLICATES)
    rules, by = work.rules(kept), work.who.operator
    return kept, *take_in(kept, order, rules=rules, at=work.at, by=by)


def given_back(work: Work, order: WorkOrder) -> Kept | None:
    """The order that went on without it, as far as it had taken it in and the asker sees it."""
    kept = None if order.duplicate_of is None else work.relative(order.duplicate_of)
    if kept is None or not work.who.scope.covers(kept.site):
        return None
    chased = carried(deeds_of(work.stories((kept.number,))[kept.number]), order.number)
    if chased is None:
        return None
    rules, by = work.rules(kept), work.who.operator
    return kept, *let_go(kept, order.number, chased, rules=rules, at=work.at, by=by)
