"""The tables are made, migrated once, and never left half way."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import DBAPIError

from scheduler.runner import fire_due
from store.commands import PutUnder, ShelveAlarm
from store.domain.errors import StoreTooNew, StoreTooOld, StoreTrouble
from store.persistence import migrate, migrations, sqlite
from store.persistence.loading import ALARM
from store.persistence.tables import metadata
from store.records import open_records
from tests.store.children import answer, ended, started
from tests.store.desk import do, furnish, minutes, promises_kept, rows, stored, written
from tests.store.journals import opened
from tests.store.next_release import FOLLOWING, HEAD, NEXT, release, with_one_more
from tests.store.winding import wind_back

if TYPE_CHECKING:
    from pathlib import Path

    from store.persistence.database import Database

HALF = NEXT + '    op.execute("INSERT INTO no_such_table VALUES (1)")\n'


@pytest.fixture
def next_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The chain as it will be with one more link."""
    return with_one_more(tmp_path / "chain", monkeypatch)


def _differences(database: Database) -> list[Any]:
    def ours(thing: Any, name: str | None, _kind: object, _found: object, _with: object) -> bool:
        if database.kind == "sqlite" and str(name).startswith("search"):
            return False  # FTS5 and its own tables; `_shape` compares how they are made
        limit = getattr(thing, "_ddl_if", None)
        return limit is None or limit.dialect == database.kind

    options = {"compare_type": True, "compare_server_default": True, "include_object": ours}
    with database.reading() as conn:
        return list(compare_metadata(MigrationContext.configure(conn, opts=options), metadata))


def _shape(database: Database) -> set[tuple[str, ...]]:
    """Every table and index in the database's own words, regardless of the order of keys."""
    look = {
        "sqlite": "SELECT type, name, coalesce(sql, '') FROM sqlite_schema",
        "postgresql": (
            "SELECT table_name, column_name, concat(data_type, is_nullable, column_default) "
            "FROM information_schema.columns WHERE table_schema = 'public' "
            "UNION SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' "
            "UNION SELECT 'key', conname, pg_get_constraintdef(oid) FROM pg_constraint"
        ),
    }
    with database.reading() as conn:
        rows = conn.exec_driver_sql(look[database.kind]).all()
    words = re.compile(r"\w+")
    return {(kind, name, *sorted(words.findall(said))) for kind, name, said in rows}


def _columns(database: Database, table: str) -> set[str]:
    from sqlalchemy import inspect

    with database.reading() as conn:
        return {column["name"] for column in inspect(conn).get_columns(table)}


def test_a_new_store_has_the_tables_of_the_program(store_url: str) -> None:
    """What alembic calls `check`: nothing between the store and tables.py."""
    with opened(store_url) as database:
        migrate.upgrade(database)
        assert _differences(database) == []
        assert migrate.standing_of(database).version == int(migrations.HEAD)


def test_the_chain_makes_the_same_tables(store_url: str, tmp_path: Path) -> None:
    """A new store is made straight from the tables; one that climbed must be its equal."""
    with opened(store_url) as database:
        with database.rebuilding(patience=5) as conn:
            migrate.climb(conn)
        assert _differences(database) == []
        climbed = _shape(database)
        with database.rebuilding(patience=5) as conn:
            metadata.drop_all(conn)
            conn.exec_driver_sql("DROP TABLE alembic_version")
        migrate.upgrade(database)
        assert _shape(database) == climbed


def test_head_is_the_last_link() -> None:
    """The quick path trusts this number instead of reading the chain."""
    names = sorted(file.name[:4] for file in migrate.FOLDER.glob("0*.py"))
    assert names[-1] == migrations.HEAD
    assert names == [f"{number:04}" for number in range(1, len(names) + 1)]


def test_five_consoles_started_at_once_make_the_tables_once(store_url: str) -> None:
    """The morning shift."""
    with opened(store_url) as database:
        children = [started("upgrade", store_url) for _ in range(5)]
        assert [answer(child) for child in children] == ["ready"] * 5
        for child in children:
            assert child.stdin is not None
            child.stdin.write("go\n")
        assert [ended(child) for child in children] == [["done"]] * 5
        assert _differences(database) == []
        with database.reading() as conn:
            assert conn.exec_driver_sql("SELECT count(*) FROM alembic_version").scalar() == 1


