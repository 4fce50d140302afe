"""The file of an SQLite store, taken away while it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.domain.errors import StoreUnreachable
from store.persistence import sqlite
from store.persistence.backup import backup
from tests.store.journals import enter, facts, make_journal, opened

if TYPE_CHECKING:
    from pathlib import Path

    from store.persistence.database import Database


def _store_file(database: Database) -> Path:
    return sqlite.path_of(database.url)


def test_nothing_is_written_into_a_deleted_file(sqlite_url: str, tmp_path: Path) -> None:
    """A command that answered “done” there would be lost; put back, the file is written again."""
    with opened(sqlite_url) as database:
        make_journal(database)
        enter(database, "kept")
        away = _store_file(database).rename(tmp_path / "away")
        for _ in range(2):
            with pytest.raises(StoreUnreachable, match="was deleted"):
                enter(database, "lost")
        assert not _store_file(database).exists()
        away.rename(_store_file(database))
        enter(database, "back")
        assert facts(database) == ["kept", "back"]


def test_nothing_is_written_into_a_replaced_file(sqlite_url: str, tmp_path: Path) -> None:
    """Somebody restored a backup: told once, then the work goes on in the file of that name."""
    with opened(sqlite_url) as database:
        make_journal(database)
        enter(database, "kept")
        copy = backup(database, tmp_path / "copy")
        enter(database, "lost by the restore")
        for tail in ("-wal", "-shm"):
            _store_file(database).with_name(_store_file(database).name + tail).unlink()
        copy.replace(_store_file(database))
        with pytest.raises(StoreUnreachable, match="was replaced"):
            enter(database, "refused")
        enter(database, "on we go")
        assert facts(database) == ["kept", "on we go"]
    with opened(sqlite_url) as again:
        assert facts(again) == ["kept", "on we go"]
