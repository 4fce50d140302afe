"""Keeps what a technician's row says equal to the visits he holds."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from store.domain.lifecycle import LIVE_VISITS, VisitState
from store.persistence.mapping import VISIT, table_of
from store.persistence.statements import Batch, Values
from store.persistence.tables import ShiftRow, TechnicianRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from store.domain.order import WorkOrder

TECHNICIAN = table_of(TechnicianRow)
SHIFT = table_of(ShiftRow)

RESTING = frozenset({"break", "off"})
"""States that a technician chose; a job he only holds does not end them, moving does."""

_MOVING = frozenset({VisitState.EN_ROUTE.value, VisitState.ON_SITE.value})
_FAR_ALONG = {state.value: place for place, state in enumerate(LIVE_VISITS)}
_ROWS = (
    select(
        TECHNICIAN.c.id,
        TECHNICIAN.c.state,
        TECHNICIAN.c.state_since,
        TECHNICIAN.c.current_number,
        TECHNICIAN.c.jobs,
    )
    .where(TECHNICIAN.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(TECHNICIAN.c.id)
    .with_for_update()
)
_FREE = (
    select(TECHNICIAN.c.id)
    .where(TECHNICIAN.c.state == "available", TECHNICIAN.c.state_since.is_(None))
    .order_by(TECHNICIAN.c.id)
    .with_for_update()
)
_TIMES = (VISIT.c.assigned_at, VISIT.c.accepted_at, VISIT.c.departed_at, VISIT.c.arrived_at)
_ALL_LIVE = select(VISIT.c.technician_id, VISIT.c.number, VISIT.c.state, *_TIMES).where(
    VISIT.c.state.in_([state.value for state in LIVE_VISITS])
)
_LIVE = _ALL_LIVE.where(VISIT.c.technician_id.in_(bindparam("ids", expanding=True)))


def touched(before: WorkOrder | None, after: WorkOrder) -> set[int]:
    """The technicians whose visits differ."""
    if before is not None and before.visits is after.visits:
        return set()
    old = set(before.visits) if before else set()
    return {visit.technician for visit in old ^ set(after.visits)}


def hold(conn: Connection, technicians: Iterable[int]) -> None:
    """Lock technicians' rows, lowest id first, before anything names them.

    A row that names one holds a lesser lock on him; two writers who both have that and want the
    whole one would wait for each other.
    """
    ids = sorted(set(technicians))
    if ids and conn.dialect.name == "postgresql":
        conn.execute(_ROWS, {"ids": ids}).all()


def refresh(
    conn: Connection, technicians: Iterable[int], *, at: datetime, told: bool = False
) -> None:
    """Count the live visits of some technicians again, and say where each stands since when.

    That is since `at`; where visits are `told` with their own times, as an import does, since the
    last of those. Their rows are locked first, lowest id first, so that two writers neither miss
    each other's visits nor wait for each other in a circle.
    """
    ids = sorted(set(technicians))
    if not ids:
        return
    rows = conn.execute(_ROWS, {"ids": ids}).all()
    held: dict[int, list[Any]] = defaultdict(list)
    for visit in conn.execute(_LIVE, {"ids": ids}):
        held[visit.technician_id].append(visit)
    batch = Batch()
    for row in rows:
        state, number = _standing(row.state, held[row.id])
        changed: Values = {"state": state, "current_number": number, "jobs": len(held[row.id])}
        if (state, number) != (row.state, row.current_number):
            changed["state_since"] = _stands_since(number, held[row.id]) if told else at
        differing = {name: value for name, value in changed.items() if getattr(row, name) != value}
        if differing:
            batch.update(TECHNICIAN, {"id": row.id}, differing)
    batch.send(conn)


def _stands_since(number: int | None, visits: Sequence[Any]) -> datetime | None:
    """When the visit of an order took its last step; None where nothing tells."""
    steps = (time for v in visits if v.number == number for time in v[-len(_TIMES) :] if time)
    return max(steps, default=None)


def settle(conn: Connection, *, at: datetime) -> None:
    """Say of technicians who are free, and whom nothing has moved yet, since when they are.

    Since their last visit ended, or since the shift began that they are in. Their rows are locked
    first, and looked at again by whoever waited for that: somebody may have moved one meanwhile.
    """
    ids = list(conn.execute(_FREE).scalars())
    if not ids:
        return
    since: dict[int, datetime] = {}
    for table, moment, where in (
        (VISIT, VISIT.c.ended_at, VISIT.c.ended_at <= at),
        (SHIFT, SHIFT.c.starts_at, (SHIFT.c.starts_at <= at) & (SHIFT.c.ends_at > at)),
    ):
        who = table.c.technician_id
        asked = select(who, func.max(moment, type_=moment.type)).where(who.in_(ids), where)
        for technician, last in conn.execute(asked.group_by(who)):
            since[technician] = max(last, since.get(technician, last))
    batch = Batch()
    for technician in sorted(since):
        batch.update(TECHNICIAN, {"id": technician}, {"state_since": since[technician]})
    batch.send(conn)


def compared(conn: Connection) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Every technician's row, and beside it the state, order and jobs that his visits imply."""
    held: dict[int, list[Any]] = defaultdict(list)
    for visit in conn.execute(_ALL_LIVE):
        held[visit.technician_id].append(visit)
    for row in conn.execute(select(TECHNICIAN).order_by(TECHNICIAN.c.id)):
        state, number = _standing(row.state, held[row.id])
        yield row, {"state": state, "current_number": number, "jobs": len(held[row.id])}


def _standing(chosen: str, visits: Sequence[Any]) -> tuple[str, int | None]:
    """The state and order of the visit furthest along, the oldest where several are."""
    if not visits:
        return (chosen if chosen in RESTING else "available"), None
    first = min(visits, key=lambda v: (-_FAR_ALONG[v.state], v.assigned_at, v.number))
    rests = chosen in RESTING and first.state not in _MOVING
    return (chosen if rests else first.state), first.number
