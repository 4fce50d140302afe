"""Broken rows of a CSV: none of them takes another with it, and each is told by its line."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from console.intake import records as reading
from console.intake.reader import examine
from console.intake.records import records
from console.intake.troubles import FileRefused
from tests.console.test_import_reader import cells, faults, written

if TYPE_CHECKING:
    from pathlib import Path

OPEN = 'a quote opens here and is never closed: close it, or write "" for one in a text'
SWALLOWS = (
    'a quote opens here and is closed in another row: close it, or write "" for one in a text'
)
BARE = 'there is a quote within a quoted text: write "" for it'

FEWER = "has {} columns where the header has 3; those that say nothing stay empty"
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
        # It is closed two rows on, just where a text may end: a text may hold what looks like rows.
        ([f'1,"a,{WHEN}', f"2,b,{WHEN}", f'3,c","{WHEN}"', f"4,d,{WHEN}"], "14", []),
        # The same, and the row that comes of it has not as many cells as the header.
        ([f'1,"a,{WHEN}', f"2,b,{WHEN}", '3,c"', f"4,d,{WHEN}"], "4", [(2, FEWER.format(2))]),
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


HOSTILE = st.text(st.sampled_from('",;\t|\r\n 12ab-:')) | st.sampled_from(
    [
        "1007",
        f"lift\n7777,b,{WHEN}\nplease",
        f'\n7,b,"{WHEN}"\n',
        f'"\n7,"b",{WHEN}\n"',
        'x","y\n"',
        '" ,',
    ]
)


@given(
    rows=st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE).filter(any), min_size=1),
    mark=st.sampled_from(",;\t|"),
)
@example(rows=[("1007", f"lift\n7777,b,{WHEN}\nplease", WHEN), ("1008", "c", WHEN)], mark=",")
def test_what_is_well_formed_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], mark: str
) -> None:
    """Whatever its texts hold: a customer who writes lines of a table makes no order of them."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=mark).writerows([("id", "what", "when"), *rows])
    path = written(tmp_path_factory.mktemp("well") / "a.csv", text.getvalue())
    assert cells(path, delimiter=mark) == [list(row) for row in rows]


def test_each_line_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file where every line opens a quote that another closes takes no longer than its length."""
    looked: list[str] = []
    within = reading._within

    def look(line: str, mark: str) -> reading._Fate:
        looked.append(line)
        return within(line, mark)

    monkeypatch.setattr(reading, "_within", look)
    for row in ('1,"x","y\n', 'x","y\n', '1,"a\n'):
        looked.clear()
        text = io.StringIO(row * 5_000)
        assert [one.line for one in records(text.readline, ",")] == [*range(1, 5_001)]
        assert 0 < len(looked) <= 5_000


def test_a_long_text_is_one_and_a_quote_left_open_is_not_kept_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A row may have thousands of lines; memory does not grow with those after an open quote."""
    text = '1,"' + "x,y\n" * 9_000 + 'z"\n2,b\n'
    assert [one.line for one in records(io.StringIO(text).readline, ",")] == [1, 9_002]
    monkeypatch.setattr(reading, "LONGEST", 10_000)
    read = 0

    def line() -> str:
        nonlocal read
        read += 1
        return '1,"x\n' if read == 1 else "2,y\n" if read < 9_000 else ""

    first = next(records(line, ","))
    assert (first.cells, first.wrong) == (["1", '"x'], OPEN)
    assert read < 200


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
