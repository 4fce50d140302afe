"""Rejected rows are guarded against spreadsheets, and read again as they stood."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.cli_export import _cell
from console.intake.marks import FORMULA, as_cell, bared, guarded
from console.intake.reader import Row, examine
from console.intake.rejects import Rejects
from console.intake.troubles import RowRefused

if TYPE_CHECKING:
    from pathlib import Path

CELLS = st.text(alphabet="'=+-@\t\r 1a", max_size=5) | st.text()


@given(cell=CELLS)
def test_a_guard_is_taken_off_again(cell: str) -> None:
    """Also from a cell that began with an apostrophe of its own."""
    assert bared(guarded(cell)) == cell


@given(cell=CELLS)
def test_no_spreadsheet_runs_a_rejected_cell(cell: str) -> None:
    """What begins like a formula is a number, or guarded."""
    if guarded(cell).startswith(FORMULA):
        float(cell)


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["as written", "saved by a spreadsheet"])
def test_rejected_rows_are_read_as_they_stood(tmp_path: Path, mark: str) -> None:
    """Without line and reason, a byte order mark, and what somebody believes of the file."""
    cells = ["=1+1", "'=1", "-5", "-x", "'s-Gravenhage", "灯, “不亮”"]
    file = tmp_path / "a.rejects.csv"
    rejects = Rejects(file, tuple("abcdef"))
    rejects.add(Row(line=2, cells=cells), RowRefused(wrong="why"))
    rejects.close()
    written = file.read_text("utf-8")
    assert next(csv.reader([written.splitlines()[1]]))[2:5] == ["'=1+1", "''=1", "-5"]
    file.write_text(mark + written, "utf-8")
    table = examine(file, encoding="gb18030", delimiter=";", kind="jsonl")
    assert (table.rejected, table.header) == (True, tuple("abcdef"))
    assert [row.cells for row in table.rows()] == [cells]


def test_blanks_hide_no_formula() -> None:
    """A tab or a return before it is a blank once it is harmless to a terminal."""
    for cell in ("\t=1", "\r=1", "\n=1", " =1", "\u00a0@x", "\r\n+49 30"):
        assert as_cell(cell).startswith("'")
        assert _cell(cell).startswith("'")
        assert bared(guarded(cell)) == cell
    assert as_cell(" -5") == " -5"
