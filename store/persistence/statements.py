"""Writes by primary key: statements built once a shape, rows gathered, sent together."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Integer,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)

from store.persistence.many import send_many, send_rows
from store.persistence.types import Json, Wholes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection
    from sqlalchemy.sql.dml import Delete, Insert, Update

    from store.persistence.many import Names, What

    _Shape = tuple[Table, Names, Names]
    """Which columns of which table are new, and which are the keys."""

Values = dict[str, Any]
"""Column names and their values."""

Row = tuple[Any, ...]
"""The values of some columns whose names are known beside it."""


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


def among(column: ColumnElement[Any], name: str, kind: str) -> ColumnElement[bool]:
    """Whether a column is one of the whole numbers bound as one list, however long that is."""
    if kind == "postgresql":
        return column == func.any(bindparam(name, type_=Wholes))
    given = func.json_each(bindparam(name, type_=Json)).table_valued("value")
    return column.in_(select(given.c.value.cast(Integer)))


def one_of(column: ColumnElement[Any], ours: Sequence[str]) -> ColumnElement[bool]:
    """Whether a column is one of some words of ours, which are written into the statement.

    A list that is bound has it written anew each time that it is asked.
    """
    return column.in_([literal_column(f"'{word}'") for word in ours])


class Batch:
    """Rows to insert, update and delete, gathered over many orders and sent in few statements."""

    def __init__(self) -> None:
        self._deletes: dict[_Shape, list[Row]] = defaultdict(list)
        self._inserts: dict[_Shape, list[Row]] = defaultdict(list)
        self._updates: dict[_Shape, list[Row]] = defaultdict(list)

    def insert(self, table: Table, values: Values) -> None:
        """One new row."""
        self.insert_row(table, tuple(values), tuple(values.values()))

    def insert_row(self, table: Table, names: Names, row: Row) -> None:
        """One new row, its values in the order of the names."""
        self._inserts[table, names, ()].append(row)

    def update(self, table: Table, key: Mapping[str, Any], changes: Values) -> None:
        """New values of some columns of one row."""
        shape = (table, tuple(changes), tuple(key))
        self._updates[shape].append((*changes.values(), *key.values()))

    def delete(self, table: Table, key: Mapping[str, Any]) -> None:
        """One row goes."""
        self._deletes[table, (), tuple(key)].append(tuple(key.values()))

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
        """Delete, update, insert; then forget. What is there no longer makes room for the new."""
        steps: tuple[tuple[What, dict[_Shape, list[Row]]], ...] = (
            ("Delete", self._deletes),
            ("Update", self._updates),
            ("Insert", self._inserts),
        )
        for what, gathered in steps:
            for (table, new, keys), rows in gathered.items():
                send_values(conn, what, table, new, keys, rows)
            gathered.clear()


def send_values(
    conn: Connection, what: What, table: Table, new: Names, keys: Names, rows: Sequence[Row]
) -> int:
    """Insert, update or delete rows, each its new values and then its keys; how many were met."""
    if len(rows) > 1:
        return send_rows(conn, what, table, new, keys, rows)
    changes, given = dict(zip(new, rows[0], strict=False)), rows[0][len(new) :]
    if what == "Insert":
        return conn.execute(insert_into(table), changes).rowcount
    found = {f"k_{name}": value for name, value in zip(keys, given, strict=True)}
    if what == "Delete":
        return conn.execute(delete_by(table, keys), found).rowcount
    found |= {f"v_{name}": value for name, value in changes.items()}
    return conn.execute(update_by(table, keys, new), found).rowcount


def send(conn: Connection, statement: Insert | Update | Delete, rows: list[Values]) -> int:
    """Execute once a row; returns how many rows it met."""
    if len(rows) == 1:
        return conn.execute(statement, rows[0]).rowcount
    return send_many(conn, statement, rows)
