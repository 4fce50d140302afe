"""A backup or a restore that is killed, or has no room: whole, or not there at all."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from random import Random
from typing import TYPE_CHECKING

import pytest

from store import backups
from store.clock import monotonic
from store.commands import NewOrder
from store.domain.who import THE_DESK
from store.persistence import archive_file, sqlite
from store.persistence.archiving import BackupNotWritten
from store.records import open_records
from tests.budget import tries
from tests.console.wild_desk import live_wildly
from tests.store.backed import small, sums
from tests.store.desk import furnish, minutes

if TYPE_CHECKING:
    from pathlib import Path

KILLS = tries(3, 12)


def test_a_killed_backup_is_none(tables_url: str, tmp_path: Path) -> None:
    """Whenever it is killed: what has the name of a backup is whole, and nothing is left for long.

    The store goes on as if nothing had been.
    """
    with closing(open_records(tables_url, feed=False)) as records:
        live_wildly(records, seed=5, steps=40)
    folder, dice, began = tmp_path / "copies", Random(5), monotonic()
    folder.mkdir()
    command = [sys.executable, "-m", "console.cli", "backup", "--db", tables_url, "--to"]
    subprocess.run([*command, str(tmp_path / "trial.zip")], check=True, capture_output=True)
    whole = monotonic() - began
    for turn in range(KILLS):
        child = subprocess.Popen([*command, str(folder / f"{turn}.zip")], stderr=subprocess.DEVNULL)
        try:
            child.wait(whole * dice.uniform(0.2, 1))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        for made in folder.glob("*.zip"):
            assert backups.verify(made, at=minutes(3)).findings == ()
    subprocess.run([*command, str(folder / "last.zip")], check=True, capture_output=True)
    assert not list(folder.glob("*.half*")), "the next takes away what it left"
    assert (folder / "last.zip").exists()
    with closing(open_records(tables_url, feed=False)) as records:
        assert records.do(NewOrder(title="on"), who=THE_DESK, at=minutes(1)).numbers


def test_a_killed_restore_leaves_no_half_desk(
    tables_url: str, other_url: str, tmp_path: Path
) -> None:
    """The same command makes it whole, be it that it begins again or goes on."""
    with closing(open_records(tables_url, feed=False)) as records:
        live_wildly(records, seed=5, steps=40)
        copy = tmp_path / "copy.zip"
        backups.make(records.database, copy, at=minutes(3))
    command, dice = [sys.executable, "-m", "console.cli", "restore", str(copy), "--to"], Random(3)
    began = monotonic()
    subprocess.run([*command, str(tmp_path / "trial.db")], check=True, capture_output=True)
    whole = monotonic() - began
    for _turn in range(KILLS):
        child = subprocess.Popen([*command, other_url], stderr=subprocess.DEVNULL)
        try:
            code = child.wait(whole * dice.uniform(0.3, 1))
            assert code in {0, 1}, "done, or done already by one that was killed too late"
            break
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    else:
        done = subprocess.run([*command, other_url], check=False, capture_output=True)
        assert done.returncode in {0, 1}, "the last that was killed may have done it, too"
    assert sums(other_url) == sums(tables_url)


@pytest.mark.parametrize("bytes_left", [1_000, 100_000, 400_000])
def test_a_full_disk_leaves_earlier_backups(
    sqlite_url: str, tmp_path: Path, bytes_left: int
) -> None:
    """Whatever it was writing when no more went in, it is told, and nothing of it is left."""
    copy = small(sqlite_url, tmp_path / "copy.zip")
    before = copy.read_bytes()
    code = (
        "import resource, sys; from console.cli import main;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({bytes_left}, {bytes_left}));"
        "sys.exit(main(sys.argv[1:]))"
    )
    words = ["backup", "--db", sqlite_url, "--to", str(tmp_path / "new.zip")]
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=False
    )
    assert done.returncode in {1, 3}, done
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert copy.read_bytes() == before
    assert not list(tmp_path.glob("new*"))
    assert not list(tmp_path.glob("*.half*"))


def test_a_folder_without_room_is_named(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the folder of backups that is full, not the store."""

    def no_room(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with closing(open_records(sqlite_url, feed=False)) as records:
        furnish(records)
        monkeypatch.setattr(archive_file, "write", no_room)
        with pytest.raises(BackupNotWritten, match=f"{tmp_path}: the disk is full; earlier ones"):
            backups.make(records.database, tmp_path / "copy.zip", at=minutes(3))
    assert sqlite.path_of(records.database.url).exists()
