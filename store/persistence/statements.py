"""Writes by primary key: statements built once a shape, rows gathered, sent together."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.types import ARRAY

from store.persistence.many import send_many
from store.persistence.types import Json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Column, ColumnElement, Connection
    from sqlalchemy.sql.dml import Delete, Insert, Update

Values = dict[str, Any]
"""Column names and their values."""


@cache
def insert_into(table: Table) -> Insert:
    """INSERT of whole rows."""
    return insert(table)


@cache
def update_by(table: Table, keys: tuple[str, ...], columns: tuple[str, ...]) -> Update:
    """UPDATE of some columns where the keys match; keys are bound as `k_name`."""
    found = [table.c[key] == bindparam(f"k_{key}") for key in keys]
    return update(table).where(*found).values({c: bindparam(f"v_{c}") for c in columns})


@cache
def delete_by(table: Table, keys: tuple[str, ...]) -> Delete:
    """DELETE where the keys match."""
    return delete(table).where(*(table.c[key] == bindparam(f"k_{key}") for key in keys))


@cache
def bound(keys: tuple[str, ...], columns: tuple[str, ...]) -> tuple[str, ...]:
    """The names under which an update's values are given."""
    return (*(f"k_{name}" for name in keys), *(f"v_{name}" for name in columns))


def among(column: Column[Any], name: str, kind: str) -> ColumnElement[bool]:
    """Whether a column is one of the whole numbers bound as one list, however long that is."""
    if kind == "postgresql":
        return column == func.any(bindparam(name, type_=ARRAY(BigInteger)))
    given = func.json_each(bindparam(name, type_=Json)).table_valued("value")
    return column.in_(select(given.c.value.cast(Integer)))


class Batch:
    """Rows to insert, update and delete, gathered over many orders and sent in few statements."""

    def __init__(self) -> None:
        self._inserts: dict[Table, list[Values]] = defaultdict(list)
        self._updates: dict[Update, list[Values]] = defaultdict(list)
        self._deletes: dict[Delete, list[Values]] = defaultdict(list)

    def insert(self, table: Table, values: Values) -> None:
        """One new row; rows of a table all name the same columns."""
        self._inserts[table].append(values)

    def update(self, table: Table, key: Mapping[str, Any], changes: Values) -> None:
        """New values of some columns of one row."""
        keys, columns = tuple(key), tuple(changes)
        values = (*key.values(), *changes.values())
        row = dict(zip(bound(keys, columns), values, strict=True))
        self._updates[update_by(table, keys, columns)].append(row)

    def delete(self, table: Table, key: Mapping[str, Any]) -> None:
        """One row goes."""
        self._deletes[delete_by(table, tuple(key))].append(
            {f"k_{name}": value for name, value in key.items()}
        )

    def compare(
        self, table: Table, keys: Sequence[str], stored: Values | None, wanted: Values | None
    ) -> None:
        """Whatever makes a stored row, or none, the wanted one."""
        if stored is not None and wanted is not None:
            changes = {c: v for c, v in wanted.items() if stored[c] != v}
            if changes.keys().isdisjoint(keys):
                if changes:
                    self.update(table, {key: wanted[key] for key in keys}, changes)
                return
        if stored is not None:
            self.delete(table, {key: stored[key] for key in keys})
        if wanted is not None:
            self.insert(table, wanted)

    def send(self, conn: Connection) -> None:
        """Delete, insert, update; then forget."""
        for removal, keys in self._deletes.items():
            send(conn, removal, keys)
        for table, rows in self._inserts.items():
            send(conn, insert_into(table), rows)
        for change, rows in self._updates.items():
            send(conn, change, rows)
        self._deletes.clear()
        self._inserts.clear()
        self._updates.clear()


def send(conn: Connection, statement: Insert | Update | Delete, rows: list[Values]) -> int:
    """Execute once a row; returns how many rows it met."""
    if len(rows) == 1:
        return conn.execute(statement, rows[0]).rowcount
    return send_many(conn, statement, rows)
