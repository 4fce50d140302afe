"""Orders that stay with whom they are, and when their work is meant to begin.

A lock is of those who have the order: nobody is called back from it, and its planned start stays,
until somebody unlocks it. It ends with the last visit, since then there is nobody to lock it to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.lifecycle import VisitState
from store.domain.moves_common import Draft, live_visits, refusal
from store.domain.moves_refusals import (
    Locked,
    LockedAlready,
    NobodyHolds,
    NotLocked,
    UnderWay,
)
from store.domain.replay import whole_ms
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.moves_desk import Told
    from store.domain.order import WorkOrder
    from store.domain.rules import Rules

LOCK, UNLOCK, PLACE = N_("be locked"), N_("be unlocked"), N_("begin at another time")
"""What is refused, in words."""

MOVING = frozenset({VisitState.EN_ROUTE, VisitState.ON_SITE})
"""Visits that have begun."""


def lock(order: WorkOrder, *, rules: Rules, at: datetime, by: int) -> Told:
    """Whoever has it keeps it, at the time that was planned for it."""
    if not live_visits(order.visits):
        raise refusal(order, NobodyHolds, LOCK)
    if order.locked_by is not None:
        raise refusal(order, LockedAlready, LOCK)
    draft = Draft(order, at=whole_ms(at), rules=rules)
    draft.set |= {"locked_by": by, "progress_at": draft.at}
    draft.body["technician"] = order.technician
    return draft.done("locked")


def unlock(order: WorkOrder, *, rules: Rules, at: datetime, by: int) -> Told:
    """It may go to others again, and to another time."""
    if order.locked_by is None:
        raise refusal(order, NotLocked, UNLOCK)
    draft = Draft(order, at=whole_ms(at), rules=rules)
    draft.set |= {"locked_by": None, "progress_at": draft.at}
    draft.body |= {"from": order.locked_by, "by": by}
    return draft.done("unlocked")


def check_start(order: WorkOrder, start_at: datetime | None) -> None:
    """Refuse another start than the one for which somebody has set out."""
    start_at = None if start_at is None else whole_ms(start_at)
    visits = live_visits(order.visits)
    if start_at != order.planned_at and visits and visits[0].state in MOVING:
        raise refusal(order, UnderWay, PLACE)


def place(
    order: WorkOrder, start_at: datetime | None, *, rules: Rules, at: datetime, by: int
) -> Told:
    """When work is meant to begin; None for when its turn comes. No fact where it is so already."""
    if not live_visits(order.visits):
        raise refusal(order, NobodyHolds, PLACE)
    start_at = None if start_at is None else whole_ms(start_at)
    if start_at == order.planned_at:
        return order, ()
    if order.locked_by is not None:
        raise refusal(order, Locked, PLACE)
    check_start(order, start_at)
    draft = Draft(order, at=whole_ms(at), rules=rules)
    draft.set |= {"planned_at": start_at, "progress_at": draft.at}
    draft.body["by"] = by
    return draft.done("placed")
