"""Which orders are major incidents, or in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text, union

from store.queries.answers.lines import ORDERS

if TYPE_CHECKING:
    from sqlalchemy import CompoundSelect


def in_incidents() -> CompoundSelect[Any]:
    """The numbers of incidents, of what stands under one, and of the duplicates of all these."""
    # What leaves the desk is none any more; so the index of what is there serves.
    standing = (text("live = 1"), ORDERS.c.cadence_s.is_not(None))
    incidents = select(ORDERS.c.number).where(*standing).cte("incidents")
    under, copies = ORDERS.alias("under"), ORDERS.alias("copies")
    family = union(
        select(incidents.c.number),
        select(under.c.number).join(incidents, under.c.parent == incidents.c.number),
    ).cte("family")
    return union(
        select(family.c.number),
        select(copies.c.number).join(family, copies.c.duplicate_of == family.c.number),
    )
