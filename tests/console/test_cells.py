"""Numbers of a spreadsheet are read as its cells show them: days, times, codes and phones."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from console.cli import main
from console.intake.cells import PLAIN, Format, Look, format_of, moment_shown, shown
from console.intake.sheet import to_csv
from store.queries.customers import StreamCustomers
from store.records import open_records
from tests.console.conftest import AT
from tests.console.test_workbook import WHO, desk, packed, sheet_of

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["desk"]


def wall(year: int, month: int, day: int, *clock: int) -> datetime:
    """A moment as a cell has it, which knows of no zone."""
    hour, minute, second = (*clock, 0, 0, 0)[:3]
    at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    return at.replace(tzinfo=None)


WRITTEN: tuple[tuple[Any, str, str], ...] = (
    (date(2026, 10, 1), "yyyy-mm-dd", "2026-10-01"),
    (date(2026, 10, 1), "d.m.yy", "2026-10-01"),
    (date(2026, 10, 1), 'yyyy"年"m"月"d"日"', "2026-10-01"),
    (date(2026, 10, 1), "[$-804]aaaa, mmm d", "2026-10-01"),
    (wall(2026, 10, 1, 8, 30), "yyyy-mm-dd hh:mm", "2026-10-01 08:30"),
    (wall(2026, 10, 1, 8, 30), "d/m/yy", "2026-10-01"),
    (wall(2026, 10, 1, 23, 59, 59), "m/d/yy h:mm AM/PM", "2026-10-01 23:59:59"),
    (wall(2026, 10, 1), "yyyy-mm-dd hh:mm", "2026-10-01"),
    (time(8, 30), "hh:mm", "08:30"),
    (timedelta(hours=26, minutes=30), "[h]:mm", "26:30"),
    (0.85, "0%", "85%"),
    (0.125, "0.00%", "12.5%"),
    (3.0, "", "3"),
    (3.0, "0.00", "3"),
    (0.1 + 0.2, "", "0.3"),
    (-2.5, "", "-2.5"),
    (13800138000, "", "13800138000"),
    (13800138000, "0.00E+00", "13800138000"),
    (7, "00000", "00007"),
    (1234.5, '#,##0.00 "days"', "1234.5"),
    (12, '0 "hours"', "12"),
    (5, "[Red]0;[Blue]-0", "5"),
    (0, "", "0"),
)


def lines_of(path: Path) -> list[str]:
    out = io.StringIO()
    to_csv(path, out)
    return out.getvalue().splitlines()


def book(path: Path, cells: tuple[tuple[Any, str], ...], *, since_1904: bool) -> Path:
    """One column of values under formats, as a common program writes them."""
    with xlsxwriter.Workbook(path, {"date_1904": since_1904}) as made:
        sheet = made.add_worksheet()
        for row, (value, code) in enumerate(cells):
            form = made.add_format({"num_format": code} if code else {})
            sheet.write(row, 0, value, form)
    return path


@pytest.mark.parametrize("since_1904", [False, True])
def test_a_file_says_what_its_cells_show(tmp_path: Path, since_1904: bool) -> None:
    """Whichever year its days are counted from."""
    cells = tuple((value, code) for value, code, _ in WRITTEN)
    path = book(tmp_path / "a.xlsx", cells, since_1904=since_1904)
    told = dict(zip([row[:2] for row in WRITTEN], lines_of(path), strict=True))
    assert [said.lstrip("'") for said in told.values()] == [said for _, _, said in WRITTEN]


@given(st.datetimes(wall(1900, 3, 1), wall(9999, 12, 31, 23)), st.booleans())
def test_every_second_of_every_day_comes_back(moment: datetime, since_1904: bool) -> None:
    """From the float that is kept; of those before 1904 where they can be."""
    moment = moment.replace(microsecond=0)
    first = wall(1904, 1, 1) if since_1904 else wall(1899, 12, 30)
    serial = (moment - first).total_seconds() / 86_400
    said = shown(repr(serial), Format(look=Look.MOMENT), since_1904=since_1904)
    if moment < first:
        return
    told = datetime.fromisoformat(said)
    assert told == moment
    day = shown(repr(serial), Format(look=Look.DAY), since_1904=since_1904)
    assert day == moment.date().isoformat()


@pytest.mark.parametrize(
    ("serial", "said"),
    [("1", "1900-01-01"), ("59", "1900-02-28"), ("61", "1900-03-01"), ("2958465", "9999-12-31"),
     ("60", "60"), ("0", "0"), ("-1", "-1"), ("2958466", "2958466"), ("1e999999999", "1e999999999"),
     ("NaN", "NaN"), ("x", "x")],
)  # fmt: skip
def test_the_ends_of_the_calendar(serial: str, said: str) -> None:
    """The 29th of February 1900 is no day; what is none is told as it lies."""
    assert shown(serial, Format(look=Look.DAY), since_1904=False) == said


@given(st.text(max_size=20), st.integers(0, 200), st.text(max_size=30))
def test_no_number_and_no_format_is_too_strange(value: str, number: int, code: str) -> None:
    """What cannot be meant stays as it lies."""
    for form in (format_of(number, None), format_of(number, code), PLAIN):
        assert isinstance(shown(value, form, since_1904=False), str)
        assert shown("1" * 18, PLAIN, since_1904=False) == "1" * 18


def test_a_cell_may_be_written_as_a_moment(tmp_path: Path) -> None:
    """Which some programs do instead of counting days."""
    cells = ("2026-10-01T00:00:00", "2026-10-01T08:30:00", "2026-10-01", "soon")
    assert [moment_shown(one) for one in cells] == [
        "2026-10-01", "2026-10-01 08:30", "2026-10-01", "soon",
    ]  # fmt: skip
    row = '<row><c t="d"><v>2026-10-01T08:30:00</v></c><c s="9"><v>7.0</v></c></row>'
    assert lines_of(packed(tmp_path / "a.xlsx", sheet_of(row))) == ["2026-10-01 08:30,7"]


@pytest.mark.parametrize("since_1904", [False, True])
def test_customers_are_brought_with_their_days_and_phones(
    desk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], since_1904: bool
) -> None:
    """As a sheet that somebody keeps by hand has them."""
    path = tmp_path / "customers.xlsx"
    heads = ("编号", "名称", "电话", "合同首日", "合同末日", "续签期限", "等级")
    days = (date(2026, 1, 1), date(2026, 12, 31), wall(2026, 11, 30))
    with xlsxwriter.Workbook(path, {"date_1904": since_1904}) as made:
        sheet, day = made.add_worksheet(), made.add_format({"num_format": "yyyy/m/d"})
        sheet.write_row(0, 0, heads)
        sheet.write_row(1, 0, (1001.0, "宏远大厦", 13800138000.0))
        sheet.write_row(1, 3, days, day)
        sheet.write(1, 6, 3.0)
    assert main(["--db", desk, "customer", "import", str(path)]) == 0, capsys.readouterr()
    records = open_records(desk, feed=False)
    (found,) = [one for one in records.ask(StreamCustomers(), who=WHO, at=AT) if one.code == "1001"]
    records.close()
    assert (found.name, found.phone) == ("宏远大厦", "13800138000")
    assert (found.first_day, found.last_day) == ("2026-01-01", "2026-12-31")
    assert found.renew_day == "2026-11-30"
