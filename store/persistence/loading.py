"""Reads whole orders: the row and its parts in a few small statements, for one or for many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Table, bindparam, select

from store.domain.errors import OrderUnreadable
from store.domain.evolve import maker
from store.persistence.known import Alarm, FollowUp, Known, TimerKey, TimerSeen
from store.persistence.mapping import (
    CLOCK,
    ORDER,
    ORDER_COLUMNS,
    PAUSE,
    STEP,
    VISIT,
    as_kept,
    instant,
    read_clock,
    read_order,
    read_pause,
    read_step,
    read_visit,
    table_of,
)
from store.persistence.statements import among
from store.persistence.tables import AlarmRow, FollowUpRow, TimerRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Select

    from store.domain.order import WorkOrder

TIMER = table_of(TimerRow)
ALARM = table_of(AlarmRow)
FOLLOW_UP = table_of(FollowUpRow)

UNREADABLE = (KeyError, ValueError, TypeError)
"""What reading a row raises that holds words of another program."""

CHUNK = 500
"""How many orders one statement fetches."""

ALARM_COLUMNS = ("number", *(field.name for field in fields(Alarm)))
"""What `read_alarm` wants of a row."""

_READ = {
    TIMER: ("id", "kind", "clock", "run", "level", "due_at", "aim_at", "fired_at"),
    ALARM: ALARM_COLUMNS[1:],
}
"""What is read of a row behind its number, where that is not the whole row."""

_alarm = maker(Alarm)

Part = TypeVar("Part")
Row = Sequence[Any]
Unreadable = dict[int, OrderUnreadable]
"""Orders that were met and could not be read, each with what to tell of it."""


def load(
    conn: Connection, numbers: Iterable[int], *, lock: bool, unreadable: Unreadable | None = None
) -> dict[int, Known]:
    """Orders with everything that a change to them touches, locked lowest number first.

    One that cannot be read is put among the `unreadable`; without that, OrderUnreadable.
    """
    wanted = sorted(set(numbers))
    known: dict[int, Known] = {}
    strange: Unreadable = {}
    for start in range(0, len(wanted), CHUNK):
        known.update(_load_chunk(conn, wanted[start : start + CHUNK], strange, lock=lock))
    if strange and unreadable is None:
        raise next(iter(strange.values()))
    if unreadable is not None:
        unreadable.update(strange)
    return known


def load_order(conn: Connection, number: int) -> WorkOrder | None:
    """One order as it stands, not locked; None when there is none."""
    strange: Unreadable = {}
    found = _bare(conn, [number], strange, lock=False)
    if strange:
        raise strange[number]
    return found[number][0] if found else None


def _load_chunk(
    conn: Connection, numbers: list[int], strange: Unreadable, *, lock: bool
) -> dict[int, Known]:
    bare = _bare(conn, numbers, strange, lock=lock)
    present = list(bare)
    if not present:
        return {}
    followed = [number for number, (_, queue) in bare.items() if queue["follow_at"] is not None]
    timers = _parts(conn, TIMER, present, _read_timer, strange)
    alarms = _parts(conn, ALARM, present, read_alarm, strange, "cleared_at")
    promises: Mapping[int, tuple[FollowUp, ...]] = {}
    if followed:
        promises = _parts(conn, FOLLOW_UP, followed, _read_follow_up, strange, "done_at")
    return {
        number: Known(
            stored=order,
            now=order,
            queue=queue,
            chain=order.chain,
            timers=dict(timers.get(number, ())),
            follow_ups=promises.get(number, ()),
            stored_alarm=(alarm := _only(alarms.get(number, ()))),
            alarm=alarm,
        )
        for number, (order, queue) in bare.items()
        if number not in strange
    }


def _bare(
    conn: Connection, numbers: list[int], strange: Unreadable, *, lock: bool
) -> dict[int, tuple[WorkOrder, dict[str, Any]]]:
    asked = _orders(_match_of(conn, numbers), lock=lock)
    rows = conn.execute(asked, _given(numbers)).all()
    present = [row[_NUMBER] for row in rows]
    if not present:
        return {}
    visits = _parts(conn, VISIT, present, read_visit, strange)
    pauses = _parts(conn, PAUSE, present, read_pause, strange)
    clocks = _parts(conn, CLOCK, present, read_clock, strange)
    led = [row[_NUMBER] for row in rows if row[_PROCEDURE] is not None]
    steps = _parts(conn, STEP, led, read_step, strange) if led else {}
    found = {}
    for number, row in zip(present, rows, strict=True):
        held = (visits.get(number, ()), pauses.get(number, ()), clocks.get(number, ()))
        try:
            read = read_order(row, *held, steps.get(number, ()))
        except UNREADABLE as error:
            strange[number] = _unreadable(number, error)
        else:
            if number not in strange:
                found[number] = read
    return found


_NUMBER, _PROCEDURE = ORDER_COLUMNS.index("number"), ORDER_COLUMNS.index("procedure")


def _given(numbers: list[int]) -> dict[str, Any]:
    return {"number": numbers[0]} if len(numbers) == 1 else {"numbers": numbers}


def _match_of(conn: Connection, numbers: list[int]) -> str:
    """One of `_MATCHES`: how a statement finds these orders."""
    return "one" if len(numbers) == 1 else conn.dialect.name


_MATCHES: Mapping[str, Callable[[Any], Any]] = {
    "one": lambda column: column == bindparam("number"),
    "sqlite": lambda column: among(column, "numbers", "sqlite"),
    "postgresql": lambda column: among(column, "numbers", "postgresql"),
}


@cache
def _orders(match: str, *, lock: bool) -> Select[Any]:
    columns = (as_kept(ORDER.c[name]) for name in ORDER_COLUMNS)
    asked = select(*columns).where(_MATCHES[match](ORDER.c.number)).order_by(ORDER.c.number)
    return asked.with_for_update() if lock else asked


@cache
def _rows(table: Table, match: str, while_null: str | None) -> Select[Any]:
    columns = [as_kept(table.c[name]) for name in ("number", *_READ.get(table, table.c.keys()[1:]))]
    asked = select(*columns).where(_MATCHES[match](table.c.number))
    if while_null is not None:
        asked = asked.where(table.c[while_null].is_(None))
    places = [table.c.place] if "place" in table.c else []
    return asked.order_by(table.c.number, *places)


def _parts(
    conn: Connection,
    table: Table,
    numbers: list[int],
    read: Callable[[Row], Part],
    strange: Unreadable,
    while_null: str | None = None,
) -> Mapping[int, tuple[Part, ...]]:
    asked = _rows(table, _match_of(conn, numbers), while_null)
    found: dict[int, tuple[Part, ...]] = {}
    for row in conn.execute(asked, _given(numbers)).all():
        number = row[0]
        try:
            found[number] = (*found.get(number, ()), read(row))
        except UNREADABLE as error:
            strange[number] = _unreadable(number, error)
    return found


def _unreadable(number: int, error: Exception) -> OrderUnreadable:
    return OrderUnreadable(number=number, what=str(error.args[0] if error.args else error))


def _read_timer(row: Row) -> tuple[TimerKey, TimerSeen]:
    _, id_, kind, clock, run, level, due_at, aim_at, fired_at = row
    fired = fired_at is not None
    seen = TimerSeen(id=id_, due_at=instant(due_at), aim_at=instant(aim_at), fired=fired)
    return (kind, clock, run, level), seen


def read_alarm(row: Row) -> Alarm:
    """An alarm from its `ALARM_COLUMNS`, as kept."""
    _, id_, kind, clock, level, severity, due_at, raised_at, seen_at, seen_by, rings, *bell = row
    due, raised, seen = instant(due_at), instant(raised_at), _maybe(seen_at)
    asked, shelved, until, by, why, escalated = bell
    shelf = (_maybe(shelved), _maybe(until), by, why)
    return _alarm(
        *(id_, kind, clock, level, severity, due, raised, seen, seen_by, rings),
        *(_maybe(asked), *shelf, _maybe(escalated)),
    )


def _maybe(kept: Any) -> datetime | None:
    return None if kept is None else instant(kept)


def _read_follow_up(row: Any) -> FollowUp:
    return FollowUp(place=row.place, due_at=instant(row.due_at), kind=row.kind, note=row.note)


def _only(alarms: Sequence[Alarm]) -> Alarm | None:
    return alarms[0] if alarms else None
