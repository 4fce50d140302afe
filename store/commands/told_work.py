"""What the desk is told of an order's work, checked: how long, how many people, when promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from store.commands.inputs import instant, later, whole
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.domain.order import WorkOrder

LONGEST_S: Final = 60 * 24 * 60 * 60
"""Seconds that work takes at most: beyond two months it is another order."""
MOST_CREW: Final = 9
"""People that one order takes at most."""


def takes_s(value: int | None) -> int | None:
    """How long the work takes; None for the usual time."""
    if value is None:
        return None
    seconds = whole(value, 60, LONGEST_S, N_("how long the work takes"))
    return seconds // 60 * 60


def crew(value: int) -> int:
    """How many people it takes."""
    return whole(value, 1, MOST_CREW, N_("how many people it takes"))


def moment(value: datetime | None) -> datetime | None:
    """An end of an appointment, as the store keeps it."""
    return None if value is None else instant(value, N_("appointment"))


def checked(order: WorkOrder, fields: Mapping[str, Any], *, now: datetime) -> None:
    """Refuse an appointment that ends before it begins, or is over when it is made."""
    if not fields.keys() & {"appointment_at", "appointment_to"}:
        return
    begins = fields.get("appointment_at", order.appointment_at)
    ends = fields.get("appointment_to", order.appointment_to)
    if ends is not None and (begins is None or ends <= begins):
        raise BadInput(
            where=N_("appointment"),
            wrong=N_("it ends before it begins"),
            right=N_("write 14:00, or 14:00-16:00"),
        )
    if begins is not None:
        later(ends or begins, N_("appointment"), than=now)
