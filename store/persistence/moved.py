"""What a store says of a move: that it is being filled, or that its desk has gone elsewhere.

A desk that has gone is kept still by the database itself, so that consoles which had it open
before the move, and programs of before this one, are refused as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.persistence import marks, migrations
from store.persistence.moved_words import SAID
from store.persistence.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

FILLING = "filling"
"""The store is being filled: the value is the move at work and where it copies from."""

MOVED = "moved"
"""The desk has gone: the value is where to."""

NOBODY = "999999"
"""A program newer than any: who knows nothing of these marks keeps off."""

_PUT_STILL = f"""
CREATE OR REPLACE FUNCTION paidan_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'PDMOV',
    MESSAGE = '{SAID}' || (SELECT value FROM store_meta WHERE name = '{MOVED}');
END $$"""


def begin_filling(conn: Connection, run: str, source: str) -> None:
    """Say that this run fills the store, and let no program open it meanwhile."""
    marks.keep(conn, FILLING, f"{run} {source}")
    _who_may(conn, NOBODY, NOBODY)


def filled_by(conn: Connection) -> tuple[str, str] | None:
    """Which run fills the store and from where; None when none does."""
    found = dict(marks.beginning(conn, FILLING)).get(FILLING)  # locked: runs stand in line
    if found is None:
        return None
    run, _, source = found.partition(" ")
    return run, source


def end_filling(conn: Connection) -> None:
    """The store is whole: whoever can read it may open it."""
    marks.drop(conn, FILLING)
    _who_may(conn, str(migrations.MIN_READER), str(migrations.MIN_WRITER))


def keep_still(conn: Connection, kind: str, to: str) -> None:
    """Say where the desk went, and have the database refuse every later change."""
    marks.keep(conn, MOVED, to)
    if kind == "postgresql":
        conn.exec_driver_sql(_PUT_STILL)
    for statement in _triggers(kind, to.replace("'", "''")):
        conn.exec_driver_sql(statement)


def _triggers(kind: str, to: str) -> Iterator[str]:
    for name in metadata.tables:
        if kind == "postgresql":
            yield (
                f'CREATE TRIGGER moved BEFORE INSERT OR UPDATE OR DELETE ON "{name}"'
                " FOR EACH STATEMENT EXECUTE FUNCTION paidan_moved()"
            )
        elif name != "search":  # a virtual table takes none; no order changes without the others
            for deed in ("INSERT", "UPDATE", "DELETE"):
                yield (
                    f'CREATE TRIGGER "moved_{name}_{deed.lower()}" BEFORE {deed} ON "{name}"'
                    f" BEGIN SELECT RAISE(ABORT, '{SAID}{to}'); END"
                )


def _who_may(conn: Connection, reader: str, writer: str) -> None:
    marks.keep(conn, "min_reader", reader)
    marks.keep(conn, "min_writer", writer)
