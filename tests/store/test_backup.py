"""A backup taken while the desk works is whole, checked and private."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from store.domain.errors import BadInput, StoreFull, StoreTrouble
from store.persistence import backup as backups
from store.persistence import halves, sqlite
from store.persistence.backup import backup
from tests.store.children import answer, started
from tests.store.journals import enter, facts, make_journal, opened

if TYPE_CHECKING:
    from pathlib import Path


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
    """Of this name, and of no process that still runs; elsewhere that is known by the age alone."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead, here, there = gone.pid, f"copy.{halves.here()}", f"copy.{'0' * 12}"
    left = [f"{here}.{dead}.0a1b2c3d.half", f"{here}.{dead}.0a1b2c3d.half-journal"]
    left += [f"{here}.{'9' * 30}.0a1b2c3d.half", f"{here}.{os.getpid()}.0a1b2c3d.half"]
    old = [f"{there}.{dead}.0a1b2c3d.half", f"copy.{dead}.half"]
    others = [f"{here}.{os.getppid()}.0a1b2c3d.half", f"other.{halves.here()}.{dead}.0a1b2c3d.half"]
    others += [f"{there}.{os.getpid()}.0a1b2c3d.half", f"copy.{os.getpid()}.half"]
    for name in (*left, *old, *others):
        (tmp_path / name).write_text("half a store")
    for name in old:
        os.utime(tmp_path / name, (0, 0))
    with opened(sqlite_url) as database:
        make_journal(database)
        backup(database, tmp_path / "copy")
    assert {file.name for file in tmp_path.glob("*.half*")} == set(others)


@pytest.mark.parametrize("force", [False, True])
def test_two_machines_that_copy_to_one_name_leave_each_other_alone(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, force: bool
) -> None:
    """Whoever is done first has the name, until somebody may replace it."""
    sync, copy = backups._sync, tmp_path / "copies" / "copy"
    copy.parent.mkdir()

    def meanwhile(path: Path) -> None:
        monkeypatch.setattr(backups, "_sync", sync)
        monkeypatch.setattr(socket, "gethostname", lambda: "another")
        backup(database, copy, force=force)
        enter(database, "later")
        sync(path)

    with opened(sqlite_url) as database:
        make_journal(database)
        enter(database, "first")
        monkeypatch.setattr(backups, "_sync", meanwhile)
        if force:
            backup(database, copy, force=True)
        else:
            with pytest.raises(BadInput, match="of this name"):
                backup(database, copy)
    with opened(f"sqlite:///{copy}") as restored:
        assert facts(restored) == ["first"]
    assert not list(copy.parent.glob("*.half"))


def test_a_copy_that_was_taken_away_is_none(tmp_path: Path) -> None:
    """Nor is another file that has got its name."""
    with halves.begun(tmp_path / "copy") as half:
        half.rename(tmp_path / "aside")
        with pytest.raises(StoreTrouble, match="took"):
            halves.check_ours(half)
        half.write_text("another")
        with pytest.raises(StoreTrouble, match="took"):
            halves.check_ours(half)


def test_a_copy_that_is_just_begun_is_no_leftover(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another thread begins one of the same name the moment the file is there."""
    really_open = os.open

    def and_another(path: str, flags: int, mode: int) -> int:
        monkeypatch.undo()
        file = really_open(path, flags, mode)
        with halves.begun(tmp_path / "copy"):
            return file

    monkeypatch.setattr(os, "open", and_another)
    with halves.begun(tmp_path / "copy") as half:
        halves.check_ours(half)


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
        reader.join(30)
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
        with pytest.raises(BadInput, match="of this name"):
            backup(database, tmp_path / "copy")
        assert (tmp_path / "copy").read_text() == "precious"
        backup(database, tmp_path / "copy", force=True)
    with opened(f"sqlite:///{tmp_path}/copy") as restored:
        assert facts(restored) == []
