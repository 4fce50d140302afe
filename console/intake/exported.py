"""An order as `paidan export` gives it, and an import of our own kind takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.cli_plain import ORDER_FIELDS
from console.intake.nameless import number_of

if TYPE_CHECKING:
    from store.queries.lists import OrderLine

EXPORT_FIELDS = (
    *ORDER_FIELDS,
    "kind",
    "level",
    "reason",
    "wake_at",
    "state_since",
    "assigned_at",
    "accepted_at",
    "departed_at",
    "arrived_at",
    "done_at",
    "pauses",
    "description",
    "target_s",
    "target_days",
    "first_due_at",
    "missed_at",
    "level_spec",
    "needs",
    "takes",
    "crew",
    "appointment_at",
    "appointment_to",
)
"""What exports give: all that an import needs to come to the same order again."""


def export_plain(line: OrderLine) -> dict[str, Any]:
    """An order as exports give it; an id that an import had to invent is left out again."""
    row = {name: getattr(line, name, None) for name in EXPORT_FIELDS}
    if number_of(line.source, line.external_id) is not None:
        row |= {"external_id": None, "source": None}
    return row
