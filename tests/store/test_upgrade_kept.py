"""The store as it was before an upgrade is kept, whoever else upgrades it at the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from store.domain.errors import StoreBusy
from store.domain.lifecycle import Move
from store.persistence import backup as backups
from store.persistence import migrate, migrations, sqlite
from store.persistence.mapping import ORDER
from store.queries.doctor import ExamineOrders
from store.queries.finding import FindOrders
from store.records import open_records
from tests.store.desk import ANA, furnish, minutes, move, written
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


def test_words_of_the_release_before_are_found_from_the_newest_on(store_url: str) -> None:
    """The index is made anew over what is there, and kept up with what comes."""
    records = open_records(store_url, feed=False)
    furnish(records)
    old = written(records, title="漏水")
    with records.database.writing() as conn:
        wind_back(conn, to=14)
    records.close()
    records = open_records(store_url, feed=False)
    assert migrate.standing_of(records.database).version == OLD + 1
    new = written(records, title="漏水", at=minutes(1))
    found = records.ask(FindOrders(text="漏水", counted=True), who=ANA, at=minutes(2))
    assert ([line.number for line in found.lines], found.total) == ([new, old], 2)
    records.close()


def test_an_index_that_somebody_took_away_is_made_all_the_same(postgres_url: str) -> None:
    """As one does before a large import; the upgrade is not stopped by it."""
    records = open_records(postgres_url, feed=False)
    furnish(records)
    wet = written(records, title="漏水")
    with records.database.writing() as conn:
        wind_back(conn, to=14)
        conn.exec_driver_sql("DROP INDEX ix_search_doc")
    records.close()
    records = open_records(postgres_url, feed=False)
    found = records.ask(FindOrders(text="漏水"), who=ANA, at=minutes(2))
    assert [line.number for line in found.lines] == [wet]
    records.close()


def test_whom_three_had_declined_before_the_upgrade_is_nobodys_at_once(store_url: str) -> None:
    """The release before waited first; what it stored is reckoned anew, and a doctor agrees."""
    records = open_records(store_url, feed=False)
    furnish(records)
    number = written(records)
    for step, who in enumerate(("T1", "T2", "T3")):
        move(records, number, Move.ASSIGN, minutes(2 * step + 1), technician=who)
        move(records, number, Move.DECLINE, minutes(2 * step + 2), reason="too far")
    order = update(ORDER).values(orphan_at=minutes(36)).where(ORDER.c.number == number)
    with records.database.writing() as conn:
        conn.execute(order)
        wind_back(conn, to=16)
    records.close()
    records = open_records(store_url, feed=False)
    assert records.reckon_on(at=minutes(7))
    with records.database.reading() as conn:
        held = conn.execute(select(ORDER.c.orphan_at).where(ORDER.c.number == number)).scalar_one()
    assert held == minutes(6)
    assert records.ask(ExamineOrders(), who=ANA, at=minutes(7)).findings == ()
    records.close()
