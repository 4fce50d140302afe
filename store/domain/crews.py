"""Orders that take several people: how many of them are still to be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.declines import visits_now
from store.domain.lifecycle import LIVE_VISITS, VisitState

if TYPE_CHECKING:
    from store.domain.order import WorkOrder

_COUNTED = frozenset({*LIVE_VISITS, VisitState.DONE})
"""Whoever has it, and whoever has done their part of it since it was opened."""


def lacking(order: WorkOrder) -> int:
    """None of an order for one: who has that is told by its state."""
    if order.crew == 1:
        return 0
    return max(0, order.crew - sum(visit.state in _COUNTED for visit in visits_now(order)))
