"""Rows as both databases keep them, to be copied and compared without either's formatting.

Times are whole milliseconds, flags 0 or 1 and documents canonical text in both, so that a row is
read past the types that turn them into Python's.
"""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Text, collate, type_coerce
from sqlalchemy.types import Float, Integer, TypeDecorator

from store.persistence import marks, moved
from store.persistence.tables import SearchRow, metadata
from store.persistence.types import Real, Whole

if TYPE_CHECKING:
    from collections.abc import Generator

    from sqlalchemy import ColumnElement, Connection, Table

    Row = tuple[Any, ...]

BATCH: Final = 2_000
"""Rows that are read at once, and written in one transaction."""

_OWN: Final[dict[tuple[str, str], Any]] = {
    ("journal", "xid"): None,
    ("handover", "snapshot"): "",
}
"""What only the server that wrote it understands, and what takes its place elsewhere."""

OF_BACKUPS: Final = (marks.BACKUPS, marks.BACKUP_LEASE, marks.BACKUP_TOLD)
"""Marks of the backups that are made of a store: a copy of it must not meddle with them."""

_MARKS: Final = (
    *("min_reader", "min_writer", "seal_mark", moved.FILLING, moved.MOVED),
    *OF_BACKUPS,
)
"""Marks of one store and not of its desk."""
_OF_MARKS: Final = "store_meta"


def tables() -> tuple[Table, ...]:
    """Every table of a desk, those first that others refer to.

    Not the search index, which is written anew from the others.
    """
    return tuple(table for table in metadata.sorted_tables if table.name != SearchRow.__tablename__)


def own_marks(table: Table) -> ColumnElement[bool] | None:
    """The condition on rows that belong to a store itself and are not copied; None for most."""
    return table.c.name.in_(_MARKS) if table.name == _OF_MARKS else None


def key_of(table: Table, row: Row) -> Row:
    """The key of a row."""
    names = [column.name for column in table.columns]
    return tuple(row[names.index(column.name)] for column in table.primary_key)


def plain(column: Any) -> ColumnElement[Any]:
    """A column as the database itself has it: a whole number, a real one or a text."""
    kind = column.type
    kind = kind.impl if isinstance(kind, TypeDecorator) else kind
    if isinstance(kind, Integer):
        return type_coerce(column, Whole)
    return type_coerce(column, Real if isinstance(kind, Float) else Text())


def in_order(table: Table, kind: str) -> list[ColumnElement[Any]]:
    """The key, texts by their bytes on both databases."""
    order = "C" if kind == "postgresql" else "BINARY"
    parts = [plain(column) for column in table.primary_key]
    return [collate(part, order) if isinstance(part.type, Text) else part for part in parts]


def rows_of(conn: Connection, table: Table, kind: str) -> Generator[Row, None, None]:
    """The rows of a table in the order of their keys, as they are to be elsewhere."""
    other = {
        place: _OWN[table.name, column.name]
        for place, column in enumerate(table.columns)
        if (table.name, column.name) in _OWN
    }
    asked, at_once = _select(table, kind), {"yield_per": BATCH}
    with conn.exec_driver_sql(asked, execution_options=at_once) as found:
        for row in found:
            yield tuple(other.get(n, v) for n, v in enumerate(row)) if other else tuple(row)


def _select(table: Table, kind: str) -> str:
    """In the database's own words: to have SQLAlchemy compile it for each table of a small desk
    takes longer than to read all its rows."""
    names = {column: f'"{table.name}"."{column.name}"' for column in table.columns}
    order = ' COLLATE "C"' if kind == "postgresql" else " COLLATE BINARY"
    texts = {column for column in table.columns if isinstance(plain(column).type, Text)}
    keys = [names[key] + (order if key in texts else "") for key in table.primary_key]
    own = ", ".join(f"'{mark}'" for mark in _MARKS)
    where = f' WHERE "{table.name}".name NOT IN ({own})' if table.name == _OF_MARKS else ""
    said = f'SELECT {", ".join(names.values())} FROM "{table.name}"{where}'
    return f"{said} ORDER BY {', '.join(keys)}"


def summed(conn: Connection, table: Table, kind: str) -> tuple[int, str]:
    """How many rows a table has, and a digest over all of them."""
    made, count = hashlib.sha256(), 0
    for row in rows_of(conn, table, kind):
        made.update(b"".join(map(_bytes, row)) + b"\n")
        count += 1
    return count, made.hexdigest()


def _bytes(value: Any) -> bytes:
    """A value by its kind, its length and what it says."""
    if value is None:
        return b"n"
    if isinstance(value, float):
        return b"f" + struct.pack(">d", value)
    kept = str(value).encode("utf-8", "surrogatepass")
    return (b"i" if isinstance(value, int) else b"t") + b"%d:" % len(kept) + kept
