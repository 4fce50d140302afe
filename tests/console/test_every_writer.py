"""Whatever writes cells for a spreadsheet makes them harmless: each writer is found by itself."""

from __future__ import annotations

import ast
from pathlib import Path

from console.intake.marks import FORMULA, as_cell, bared

ROOT = Path(__file__).parents[2]
NO_WORDS = {
    "console/cli_against.py": "names of figures, units and numbers, all of them the program's own",
}
"""Those that write nothing from outside, and why."""
BACK_IN = {
    "console/intake/sheet.py": "what was read goes to the import, which takes the guard off",
    "console/intake/rejects.py": "a rejected row goes back into the import, byte for byte",
}
"""Those whose cells are to come back just as they were: guarded, no more."""


def writers(name: str) -> set[str]:
    """The files in which something of this name is called or imported."""
    found = set()
    for folder in ("console", "store", "scheduler"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            if name.split(".")[-1] not in text:
                continue
            tree = ast.parse(text)
            for node in ast.walk(tree):
                called = isinstance(node, ast.Call) and ast.unparse(node.func) == name
                names = node.names if isinstance(node, ast.Import) else ()
                if called or name in {one.name for one in names}:
                    found.add(path.relative_to(ROOT).as_posix())
    return found


def test_every_writer_of_csv_makes_its_cells_harmless() -> None:
    """By one of two functions; a new writer that uses neither is found here."""
    found = writers("csv.writer") | writers("csv.DictWriter")
    assert len(found) >= 5
    assert found >= {*NO_WORDS, *BACK_IN}
    for file in sorted(found - {*NO_WORDS}):
        text = (ROOT / file).read_text(encoding="utf-8")
        wanted = ("guarded(", "guarded,") if file in BACK_IN else ("as_cell", "_cell,")
        assert any(word in text for word in wanted), file
    assert "safe(" in (ROOT / "console/cli_export.py").read_text(encoding="utf-8")


def test_only_one_file_writes_spreadsheets() -> None:
    """There every word is a word, whatever it begins with (`test_workbook`)."""
    assert writers("xlsxwriter") == {"console/workbook.py"}


def test_a_cell_is_no_formula_and_nothing_in_it_is_hidden() -> None:
    """Of each beginning that a spreadsheet runs, of controls and of what turns words round."""
    for begin in FORMULA:
        cell = as_cell(f"{begin}cmd|' /C calc'!A0")
        assert not cell.startswith(FORMULA)
    for bad in ("\u202e", "\u2066", "\x1b", "\x00", "\x07", "\u200f"):
        assert bad not in as_cell(f"a{bad}b")
    assert as_cell("-1.5") == "-1.5"
    assert bared(as_cell("=1+1")) == "=1+1"
    assert as_cell("长" * 5000) == "长" * 5000
