"""Fills a store with orders for measuring queues: rows only, fast, the same each time."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Any

from store.domain.lifecycle import STATES, State
from store.persistence.tables import metadata
from store.persistence.types import to_ms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from store.persistence.database import Database

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SITES, CUSTOMERS, TECHNICIANS = 2_000, 5_000, 500
CHUNK = 20_000

_NOW = to_ms(AT)
_FAR = to_ms(datetime(9999, 1, 1, tzinfo=UTC))
_HOUR = 3_600_000
_OPEN = (
    *([State.NEW] * 20 + [State.ASSIGNED] * 15 + [State.ACCEPTED] * 20 + [State.EN_ROUTE] * 8),
    *([State.ON_SITE] * 12 + [State.WAITING] * 15 + [State.DONE] * 8 + [State.DECLINED] * 2),
)
COLUMNS = (
    *("number", "version", "title", "description", "kind", "priority", "state", "category"),
    *("live", "state_since", "site_id", "customer_id", "technician_id", "opened_at"),
    *("created_at", "progress_at", "closed_at", "reopened", "reassigned", "reason", "wake_at"),
    *("chain", "next_deadline", "next_clock", "risk_at", "orphan_at", "follow_at", "rank_at"),
)


def fill(database: Database, *, orders: int, live: int) -> None:
    """All tables, then so many orders of which so many are live, spread over the whole range."""
    with database.writing() as conn:
        metadata.create_all(conn)
        for table, count in (("site", SITES), ("customer", CUSTOMERS), ("technician", TECHNICIANS)):
            named: list[dict[str, Any]] = [
                {"id": n, "code": f"{table[0]}{n}", "name": f"{table} {n}"}
                for n in range(1, count + 1)
            ]
            if table == "site":
                named = [{**row, "zone": "UTC"} for row in named]
            conn.execute(metadata.tables[table].insert(), named)
    rows = _rows(orders, live)
    while chunk := [row for _, row in zip(range(CHUNK), rows, strict=False)]:
        with database.writing() as conn:
            _insert(conn, database.kind, chunk)
    with database.writing() as conn:
        conn.execute(metadata.tables["alarm"].insert(), _alarms(orders, every=orders // live * 10))


def _alarms(orders: int, every: int) -> list[dict[str, Any]]:
    """One standing alarm on every tenth live order."""
    return [
        {
            "number": number,
            "kind": "breach",
            "severity": 1 + number // every % 4,
            "due_at": AT,
            "raised_at": AT,
        }
        for number in range(every, orders + 1, every)
    ]


def _insert(conn: Connection, kind: str, rows: list[tuple[Any, ...]]) -> None:
    columns = ", ".join(COLUMNS)
    if kind == "sqlite":
        marks = ", ".join("?" * len(COLUMNS))
        conn.exec_driver_sql(f"INSERT INTO work_order ({columns}) VALUES ({marks})", rows)
        return
    cursor: Any = conn.connection.cursor()
    with cursor.copy(f"COPY work_order ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _rows(orders: int, live: int) -> Iterator[tuple[Any, ...]]:
    dice, every = Random(7), orders // live
    for number in range(1, orders + 1):
        state = dice.choice(_OPEN) if number % every == 0 else State.CLOSED
        yield _row(number, state, dice)


def _row(number: int, state: State, dice: Random) -> tuple[Any, ...]:
    spec = STATES[state]
    opened = _NOW - dice.randrange(1, 24 * 365) * _HOUR
    due = None
    if not spec.final and state not in {State.WAITING, State.DONE}:
        # A desk at work: some are late, most are due within the next days.
        due = _NOW + dice.randrange(-6 * _HOUR, 60 * _HOUR)
    wake = _NOW + dice.randrange(-2 * _HOUR, 40 * _HOUR) if state is State.WAITING else None
    orphan = opened + _HOUR // 4 if spec.orphan else None
    follow = _NOW + dice.randrange(-_HOUR, 90 * _HOUR) if dice.random() < 0.01 else None
    technician = None if spec.orphan or spec.final else dice.randrange(1, TECHNICIANS + 1)
    return (
        *(number, 1, f"lift {number} does not move", "", "lift", dice.randrange(1, 5)),
        *(state.value, spec.category.value, int(not spec.final), opened),
        *(dice.randrange(1, SITES + 1), dice.randrange(1, CUSTOMERS + 1), technician),
        *(opened, opened, opened, opened + _HOUR if spec.final else None, 0, 0, "", wake, ""),
        *(due, "resolve" if due else None, due - 2 * _HOUR if due else None, orphan, follow),
        due or wake or _FAR,
    )


def live_for(orders: int) -> int:
    """How many of so many orders are live: one in twenty-five."""
    return orders // 25
