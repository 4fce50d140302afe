"""Spreadsheets: numbers are numbers, no word is run, and customers come back as they went."""

from __future__ import annotations

import io
import json
import tracemalloc
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from console.cli import main
from console.intake.sheet import to_csv
from console.intake.troubles import FileRefused
from console.workbook import LONGEST, MOST_ROWS, Sheet, held, workbook
from store.commands.orders import NewOrder
from store.commands.places import SaveCustomer
from store.domain.who import Who
from store.records import open_records
from tests.console.conftest import AT

if TYPE_CHECKING:
    from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HOSTILE = '=HYPERLINK("http://x","y")'
WHO = Who(operator=2, via="test")


@pytest.fixture
def desk(tmp_path: Path) -> str:
    """One customer whose name a spreadsheet would run, with an order."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    records = open_records(url, feed=False)
    records.do(SaveCustomer(code="C1", name=HOSTILE, phone="+86 10 1"), who=WHO, at=AT)
    records.do(SaveCustomer(code="C2", name="宏远大厦", phone="010"), who=WHO, at=AT)
    records.do(NewOrder(title="pump", customer="C1"), who=WHO, at=AT)
    records.close()
    return url


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    """What a command prints."""
    assert main([*words]) == code
    return capsys.readouterr().out


def rows_of(path: Path) -> list[str]:
    """The lines of a file's first sheet."""
    held = io.StringIO()
    to_csv(path, held)
    return held.getvalue().splitlines()


def parts(path: Path, name: str) -> str:
    """One part of the file, as it is stored."""
    with ZipFile(path) as packed:
        return packed.read(name).decode()


