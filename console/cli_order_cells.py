"""An order as a row of `paidan list`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from console.render_told import takes_said
from store.domain.lifecycle import STATES

if TYPE_CHECKING:
    from store.queries.lists import OrderLine


def order_cells(line: OrderLine) -> tuple[str, ...]:
    """Its columns, those that are shown only where they are asked for last."""
    from console.cli_table import local  # brings Rich

    state = _(STATES[line.state].label)
    late = _("overdue") if line.overdue else ""
    who = (line.site or "", "+".join(line.technicians))
    kept = (*who, line.title, _met(line), str(line.crew), takes_said(line.takes_s))
    return (str(line.number), state, str(line.priority), local(line.due_at), late, *kept)


def _met(line: OrderLine) -> str:
    """When the customer awaits somebody; the day of the end where it is another one."""
    from console.cli_table import local

    begins, ends = local(line.appointment_at), local(line.appointment_to)
    if not ends:
        return begins
    return f"{begins}-{ends[11:] if ends[:10] == begins[:10] else ends}"
