"""What an import writes to and reads from is never a file that somebody needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console.cli import main
from console.intake.reader import examine
from console.intake.rejects import Rejects
from console.intake.troubles import FileRefused
from store.persistence import sqlite
from store.records import open_records
from tests.console.import_desk import brought, mapped, orders, rows, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.records import Records

LETTER = "my precious letter\n"

HELD = """
import os, sys
from pathlib import Path
from console.intake.reader import examine
from console.intake.troubles import FileRefused
from store.records import open_records

store = Path(sys.argv[1])
records = open_records(str(store), feed=False)
records.head()

def held():
    names = {str(os.stat(f"{store}{end}").st_ino) for end in ("", "-shm")}
    told = [line.split() for line in open("/proc/locks")]
    return sum(t[4] == str(os.getpid()) and t[5].split(":")[2] in names for t in told)

before = held()
for end in ("", "-wal", "-shm", "-lane"):
    try:
        examine(store.with_name(store.name + end))
    except FileRefused as refused:
        assert "is a file of the store" in str(refused), refused
assert held() == before > 0, (before, held())
"""


@pytest.fixture(autouse=True)
def _plain(plain_surroundings: None) -> None:
    """Nothing of the machine's own."""


@pytest.mark.parametrize("place", ["input", "link", "store", "wal", "letter", "folder"])
def test_rejected_rows_never_replace_what_is_there(
    tmp_path: Path, sqlite_url: str, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    """A slip in `--rejects` must not cost the file, a letter, or the desk; and nothing is done."""
    file, letter = written(tmp_path / "a.csv", rows(14)), tmp_path / "letter.txt"
    records = open_records(sqlite_url, feed=False)
    store = sqlite.path_of(records.database.url)
    letter.write_text(LETTER, encoding="utf-8")
    (tmp_path / "link.csv").hardlink_to(file)
    places = {
        "input": (file, "is the file that is imported"),
        "link": (tmp_path / "link.csv", "is the file that is imported"),
        "store": (store, "is a file of the store"),
        "wal": (store.with_name(f"{store.name}-wal"), "is a file of the store"),
        "letter": (letter, "is there and holds no rejected rows"),
        "folder": (tmp_path, "is there and holds no rejected rows"),
    }
    to, reason = places[place]
    before = file.read_bytes()
    words = ["--db", sqlite_url, "import", str(file), "--map", str(mapped(tmp_path))]
    assert main([*words, "--rejects", str(to)]) == 1
    assert f"{to} {reason}" in capsys.readouterr().err
    assert file.read_bytes() == before
    assert letter.read_text(encoding="utf-8") == LETTER
    assert orders(records) == []
    records.close()


def test_rejected_rows_may_replace_their_own_kind_and_go_nowhere(
    tmp_path: Path, sqlite_url: str
) -> None:
    """An earlier run's file, an empty one made for it, or /dev/null."""
    file, map_file = written(tmp_path / "a.csv", rows(14)), mapped(tmp_path)
    empty, earlier = tmp_path / "empty", tmp_path / "earlier"
    empty.touch()
    earlier.write_text("line,reason,id\n2,old,H1\n", encoding="utf-8")
    for to in (empty, earlier, Path("/dev/null")):
        db = f"{sqlite_url}-{to.name}"
        words = ["--db", db, "import", str(file), "--map", str(map_file), "--rejects", str(to)]
        assert main([*words, "--quiet"]) == 1  # rows were refused
    assert empty.read_text(encoding="utf-8") == earlier.read_text(encoding="utf-8")
    assert "yesterday" in empty.read_text(encoding="utf-8")
    assert Path("/dev/null").is_char_device()


def test_a_clean_import_takes_away_only_what_is_ours(records_here: Records, tmp_path: Path) -> None:
    """The store's own file may not even be opened to see whose it is."""
    store = sqlite.path_of(records_here.database.url)
    rejects = Rejects(store, ())
    rejects.close()
    assert store.exists()
    file = written(tmp_path / "a.csv", rows(3))
    (tmp_path / "a.csv.rejects.csv").write_text("line,reason,id\n", encoding="utf-8")
    brought(records_here, file, mapped(tmp_path))
    assert not (tmp_path / "a.csv.rejects.csv").exists()


@pytest.fixture
def records_here(sqlite_url: str) -> Iterator[Records]:
    """A store with a file."""
    records = open_records(sqlite_url, feed=False)
    yield records
    records.close()


def test_a_store_that_is_open_is_no_file_of_orders(records_here: Records) -> None:
    """Whoever names it on the first screen is told so."""
    with pytest.raises(FileRefused, match="is a file of the store"):
        examine(sqlite.path_of(records_here.database.url))


@pytest.mark.skipif(sys.platform != "linux", reason="locks are told by /proc")
def test_the_stores_locks_stay_while_its_files_are_named(tmp_path: Path) -> None:
    """To open and close the file drops the locks of the process, and two would write at once."""
    done = subprocess.run(
        [sys.executable, "-c", HELD, str(tmp_path / "desk.db")],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
