"""Derives again what a store keeps twice: queue columns, timers, alarms, technicians' states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, update

from store.domain.lifecycle import STATES
from store.persistence import people_state
from store.persistence.mapping import ORDER

if TYPE_CHECKING:
    from collections.abc import Collection

    from store.persistence.order_work import OrderWork

_BY_STATE = (
    update(ORDER)
    .where(ORDER.c.number.in_(bindparam("numbers", expanding=True)))
    .where(ORDER.c.state == bindparam("is_state"))
)


def mend(work: OrderWork, numbers: Collection[int], technicians: Collection[int]) -> int:
    """Make what is derived equal to what it derives from; how many orders were looked at.

    The journal is not touched, and neither is anything that only the journal could tell.
    """
    orders = work.orders(numbers)
    for order in orders.values():
        work.save(order, order)
    work.flush()
    for state, spec in STATES.items() if orders else ():
        given = {"numbers": sorted(orders), "is_state": state.value}
        derived = {"category": spec.category.value, "live": not spec.final}
        work.conn.execute(_BY_STATE.values(derived), given)
    people_state.refresh(work.conn, technicians, at=work.at)
    return len(orders)
