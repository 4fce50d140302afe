"""Connections that nobody uses give back what they keep, and nobody is held up by it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING

from sqlalchemy import text

from store.persistence.database import connect
from store.persistence.sqlite import READERS

if TYPE_CHECKING:
    from pathlib import Path

    from store.persistence.database import Database


def _count(database: Database) -> int:
    with database.reading() as conn:
        found: int = conn.execute(text("SELECT count(*) FROM sqlite_schema")).scalar_one()
        return found


def _connections(database: Database, many: int) -> list[object]:
    """So many at a time, as a busy moment needs them."""
    with ExitStack() as busy:
        held = [busy.enter_context(database.reading()) for _ in range(many)]
        return [conn.connection.dbapi_connection for conn in held]


def test_after_a_busy_moment_one_connection_is_left(tmp_path: Path) -> None:
    """Each keeps pages and statements of its own, in every console of the desk."""
    database = connect(f"sqlite:///{tmp_path / 'desk.db'}", create=True)
    before = _connections(database, READERS)
    assert all(one in before for one in _connections(database, READERS))
    database.rest()
    assert sum(one in before for one in _connections(database, READERS)) == 1
    database.close()


def test_resting_beside_busy_readers_harms_none(tmp_path: Path) -> None:
    """Who reads meanwhile is given another connection; a transaction in hand goes on."""
    database = connect(f"sqlite:///{tmp_path / 'desk.db'}", create=True)
    with database.reading() as conn, ThreadPoolExecutor(4) as others:
        readers = [others.submit(_count, database) for _ in range(200)]
        for _ in range(50):
            database.rest()
        assert {reader.result() for reader in readers} == {_count(database)}
        assert conn.execute(text("SELECT 1")).scalar_one() == 1
    database.rest()
    database.close()
