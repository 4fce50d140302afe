"""Broken rows of a CSV: none of them takes another with it, and each is told by its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.intake.reader import examine
from console.intake.troubles import FileRefused
from tests.console.test_import_reader import cells, faults, written

if TYPE_CHECKING:
    from pathlib import Path

OPEN = 'a quote opens here and is never closed: close it, or write "" for one in a text'
SWALLOWS = (
    'a quote opens here and is closed in another row: close it, or write "" for one in a text'
)
BARE = 'there is a quote within a quoted text: write "" for it'

MORE = "has {} columns where the header has 3; put a text that holds “,” in quotes"
ZERO = "holds a zero byte, which no text has; the file is damaged"


def test_a_quote_never_closed_costs_its_own_row(tmp_path: Path) -> None:
    """Else the rest of the file would silently be one title."""
    path = written(tmp_path / "a.csv", 'id,what\n1,a\n2,"b\n3,c\n4,d\n')
    assert cells(path) == [["1", "a"], ["3", "c"], ["4", "d"]]
    assert faults(path) == [(3, OPEN)]


WHEN = "2026-01-31 08:00"


@pytest.mark.parametrize(
    ("rows", "good", "wrong"),
    [
        # It is closed by the next row, which would have been a part of its title.
        ([f'1,"a,{WHEN}', f'2,b "B" b,{WHEN}', f"3,c,{WHEN}"], "23", [(2, SWALLOWS)]),
        # It is closed two rows on, just where a text may end.
        ([f'1,"a,{WHEN}', f"2,b,{WHEN}", f'3,c","{WHEN}"'], "23", [(2, SWALLOWS)]),
        # Every row has one: none of them takes another with it.
        (
            [f'1,"a,{WHEN}', f'2,"b,{WHEN}', f'3,"c,{WHEN}'],
            "",
            [(2, SWALLOWS), (3, SWALLOWS), (4, OPEN)],
        ),
        ([f'1,"a "A" a",{WHEN}', f"2,b,{WHEN}"], "2", [(2, BARE)]),
        ([f'1,a "A" a,{WHEN}', f'2,5" pipe,{WHEN}'], "12", []),
        ([f'1,"a "" A" ,{WHEN}', f'2,"b", {WHEN}'], "12", []),
        ([f'1,"a,\n\n2,b\n{WHEN}",{WHEN}', f"2,b,{WHEN}"], "12", []),
        ([f"1,a,{WHEN},,", f"2,b,{WHEN},x"], "1", [(3, MORE.format(4))]),
        ([",".join(map(str, range(100))), f"2,b,{WHEN}"], "2", [(2, MORE.format(100))]),
        ([f"1,a\0b,{WHEN}", f"2,b,{WHEN}"], "2", [(2, ZERO)]),
    ],
)  # fmt: skip
def test_a_broken_row_costs_no_other(
    tmp_path: Path, rows: list[str], good: str, wrong: list[tuple[int, str]]
) -> None:
    """Each is told by its line, and those after it are read as they stand."""
    for ends in ("\n", "\r\n"):
        text = "".join(f"{row}\n" for row in ["id,what,when", *rows]).replace("\n", ends)
        path = written(tmp_path / "a.csv", text)
        assert "".join(row[0] for row in cells(path)) == good
        assert faults(path) == wrong


@given(st.lists(st.sampled_from(["1,a\n", '2,"b\n', '"', ',"', '","\n', '3,"c"x\n', "\n"])))
def test_every_line_is_read_once(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str]
) -> None:
    """Whatever quotes stand in it: in a good row, in a refused one, or a blank."""
    text = "id,what\n" + "".join(pieces)
    table = examine(written(tmp_path_factory.mktemp("quotes") / "a.csv", text))
    lines = [row.line for row in table.rows()]
    assert lines == sorted(set(lines))
    assert all(1 < line <= text.count("\n") + 1 for line in lines)


def test_a_quote_left_open_in_a_long_file_is_found_soon(tmp_path: Path) -> None:
    """It is looked for as far as a row may reach, not to the end of the file each time."""
    rows = [f'{n},"open' for n in range(0, 9_000, 3)]
    path = written(tmp_path / "a.csv", "id,what\n" + "\nx,y\n".join(rows) + "\n" + "x,y\n" * 9_000)
    assert len(faults(path)) == 3_000
    assert len(cells(path)) == 2_999 + 9_000


def test_a_spreadsheet_may_name_its_delimiter(tmp_path: Path) -> None:
    """In a line above the header, which is none."""
    for mark, first in ((";", "sep=;"), ("|", '"sep=|"')):
        path = written(tmp_path / "a.csv", f"\ufeff{first}\r\nid{mark}what\r\n1{mark}a,b\r\n")
        table = examine(path)
        assert table.header == ("id", "what")
        assert [(row.line, row.cells) for row in table.rows()] == [(3, ["1", "a,b"])]


def test_a_quote_left_open_in_the_header_is_a_fault_of_the_file(tmp_path: Path) -> None:
    """No row could be read by it."""
    with pytest.raises(FileRefused, match="in its header a quote opens here"):
        examine(written(tmp_path / "a.csv", 'id,"what\n1,a\n'))