def test_figures_are_numbers(desk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same as `--json` tells; what there is none of is an empty cell, not nought."""
    file, day = tmp_path / "kpi.xlsx", AT.date().isoformat()
    period = ("--db", desk, "kpi", "--from", day, "--to", day, "--zone", "UTC")
    told = json.loads(said(capsys, *period, "--json"))
    said(capsys, *period, "--xlsx", str(file))
    rows = [row.split(",") for row in rows_of(file)[1:]]
    found = {row[0]: (row[2], row[3]) for row in rows}
    wanted: dict[str, Any] = {one["name"]: one for one in told}
    assert found.keys() == wanted.keys()
    assert found["orders_opened"] == ("1", "1")
    assert found["csat"] == ("", "0")
    assert 't="s"' not in parts(file, "xl/worksheets/sheet1.xml").split('r="C4"')[1][:8]
    assert main([*period, "--xlsx", str(file)]) == 1  # nothing that is there is written over


def test_customers_go_out_and_come_in_the_same(
    desk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also one whose name begins as a formula does: it is a text, marked as one, and stays it."""
    file = tmp_path / "customers.xlsx"
    said(capsys, "--db", desk, "customer", "export", "--xlsx", str(file))
    sheet = parts(file, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.casefold()
    assert 'quotePrefix="1"' in parts(file, "xl/styles.xml")
    assert "<cols>" in sheet
    other = f"sqlite:///{tmp_path / 'other.db'}"
    open_records(other, feed=False).close()
    told = json.loads(said(capsys, "--db", other, "customer", "import", str(file), "--json"))
    assert (told["brought"], told["rejected"]) == (2, 0)
    again = json.loads(said(capsys, "--db", desk, "customer", "import", str(file), "--json"))
    assert (again["the_same"], again["brought"]) == (2, 0)
    both = [said(capsys, "--db", url, "customer", "export", "--json") for url in (desk, other)]
    names = [[one["name"] for one in json.loads(text)] for text in both]
    assert names == [[HOSTILE, "宏远大厦"]] * 2


def test_a_review_is_a_spreadsheet_of_its_own_file(
    desk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its outcomes are numbers; without a file there is nothing to print it to."""
    file = tmp_path / "review.xlsx"
    review = ("--db", desk, "report", "review", "--month", f"{AT:%Y-%m}", "--format", "xlsx")
    assert main([*review]) == 2
    said(capsys, *review, "--out", str(file))
    row = next(row for row in rows_of(file) if row.startswith("orders_opened,"))
    assert row.split(",")[2:6] == ["1", "1", "0", "0"]
    names = parts(file, "xl/workbook.xml")
    assert names.count("<sheet ") == 10


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no more", b"code,name\nC1,x\n"])
def test_what_is_no_spreadsheet_is_refused(data: bytes, tmp_path: Path) -> None:
    """With a sentence, before anything is written."""
    file = tmp_path / "a.xlsx"
    file.write_bytes(data)
    with pytest.raises(FileRefused):
        to_csv(file, io.StringIO())


BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="a" r:id="r1"/></sheets>'
    "</workbook>"
)
RELS = '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'


def packed(file: Path, sheet: str, *, book: str = BOOK, way: int = ZIP_DEFLATED) -> Path:
    """A spreadsheet as somebody else may write it."""
    with ZipFile(file, "w", way) as put:
        put.writestr("xl/workbook.xml", book)
        put.writestr("xl/_rels/workbook.xml.rels", RELS)
        put.writestr("xl/worksheets/sheet1.xml", sheet)
    return file


def sheet_of(rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def damaged(file: Path) -> Path:
    """As it arrives where some bytes were changed on the way."""
    data = bytearray(file.read_bytes())
    begins = data.index(b"sheet1.xml") + len(b"sheet1.xml")
    data[begins : begins + 12] = bytes(255 - byte for byte in data[begins : begins + 12])
    file.write_bytes(bytes(data))
    return file


def test_what_is_broken_is_refused(tmp_path: Path) -> None:
    """Changed on its way, without a sheet, in letters that nobody knows, endless, or not there."""
    file, row = tmp_path / "a.xlsx", f"<row><c><v>{'7' * 9_000}</v></c></row>"
    assert to_text(packed(file, sheet_of(row))) == "7" * 9_000 + "\n"
    broken = [
        *(damaged(packed(tmp_path / f"{way}.xlsx", sheet_of(row), way=way))
          for way in (ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA)),
        packed(tmp_path / "none.xlsx", sheet_of(row), book=f'<workbook xmlns="{MAIN}"/>'),
        packed(tmp_path / "odd.xlsx", '<?xml version="1.0" encoding="odd"?>' + sheet_of(row)),
        packed(tmp_path / "wide.xlsx", sheet_of("<row>" + "<c/>" * 200_000 + "</row>")),
        tmp_path / "gone.xlsx",
        tmp_path,
    ]  # fmt: skip
    for one in broken:
        with pytest.raises(FileRefused):
            to_text(one)


def test_what_it_lacks_is_told_of_the_file_that_was_named(
    desk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And of none that nobody has heard of."""
    file = packed(tmp_path / "a.xlsx", sheet_of("<row><c><v>7</v></c></row>"))
    assert main(["--db", desk, "customer", "import", str(file)]) == 1
    said = capsys.readouterr().err
    assert "a.xlsx names no column code" in said
    assert ".csv" not in said


def to_text(file: Path) -> str:
    out = io.StringIO()
    to_csv(file, out)
    return out.getvalue()


def test_rows_that_were_read_are_forgotten(tmp_path: Path) -> None:
    """A small file can hold so many that the machine would have no room for them all at once."""
    file = packed(tmp_path / "a.xlsx", sheet_of("<row/><x/>" * 150_000))
    tracemalloc.start()
    try:
        assert to_text(file) == ""
        assert tracemalloc.get_traced_memory()[1] < 6 << 20
    finally:
        tracemalloc.stop()


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(tmp_path: Path) -> None:
    """Under the same heads, none lost and none twice; a sheet holds what Excel's does."""
    from xlsxwriter.worksheet import Worksheet

    assert Worksheet().xls_rowmax == MOST_ROWS
    rows = [(number, f"n{number}") for number in range(20)]
    made = [
        Sheet(name="many", heads=("a", "b"), rows=rows, said=("told",)),
        Sheet(name="few", heads=("c",), rows=[(1,)]),
    ]
    file = tmp_path / "a.xlsx"
    file.write_bytes(workbook(made, most_rows=10))
    names = parts(file, "xl/workbook.xml")
    assert [name in names for name in ('"many"', '"many 2"', '"many 3"', '"few"')] == [True] * 4
    found: list[int] = []
    for number in (1, 2, 3):
        sheet = parts(file, f"xl/worksheets/sheet{number}.xml")
        lines = sheet.split("<row ")[1:]
        assert len(lines) <= 9  # of ten there is an empty one above the heads
        found += [int(line.split("<v>")[1].split("<")[0]) for line in lines[2:]]
    assert found == list(range(20))


@pytest.mark.parametrize("letter", ["a", "派", "𠮷"])
def test_a_cell_that_is_too_long_says_so(letter: str, tmp_path: Path) -> None:
    """Counted as Excel counts; what just fits is whole, and the file can be read."""
    most = LONGEST // (len(letter.encode("utf-16-le")) // 2)
    fits, over = letter * most, letter * (most + 1)
    file = tmp_path / "a.xlsx"
    file.write_bytes(workbook([Sheet(name="s", heads=("a", "b"), rows=[(fits, over)])]))
    assert held(fits) == fits
    whole, cut = to_text(file).splitlines()[1].split(",")
    same = whole == fits
    assert same  # a difference of so many letters is nothing to show
    assert cut.startswith(letter * 9)
    assert f"beginning of {most + 1} characters" in cut
    assert len(held(over).encode("utf-16-le")) <= 2 * LONGEST


def test_sheets_have_names_of_their_own(tmp_path: Path) -> None:
    """Whatever they are called; and a control character of outside is none in a cell."""
    rows = [("a\x1b]52;c;x\x07", 1.5, None), ("b\tc", -2, "+1")]
    sheets = [Sheet(name="a/b" * 20, heads=("x", "y", "z"), rows=rows) for _n in range(3)]
    file = tmp_path / "a.xlsx"
    file.write_bytes(workbook(sheets))
    told = rows_of(file)
    assert len(told) == 3
    assert "\x1b" not in "".join(told)
    assert told[2].endswith("-2,+1")
