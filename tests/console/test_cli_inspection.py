"""`paidan inspection`: drawn, done again by somebody else, scored, and what is refused."""

from __future__ import annotations

import hashlib
import json
import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from store.domain.inspection_weeks import week_of
from tests.store.desk import NINE, furnish
from tests.store.inspected import a_week

if TYPE_CHECKING:
    from pathlib import Path


Words = tuple[str, ...]
WEEK = week_of(NINE.date())


@pytest.fixture
def db(tmp_path: Path) -> Words:
    """A desk with a week that is over, somebody else's language or not."""
    from store.records import open_records

    path = tmp_path / "desk.db"
    records = open_records(f"sqlite:///{path}", create=True, feed=False)
    furnish(records)
    a_week(records, 4, 2)
    records.close()
    return ("--db", str(path))


def told(capsys: pytest.CaptureFixture[str], db: Words, *words: str, code: int = 0) -> Any:
    """What a command prints as JSON."""
    capsys.readouterr()
    assert main([*words, "--json", *db]) == code, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def test_a_draw_is_done_again_with_any_tool(db: Words, capsys: pytest.CaptureFixture[str]) -> None:
    """From what the command prints, with a line of one's own."""
    done = told(capsys, db, "inspection", "draw", "--week", WEEK, "--share", "25")
    again = told(capsys, db, "inspection", "rerun", "--week", WEEK.lower())
    assert (again["same"], again["seed"], again["changed"]) == (True, done["seed"], [])
    text, mine = "", defaultdict[str, list[int]](list)
    for one in again["population"]:
        text += f"{one['number']} {one['technician_id']} -\n"
        mine[one["technician"]].append(one["number"])
    assert hashlib.sha256(text.encode()).hexdigest() == again["digest"]
    wanted = []
    for numbers in mine.values():
        numbers.sort(key=lambda n: hashlib.sha256(f"{again['seed']}:{n}".encode()).hexdigest())
        wanted += numbers[: math.ceil(len(numbers) * 0.25)]
    assert sorted(wanted) == done["drawn"] == again["kept"]
    assert [one["number"] for one in again["drawn"]] == done["drawn"]


def test_an_inspection_goes_its_way_by_commands(
    db: Words, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Each step is told; lists and cards have it, and an action names where it came from."""
    sheet = tmp_path / "sheet.toml"
    source = told(capsys, db, "inspection", "sheet")["source"]
    sheet.write_text(source.replace("version = 1", "version = 2"), encoding="utf-8")
    assert told(capsys, db, "inspection", "import", str(sheet))["version"] == 2
    assert [one["own"] for one in told(capsys, db, "inspection", "sheets")] == [False, True]
    drawn = told(capsys, db, "inspection", "draw", "--week", WEEK, "--share", "100")["drawn"]
    assert len(told(capsys, db, "inspection")) == len(drawn) == 6
    scored = told(capsys, db, "inspection", "score", "1", "4 2 - 4 4", "--remark", "cover open")
    assert scored["total"] == "80.0"
    told(capsys, db, "inspection", "words", "1", "--customer-said", "又坏了")
    wrong = ("cover", "left", "open", "--cause", "workmanship", "--due", "+3d")
    told(capsys, db, "inspection", "action", "1", *wrong)
    shown = told(capsys, db, "inspection", "show", "1")
    assert (shown["total"], shown["customer_said"], shown["action"]) == (800, "又坏了", 1)
    assert shown["scores"] == {"arrival": 4, "work": 2, "safety": None, "record": 4, "manner": 4}
    told(capsys, db, "inspection", "drop", "2", "house", "is", "gone")
    told(capsys, db, "inspection", "again", "2")
    assert [one["id"] for one in told(capsys, db, "inspection", "list", "--over")] == [1]
    assert told(capsys, db, "show", str(drawn[0]))["inspections"][0]["id"] == 1
    assert told(capsys, db, "action")[0]["finding"] == "inspection"
    assert told(capsys, db, "inspection", "draws")[0]["drawn"] == 6
    for words, said in (
        (("inspection",), "lift stuck"),
        (("inspection", "show", "1"), "cover open"),
        (("inspection", "list", "--lang", "zh"), "随机抽中"),
        (("inspection", "rerun", "--week", WEEK), "gives the same orders"),
        (("inspection", "draws"), WEEK),
        (("inspection", "sheets"), "the program's own"),
        (("show", str(drawn[0])), "80.0 %"),
    ):
        assert main([*words, *db]) == 0, words
        assert said in capsys.readouterr().out, words


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("draw", "--week", "2026-W99"), "2026-W47"),
        (("draw", "--week", "2199-W01"), "not over"),
        (("draw", "--week", WEEK, "--share", "200"), "0 to 100"),
        (("rerun",), "--week"),
        (("rerun", "--week", WEEK), "was not drawn"),
        (("list", "--share", "3"), "takes no --share"),
        (("score", "x"), "number"),
        (("score", "9", "4"), "no inspection 9"),
        (("words", "9"), "nothing was given"),
        (("action", "9", "x"), "--cause"),
        (("import", "/no/such/file"), "name a file"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    db: Words, capsys: pytest.CaptureFixture[str], words: Words, why: str
) -> None:
    assert main(["inspection", *words, *db]) in {1, 2}
    assert why in capsys.readouterr().err
