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


QUOTED = """\
id,what,opened
1,"lift stuck,2026-01-31 08:00
2,gate "A" jammed,2026-01-31 08:10
3,"lamp ""out""
in hall B",2026-01-31 08:20
"""
TITLED = (
    'zone = "UTC"\ndates = ["%Y-%m-%d %H:%M"]\n[columns]\n'
    'external_id = "id"\nopened_at = "opened"\n'
)


def test_an_open_quote_takes_no_good_row_with_it(
    tmp_path: Path, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told by its line with what would be right; the rows after it land as they are."""
    file = tmp_path / "a.csv"
    file.write_text(QUOTED, encoding="utf-8")
    file_map = mapped(tmp_path, TITLED + 'title = "what"\n')
    words = ["--db", sqlite_url, "import", str(file), "--map", str(file_map)]
    assert main(words) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert "2 orders are new." in told
    assert (
        "1 x a quote opens here and is closed in another row: close it, or write"
        ' "" for one in a text (line 2)' in told
    )
    found = [json.loads(line) for line in exported(sqlite_url, capsys).splitlines()]
    titles = {line["external_id"]: line["title"] for line in found}
    assert titles == {"2": 'gate "A" jammed', "3": 'lamp "out" in hall B'}
    rejects = tmp_path / "a.csv.rejects.csv"
    mended = tmp_path / "mended.csv"
    mended.write_text(rejects.read_text("utf-8").replace('"""lift', "lift").replace('k",', "k,"))
    assert main([*words[:3], str(mended), *words[4:]]) == 0
    assert "1 order is new." in capsys.readouterr().out


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_order_comes_without_a_title(
    tmp_path: Path, sqlite_url: str, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    """The map has to say where it stands; a row that has none is told."""
    file = tmp_path / "a.csv"
    file.write_text("id,what,opened\n1,lift,2026-01-31 08:00\n2,,2026-01-31 08:10\n", "utf-8")
    words = ["--db", sqlite_url, "--lang", language, "import", str(file), "--map"]
    assert main([*words, str(mapped(tmp_path, TITLED))]) == 1
    said = {"en": "says no column for title", "zh_CN": "没有指明 title 的列"}
    assert said[language] in capsys.readouterr().err
    assert main([*words, str(mapped(tmp_path, TITLED + 'title = "what"\n')), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["landed"], list(told["lines"].values())) == (1, [[3]])
    own = tmp_path / "own.csv"
    own.write_text("external_id,opened_at\n7,2026-01-31T08:00Z\n", encoding="utf-8")
    assert main([*words[:5], str(own)]) == 1
    assert "title" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,what,opened\n", "has a header but no rows"),
        (
            "Requests of March\n\nid,what,opened\n1,lift,2026-01-31 08:00\n",
            "has no row that fits its header (“Requests of March”): line 3 has 3 columns where",
        ),
        (
            "id,what\n1,lift,2026-01-31 08:00\n2,lamp,2026-01-31 08:00\n",
            "has no row that fits its header (“id,what”): line 2 has 3 columns where",
        ),
    ],
)
def test_a_file_whose_rows_do_not_fit_is_not_said_to_have_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    """But which line does not fit, and what would be right."""
    file = tmp_path / "a.csv"
    file.write_text(text, encoding="utf-8")
    assert main(["import", "--suggest", str(file)]) == 1
    assert said in capsys.readouterr().err
