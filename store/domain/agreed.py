"""An appointment behind a promise of the level: the promise is the customer's, and stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.targets import ClockKind

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.order import WorkOrder


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
