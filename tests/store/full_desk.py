"""A desk of which no table is empty: what commands leave, and a row of its own for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import column, func, insert, select
from sqlalchemy import table as named
from sqlalchemy.types import Double, Integer, SmallInteger

from store.persistence.rows_alike import plain, tables
from tests.console.wild_desk import live_wildly
from tests.store.desk import furnish, written

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection, Table

    from store.records import Records

TEXT = "水泵 '漏水' \\N\t\"%s\" ; 😀 \r\n=1+1"
"""What a database's own formatting might spoil."""


def fill(records: Records, *, steps: int = 60) -> None:
    """Orders live, also such as are a duplicate of a later one; then every table has rows."""
    live_wildly(records, seed=7, steps=steps)
    furnish(records)
    first, second = (written(records, title=TEXT) for _ in range(2))
    with records.database.writing() as conn:
        conn.exec_driver_sql(
            f"UPDATE work_order SET duplicate_of = {second} WHERE number = {first}"
        )
        for table in tables():
            if not conn.execute(select(func.count()).select_from(table)).scalar_one():
                _put_one(conn, table)


def counts(conn: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: conn.execute(select(func.count()).select_from(table)).scalar_one()
        for table in tables()
    }


_NOT_BELOW_NOTHING = frozenset({"fund"})
"""Tables whose numbers the database itself keeps from falling so low."""


def _put_one(conn: Connection, table: Table) -> None:
    columns = list(table.columns)
    bare = named(table.name, *(column(c.name, plain(c).type) for c in columns))
    conn.execute(insert(bare), {c.name: _value(conn, c) for c in columns})


def _value(conn: Connection, one: Column[Any]) -> Any:
    """The first row that a foreign key can mean; else something of the column's kind."""
    for key in one.foreign_keys:
        return conn.execute(select(plain(key.column)).order_by(key.column).limit(1)).scalar_one()
    kind = plain(one).type
    if isinstance(kind, Integer):
        if one.primary_key or isinstance(getattr(one.type, "impl", one.type), SmallInteger):
            return 1
        return 2**40 if one.table.name in _NOT_BELOW_NOTHING else -(2**40)
    return 0.1 + 0.2 if isinstance(kind, Double) else TEXT
