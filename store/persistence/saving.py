"""Writes what became of orders: rows, parts, timers, alarms and technicians, as differences."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from store.domain.reckon import standing
from store.domain.timers import implied
from store.persistence import people_state
from store.persistence.alarm_rows import settle
from store.persistence.mapping import (
    CLOCK,
    ORDER,
    PAUSE,
    VISIT,
    clock_values,
    order_values,
    pause_values,
    visit_values,
)
from store.persistence.planning import plan
from store.persistence.statements import Batch, Values, send, update_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from store.domain.order import WorkOrder
    from store.domain.rules import Rules
    from store.persistence.known import Known
    from store.persistence.levels import Shelf

_PARTS = (
    (VISIT, ("number", "place")),
    (PAUSE, ("number", "place")),
    (CLOCK, ("number", "kind", "run")),
)


def write(conn: Connection, changed: Iterable[Known], shelf: Shelf, *, at: datetime) -> int | None:
    """Make the stored orders what they became; the number of one that somebody else changed first.

    The caller holds the orders' locks, so that can only be an order loaded outside this
    transaction; nothing may be kept then.
    """
    orders = sorted(changed, key=lambda known: known.now.number)
    batch, updates = Batch(), _Updates()
    technicians: set[int] = set()
    for known in orders:
        rules = shelf.rules(known.now)
        row = row_of(known, rules)
        if known.stored is None:
            batch.insert(ORDER, row)
        else:
            updates.add(known, row)
        compare_parts(batch, known.stored, known.now)
        plan(batch, known, implied(known.now, rules, known.follow_ups))
        settle(batch, known, rules, at=at)
        technicians |= people_state.touched(known.stored, known.now)
    lost = updates.send(conn)
    if lost is not None:
        return lost
    batch.send(conn)
    people_state.refresh(conn, technicians, at=at)
    return None


def row_of(known: Known, rules: Rules) -> Values:
    """The whole row of an order, with what its queues sort and filter it by."""
    order = known.now
    stand = standing(order, rules)
    return {
        **order_values(order),
        "next_deadline": stand.next_deadline,
        "next_clock": stand.next_clock and stand.next_clock.value,
        "risk_at": stand.risk_at,
        "orphan_at": stand.orphan_at,
        "follow_at": min((promise.due_at for promise in known.follow_ups), default=None),
        "rank_at": stand.rank_at,
    }


def compare_parts(batch: Batch, before: WorkOrder | None, after: WorkOrder) -> None:
    """The visits, pauses and clocks that came, changed or went."""
    if before is not None and _same_parts(before, after):
        return
    old, new = parts_of(before) if before else ({}, {}, {}), parts_of(after)
    for (table, keys), stored, wanted in zip(_PARTS, old, new, strict=True):
        batch.compare(table, keys, stored, wanted)


def parts_of(order: WorkOrder) -> tuple[Mapping[Any, Values], ...]:
    """The rows of an order's visits, pauses and clocks, each by its key."""
    number = order.number
    return (
        {v.place: visit_values(number, v) for v in order.visits},
        {p: pause_values(number, p, pause) for p, pause in enumerate(order.pauses, 1)},
        {(c.kind, c.run): clock_values(number, p, c) for p, c in enumerate(order.clocks, 1)},
    )


class _Updates:
    """Changed order rows, grouped by which columns changed, each guarded by its version."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, ...], list[Values]] = defaultdict(list)

    def add(self, known: Known, row: Values) -> None:
        changes = {name: value for name, value in row.items() if known.row[name] != value}
        if not changes:
            return
        self._groups[tuple(changes)].append(
            {
                "k_number": row["number"],
                "k_version": known.row["version"],
                **{f"v_{name}": value for name, value in changes.items()},
            }
        )

    def send(self, conn: Connection) -> int | None:
        for columns, rows in self._groups.items():
            statement = update_by(ORDER, ("number", "version"), columns)
            met = send(conn, statement, rows)
            if 0 <= met < len(rows):
                number: int = rows[0]["k_number"]
                return number
        return None


def _same_parts(before: WorkOrder, after: WorkOrder) -> bool:
    return (
        before.visits is after.visits
        and before.pauses is after.pauses
        and before.clocks is after.clocks
    )
