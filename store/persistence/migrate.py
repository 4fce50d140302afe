"""Bring a store's tables to the form this program knows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.domain.errors import StoreFilling, StoreMoved, StoreTooNew, StoreTooOld
from store.domain.pace import LIFE, Pace, read_pace
from store.persistence import migrations

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from store.persistence.database import Database

FOLDER = Path(migrations.__file__).parent
PATIENCE = 600.0
"""Seconds to wait for another process that is migrating the same store."""

_STANDING = """
SELECT (SELECT version_num FROM alembic_version),
       (SELECT value FROM store_meta WHERE name = 'min_reader'),
       (SELECT value FROM store_meta WHERE name = 'min_writer'),
       (SELECT value FROM store_meta WHERE name = 'pace'),
       (SELECT value FROM store_meta WHERE name = 'filling'),
       (SELECT value FROM store_meta WHERE name = 'moved')"""
_LOCK = {
    "sqlite": (),  # BEGIN IMMEDIATE is lock enough
    "postgresql": (
        f"SET LOCAL lock_timeout = '{PATIENCE:.0f}s'",
        "SELECT pg_advisory_xact_lock(7210045)",
    ),
}
_VERSIONS = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a store stands in the chain; version 0 has no tables."""

    version: int
    min_reader: int
    min_writer: int
    pace: Pace = LIFE
    filled_from: str = ""
    """Where a move copies from that is not done yet."""
    moved_to: str = ""
    """Where the desk has gone."""


def upgrade(database: Database) -> None:
    """Make or migrate the tables; safe in many processes at once, quick when nothing is to do.

    Raises `StoreTooNew` when a newer program made tables that this one cannot read; where it can
    read but not write them, `writing` raises it. An SQLite file is backed up beside itself first.
    """
    standing = standing_of(database)
    _refuse_halves(standing)
    ours = int(migrations.HEAD)
    if standing.version < ours and not standing.moved_to:
        with database.rebuilding(patience=PATIENCE) as conn:
            lock(database, conn)
            _keep(database, conn)
            _raise(conn)
        standing = standing_of(database)
    _take(database, standing)


def lock(database: Database, conn: Connection) -> None:
    """Keep other processes from making or migrating the same store until the transaction ends."""
    for statement in _LOCK[database.kind]:
        conn.exec_driver_sql(statement)


def is_empty(conn: Connection) -> bool:
    """Whether no tables stand there."""
    return _standing(conn).version == 0


def look_at(database: Database) -> None:
    """Take the tables as they are: nothing is written, not even a backup.

    Raises `StoreTooOld` where they are to be renewed first, `StoreTooNew` as `upgrade` does.
    """
    standing = standing_of(database)
    _refuse_halves(standing)
    if standing.version < int(migrations.HEAD):
        raise StoreTooOld(theirs=f"{standing.version:04}", ours=migrations.HEAD)
    _take(database, standing)


def _take(database: Database, standing: Standing) -> None:
    """Know what the store says of itself, and who may read and write it."""
    database.pace = standing.pace
    ours = int(migrations.HEAD)
    refusal = StoreTooNew(theirs=f"{standing.version:04}", ours=migrations.HEAD)
    if ours < standing.min_reader:
        raise refusal
    database.closed = refusal if ours < standing.min_writer else None
    if standing.moved_to:
        database.closed = StoreMoved(why=standing.moved_to)


def _refuse_halves(standing: Standing) -> None:
    if standing.filled_from:
        raise StoreFilling(source=standing.filled_from)


def standing_of(database: Database) -> Standing:
    """How far the store is."""
    with database.reading() as conn:
        return _standing(conn)


def _standing(conn: Connection) -> Standing:
    from sqlalchemy.exc import DBAPIError

    try:
        with conn.begin_nested():
            found = conn.exec_driver_sql(_STANDING).one()
    except DBAPIError as error:
        if not _lacks_table(error.orig):
            raise
        return Standing(0, 0, 0)
    version, reader, writer = (int(value or 0) for value in found[:3])
    source = (found[4] or "").partition(" ")[2]
    return Standing(version, reader, writer, read_pace(found[3] or ""), source, found[5] or "")


def is_unseeded(conn: Connection) -> bool:
    """Whether the store is new: not even the desk itself is an operator."""
    return conn.exec_driver_sql("SELECT id FROM operator LIMIT 1").first() is None


def _lacks_table(error: BaseException | None) -> bool:
    return getattr(error, "sqlstate", "") == "42P01" or "no such table" in str(error)


def _keep(database: Database, conn: Connection) -> None:
    """Copy an older SQLite store; under the lock, so that nobody renews it first."""
    version = _standing(conn).version
    if database.kind == "sqlite" and 0 < version < int(migrations.HEAD):
        from store.persistence import sqlite
        from store.persistence.backup import backup

        path = sqlite.path_of(database.url)
        copy = path.with_name(f"{path.name}.before-{migrations.HEAD}")
        backup(database, copy, force=True)


def _raise(conn: Connection) -> None:
    """Under the lock: look again, since another process may have been first."""
    version = _standing(conn).version
    if version == 0:
        make(conn)
    elif version < int(migrations.HEAD):
        climb(conn)
        conn.exec_driver_sql("DELETE FROM store_meta WHERE name IN ('min_reader', 'min_writer')")
        _say_who_may(conn)


def _say_who_may(conn: Connection) -> None:
    """The oldest programs that may read and write what stands now."""
    conn.exec_driver_sql(
        "INSERT INTO store_meta (name, value) VALUES "
        f"('min_reader', '{migrations.MIN_READER}'), ('min_writer', '{migrations.MIN_WRITER}')"
    )


def make(conn: Connection) -> None:
    """Make the tables of a store that has none."""
    from store.persistence import marks
    from store.persistence.tables import metadata

    metadata.create_all(conn, checkfirst=False)
    conn.exec_driver_sql(_VERSIONS)
    conn.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{migrations.HEAD}')")
    _say_who_may(conn)
    marks.keep(conn, marks.NEWEST_SEAL, marks.NO_SEAL)


def climb(conn: Connection, folder: Path = FOLDER, to: str = "head") -> None:
    """Run the migrations of a folder inside the transaction at hand."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(folder), version_locations=[str(folder)])

    def steps(version: Any, _context: object) -> Any:
        return script._upgrade_revs(to, version)  # noqa: SLF001  as alembic's own command does

    with EnvironmentContext(Config(), script, fn=steps) as environment:
        environment.configure(connection=conn, render_as_batch=True)
        environment.run_migrations()
