"""Writes what became of orders: rows, parts, timers, alarms and technicians, as differences."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from store.domain.bells import alarm_aims
from store.domain.lifecycle import STATES, Category
from store.domain.reckon import standing
from store.domain.timers import implied
from store.persistence import people_state
from store.persistence.alarm_rows import settle
from store.persistence.mapping import (
    CLOCK,
    ORDER,
    PAUSE,
    STEP,
    VISIT,
    clock_values,
    order_changes,
    order_values,
    pause_values,
    step_values,
    visit_values,
)
from store.persistence.planning import plan
from store.persistence.statements import Batch, Row, Values, send_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from sqlalchemy import Connection, Table

    from store.domain.order import WorkOrder
    from store.domain.reckon import Standing
    from store.domain.rules import Rules
    from store.domain.timer_kinds import TimerAim
    from store.persistence.known import Known
    from store.persistence.levels import Shelf


_AT_WORK = frozenset({Category.OPEN, Category.WAITING})


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows that hang on an order, in a tuple of it."""

    table: Table
    keys: tuple[str, ...]
    held: Callable[[WorkOrder], tuple[Any, ...]]
    row: Callable[[int, int, Any], Values]
    """From the order's number, a place from 1, and what is held there."""


_PARTS = (
    _Part(VISIT, ("number", "place"), attrgetter("visits"), visit_values),
    _Part(PAUSE, ("number", "place"), attrgetter("pauses"), pause_values),
    _Part(CLOCK, ("number", "kind", "run"), attrgetter("clocks"), clock_values),
    _Part(STEP, ("number", "place"), attrgetter("steps"), step_values),
)


def write(
    conn: Connection, changed: Iterable[Known], shelf: Shelf, *, at: datetime, acted: bool
) -> int | None:
    """Make the stored orders what they became; the number of one that somebody else changed first.

    The caller holds the orders' locks, so that can only be an order loaded outside this
    transaction; nothing may be kept then. `acted` is whether a person does this.
    """
    orders = sorted(changed, key=lambda known: known.now.number)
    batch, updates = Batch(), _Updates()
    technicians: set[int] = set()
    for known in orders:
        rules = shelf.rules(known.now)
        stored = known.stored
        if stored is None:
            batch.insert(ORDER, row_of(known, rules))
            compare_parts(batch, None, known.now)
        elif _only_asks_attention(known):
            missed = compare_marks(batch, stored, known.now)
            updates.add(stored, known, {}, queue_of(known, rules) if missed else known.queue)
        else:
            changes = order_changes(stored, known.now)
            updates.add(stored, known, changes, queue_of(known, rules))
            compare_parts(batch, stored, known.now)
        settle(batch, known, rules, at=at, acted=acted)
        plan(batch, known, aims_of(known, rules), at=at)
        technicians |= people_state.touched(stored, known.now)
    people_state.hold(conn, technicians)
    lost = updates.send(conn)
    if lost is not None:
        return lost
    batch.send(conn)
    people_state.refresh(conn, technicians, at=at)
    return None


def aims_of(known: Known, rules: Rules) -> tuple[TimerAim, ...]:
    """What an order and its alarm wake for."""
    order = implied(known.now, rules, known.follow_ups)
    return (*order, *alarm_aims(known.alarm, rules.policy))


def foresee(known: Known, after: WorkOrder, rules: Rules) -> None:
    """Raise whatever keeps an order from being written as it is to become."""
    standing(after, rules)
    implied(after, rules, known.follow_ups)


def row_of(known: Known, rules: Rules) -> Values:
    """The whole row of an order, with what its queues sort and filter it by."""
    return {**order_values(known.now), "chain": known.chain, **queue_of(known, rules)}


def queue_of(known: Known, rules: Rules) -> Values:
    """What the queues sort and filter an order by."""
    stand = standing(known.now, rules)
    follow_at = min([p.due_at for p in known.follow_ups]) if known.follow_ups else None
    return {
        "next_deadline": stand.next_deadline,
        "next_clock": stand.next_clock and stand.next_clock.value,
        "risk_at": stand.risk_at,
        "orphan_at": stand.orphan_at,
        "follow_at": follow_at,
        "rank_at": ranked(known.now, stand, follow_at),
    }


def ranked(order: WorkOrder, stand: Standing, follow_at: datetime | None) -> datetime:
    """Where an order stands in a queue: a promised call, too, runs out while work is to be done."""
    if follow_at is None or STATES[order.state].category not in _AT_WORK:
        return stand.rank_at
    return min(stand.rank_at, follow_at)


def compare_parts(batch: Batch, before: WorkOrder | None, after: WorkOrder) -> None:
    """The visits, pauses, clocks and steps that came, changed or went."""
    for part in _PARTS:
        old, new = part.held(before) if before else (), part.held(after)
        if old is not new:
            for place, (was, now) in enumerate(zip_longest(old, new), 1):
                if was is not now:
                    rows = [one and part.row(after.number, place, one) for one in (was, now)]
                    batch.compare(part.table, part.keys, *rows)


def compare_marks(batch: Batch, before: WorkOrder, after: WorkOrder) -> bool:
    """What attention alone changes of an order: how far its clocks have warned, what they missed.

    The answer is whether any missed: queues sort by that, and do not see how often one warned.
    """
    missed = False
    for was, now in zip(before.clocks, after.clocks, strict=True):
        if was is not now:
            changes: Values = {} if was.warned == now.warned else {"warned": now.warned}
            if was.breached_at != now.breached_at:
                changes["breached_at"], missed = now.breached_at, True
            if changes:
                key = {"number": after.number, "kind": now.kind.value, "run": now.run}
                batch.update(CLOCK, key, changes)
    return missed


def _only_asks_attention(known: Known) -> bool:
    return known.attention_only


class _Updates:
    """Changed order rows, grouped by which columns changed, each guarded by its version."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)

    def add(self, stored: WorkOrder, known: Known, changes: Values, queue: Values) -> None:
        if queue != known.queue:
            changes |= {name: value for name, value in queue.items() if known.queue[name] != value}
        if known.chain != stored.chain:
            changes["chain"] = known.chain
        if changes:
            row = (*changes.values(), stored.number, stored.version)
            self._groups[tuple(changes)].append(row)

    def send(self, conn: Connection) -> int | None:
        for columns, rows in self._groups.items():
            met = send_values(conn, "Update", ORDER, columns, ("number", "version"), rows)
            if 0 <= met < len(rows):
                number: int = rows[0][-2]
                return number
        return None
