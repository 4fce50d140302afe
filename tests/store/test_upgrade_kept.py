"""The store as it was before an upgrade is kept, whoever else upgrades it at the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.domain.errors import StoreBusy
from store.persistence import backup as backups
from store.persistence import migrate, migrations, sqlite
from tests.store.journals import opened
from tests.store.winding import wind_back

if TYPE_CHECKING:
    from pathlib import Path

    from store.persistence.database import Database

OLD = int(migrations.HEAD) - 1


def test_nobody_upgrades_while_the_old_one_is_copied(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where the queue of writers is no longer one: its file was deleted."""
    monkeypatch.setattr(migrate, "PATIENCE", 0.2)
    copied = backups.backup

    def while_copying(database: Database, to: Path, *, force: bool = False) -> Path:
        monkeypatch.setattr(backups, "backup", copied)
        sqlite.lane_of(sqlite.path_of(database.url)).unlink()
        with opened(sqlite_url) as other, pytest.raises(StoreBusy):
            migrate.upgrade(other)
        return copied(database, to, force=force)

    with opened(sqlite_url) as database:
        migrate.upgrade(database)
        with database.writing() as conn:
            wind_back(conn, to=OLD)
        monkeypatch.setattr(backups, "backup", while_copying)
        migrate.upgrade(database)
        assert migrate.standing_of(database).version == int(migrations.HEAD)
        path = sqlite.path_of(database.url)
    with opened(f"sqlite:///{path}.before-{migrations.HEAD}") as kept:
        assert migrate.standing_of(kept).version == OLD
