"""Hostile text on the first screen: what is typed there, the file it names, what comes of it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from store.records import open_records
from tests.console.faulty_desk import console, faults
from tests.console.harmless import harm
from tests.console.hostile_desk import TYPED
from tests.console.hostile_files import write_files

if TYPE_CHECKING:
    from pathlib import Path

    from tests.console.pty_desk import Desk

PASTE, PASTED = "\x1b[200~", "\x1b[201~"
UP, ALL_GONE = "\x1b[A", "\x15"
ROWS = 65
PATIENCE_S = 30.0


def _name(desk: Desk, file: str, file_map: str) -> None:
    """Name a file and its map in the two lines below the choices."""
    texts = (f"{ALL_GONE}{PASTE}{text}{PASTED}\r" for text in (file, file_map))
    desk.press("".join(texts))


def test_a_hostile_file_is_imported_on_the_first_screen(sqlite_url: str, tmp_path: Path) -> None:
    """A name that is no file, a map that is none, and a file whose every cell is hostile."""
    write_files(tmp_path, rows=ROWS)
    silent = tmp_path / "silent.toml"
    silent.write_text("[desk]\nbell = false\n")  # then any bell is the file's
    rows, file_map = str(tmp_path / "rows.csv"), str(tmp_path / "map.toml")
    env = {"PAIDAN_CONFIG": str(silent)}
    with console(sqlite_url, tmp_path, operator=None, size=(80, 24), env=env) as desk:
        desk.sees("This desk has no orders yet.", timeout=PATIENCE_S)
        desk.press("2")
        desk.sees(">2")
        desk.press("\r")
        desk.sees("path of a CSV")
        for file, named, why in (
            (TYPED, "", "such file or folder"),
            (rows, TYPED, "shipped maps"),
            (rows, "", "own field"),
        ):
            _name(desk, file, named)
            desk.sees(why)
            desk.press(UP)
        _name(desk, rows, file_map)
        desk.sees("48 orders imported, 17 rows rejected", timeout=PATIENCE_S)
        desk.sees("t1␛]52;c;QUJD")
        desk.press("v")
        desk.sees("what happened")
        desk.press("q")
        assert desk.exit_code() == 0
        assert harm(bytes(desk.raw)) == set()
        assert b"met a fault" not in desk.raw
    with closing(open_records(sqlite_url, feed=False)) as records:
        assert faults(records) == []
