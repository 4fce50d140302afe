"""`paidan idea`: from a suggestion to its reward, and what is refused."""

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
    """A desk with two operators."""
    words = ("--db", str(tmp_path / "desk.db"))
    for line in (
        ("add", "operator", "ana", "Ana"),
        ("add", "operator", "bo", "Bo"),
        ("add", "technician", "T1", "Li Wei"),
    ):
        assert main([*line, *words]) == 0, line
    return words


def told(capsys: pytest.CaptureFixture[str], db: Words, *words: str) -> Any:
    """What a command prints as JSON."""
    capsys.readouterr()
    assert main([*words, "--json", *db]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_suggestion_goes_its_way_by_commands(
    db: Words, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bo writes it down for Li Wei, Ana judges it and pays."""
    ana, bo = ("--as", "ana"), ("--as", "bo")
    told(capsys, db, *bo, "idea", "new", "fuses", "in", "every", "van", "--technician", "T1")
    assert main([*bo, "idea", "accept", "1", "mine", *db]) != 0
    told(capsys, db, *ana, "idea", "accept", "1", "cheap", "and", "good")
    assert main([*ana, "idea", "reward", "1", "200", *db]) != 0
    told(capsys, db, *ana, "idea", "fund", "1,000", "--note", "2026")
    told(capsys, db, *ana, "idea", "reward", "1", "200")
    told(capsys, db, *ana, "idea", "effect", "1", "fewer second visits")
    found = told(capsys, db, *ana, "idea")
    assert found["balance"] == 800
    (line,) = found["ideas"]
    assert (line["submitted_by"], line["reward"], line["verdict"]) == ("Li Wei", 200, "accepted")
    assert told(capsys, db, "idea", "list", "--open")["ideas"] == []
    assert main(["--lang", "zh_CN", "idea", *db]) == 0
    assert "采纳" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ("idea", "reward", "1"),
        ("idea", "fund", "much"),
        ("idea", "accept", "x", "y"),
        ("idea", "list", "1"),
        ("idea", "new", "x", "--note", "y"),
        ("idea", "effect", "9", "y"),
    ],
    ids=" ".join,
)
def test_what_is_no_step_is_refused(db: Words, words: Words) -> None:
    """Nothing is half done."""
    assert main([*words, *db]) != 0