def test_an_older_store_is_migrated_and_kept(
    store_url: str, next_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows stay, keys stay, and on SQLite the file as it was lies beside it."""
    with opened(store_url) as database:
        migrate.upgrade(database)
        with database.writing() as conn:
            conn.exec_driver_sql("INSERT INTO region (id, code, name) VALUES (1, 'n', 'North')")
        release(monkeypatch)
        migrate.upgrade(database)
        assert "nickname" in _columns(database, "site")
        assert migrate.standing_of(database).version == HEAD + 1
        with database.reading() as conn:
            assert conn.exec_driver_sql("SELECT name FROM region").scalar() == "North"
        if database.kind == "sqlite":
            _old_one_lies_beside(database)


def test_who_only_looks_leaves_an_older_store_alone(
    store_url: str, next_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """He is told what to do; nothing is migrated, backed up or seeded, until somebody may."""
    with pytest.raises(StoreTooOld, match="0000"), opened(store_url) as empty:
        migrate.look_at(empty)
    open_records(store_url, feed=False).close()
    open_records(store_url, feed=False, renew=False).close()
    release(monkeypatch)
    with pytest.raises(StoreTooOld, match="without --readonly"):
        open_records(store_url, create=False, feed=False, renew=False)
    with opened(store_url) as database:
        assert migrate.standing_of(database).version == HEAD
        if database.kind == "sqlite":
            path = sqlite.path_of(database.url)
            assert not path.with_name(f"{path.name}.before-{FOLLOWING}").exists()
    open_records(store_url, feed=False).close()
    open_records(store_url, create=False, feed=False, renew=False).close()


def _old_one_lies_beside(database: Database) -> None:
    path = sqlite.path_of(database.url)
    with opened(f"sqlite:///{path}.before-{FOLLOWING}") as kept:
        assert "nickname" not in _columns(kept, "site")
        assert migrate.standing_of(kept).version == HEAD
    with database.writing() as conn:
        assert conn.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_alarms_of_the_first_release_go_on(store_url: str) -> None:
    """They rang before anybody could shelve them; now they can be, and the supervisor is called."""
    records = open_records(store_url, feed=False)
    furnish(records)
    number = written(records)
    fire_due(records, at=minutes(15))
    found_by = rows(records, metadata.tables["caller_key"])
    with records.database.writing() as conn:
        wind_back(conn, to=1)
    records.close()
    records = open_records(store_url, feed=False)
    assert _differences(records.database) == []
    assert rows(records, metadata.tables["caller_key"]) == found_by != []
    shelve = ShelveAlarm(number=number, until=minutes(30), reason="part")
    do(records, shelve, at=minutes(16))
    fire_due(records, at=minutes(30))
    fire_due(records, at=minutes(45))
    (alarm,) = rows(records, ALARM, number=number)
    assert (alarm["rings"], alarm["escalated_at"]) == (2, minutes(45))
    promises_kept(records, [number])
    records.close()


def test_a_migration_that_fails_half_way_changes_nothing(
    store_url: str, next_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old program goes on with the old store, and the mended migration succeeds later."""
    with opened(store_url) as database:
        migrate.upgrade(database)
        before = _shape(database)
        release(monkeypatch)
        (next_release / f"{FOLLOWING}_next.py").write_text(HALF)
        with pytest.raises(DBAPIError):
            migrate.upgrade(database)
        assert _shape(database) == before
        assert migrate.standing_of(database).version == HEAD
        (next_release / f"{FOLLOWING}_next.py").write_text(NEXT)
        migrate.upgrade(database)
        assert "nickname" in _columns(database, "site")


def test_a_migration_that_leaves_orphans_is_refused(sqlite_url: str) -> None:
    """Foreign keys are off while tables are rebuilt, so they are checked at the end."""
    with opened(sqlite_url) as database:
        migrate.upgrade(database)
        with (
            pytest.raises(StoreTrouble, match="point to nothing"),
            database.rebuilding(patience=5) as conn,
        ):
            conn.exec_driver_sql(
                "INSERT INTO visit (number, place, technician_id, state, assigned_at) "
                "VALUES (77, 1, 88, 'assigned', 0)"
            )
        with database.reading() as conn:
            assert conn.exec_driver_sql("SELECT count(*) FROM visit").scalar() == 0


@pytest.mark.parametrize(
    ("reader", "writer", "may_read", "may_write"),
    [(1, 1, True, True), (1, HEAD + 1, True, False), (HEAD + 1, HEAD + 1, False, False)],
)
def test_a_newer_store_says_who_may_use_it(
    store_url: str, reader: int, writer: int, may_read: bool, may_write: bool
) -> None:
    """Two releases share a store for a while; an older one must not guess."""
    with opened(store_url) as database:
        migrate.upgrade(database)
        with database.writing() as conn:
            conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9998'")
            meta = "UPDATE store_meta SET value = '{}' WHERE name = '{}'"
            conn.exec_driver_sql(meta.format(reader, "min_reader"))
            conn.exec_driver_sql(meta.format(writer, "min_writer"))
        if not may_read:
            with pytest.raises(StoreTooNew, match="9998"):
                migrate.upgrade(database)
            return
        migrate.upgrade(database)
        assert (database.closed is None) is may_write
        if not may_write:
            with pytest.raises(StoreTooNew), database.writing():
                pass


def test_a_current_store_opens_without_the_migration_library(sqlite_url: str) -> None:
    """It costs more to load than the whole look at the store."""
    with opened(sqlite_url) as database:
        migrate.upgrade(database)
    look = (
        "import sys; from store.persistence import migrate; "
        "from store.persistence.database import connect; "
        f"migrate.upgrade(connect('{sqlite_url}')); "
        "assert 'alembic' not in sys.modules and 'store.persistence.tables' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", look]).returncode == 0


def test_orders_of_the_release_before_are_put_under_another(store_url: str) -> None:
    """A filled store gets the column, and all its orders stand on their own."""
    records = open_records(store_url, feed=False)
    furnish(records)
    top, child = written(records), written(records)
    with records.database.writing() as conn:
        wind_back(conn, to=7)
    records.close()
    records = open_records(store_url, feed=False)
    assert migrate.standing_of(records.database).version == HEAD
    do(records, PutUnder(number=child, parent=top), at=minutes(1))
    assert stored(records, child).parent == top
    records.close()
