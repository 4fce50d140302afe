"""Recalled visits: a technician was sent by mistake, and shows as recalled until it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.evolve import evolve
from store.domain.facts import Fact
from store.domain.lifecycle import VisitState
from store.domain.replay import changes, whole_ms

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.order import Visit, WorkOrder


def is_unseen(visit: Visit) -> bool:
    """Whether the technician of a visit must still see that he is not to go."""
    return visit.state is VisitState.RECALLED and visit.seen_at is None


def see_recalls(
    order: WorkOrder, *, at: datetime, technician: int | None = None
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """The recalls of an order (of one technician, if named) seen; no fact where there are none."""
    at = whole_ms(at)
    wanted = [
        visit
        for visit in order.visits
        if is_unseen(visit) and technician in {None, visit.technician}
    ]
    if not wanted:
        return order, ()
    visits = tuple(evolve(v, seen_at=at) if v in wanted else v for v in order.visits)
    after = evolve(order, visits=visits)
    people = sorted({visit.technician for visit in wanted})
    body = {"technician": people[0]} if len(people) == 1 else {"technicians": people}
    changed, words = changes(order, after)
    return after, (Fact(name="recall_seen", body=body | changed, words=words or None),)
