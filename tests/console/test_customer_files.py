"""Customers in a file: out whole, in again the same, and nothing of a bad row."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from console.intake.customers import COLUMNS
from store import clock

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("plain_surroundings")
HEADS = ",".join(COLUMNS)
ROWS = (
    'GM,国贸物业,010-88886666,key,critical,"vip;=1+1",T1,,"周经理 13800001111;王 5556666",'
    "ana,周经理 13800001111,before 10:00,yes,2026-01-01,2026-12-31,critical,2026-11-30,"
    "Asia/Kathmandu,renewed\n"
    "'=cmd,Odd Ltd,,standard,,,,,,,,,no,,,,,,\n"
)


@pytest.fixture
def db(tmp_path: Path) -> tuple[str, str]:
    """A desk with a technician and an operator."""
    words = ("--db", str(tmp_path / "desk.db"))
    assert main(["add", "operator", "ana", "Ana", *words]) == 0
    assert main(["add", "technician", "T1", "Li Wei", *words]) == 0
    return words


def _said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(["customer", *words]) == code
    return capsys.readouterr().out


def _told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    return json.loads(_said(capsys, *words, "--json", code=code))


def test_what_is_taken_in_comes_out_again(
    tmp_path: Path, db: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Tried first, which keeps nothing; then taken in; a second time nothing is left to do."""
    file = tmp_path / "in.csv"
    file.write_text(f"{HEADS}\n{ROWS}", encoding="utf-8")
    tried = _told(capsys, "import", str(file), "--dry-run", *db)
    assert (tried["brought"], tried["rejected"]) == (2, 0)
    assert _told(capsys, "export", *db) == []
    assert "2 customers were taken in." in _said(capsys, "import", str(file), *db)
    again = _told(capsys, "import", str(file), *db)
    assert (again["brought"], again["the_same"]) == (0, 2)
    written = _said(capsys, "export", *db)
    gm, odd = csv.DictReader(io.StringIO(written))
    assert gm["contacts"] == "周经理 13800001111;王 5556666"
    assert (gm["lead"], gm["visits"], gm["contract_renew"]) == ("ana", "before 10:00", "2026-11-30")
    assert (gm["contract_zone"], gm["contract_outcome"]) == ("Asia/Kathmandu", "renewed")
    assert (gm["asks_for"], gm["tags"], gm["call_ahead"]) == ("T1", "'=1+1;vip", "yes")
    assert odd["code"] == "'=cmd"
    out = tmp_path / "out.csv"
    out.write_text(written, encoding="utf-8")
    other = ("--db", str(tmp_path / "other.db"))
    assert main(["add", "operator", "ana", "Ana", *other]) == 0
    assert main(["add", "technician", "T1", "Li Wei", *other]) == 0
    assert _told(capsys, "import", str(out), *other)["brought"] == 2
    assert _said(capsys, "export", *other) == written


