"""`paidan skills` and `paidan training`: planned, held, and what dispatch loses, as data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main

if TYPE_CHECKING:
    from pathlib import Path

Words = tuple[str, ...]


@pytest.fixture
def db(tmp_path: Path) -> Words:
    """A desk with two technicians, of whom one holds what boilers take."""
    words = ("--db", str(tmp_path / "desk.db"))
    for line in (
        ("add", "site", "N1", "North"),
        ("add", "technician", "T1", "Li Wei", "--skill", "hvac:3", "--new-skill", "hvac"),
        ("add", "technician", "T2", "Wang Fang"),
        ("add", "kind", "boiler", "Boilers", "--skill", "hvac:2", "--certificate", "Gas"),
        ("do", "n boiler cold @N1 /kind boiler"),
    ):
        assert main([*line, *words]) == 0, line
    return words


def told(capsys: pytest.CaptureFixture[str], db: Words, *words: str) -> Any:
    """What a command prints as JSON."""
    capsys.readouterr()
    assert main([*words, "--json", *db]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_training_leads_into_the_matrix(db: Words, capsys: pytest.CaptureFixture[str]) -> None:
    """What it gives stands there at once, with what rests on whoever has it alone."""
    planned = told(
        capsys, db,
        *("training", "plan", "T1", "technical", "Gas", "boilers", "--at", "+3d"),
        *("--certificate", "Gas", "--until", "2899-06-30"),
    )  # fmt: skip
    assert planned["id"] == 1
    (line,) = told(capsys, db, "training", "list", "--planned")
    assert (line["technician"], line["topic"], line["state"]) == ("T1", "Gas boilers", "planned")
    told(capsys, db, "training", "move", "1", "+5d")
    assert main(["training", "passed", "1", "90", "points", *db]) == 1
    assert "--early" in capsys.readouterr().err
    told(capsys, db, "training", "passed", "1", "90", "points", "--early")
    matrix = told(capsys, db, "skills")
    assert matrix["warned_days"] == [90, 30, 7]
    li = next(one for one in matrix["technicians"] if one["code"] == "T1")
    (held,) = li["certificates"]
    assert (held["name"], held["ended"], held["warned"]) == ("Gas", False, 0)
    assert held["effect"] | {"kinds": [], "others": []} == {
        "kinds": [],
        "open": 1,
        "his": 0,
        "after": 0,
        "others": [],
        "alone": ["boiler"],
    }
    assert told(capsys, db, "skills", "--ending")["technicians"][0]["certificates"] == []
    (line,) = told(capsys, db, "training", "list", "--person", "T1")
    assert (line["state"], line["result"]) == ("passed", "90 points")


def test_the_words_of_the_typed_line_are_taken(
    db: Words, capsys: pytest.CaptureFixture[str]
) -> None:
    """The time stands where it does there; the option goes on saying it too."""
    words = ("training", "plan", "T1", "manner", "+3d", "angry", "callers")
    at = told(capsys, db, *words)["at"]
    again = told(capsys, db, *words[:4], *words[5:], "--at", "+3d")["at"]
    assert again[:13] >= at[:13]
    found = told(capsys, db, "training")
    assert [line["topic"] for line in found] == ["angry callers", "angry callers"]
    assert main([*words[:4], *db]) == 2
    assert "--at" in capsys.readouterr().err
    assert told(capsys, db, "training", "failed", "2", "ill", "--early")["id"] == 2


def test_what_was_not_planned_is_written_down(
    db: Words, capsys: pytest.CaptureFixture[str]
) -> None:
    """And shown in both languages."""
    words = ("record", "T2", "failed", "angry", "callers", "--subject", "manner")
    told(capsys, db, "training", *words)
    assert main(["training", *db]) == 0
    assert "service manner" in capsys.readouterr().out
    assert main(["--lang", "zh_CN", "training", *db]) == 0
    assert "服务礼仪" in capsys.readouterr().out
    assert main(["skills", *db]) == 0
    assert "Li Wei" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ("training", "plan", "T1", "technical", "x"),
        ("training", "plan", "T1"),
        ("training", "record", "1"),
        ("training", "drop", "x"),
        ("training", "list", "--at", "+3d"),
        ("training", "drop", "1", "why", "--until", "2899-01-01"),
        ("training", "drop", "7", "why"),
    ],
    ids=" ".join,
)
def test_what_is_no_step_is_refused(db: Words, words: Words) -> None:
    """Nothing is half done."""
    assert main([*words, *db]) != 0
