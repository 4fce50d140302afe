"""Many rows with one statement, past SQLAlchemy: its turning of values costs more than the writing.

SQLite inserts a hundred rows with one statement, and runs any other once a row; PostgreSQL is given
each column as an array and runs it once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, cast

from sqlalchemy import Table
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from store.persistence.types import Flag, Instant, Json, array_of, json_text, ms_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Column, Connection, Dialect
    from sqlalchemy.sql.dml import Delete, Insert, Update

    Turn = Callable[[Any], Any]

TOGETHER = 100
"""Rows of one insert on SQLite: to enter it once a row costs a quarter of the writing."""

What = Literal["Insert", "Update", "Delete"]
Names = tuple[str, ...]

_TURNS: Mapping[type[Any], Turn] = {Instant: ms_of, Flag: int, Json: json_text}
"""What each of our column types makes of a value that is not NULL."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """A statement as its driver takes it, and how to turn its values, in its order."""

    text: str
    turns: tuple[Turn | None, ...]
    always: tuple[Any, ...]
    """Defaults of the columns that an insert leaves out."""


def send_many(
    conn: Connection, statement: Insert | Update | Delete, rows: Sequence[Mapping[str, Any]]
) -> int:
    """Run a statement for many rows, which all name the same values; how many rows it met.

    Keys are named `k_`, changes `v_` before their columns, as in `statements`.
    """
    table = statement.table
    assert isinstance(table, Table)
    names = tuple(rows[0])
    new = tuple(name for name in names if not name.startswith("k_"))
    keys = tuple(name for name in names if name.startswith("k_"))
    values = [[row[name] for name in (*new, *keys)] for row in rows]
    return send_rows(
        conn,
        cast("What", type(statement).__name__),
        table,
        tuple(name.removeprefix("v_") for name in new),
        tuple(name.removeprefix("k_") for name in keys),
        values,
    )


def send_rows(
    conn: Connection,
    what: What,
    table: Table,
    new: Names,
    keys: Names,
    rows: Sequence[Sequence[Any]],
) -> int:
    """The same for rows of values: those of the `new` columns, then those of the `keys`."""
    on_postgres = conn.dialect.name == "postgresql"
    shape = _shape(what, table, new, keys, on_postgres)
    given = zip(*rows, strict=True)
    columns = [_turned(column, turn) for column, turn in zip(given, shape.turns, strict=True)]
    columns += [[value] * len(rows) for value in shape.always]
    if on_postgres:
        arrays = tuple(_array(column) for column in columns)
        return conn.exec_driver_sql(shape.text, arrays).rowcount
    values = list(zip(*columns, strict=True))
    if what == "Insert":
        return _insert_together(conn, shape.text, values)
    return conn.exec_driver_sql(shape.text, values).rowcount


def _insert_together(conn: Connection, one: str, rows: list[tuple[Any, ...]]) -> int:
    marks = f", ({', '.join('?' * len(rows[0]))})"
    met = 0
    for start in range(0, len(rows), TOGETHER):
        some = rows[start : start + TOGETHER]
        text = one + marks * (len(some) - 1)
        met += conn.exec_driver_sql(text, tuple(chain.from_iterable(some))).rowcount
    return met


def _turned(column: Sequence[Any], turn: Turn | None) -> Sequence[Any]:
    if turn is None:
        return column
    return [None if value is None else turn(value) for value in column]


def _array(column: Sequence[Any]) -> str:
    """PostgreSQL's text of an array; the driver's own takes ten times as long."""
    kinds = set(map(type, column))
    if kinds == {int}:
        return array_of(column)
    if kinds == {str}:
        joined = "\0".join(column)
        if joined.count("\0") == len(column) - 1:
            return "{" + _quoted(joined).replace("\0", '","') + "}"
    return "{" + ",".join([_WRITTEN.get(type(value), _quoted)(value) for value in column]) + "}"


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


_WRITTEN: Mapping[type[Any], Turn] = {type(None): lambda _: "NULL", int: str, float: repr}


@cache
def _shape(what: What, table: Table, new: Names, keys: Names, on_postgres: bool) -> _Shape:
    always = _defaults(table, new) if what == "Insert" else {}
    write = _ON_POSTGRES[what] if on_postgres else _ON_SQLITE[what]
    return _Shape(
        text=write(
            f'"{table.name}"',
            [table.c[name] for name in (*new, *always)],
            [table.c[name] for name in keys],
        ),
        turns=tuple(_TURNS.get(type(table.c[name].type)) for name in (*new, *keys)),
        always=tuple(always.values()),
    )


def _defaults(table: Table, names: tuple[str, ...]) -> dict[str, Any]:
    """Plain defaults that SQLAlchemy would have filled in."""
    return {
        column.name: column.default.arg
        for column in table.c
        if column.name not in names and isinstance(column.default, ScalarElementColumnDefault)
    }


Columns = list["Column[Any]"]


def _insert(table: str, new: Columns, _keys: Columns) -> str:
    marks = ", ".join("?" * len(new))
    return f"INSERT INTO {table} ({_names(new)}) VALUES ({marks})"


def _update(table: str, new: Columns, keys: Columns) -> str:
    sets = ", ".join(f'"{column.name}" = ?' for column in new)
    return f"UPDATE {table} SET {sets} WHERE {_match(keys)}"


def _delete(table: str, _new: Columns, keys: Columns) -> str:
    return f"DELETE FROM {table} WHERE {_match(keys)}"


def _match(keys: Columns) -> str:
    return " AND ".join(f'"{column.name}" = ?' for column in keys)


def _insert_arrays(table: str, new: Columns, _keys: Columns) -> str:
    # In the order given: the journal's numbers must follow its chains.
    rows = _arrays(new, [])
    return (
        f"INSERT INTO {table} ({_names(new)}) SELECT {_marked(new, 'v')} FROM {rows} ORDER BY place"
    )


def _update_arrays(table: str, new: Columns, keys: Columns) -> str:
    sets = ", ".join(f'"{column.name}" = "v_{column.name}"' for column in new)
    return f"UPDATE {table} SET {sets} FROM {_arrays(new, keys)} WHERE {_match_arrays(table, keys)}"


def _delete_arrays(table: str, _new: Columns, keys: Columns) -> str:
    return f"DELETE FROM {table} USING {_arrays([], keys)} WHERE {_match_arrays(table, keys)}"


def _match_arrays(table: str, keys: Columns) -> str:
    return " AND ".join(f'{table}."{column.name}" = "k_{column.name}"' for column in keys)


def _arrays(new: Columns, keys: Columns) -> str:
    """The given rows as a table of the values `v_` and `k_`, numbered by `place`."""
    dialect = _postgres()
    kinds = [column.type.compile(dialect) for column in (*new, *keys)]
    kinds = [kind.partition(" COLLATE ")[0] for kind in kinds]  # sorting is the column's affair
    marks = ", ".join(f"%s::{kind}[]" for kind in kinds)
    names = ", ".join(filter(None, (_marked(new, "v"), _marked(keys, "k"))))
    return f"unnest({marks}) WITH ORDINALITY AS given ({names}, place)"


def _names(columns: Columns) -> str:
    return ", ".join(f'"{column.name}"' for column in columns)


def _marked(columns: Columns, mark: str) -> str:
    return ", ".join(f'"{mark}_{column.name}"' for column in columns)


@cache
def _postgres() -> Dialect:
    # Not at the top: it loads all drivers that it knows, on SQLite too.
    from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

    return PGDialect_psycopg()  # type: ignore[no-untyped-call]


_ON_SQLITE = {"Insert": _insert, "Update": _update, "Delete": _delete}
_ON_POSTGRES = {"Insert": _insert_arrays, "Update": _update_arrays, "Delete": _delete_arrays}
