"""Makes a year of closed orders a million: narrow rows copied, and all sums made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from store.domain.kpi.measured import DAY_MS, Measured
from store.persistence import kpi_fill
from store.persistence.types import to_ms
from tests.bench.million import AT

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from store.persistence.database import Database

_APART = 37 * 60_000
"""How much earlier each copy was than the one before, in milliseconds."""
_MOVED = ("opened_at", "closed_at", "done_at", "asked_at")
_PAGES_KIB = 400_000


def answers(conn: Connection) -> None:
    """A third of the customers answer; two in nine of those are unhappy."""
    told = (
        "UPDATE work_order SET survey = 'answered',"
        f" survey_by = closed_at + {DAY_MS}, survey_at = NULL,"
        " csat = CASE WHEN number / 3 % 9 < 7 THEN 4 + number % 2 ELSE 1 + number % 3 END,"
        " nps = CASE WHEN number / 3 % 9 < 7 THEN 6 + number % 5 ELSE number % 7 END"
        f" WHERE closed_at < {to_ms(AT) - 2 * DAY_MS} AND number % 3 = 0"
    )
    conn.execute(text(told))


def multiply(database: Database, orders: int) -> None:
    """As many rows as are wanted: each copy has faults of its own, so that neighbours stay so."""
    with database.writing() as conn:
        if database.kind == "sqlite":
            conn.exec_driver_sql(f"PRAGMA cache_size = -{_PAGES_KIB}")
        there, last = conn.exec_driver_sql("SELECT count(*), max(number) FROM kpi_order").one()
        columns = ", ".join(_moved(name, last) for name in Measured._fields)
        copied = text(
            f"INSERT INTO kpi_order ({', '.join(Measured._fields)}) SELECT {columns}"
            f" FROM kpi_order WHERE number <= {last} AND closed_at IS NOT NULL"
            " ORDER BY number LIMIT :most"
        )
        copy = 0
        while there < orders:
            copy += 1
            there += conn.execute(copied, {"copy": copy, "most": orders - there}).rowcount
        kpi_fill.gather_days(conn, database.kind)


def _moved(name: str, last: int) -> str:
    if name == "number":
        return f"number + :copy * {last}"
    if name == "fault":
        return "fault || '/' || CAST(:copy AS TEXT)"
    return f"{name} - :copy * {_APART}" if name in _MOVED else name
