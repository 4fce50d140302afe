"""`paidan sop`: from a file to the last step of an order; and what is refused is said."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from tests.store.sop_files import LIFT

if TYPE_CHECKING:
    from pathlib import Path

Words = tuple[str, ...]


@pytest.fixture
def db(tmp_path: Path) -> Words:
    """A desk with the procedure of lifts, one order before it and one after."""
    words = ("--db", str(tmp_path / "desk.db"))
    file = tmp_path / "lift.toml"
    file.write_text(LIFT, encoding="utf-8")
    for line in (
        ("add", "operator", "ana", "Ana"),
        ("do", "n lift stuck /kind lift"),
        ("sop", "import", str(file)),
        ("do", "n lift stuck again /kind lift"),
    ):
        assert main([*line, *words]) == 0, line
    return words


def told(capsys: pytest.CaptureFixture[str], db: Words, *words: str) -> Any:
    """What a command prints as JSON."""
    capsys.readouterr()
    assert main(["sop", *words, "--json", *db]) == 0
    return json.loads(capsys.readouterr().out)


def test_steps_are_done_by_commands(
    db: Words, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each door is shut until they are: `paidan do` is told what is missing, and how it is done."""
    assert told(capsys, db, "order", "1")["steps"] == []
    assert main(["do", "done 2 /insist", *db]) == 1
    said = capsys.readouterr().err
    assert "wants first: call, isolate, brake-gap; sop do 2 STEP VALUE does one" in said
    assert told(capsys, db, "do", "2", "call")["done"] == 1
    assert main(["do", "sop do 2 isolate", *db]) == 0
    assert main(["sop", "do", "2", "brake-gap", "3.5", *db]) == 1
    assert "with a reason" in capsys.readouterr().err
    told(capsys, db, "do", "2", "brake-gap", "3.5", "--reason", "worn")
    assert main(["do", "done 2 /insist", *db]) == 0
    photo = tmp_path / "drive.jpg"
    photo.write_bytes(b"a picture")
    assert main(["sop", "do", "2", "photo", str(tmp_path / "none.jpg"), *db]) == 1
    told(capsys, db, "do", "2", "photo", str(photo))
    told(capsys, db, "undo", "2", "photo")
    assert main(["do", f"sop do 2 photo {photo}", *db]) == 0
    told(capsys, db, "skip", "2", "sign", "nobody", "was there")
    steps = {one["code"]: one for one in told(capsys, db, "order", "2")["steps"]}
    assert steps["photo"]["sha256"] == hashlib.sha256(b"a picture").hexdigest()
    assert (steps["brake-gap"]["value"], steps["brake-gap"]["reason"]) == ("3.5 mm", "worn")
    assert (steps["sign"]["skipped"], steps["sign"]["reason"]) == (True, "nobody was there")
    assert steps["photo"]["behind"] is False
    assert main(["do", "close 2", *db]) == 0
    capsys.readouterr()
    assert main(["show", "2", *db]) == 0
    assert "SOP 5/6" in capsys.readouterr().out
    assert main(["sop", "order", "2", *db]) == 0
    said = capsys.readouterr().out
    for word in ("Measure the gap of the brake", "a reading, 1 – 3 mm", "Skipped by Desk"):
        assert word in said


def test_files_come_and_go(db: Words, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Checked without a store, told with file and line, exported as they were imported."""
    bad = tmp_path / "bad.toml"
    bad.write_text(LIFT.replace('gate = "verify"', 'gate = "fly"'), encoding="utf-8")
    for deed in ("check", "import"):
        assert main(["sop", deed, str(bad), *db]) == 1
        said = capsys.readouterr().err
        line = LIFT.splitlines().index('gate = "verify"') + 1
        assert f"{bad}, line {line}: gate is fly" in said
    (line,) = told(capsys, db, "list")
    assert (line["kind"], line["version"], line["steps"], line["running"]) == ("lift", 1, 6, 1)
    assert told(capsys, db, "export", "lift")["source"] == LIFT
    assert main(["sop", "export", "lift", *db]) == 0
    assert capsys.readouterr().out == LIFT
    assert told(capsys, db, "show", "lift")["steps"][0]["code"] == "call"
    assert main(["sop", "show", "hvac", *db]) == 1
    assert "no procedure called “hvac”" in capsys.readouterr().err
    mine = tmp_path / "mine.toml"
    for name in told(capsys, db, "sample"):
        mine.write_text(told(capsys, db, "sample", name)["source"], encoding="utf-8")
        assert told(capsys, db, "check", str(mine))["kind"] == name
    mine.write_bytes(b"\xff\xfe")
    assert main(["sop", "check", str(mine), *db]) == 1
    assert "it is not UTF-8" in capsys.readouterr().err
    for words in (("do", "2"), ("list", "x"), ("sample", "ufo"), ("undo", "x", "call")):
        assert main(["sop", *words, *db]) == 2
    assert main(["sop", "list", "--version", "3", *db]) == 2
