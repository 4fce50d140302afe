"""PostgreSQL's counters: what each has given out, against what its table holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Integer, func, select, text

from store.persistence.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Column, Connection

_NAME = text("SELECT pg_get_serial_sequence(:table, :column)")
_GIVEN = text("SELECT pg_sequence_last_value(CAST(:name AS regclass))")
_MOVE_ON = text("SELECT setval(CAST(:name AS regclass), :highest)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """A counter that will give what is taken, as after rows were copied in without it."""

    name: str
    table: str
    given: int
    highest: int


def behind(conn: Connection, kind: str) -> Iterator[Behind]:
    """Counters that stand lower than what they number; SQLite's own looks at the table."""
    for column in _numbered() if kind == "postgresql" else ():
        table = column.table.name
        given = {"table": f'"{table}"', "column": column.name}
        name = conn.execute(_NAME, given).scalar_one()
        if name is None:
            continue
        highest = conn.execute(select(func.max(column))).scalar_one() or 0
        last = conn.execute(_GIVEN, {"name": name}).scalar_one() or 0
        if last < highest:
            yield Behind(name=name, table=table, given=last, highest=highest)


def move_on(conn: Connection, kind: str) -> None:
    """Have every counter go on after the highest number that is taken."""
    for counter in tuple(behind(conn, kind)):
        conn.execute(_MOVE_ON, {"name": counter.name, "highest": counter.highest})


def _numbered() -> Iterator[Column[int]]:
    for table in metadata.tables.values():
        key = tuple(table.primary_key)
        if len(key) == 1 and isinstance(key[0].type, Integer):
            yield key[0]
