"""The file of a backup: the same desk wherever it is restored, or no backup at all."""

from __future__ import annotations

import zipfile
from contextlib import closing
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest

from console.cli import main
from store import backups
from store.commands import NewOrder
from store.domain.errors import BadInput, StoreHasDesk, StoreMoved, StoreTooNew
from store.persistence import archive_file, migrate, migrations, moving
from store.persistence.archive_file import NoBackup
from store.persistence.database import connect
from store.records import open_records
from tests.console.wild_desk import live_wildly
from tests.store.backed import sealed, small, sums
from tests.store.desk import ANA, furnish, minutes
from tests.store.full_desk import fill

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("same_kind", [True, False])
def test_a_desk_is_the_same_after_a_restore(
    tables_url: str, other_url: str, tmp_path: Path, *, same_kind: bool
) -> None:
    """Every table, hostile text, fractions and numbers below zero, in either database."""
    with closing(open_records(tables_url, feed=False)) as records:
        furnish(records)
        sealed(records)
        fill(records, steps=20)
        before, copy = sums(tables_url), tmp_path / "copy.zip"
        backups.make(records.database, copy, at=minutes(3))
    to = f"sqlite:///{tmp_path / 'again.db'}" if same_kind else other_url
    told = backups.restore(copy, to, at=minutes(3)).about
    assert sums(to) == before == {one.table: (one.rows, one.digest) for one in told.tables}
    assert all(rows for rows, _digest in before.values()), "a table is empty"


def test_a_restored_desk_is_sound_and_goes_on(
    tables_url: str, other_url: str, tmp_path: Path
) -> None:
    """Its seals and chains hold, the next numbers follow, and a backup of it goes back again."""
    with closing(open_records(tables_url, feed=False)) as records:
        live_wildly(records, seed=3, steps=60)
        sealed(records)
        furnish(records)
        last = records.do(NewOrder(title="last"), who=ANA, at=minutes(1)).numbers[0]
    first, second = str(tmp_path / "first.zip"), str(tmp_path / "second.zip")
    assert main(["backup", "--db", tables_url, "--to", first]) == 0
    assert main(["restore", first, "--to", other_url]) == 0
    assert main(["backup", "--db", other_url, "--to", second]) == 0
    assert main(["restore", second, "--to", str(tmp_path / "third.db")]) == 0
    assert sums(str(tmp_path / "third.db")) == sums(tables_url)
    with closing(open_records(other_url, feed=False)) as records:
        assert records.do(NewOrder(title="next"), who=ANA, at=minutes(2)).numbers[0] > last
        sealed(records)
        assert backups.examine(records, at=minutes(3))[0] == []


def test_a_changed_byte_is_never_restored(sqlite_url: str, tmp_path: Path) -> None:
    """Wherever it is, and however much is missing or too much: one sentence, and no desk."""
    copy, bad, dice = small(sqlite_url, tmp_path / "copy.zip"), tmp_path / "bad.zip", Random(7)
    whole, to = copy.read_bytes(), tmp_path / "restored.db"
    places = [0, 1, 30, 200, len(whole) - 90, len(whole) - 70, len(whole) - 1]
    for place in (*places, *(dice.randrange(len(whole)) for _ in range(150))):
        spoilt = bytearray(whole)
        spoilt[place] ^= 1 << dice.randrange(8)
        bad.write_bytes(spoilt)
        with pytest.raises(NoBackup):
            archive_file.read(bad)
    cut = (dice.randrange(len(whole)) for _ in range(20))
    for wrong in (b"", whole[:-1], whole[1:], whole + b"\0", b"x" * 500, *(whole[:n] for n in cut)):
        bad.write_bytes(wrong)
        with pytest.raises(NoBackup):
            backups.verify(bad, at=minutes(3))
        with pytest.raises(NoBackup):
            backups.restore(bad, str(to), at=minutes(3))
    assert {one.name for one in tmp_path.iterdir() if "desk" not in one.name} == {
        "copy.zip",
        "bad.zip",
    }


def test_a_backup_that_was_made_up_is_found_out(sqlite_url: str, tmp_path: Path) -> None:
    """Signed as one, but its tables are not what it says, or it holds something else."""
    copy = small(sqlite_url, tmp_path / "copy.zip")
    about, desk = archive_file.unpack(copy, tmp_path / "laid.db"), tmp_path / "laid.db"
    with closing(connect(str(desk))) as database, database.writing() as conn:
        conn.exec_driver_sql("UPDATE work_order SET title = 'another'")
    forged = tmp_path / "forged.zip"
    forged.touch()
    archive_file.write(forged, desk, about)
    with pytest.raises(NoBackup, match="work_order"):
        backups.verify(forged, at=minutes(3))
    (tmp_path / "text").write_text("no store")
    forged.write_bytes(b"")
    archive_file.write(forged, tmp_path / "text", about)
    with pytest.raises(NoBackup, match="more or less"):
        backups.verify(forged, at=minutes(3))


def test_a_backup_of_a_later_program_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    """This one would not know what to make of its tables."""
    copy = small(sqlite_url, tmp_path / "copy.zip")
    about, later = archive_file.unpack(copy, tmp_path / "laid.db"), tmp_path / "later.zip"
    later.touch()
    archive_file.write(later, tmp_path / "laid.db", replace(about, schema="9999"))
    with pytest.raises(StoreTooNew, match=f"9999.*{migrations.HEAD}"):
        backups.restore(later, str(tmp_path / "restored.db"), at=minutes(3))


