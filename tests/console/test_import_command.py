"""`paidan import` and `paidan export` as a user runs them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from console.cli import main
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK
from store.records import open_records
from tests.console.import_desk import AT, mapped, rows, written

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _quiet_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No config file and no store of whoever runs the tests."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("PAIDAN_DB", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("LANG", "en_US.UTF-8")


def exported(url: str, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What `paidan export` writes."""
    capsys.readouterr()
    assert main(["--db", url, "export", "orders", *words]) == 0
    return capsys.readouterr().out


def test_a_file_is_imported_and_summed_up(
    tmp_path: Path, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """How many are new, what was made, what was rejected and where it lies."""
    file = written(tmp_path / "a.csv", rows(14))
    words = ["--db", sqlite_url, "import", str(file), "--map", str(mapped(tmp_path))]
    assert main(words) == 1, "rows were refused"
    told = capsys.readouterr().out
    assert "12 orders are new." in told
    assert f"2 rows were rejected, see {file}.rejects.csv:" in told
    assert "2 x opened_at: “yesterday” is not a time as the map says (lines 8, 15)" in told
    assert main(words) == 1, "as it was"
    assert "2 rows were rejected then." in capsys.readouterr().out
    assert main([*words, "--json"]) == 1
    again = json.loads(capsys.readouterr().out)
    assert (again["landed"], again["already_there"], again["rejected"]) == (0, 12, 2)


def test_mended_rejects_come_in_by_the_same_map(
    tmp_path: Path, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever the file was written in, and though a cell was guarded against spreadsheets."""
    text = "工单号;时间;内容\nA1;2026-01-05 09:00;灯不亮\nA2;昨天;=漏水\n"
    file, rejects = tmp_path / "a.csv", tmp_path / "a.csv.rejects.csv"
    file.write_bytes(text.encode("gb18030"))
    file_map = tmp_path / "map.toml"
    file_map.write_text(
        'encoding = "gb18030"\ndelimiter = ";"\nzone = "Asia/Shanghai"\n'
        'dates = ["%Y-%m-%d %H:%M"]\n[columns]\n'
        'external_id = "工单号"\nopened_at = "时间"\ntitle = "内容"\n',
        encoding="utf-8",
    )
    words = ["--db", sqlite_url, "import", "--json", "--map", str(file_map)]
    assert main([*words, str(file)]) == 1
    assert json.loads(capsys.readouterr().out)["rejected"] == 1
    mended = tmp_path / "mended.csv"
    told = rejects.read_text("utf-8")
    mended.write_text(told.replace("昨天", "2026-01-06 10:00").replace("“", ""), encoding="utf-8")
    assert main([*words, str(mended)]) == 0
    assert json.loads(capsys.readouterr().out)["landed"] == 1
    lines = [json.loads(line) for line in exported(sqlite_url, capsys).splitlines()]
    assert [(line["external_id"], line["title"]) for line in lines] == [
        ("A1", "灯不亮"),
        ("A2", "=漏水"),
    ]


def test_mended_rejects_of_an_export_come_in(
    tmp_path: Path, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its own column of reasons stands beside the one that says why it was rejected."""
    row = {"external_id": "B1", "title": "lamp", "state": "waiting", "reason": "parts"}
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({**row, "opened_at": "soon"}) + "\n", encoding="utf-8")
    words = ["--db", sqlite_url, "import", "--json"]
    assert main([*words, str(file)]) == 1  # nothing came in
    assert json.loads(capsys.readouterr().out)["rejected"] == 1
    mended = tmp_path / "mended.csv"
    told = (tmp_path / "a.jsonl.rejects.csv").read_text("utf-8").splitlines()
    told[1] = told[1].replace(",soon", ",2026-01-05T09:00:00Z")
    mended.write_text("\n".join(told), encoding="utf-8")
    assert main([*words, str(mended)]) == 0
    assert json.loads(capsys.readouterr().out)["landed"] == 1
    (line,) = [json.loads(line) for line in exported(sqlite_url, capsys).splitlines()]
    assert (line["state"], line["reason"]) == ("waiting", "parts")


@pytest.mark.parametrize(
    ("file", "words", "sentence"),
    [
        ("nowhere.csv", ["--map", "boston311"], "nowhere.csv cannot be opened"),
        ("a.csv", [], "a.csv is not in paidan's own field names; give a --map"),
        ("a.csv", ["--map", "boston311"], "a.csv has no column “CASE_ENQUIRY_ID”, “CASE_TITLE”"),
        ("a.csv", ["--map", "bosten"], "shipped maps: boston311, uci-incidents"),
        (".", ["--map", "boston311"], "is a folder, not a file"),
    ],
)
def test_what_cannot_be_imported_is_one_sentence(
    tmp_path: Path,
    sqlite_url: str,
    capsys: pytest.CaptureFixture[str],
    file: str,
    words: list[str],
    sentence: str,
) -> None:
    """On stderr, with exit code 1, and nothing done."""
    written(tmp_path / "a.csv", rows(3))
    assert main(["--db", sqlite_url, "import", str(tmp_path / file), *words]) == 1
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_a_wrong_delimiter_and_a_column_twice_are_told(
    tmp_path: Path, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The usual two reasons why a map does not fit."""
    file = tmp_path / "a.csv"
    file.write_text("id;what;opened\n1;lift;2026-01-01 08:00\n", encoding="utf-8")
    lines = ['delimiter = ","', "[columns]", 'external_id = "id"', 'opened_at = "opened"']
    lines.append('title = "what"')
    file_map = mapped(tmp_path, "\n".join(lines))
    assert main(["--db", sqlite_url, "import", str(file), "--map", str(file_map)]) == 1
    assert "has one column only; is it separated by “;”?" in capsys.readouterr().err
    file.write_text("id,id,what,opened\n1,2,3,2026-01-01 08:00\n", encoding="utf-8")
    assert main(["--db", sqlite_url, "import", str(file), "--map", str(file_map)]) == 1
    assert "has the column “id” twice" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_what_is_exported_comes_back_the_same(
    tmp_path: Path, sqlite_url: str, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    """Imported orders, and one made at the desk that waited, was reopened, and has no id."""
    file = written(tmp_path / "a.csv", rows(30))
    main(["--db", sqlite_url, "import", str(file), "--map", str(mapped(tmp_path)), "--quiet"])
    _work_a_day(sqlite_url)
    first = exported(sqlite_url, capsys, "--format", form)
    copy = tmp_path / f"orders.{form}"
    copy.write_text(first, encoding="utf-8")
    other = f"sqlite:///{tmp_path / 'other.db'}"
    assert main(["--db", other, "import", str(copy)]) == 0
    assert _read(exported(other, capsys, "--format", form), form) == _read(first, form)


def _work_a_day(url: str) -> None:
    from datetime import timedelta

    from store.commands.moves import MoveOrder
    from store.commands.orders import NewOrder

    records = open_records(url, feed=False)
    title = "=HYPERLINK(1)"
    made = records.do(NewOrder(title=title, priority=1), who=THE_DESK, at=AT)
    number = made.numbers[0]
    steps: list[tuple[Move, dict[str, object]]] = [
        (Move.ASSIGN, {"technician": "Crew 1"}),
        (Move.ACCEPT, {}),
        (Move.WAIT, {"reason": "parts", "wake_at": AT + timedelta(hours=9)}),
        (Move.RESUME, {}),
        (Move.FINISH, {"insist": True}),
        (Move.REOPEN, {"reason": "broke again"}),
        (Move.ASSIGN, {"technician": "Crew 1"}),
        (Move.FINISH, {"insist": True}),
        (Move.CLOSE, {}),
    ]
    for hour, (move, told) in enumerate(steps, start=1):
        at = AT + timedelta(hours=hour)
        records.do(MoveOrder(number=number, move=move, **told), who=THE_DESK, at=at)  # type: ignore[arg-type]
    records.close()


def _read(text: str, form: str) -> list[dict[str, object]]:
    """An export's rows without what depends on the moment, unless the work is over."""
    if form == "csv":
        read: list[dict[str, object]] = [dict(row) for row in csv.DictReader(io.StringIO(text))]
    else:
        read = [json.loads(line) for line in text.splitlines()]
    for row in read:
        if row["category"] != "done":
            del row["elapsed_s"]
    return read


def test_a_cell_of_an_export_is_never_a_formula(
    tmp_path: Path, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A spreadsheet would run it with the reader's rights."""
    evil = ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1"]
    given = [{**row, "what": title} for row, title in zip(rows(5), evil, strict=True)]
    file = written(tmp_path / "a.csv", given)
    main(["--db", sqlite_url, "import", str(file), "--map", str(mapped(tmp_path)), "--quiet"])
    cells = list(csv.DictReader(io.StringIO(exported(sqlite_url, capsys, "--format", "csv"))))
    assert [row["title"][0] for row in cells] == ["'"] * 5


def test_a_draft_is_printed_and_can_be_used(
    tmp_path: Path, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--suggest` needs no store, and what it prints is a map."""
    file = written(tmp_path / "a.csv", rows(60))
    assert main(["import", "--suggest", str(file)]) == 0
    draft = tmp_path / "draft.toml"
    draft.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["--db", sqlite_url, "import", str(file), "--map", str(draft), "--json"]) == 1
    tally = json.loads(capsys.readouterr().out)
    assert (tally["landed"], tally["rejected"]) == (52, 8)
    assert tally["lines"] == {next(iter(tally["reasons"])): [8, 15, 22]}
