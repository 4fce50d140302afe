"""The command that does what was weighed on the schedule board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.commands.locks import ArrangeOrders, PlaceOrder

if TYPE_CHECKING:
    from store.queries.arrange import Arrangement


def arranged(found: Arrangement) -> ArrangeOrders:
    """The orders where they are shown, if the days are still those that were weighed."""
    return ArrangeOrders(
        commands=tuple(
            PlaceOrder(
                number=one.number,
                technician=one.who.id,
                start_at=one.plan_at,
                version=one.version,
                instead=one.instead,
            )
            for one in found.placed
            if not one.beside
        ),
        stamps=found.stamps,
        places=found.places,
        as_of=found.at,
    )
