"""Rows to the order as the domain knows it, and back."""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, type_coerce

from store.domain.evolve import maker
from store.domain.lifecycle import STATES, State, VisitState
from store.domain.order import Clock, OrderStep, Pause, Visit, WorkOrder
from store.domain.targets import ClockKind, Target
from store.persistence.tables import ClockRow, OrderStepRow, PauseRow, VisitRow, WorkOrderRow
from store.persistence.types import Instant, from_ms, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Column, ColumnElement, Table

    from store.persistence.statements import Values


def table_of(row: Any) -> Table:
    """The table under a mapped class."""
    table: Table = row.__table__
    return table


ORDER = table_of(WorkOrderRow)
VISIT = table_of(VisitRow)
PAUSE = table_of(PauseRow)
CLOCK = table_of(ClockRow)
STEP = table_of(OrderStepRow)

_COLUMN_OF = {
    "site": "site_id",
    "customer": "customer_id",
    "asset": "asset_id",
    "contact": "contact_id",
    "technician": "technician_id",
    "follower": "follower_id",
    "level": "level_id",
}
_PARTS = frozenset({"visits", "pauses", "clocks", "steps"})
_FIELDS = tuple(field.name for field in fields(WorkOrder) if field.name not in _PARTS)
_PAIRS = tuple((field, _COLUMN_OF.get(field, field)) for field in _FIELDS)

_STATE, _LINKS = _FIELDS.index("state"), _FIELDS.index("links")
_STATES = {state.value: state for state in State}
_KINDS = {kind.value: kind for kind in ClockKind}
_COMPARED = tuple(column for field, column in _PAIRS if field != "chain")
_VALUES = attrgetter(*(field for field in _FIELDS if field != "chain"))

QUEUE = ("next_deadline", "next_clock", "risk_at", "orphan_at", "follow_at", "rank_at")
"""Columns that the domain's `standing` and the open follow-ups decide."""

ORDER_COLUMNS = (*(column for _, column in _PAIRS), *QUEUE)
"""What `read_order` expects of a row, in this order."""

_INSTANTS = tuple(
    place for place, name in enumerate(ORDER_COLUMNS) if isinstance(ORDER.c[name].type, Instant)
)

_DERIVED = len(ORDER_COLUMNS) - len(QUEUE)
"""Where the queue columns begin."""


def as_kept(column: Column[Any]) -> ColumnElement[Any]:
    """A column read as it lies: instants as milliseconds, which `instant` turns."""
    return type_coerce(column, Integer()) if isinstance(column.type, Instant) else column


instant = lru_cache(maxsize=1024)(from_ms)
"""An instant of a row; those of an order repeat: asked, written down, begun."""


_order, _clock, _step = maker(WorkOrder), maker(Clock), maker(OrderStep)
_OF_STEP = tuple(field.name for field in fields(OrderStep))
_STEP = attrgetter(*_OF_STEP)


def read_order(
    row: Sequence[Any],
    visits: tuple[Visit, ...],
    pauses: tuple[Pause, ...],
    clocks: tuple[Clock, ...],
    steps: tuple[OrderStep, ...] = (),
) -> tuple[WorkOrder, Values]:
    """The whole order from its row (ORDER_COLUMNS, as kept) and its parts; its queue columns."""
    values = list(row)
    values[_STATE] = _STATES[values[_STATE]]
    values[_LINKS] = _linked(values[_LINKS])
    for place in _INSTANTS:
        if (ms := values[place]) is not None:
            try:
                values[place] = instant(ms)
            except ValueError:
                if place < _DERIVED:
                    raise
                values[place] = nearest(ms)  # it is derived anew by the next save
    queue = dict(zip(QUEUE, values[-len(QUEUE) :], strict=True))
    del values[-len(QUEUE) :]
    return _order(*values, visits, pauses, clocks, steps), queue


def order_values(order: WorkOrder) -> Values:
    """The row of an order, without its queue columns."""
    spec = STATES[order.state]
    values = {column: getattr(order, field) for field, column in _PAIRS}
    values["state"] = order.state.value
    values["links"] = " ".join(map(str, order.links)) or None
    values["category"] = spec.category.value
    values["live"] = not spec.final
    return values


def order_changes(before: WorkOrder, after: WorkOrder) -> Values:
    """The columns of an order's row that differ, its queue columns and chain aside."""
    old, new = _VALUES(before), _VALUES(after)
    if old == new:
        return {}
    changed = {column for column, was, now in zip(_COMPARED, old, new, strict=True) if was != now}
    if "state" in changed:
        changed |= {"category", "live"}
    return {name: value for name, value in order_values(after).items() if name in changed}


def read_visit(row: Sequence[Any]) -> Visit:
    """A visit from the columns of its table, in their order, as kept."""
    return Visit(
        place=row[1],
        technician=row[2],
        state=VisitState(row[3]),
        assigned_at=instant(row[4]),
        accepted_at=_at(row[5]),
        departed_at=_at(row[6]),
        arrived_at=_at(row[7]),
        ended_at=_at(row[8]),
        outcome=row[9],
        seen_at=_at(row[10]),
    )


def visit_values(number: int, _place: int, visit: Visit) -> Values:
    """The row of a visit, which knows its place."""
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
        "seen_at": visit.seen_at,
    }


def read_pause(row: Sequence[Any]) -> Pause:
    """A pause from the columns of its table, in their order, as kept."""
    return Pause(
        kind=row[2],
        from_at=instant(row[3]),
        to_at=_at(row[4]),
        reason=row[5],
        wake_at=_at(row[6]),
    )


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
    """A clock from the columns of its table, in their order, as kept."""
    _, kind, run, _, started, target_s, target_days, fixed, version, *ends = row[:-4]
    warned, waived, waiver, own = row[-4:]
    return _clock(
        _KINDS[kind],
        run,
        instant(started),
        _target(target_s, target_days),
        _at(fixed),
        version,
        *map(_at, ends),
        warned,
        _at(waived),
        waiver,
        _at(own),
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
        "waived_until": clock.waived_until,
        "waiver": clock.waiver,
        "own_due_at": clock.own_due_at,
    }


def read_step(row: Sequence[Any]) -> OrderStep:
    """A step from the columns of its table, in their order, as kept."""
    _, _, code, gate, mandatory, since, within_s, done_at, *shown, skipped, working = row
    return _step(
        *(code, gate, bool(mandatory), since, within_s, _at(done_at)),
        *(*shown, bool(skipped), bool(working)),
    )


def step_values(number: int, place: int, step: OrderStep) -> Values:
    """The row of a step; `place` counts from 1 within the order."""
    return {"number": number, "place": place, **dict(zip(_OF_STEP, _STEP(step), strict=True))}


def _linked(numbers: str | None) -> tuple[int, ...]:
    return () if numbers is None else tuple(map(int, numbers.split()))


def _at(ms: int | None) -> datetime | None:
    return None if ms is None else instant(ms)


@lru_cache(maxsize=256)
def _target(seconds: int | None, days: int | None) -> Target | None:
    return None if seconds is None and days is None else Target(seconds=seconds, days=days)
