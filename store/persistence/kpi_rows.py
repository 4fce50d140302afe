"""The tables that figures are read from, statement by statement, past SQLAlchemy.

They are written in every transaction that moves an order, so that what a statement costs to build
would cost more than what it does.
"""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from store.domain.kpi.measured import LOOK_MS, Measured
from store.domain.kpi.sums import ASKED, SUMS
from store.persistence.types import array_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection

    Day = tuple[str, str, int]
    """Dimension, key, day since 1970."""
    Spread = tuple[str, str, str, int, int]
    """Dimension, key, measure, month since January 1970, bucket."""

FAULTS: Final = 7_203_414
"""PostgreSQL's advisory lock on orders of one fault: whoever opens or ends one of them has it."""

COLUMNS: Final = Measured._fields
DAY_COLUMNS: Final = ("dim", "key", "day", "opened", *SUMS, *ASKED)
SPREAD_COLUMNS: Final = ("dim", "key", "measure", "month", "bucket", "orders")

_TOGETHER = 200
"""Rows of one statement."""

_SELECT = f"SELECT {', '.join(COLUMNS)} FROM kpi_order WHERE "
_AMONG = {
    "sqlite": "number IN (SELECT value FROM json_each(?))",
    "postgresql": "number = ANY(?::bigint[])",
}


def ask(conn: Connection, kind: str, text: str, *given: Any) -> Sequence[Any]:
    """The rows of a statement whose places are marked with `?`."""
    return conn.exec_driver_sql(_said(kind, text), given).all()


def stored(
    conn: Connection, kind: str, numbers: Iterable[int], *, lock: bool = False
) -> dict[int, Measured]:
    """The narrow rows of some orders, locked if asked for, lowest number first."""
    wanted = sorted(numbers)
    if not wanted:
        return {}
    given = array_of(wanted) if kind == "postgresql" else str(wanted)
    text = f"{_SELECT}{_AMONG[kind]} ORDER BY number"
    if lock and kind == "postgresql":
        text += " FOR UPDATE"
    return {row[0]: Measured(*row) for row in ask(conn, kind, text, given)}


def ended_before(conn: Connection, kind: str, fault: str, opened: int) -> list[Measured]:
    """Orders of a fault that ended not long before, and whose next may be what was opened then."""
    text = (
        f"{_SELECT}fault = ? AND done_at >= ? AND done_at < ?"
        " AND (again_ms IS NULL OR done_at + again_ms >= ?) ORDER BY number"
    )
    found = ask(conn, kind, text, fault, opened - LOOK_MS, opened, opened)
    return [Measured(*row) for row in found]


def opened_after(conn: Connection, kind: str, fault: str, done: int) -> list[Measured]:
    """Orders of a fault opened not long after, and whose last may be what ended then."""
    text = (
        f"{_SELECT}fault = ? AND opened_at > ? AND opened_at <= ?"
        " AND (before_ms IS NULL OR opened_at - before_ms <= ?) ORDER BY number"
    )
    return [Measured(*row) for row in ask(conn, kind, text, fault, done, done + LOOK_MS, done)]


def last_end(conn: Connection, kind: str, row: Measured) -> int | None:
    """When another order of its fault ended last, not long before it was opened."""
    text = (
        "SELECT max(done_at) FROM kpi_order"
        " WHERE fault = ? AND done_at >= ? AND done_at < ? AND number <> ?"
    )
    given = (row.fault, row.opened_at - LOOK_MS, row.opened_at, row.number)
    found: int | None = ask(conn, kind, text, *given)[0][0]
    return found


def next_opening(conn: Connection, kind: str, row: Measured, done: int) -> int | None:
    """When another order of its fault was opened first, not long after it was done."""
    text = (
        "SELECT min(opened_at) FROM kpi_order"
        " WHERE fault = ? AND opened_at > ? AND opened_at <= ? AND number <> ?"
    )
    found: int | None = ask(conn, kind, text, row.fault, done, done + LOOK_MS, row.number)[0][0]
    return found


def hold_faults(conn: Connection, kind: str, hashes: Iterable[int]) -> None:
    """Be the only one who opens or ends orders of these faults; in one order, so in no circle."""
    if kind == "postgresql":
        text = f"SELECT pg_advisory_xact_lock({FAULTS}, k) FROM unnest(?::int[]) AS k"
        ask(conn, kind, text, array_of(sorted(set(hashes))))


def put(conn: Connection, kind: str, rows: Iterable[Measured]) -> None:
    """Write narrow rows, lowest number first, over those that are there."""
    ordered = sorted(rows)
    names = COLUMNS[1:]
    over = ", ".join(f"{name} = excluded.{name}" for name in names)
    _insert(conn, kind, "kpi_order", COLUMNS, f"(number) DO UPDATE SET {over}", ordered)


def add_days(conn: Connection, kind: str, added: dict[Day, list[int]]) -> None:
    """Add to the sums of days, in one order of rows, whoever else does at the same time."""
    over = ", ".join(f"{name} = kpi_day.{name} + excluded.{name}" for name in DAY_COLUMNS[3:])
    rows = [(*key, *added[key]) for key in sorted(added)]
    _insert(conn, kind, "kpi_day", DAY_COLUMNS, f'(dim, "key", day) DO UPDATE SET {over}', rows)


def add_spread(conn: Connection, kind: str, added: dict[Spread, int]) -> None:
    """Add to how many lasted so long, in one order of rows."""
    over = '(dim, "key", measure, month, bucket) DO UPDATE SET orders = kpi_spread.orders'
    rows = [(*key, added[key]) for key in sorted(added)]
    _insert(conn, kind, "kpi_spread", SPREAD_COLUMNS, f"{over} + excluded.orders", rows)


def _insert(
    conn: Connection,
    kind: str,
    table: str,
    columns: Sequence[str],
    conflict: str,
    rows: Sequence[Sequence[Any]],
) -> None:
    for some in _pieces(rows):
        text = _statement(kind, table, tuple(columns), conflict, len(some))
        conn.exec_driver_sql(text, tuple(chain.from_iterable(some)))


def _pieces(rows: Sequence[Sequence[Any]]) -> Iterator[Sequence[Sequence[Any]]]:
    for start in range(0, len(rows), _TOGETHER):
        yield rows[start : start + _TOGETHER]


@cache
def _statement(kind: str, table: str, columns: tuple[str, ...], conflict: str, count: int) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    one = f"({', '.join('?' * len(columns))})"
    values = ", ".join([one] * count)
    return _said(kind, f"INSERT INTO {table} ({names}) VALUES {values} ON CONFLICT {conflict}")


def _said(kind: str, text: str) -> str:
    """No text here has a `?` or a `%` of its own."""
    return text.replace("?", "%s") if kind == "postgresql" else text
