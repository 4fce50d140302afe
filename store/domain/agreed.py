"""An appointment behind a promise of the level: that to resolve stays, that to arrive gives way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.order import Clock
from store.domain.promised_again import arrival_owed
from store.domain.reckon import recomputed
from store.domain.targets import ClockKind

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.order import WorkOrder
    from store.domain.rules import Rules


def resolve_by(order: WorkOrder) -> datetime | None:
    """When it was promised to be resolved, while that promise runs; None where none does."""
    dues = (one.due_at for one in order.clocks if one.running and one.kind is ClockKind.RESOLVE)
    return next(dues, None)


def over_before(due: datetime | None, meets: datetime | None) -> bool:
    """Whether a promise is over before the customer awaits anybody."""
    return due is not None and meets is not None and due <= meets


def missed_for_it(order: WorkOrder) -> datetime | None:
    """When it was to be resolved, where the customer awaits nobody before that is over."""
    due = resolve_by(order)
    return due if over_before(due, order.appointment_at) else None


def arrive_by(order: WorkOrder, rules: Rules) -> datetime | None:
    """When somebody was to be there by the level alone, as long as nobody has been.

    None where the level promises no such thing.
    """
    since, target = arrival_owed(order), rules.target(order.priority, ClockKind.ARRIVE)
    if since is None or target is None:
        return None
    alone = Clock(kind=ClockKind.ARRIVE, started_at=since, target=target)
    return recomputed(alone, order.pauses, rules, at=since).due_at


def gives_way(order: WorkOrder, rules: Rules) -> datetime | None:
    """When somebody was to be there, where the customer awaits nobody before that is over."""
    due = arrive_by(order, rules)
    return due if over_before(due, order.appointment_at) else None
