"""Rows to the order as the domain knows it, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.domain.lifecycle import STATES, State, VisitState
from store.domain.order import Clock, Pause, Visit, WorkOrder
from store.domain.targets import ClockKind, Target
from store.persistence.tables import ClockRow, PauseRow, VisitRow, WorkOrderRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Table

    from store.persistence.statements import Values


def table_of(row: Any) -> Table:
    """The table under a mapped class."""
    table: Table = row.__table__
    return table


ORDER = table_of(WorkOrderRow)
VISIT = table_of(VisitRow)
PAUSE = table_of(PauseRow)
CLOCK = table_of(ClockRow)

_COLUMN_OF = {
    "site": "site_id",
    "customer": "customer_id",
    "asset": "asset_id",
    "technician": "technician_id",
    "follower": "follower_id",
    "level": "level_id",
}
_FIELDS = tuple(
    name for name in WorkOrder.__slots__ if name not in {"state", "visits", "pauses", "clocks"}
)
_PAIRS = tuple((field, _COLUMN_OF.get(field, field)) for field in _FIELDS)

QUEUE = ("next_deadline", "next_clock", "risk_at", "orphan_at", "follow_at", "rank_at")
"""Columns that the domain's `standing` and the open follow-ups decide."""

ORDER_COLUMNS = ("state", *(column for _, column in _PAIRS), *QUEUE)
"""What `read_order` expects of a row, in this order."""


def read_order(
    row: Sequence[Any],
    visits: tuple[Visit, ...],
    pauses: tuple[Pause, ...],
    clocks: tuple[Clock, ...],
) -> WorkOrder:
    """The whole order from its row (ORDER_COLUMNS) and its parts."""
    return WorkOrder(
        state=State(row[0]),
        visits=visits,
        pauses=pauses,
        clocks=clocks,
        **dict(zip(_FIELDS, row[1:], strict=False)),
    )


def read_queue(row: Sequence[Any]) -> Values:
    """The queue columns of a row (ORDER_COLUMNS)."""
    return dict(zip(QUEUE, row[-len(QUEUE) :], strict=True))


def order_values(order: WorkOrder) -> Values:
    """The row of an order, without its queue columns."""
    spec = STATES[order.state]
    values = {column: getattr(order, field) for field, column in _PAIRS}
    values["state"] = order.state.value
    values["category"] = spec.category.value
    values["live"] = not spec.final
    return values


def read_visit(row: Sequence[Any]) -> Visit:
    """A visit from the columns of its table, in their order."""
    return Visit(
        place=row[1],
        technician=row[2],
        state=VisitState(row[3]),
        assigned_at=row[4],
        accepted_at=row[5],
        departed_at=row[6],
        arrived_at=row[7],
        ended_at=row[8],
        outcome=row[9],
    )


def visit_values(number: int, visit: Visit) -> Values:
    """The row of a visit."""
    return {
        "number": number,
        "place": visit.place,
        "technician_id": visit.technician,
        "state": visit.state.value,
        "assigned_at": visit.assigned_at,
        "accepted_at": visit.accepted_at,
        "departed_at": visit.departed_at,
        "arrived_at": visit.arrived_at,
        "ended_at": visit.ended_at,
        "outcome": visit.outcome,
    }


def read_pause(row: Sequence[Any]) -> Pause:
    """A pause from the columns of its table, in their order."""
    return Pause(kind=row[2], from_at=row[3], to_at=row[4], reason=row[5], wake_at=row[6])


def pause_values(number: int, place: int, pause: Pause) -> Values:
    """The row of a pause; `place` counts from 1 within the order."""
    return {
        "number": number,
        "place": place,
        "kind": pause.kind,
        "from_at": pause.from_at,
        "to_at": pause.to_at,
        "reason": pause.reason,
        "wake_at": pause.wake_at,
    }


def read_clock(row: Sequence[Any]) -> Clock:
    """A clock from the columns of its table, in their order."""
    return Clock(
        kind=ClockKind(row[1]),
        run=row[2],
        started_at=row[4],
        target=_target(row[5], row[6]),
        fixed_due_at=row[7],
        calendar_version=row[8],
        due_at=row[9],
        original_due_at=row[10],
        met_at=row[11],
        breached_at=row[12],
        ended_at=row[13],
        warned=row[14],
    )


def clock_values(number: int, place: int, clock: Clock) -> Values:
    """The row of a clock; `place` counts from 1 within the order."""
    target = clock.target or Target()
    return {
        "number": number,
        "kind": clock.kind.value,
        "run": clock.run,
        "place": place,
        "started_at": clock.started_at,
        "target_s": target.seconds,
        "target_days": target.days,
        "fixed_due_at": clock.fixed_due_at,
        "calendar_version": clock.calendar_version,
        "due_at": clock.due_at,
        "original_due_at": clock.original_due_at,
        "met_at": clock.met_at,
        "breached_at": clock.breached_at,
        "ended_at": clock.ended_at,
        "warned": clock.warned,
    }


def _target(seconds: int | None, days: int | None) -> Target | None:
    return None if seconds is None and days is None else Target(seconds=seconds, days=days)