def test_what_is_only_tried_tells_what_would_change(
    tmp_path: Path, db: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Old and new, column by column; what comes to the same, however written, is no change."""
    file = tmp_path / "in.csv"
    file.write_text(f"{HEADS}\n{ROWS}", encoding="utf-8")
    assert main(["customer", "import", str(file), *db]) == 0
    tried = _told(capsys, "import", str(file), "--dry-run", *db)
    assert (tried["brought"], tried["the_same"], tried["changes"]) == (0, 2, [])
    file.write_text(
        "code,name,phone,tags,contacts,visits,call_ahead,contract_level\n"
        "GM,国贸 物业,010-7777,=1+1;vip,李 13900002222;王 5556666,10点前,no,\n"
        "C9,Nine Ltd,,,,,,\n"
        "\x1b[2J,Evil,,,,,,\n",
        encoding="utf-8",
    )
    tried = _told(capsys, "import", str(file), "--dry-run", *db)
    assert tried["changes"][:2] == [
        {
            "code": "GM",
            "new": False,
            "columns": {
                "name": {"old": "国贸物业", "new": "国贸 物业"},
                "phone": {"old": "010-88886666", "new": "010-7777"},
                "contacts": {
                    "old": "周经理 13800001111;王 5556666",
                    "new": "周经理 13800001111;王 5556666;李 13900002222",
                },
                "call_ahead": {"old": "yes", "new": "no"},
            },
        },
        {"code": "C9", "new": True, "columns": {}},
    ]
    said = _said(capsys, "import", str(file), "--dry-run", *db)
    assert "GM: name 国贸物业 → 国贸 物业; phone 010-88886666 → 010-7777;" in said
    assert "C9: new" in said
    assert "\x1b" not in said
    _said(capsys, "import", str(file), *db)
    assert [row["phone"] for row in _told(capsys, "export", *db) if row["code"] == "GM"] == [
        "010-7777"
    ]
    assert _told(capsys, "import", str(file), "--dry-run", *db)["changes"] == []


def test_a_bad_row_is_told_and_the_others_are_taken_in(
    tmp_path: Path, db: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing of it is kept, not even what was right; mended, it is taken in by itself."""
    file = tmp_path / "in.csv"
    heads = "code,name,visits,contract_from,contract_to,lead"
    bad = "B1,One,soon,,,\nB2,Two,,2026-02-01,2026-01-01,\nB3,Three,,,,nobody\n,Four,,,,\n"
    file.write_text(f"{heads}\n{bad}B5,Five,after 14:00,,,\nB5,Again,,,,\n", encoding="utf-8")
    told = _told(capsys, "import", str(file), "--dry-run", *db, code=1)
    assert (told["brought"], told["rejected"]) == (1, 5)
    told = _told(capsys, "import", str(file), *db, code=1)
    assert (told["brought"], told["rejected"]) == (1, 5)
    assert [row["code"] for row in _told(capsys, "export", *db)] == ["B5"]
    rejected = (tmp_path / "in.csv.rejects.csv").read_text(encoding="utf-8")
    for reason in ("write before 10:00", "it ends before it begins", "nobody", "it has no code"):
        assert reason in rejected
    mended = tmp_path / "mended.csv"
    mended.write_text("code,name,visits\nB1,One,before 9:00\n", encoding="utf-8")
    assert _told(capsys, "import", str(mended), *db)["brought"] == 1


def test_a_file_that_is_none_of_customers_is_refused(
    tmp_path: Path, db: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """In one sentence."""
    file = tmp_path / "in.csv"
    file.write_text("number,title\n1,x\n", encoding="utf-8")
    assert main(["customer", "import", str(file), *db]) == 1
    assert "names no column code" in capsys.readouterr().err


def test_the_contract_in_force_is_written(
    tmp_path: Path, db: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Else the next, else the last; and one's own file changes nothing, in no table."""
    today = clock.now().year
    terms = {
        "NOW": ((-2, -1), (0, 0), (1, 1), (2, 2)),
        "NEXT": ((-2, -1), (1, 1), (2, 2)),
        "LAST": ((-4, -3), (-2, -1)),
    }
    for code, years in terms.items():
        assert main(["add", "customer", code, code, *db]) == 0
        for first, last in years:
            term = ("--from", f"{today + first}-01-01", "--to", f"{today + last}-12-31")
            zone = ("--zone", "Asia/Kathmandu")
            assert main(["customer", "contract", code, *term, *zone, *db]) == 0
    wanted = {"NOW": today, "NEXT": today + 1, "LAST": today - 2}
    found = {row["code"]: row["contract_from"] for row in _told(capsys, "export", *db)}
    assert found == {code: f"{year}-01-01" for code, year in wanted.items()}
    out = tmp_path / "out.csv"
    out.write_text(_said(capsys, "export", *db), encoding="utf-8")
    with sqlite3.connect(db[1]) as file:
        before = file.execute("SELECT count(*), (SELECT count(*) FROM customer_care) FROM journal")
        counted = before.fetchone()
    again = _told(capsys, "import", str(out), *db)
    assert (again["brought"], again["the_same"]) == (0, 3)
    with sqlite3.connect(db[1]) as file:
        after = file.execute("SELECT count(*), (SELECT count(*) FROM customer_care) FROM journal")
        assert after.fetchone() == counted
