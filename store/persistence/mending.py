"""Derives again what a store keeps twice: queue columns, timers, alarms, technicians' states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, update

from store.domain.lifecycle import STATES
from store.persistence import people_state, search_index
from store.persistence.loading import TIMER
from store.persistence.mapping import ORDER
from store.persistence.reckoning import reckoned

if TYPE_CHECKING:
    from collections.abc import Collection

    from store.persistence.order_work import OrderWork

_BY_STATE = (
    update(ORDER)
    .where(ORDER.c.number.in_(bindparam("numbers", expanding=True)))
    .where(ORDER.c.state == bindparam("is_state"))
)

_AIM_AGAIN = (
    update(TIMER)
    .where(TIMER.c.number.in_(bindparam("numbers", expanding=True)))
    .where(TIMER.c.fired_at.is_(None), TIMER.c.tries == 0, TIMER.c.aim_at > TIMER.c.due_at)
    .values(aim_at=TIMER.c.due_at)
)


def mend(work: OrderWork, numbers: Collection[int], technicians: Collection[int]) -> int:
    """Make what is derived equal to what it derives from; how many orders that were.

    Clocks on a calendar's old hours are reckoned again, as its edit should have done. Nothing
    else that the journal tells is touched.
    """
    found, _ = reckoned(work, numbers, if_outdated=True)
    for before, after, facts in found:
        work.save(before, after, *facts)
    work.flush()
    mended = sorted(before.number for before, _, _ in found)
    if mended:
        work.conn.execute(_AIM_AGAIN, {"numbers": mended})
    for state, spec in STATES.items() if mended else ():
        given = {"numbers": mended, "is_state": state.value}
        derived = {"category": spec.category.value, "live": not spec.final}
        work.conn.execute(_BY_STATE.values(derived), given)
    people_state.refresh(work.conn, technicians, at=work.at)
    search_index.index(work.conn, work.kind, numbers)
    return len(mended)
