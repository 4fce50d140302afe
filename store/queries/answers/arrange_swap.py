"""Answers what it would come to if two orders changed places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store.domain.dispatch.laid import lay
from store.domain.dispatch.weigh import slot_of
from store.domain.errors import NameUnknown
from store.domain.words import N_
from store.queries.answers.arrange import Arranging, holders_of, movable
from store.queries.answers.laid_days import LaidDays
from store.queries.arrange import Placing

if TYPE_CHECKING:
    from store.domain.order import WorkOrder
    from store.persistence.reader import Reader
    from store.queries.arrange import Arrangement, Swap


def swap(reader: Reader, query: Swap) -> Arrangement:
    """Each goes to whoever has the other, and comes where that one comes."""
    pair = [movable(reader, number) for number in dict.fromkeys((query.one, query.other))]
    of = {query.one: query.one_of, query.other: query.other_of}
    holders = [_of(order, of[order.number]) for order in pair]
    laid = LaidDays(reader, list(set(holders)))
    slots = []
    for order, holder in zip(pair, holders, strict=True):
        others = frozenset({one.number for one in pair} - {order.number})
        worker = laid.crew.workers.get(holder)
        if worker is None:
            raise NameUnknown(what=N_("technician"), name=holder)
        if len(set(holders)) == 1:  # both are out of the way when they are put in again
            stops = tuple(stop for stop in worker.stops if stop.number not in others)
            worker = replace(worker, stops=stops)
        slots.append(slot_of(lay(worker, laid.crew.ways), order.number))
    placings = [
        Placing(number=order.number, technician=to, slot=slot, instead=holder)
        for order, holder, to, slot in zip(
            pair, holders, reversed(holders), reversed(slots), strict=True
        )
    ]
    return Arranging(reader, tuple(placings)).told()


def _of(order: WorkOrder, who: int | None) -> int:
    """Whose place in it changes: where several have it, the one who was named."""
    return who if who is not None and who in holders_of(order) else order.technician or 0
