"""A backup taken while the desk works is whole, checked and private."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from store.domain.errors import BadInput, StoreFull, StoreTrouble
from store.persistence import backup as backups
from store.persistence import sqlite
from store.persistence.backup import backup
from tests.store.children import answer, started
from tests.store.journals import enter, facts, make_journal, opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.postgres import PgServer


def test_a_backup_under_writes_is_one_moment(sqlite_url: str, tmp_path: Path) -> None:
    """Two rows are always written together, so the copy must have both or neither."""
    with opened(sqlite_url) as database:
        make_journal(database)
        stop = threading.Event()

        def work() -> None:
            while not stop.is_set():
                with database.writing() as conn:
                    conn.exec_driver_sql("INSERT INTO journal (fact) VALUES ('one')")
                    conn.exec_driver_sql("INSERT INTO journal (fact) VALUES ('two')")

        writer = threading.Thread(target=work)
        writer.start()
        for number in range(5):
            copy = backup(database, tmp_path / f"copy{number}")
            assert copy.stat().st_mode & 0o777 == 0o600
            with opened(f"sqlite:///{copy}") as restored:
                kept = facts(restored)
                assert kept.count("one") == kept.count("two")
        stop.set()
        writer.join()
        backup(database, tmp_path / "last")
        with opened(f"sqlite:///{tmp_path}/last") as restored:
            assert facts(restored) == facts(database)
            enter(restored, "the copy is a store")
    assert not list(tmp_path.glob("*.half"))


def test_a_backup_from_postgres_can_be_restored(
    pg_server: PgServer, postgres_url: str, tmp_path: Path
) -> None:
    """Into an empty database, by the server's own tool."""
    with opened(postgres_url) as database:
        make_journal(database)
        enter(database, "kept")
        copy = backup(database, tmp_path / "copy")
    empty = pg_server.url(pg_server.create())
    subprocess.run(
        ["pg_restore", "--no-owner", f"--dbname={empty.replace('+psycopg', '')}", copy], check=True
    )
    with opened(empty) as restored:
        assert facts(restored) == ["kept"]
    pg_server.drop(empty.rsplit("/", 1)[1])


def test_a_missing_tool_is_named(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operator can install what he is told the name of."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with (
        opened(postgres_url) as database,
        pytest.raises(StoreTrouble, match="pg_dump is not installed"),
    ):
        backup(database, tmp_path / "copy")
    assert not list(tmp_path.iterdir())


def test_a_failed_backup_leaves_the_last_one(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a file under the good name is worse than none."""
    with opened(sqlite_url) as database:
        make_journal(database)
        enter(database, "first")
        copy = backup(database, tmp_path / "copy")
        enter(database, "second")

        def no_room(_path: Path) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(backups, "_sync", no_room)
        with pytest.raises(StoreFull):
            backup(database, copy, force=True)
    with opened(f"sqlite:///{copy}") as restored:
        assert facts(restored) == ["first"]
    assert not list(tmp_path.glob("*.half"))


def test_what_killed_copies_left_goes_with_the_next(sqlite_url: str, tmp_path: Path) -> None:
    """Of this name, and of no process that still runs."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = [f"copy.{gone.pid}.half", f"copy.{gone.pid}.half-journal", f"copy.{'9' * 30}.half"]
    left.append(f"copy.{os.getpid()}.half")
    others = [f"copy.{os.getppid()}.half", f"other.{gone.pid}.half", f"copy.{gone.pid}.halves"]
    for name in (*left, *others):
        (tmp_path / name).write_text("half a store")
    with opened(sqlite_url) as database:
        make_journal(database)
        backup(database, tmp_path / "copy")
    kept = {file.name for file in tmp_path.iterdir()}
    assert kept.isdisjoint(left)
    assert kept >= {*others, "copy"}


def test_a_backup_does_not_drop_the_locks_of_the_store(sqlite_url: str, tmp_path: Path) -> None:
    """Opening and closing the file in this process would, and a foreign writer could slip in."""
    with opened(sqlite_url) as database:
        make_journal(database)
        with database.writing() as conn:
            conn.exec_driver_sql("INSERT INTO journal (fact) VALUES ('mine')")
            backup(database, tmp_path / "copy")
            child = started("squat", sqlite_url)
            said: list[str] = []
            reader = threading.Thread(target=lambda: said.append(answer(child)))
            reader.start()
            reader.join(0.7)
            assert said == []
        reader.join(10)
        assert said == ["held"]
        child.communicate("\n")


@pytest.mark.parametrize("own", ["", "-wal", "-shm", "-lane", "hard link", "symbolic link"])
def test_a_backup_never_takes_the_place_of_the_store(sqlite_url: str, own: str) -> None:
    """Whatever the file is called: open consoles would write into the one that was unlinked."""
    with opened(sqlite_url) as database:
        make_journal(database)
        store = sqlite.path_of(database.url)
        to = store.with_name(store.name + own)
        if own == "hard link":
            to.hardlink_to(store)
        if own == "symbolic link":
            to.symlink_to(store)
        for force in (False, True):
            with pytest.raises(BadInput, match="the store itself"):
                backup(database, to, force=force)
        enter(database, "still the same file")
    with opened(sqlite_url) as again:
        assert facts(again) == ["still the same file"]


def test_a_backup_replaces_a_file_only_when_told(sqlite_url: str, tmp_path: Path) -> None:
    """The file may be the only good copy there is."""
    (tmp_path / "copy").write_text("precious")
    with opened(sqlite_url) as database:
        make_journal(database)
        with pytest.raises(BadInput, match="--force"):
            backup(database, tmp_path / "copy")
        assert (tmp_path / "copy").read_text() == "precious"
        backup(database, tmp_path / "copy", force=True)
    with opened(f"sqlite:///{tmp_path}/copy") as restored:
        assert facts(restored) == []