def test_a_backup_of_an_earlier_program_is_brought_up_to_date(tmp_path: Path) -> None:
    """While it is restored; what was backed up was sound by the tables that it had."""
    old, copy, to = tmp_path / "old.db", tmp_path / "old.zip", str(tmp_path / "restored.db")
    with closing(connect(str(old))) as database, database.rebuilding(patience=5) as conn:
        migrate.climb(conn, to="0018")
    about = archive_file.About(
        made_at=minutes(1), schema="0018", kind="sqlite", head=0, seal=None, tables=(), size=0
    )
    copy.touch()
    archive_file.write(copy, old, replace(about, size=old.stat().st_size))
    assert backups.restore(copy, to, at=minutes(3)).about.schema == "0018"
    with closing(connect(to, create=False)) as database:
        assert f"{migrate.standing_of(database).version:04}" == migrations.HEAD
    with closing(open_records(to, feed=False)) as records:
        furnish(records)
        assert backups.examine(records, at=minutes(3))[0] == []


def test_what_a_backup_holds_is_never_written_elsewhere(sqlite_url: str, tmp_path: Path) -> None:
    """Names in it that lead out of the folder are names of nothing."""
    copy = small(sqlite_url, tmp_path / "copy.zip")
    about, trap = archive_file.unpack(copy, tmp_path / "laid.db"), tmp_path / "in" / "trap.zip"
    trap.parent.mkdir()
    trap.touch()
    archive_file.write(trap, tmp_path / "laid.db", about)
    whole = trap.read_bytes()
    with zipfile.ZipFile(trap, "a") as made:
        made.writestr("../out.db", "out")
        made.writestr("/tmp/paidan-out.db", "out")
    assert trap.read_bytes() != whole
    with pytest.raises(NoBackup):
        backups.restore(trap, str(tmp_path / "restored.db"), at=minutes(3))
    assert [one.name for one in trap.parent.iterdir()] == ["trap.zip"]
    assert not (tmp_path / "out.db").exists()


def test_a_restore_never_touches_a_desk_that_is_there(
    tables_url: str, other_url: str, tmp_path: Path
) -> None:
    """Nor takes what a former store left beside its name for a part of the new one."""
    copy = small(tables_url, tmp_path / "copy.zip")
    with closing(open_records(other_url, feed=False)) as records:
        furnish(records)
    before = sums(other_url)
    with pytest.raises(StoreHasDesk):
        backups.restore(copy, other_url, at=minutes(3))
    assert sums(other_url) == before
    for end in ("", "-wal", "-journal"):
        left = tmp_path / f"left.db{end}"
        left.write_text("left")
        with pytest.raises(StoreHasDesk):
            backups.restore(copy, str(tmp_path / "left.db"), at=minutes(3))
        assert left.read_text() == "left"
        left.unlink()
    backups.restore(copy, str(tmp_path / "left.db"), at=minutes(3))


def test_a_backup_takes_no_name_that_is_taken(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file, a link to nowhere, the store and what is beside it; a folder takes a name by time."""
    copy = small(sqlite_url, tmp_path / "copy.zip")
    store, dangling = tmp_path / "desk.db", tmp_path / "dangling"
    dangling.symlink_to(tmp_path / "nowhere")
    with closing(open_records(sqlite_url, feed=False)) as records:
        for to in (copy, dangling, store, store.with_name("desk.db-wal"), tmp_path / "no" / "x"):
            with pytest.raises(BadInput):
                backups.make(records.database, to, at=minutes(3))
        with pytest.raises(NoBackup, match="the store itself"):
            backups.verify(store, at=minutes(3))
    with pytest.raises(NoBackup, match="no file"):
        backups.verify(tmp_path, at=minutes(3))
    folder = tmp_path / "新 folder?*"
    folder.mkdir()
    assert main(["backup", "--db", sqlite_url, "--to", str(folder)]) == 0
    (made,) = folder.iterdir()
    assert made.name.startswith("paidan-2")
    assert made.stat().st_mode & 0o777 == 0o600
    assert main(["backup", "--verify", str(made), "--lang", "zh"]) == 0
    assert "0" in capsys.readouterr().err


def test_a_desk_that_has_gone_is_backed_up_where_it_is(
    tables_url: str, other_url: str, tmp_path: Path
) -> None:
    """A copy of what nobody may write in would be restored as a desk that is shut."""
    with closing(open_records(tables_url, feed=False)) as records:
        furnish(records)
        with closing(connect(other_url)) as target:
            moving.move(records.database, target, keep=False, check=lambda: None)
        with pytest.raises(StoreMoved):
            backups.make(records.database, tmp_path / "copy.zip", at=minutes(3))
    assert not list(tmp_path.glob("*.half"))


def test_what_the_doctor_finds_keeps_nobody_from_a_backup(
    tables_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A desk with a fault needs one more than any other; the fault is told each time."""
    with closing(open_records(tables_url, feed=False)) as records:
        furnish(records)
        records.do(NewOrder(title="x"), who=ANA, at=minutes(1))
        with records.database.writing() as conn:
            conn.exec_driver_sql("UPDATE work_order SET title = 'another'")
    copy, to = str(tmp_path / "copy.zip"), str(tmp_path / "to.db")
    for words in (["backup", "--db", tables_url, "--to", copy], ["restore", copy, "--to", to]):
        assert main(words) == 1
        assert "not what its journal tells: title" in capsys.readouterr().out
    assert sums(to) == sums(tables_url)
