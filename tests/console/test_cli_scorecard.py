"""`paidan scorecard`: figures with n and their orders, and the rules, as text and as data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from console.cli import main

if TYPE_CHECKING:
    from pathlib import Path

Words = tuple[str, ...]
_STEPS = ("d", "accept", "depart", "arrive", "done", "verify", "close")


@pytest.fixture
def db(tmp_path: Path) -> Words:
    """One order, done by one technician of two."""
    words = ("--db", str(tmp_path / "desk.db"))
    for line in (
        ("add", "site", "N1", "North"),
        ("add", "technician", "T1", "Li Wei"),
        ("add", "technician", "T2", "Wang Fang"),
        ("do", "n lift stuck @N1 /kind lift"),
        *(("do", f"{word} 1" + " T1" * (word == "d")) for word in _STEPS),
        ("praise", "add", "always kind", "--order", "1"),
    ):
        assert main([*line, *words]) == 0, line
    return words


def test_a_card_is_told_with_its_orders(db: Words, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever has none has no figure; one order makes nobody a star."""
    capsys.readouterr()
    assert main(["scorecard", "--json", *db]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rules"]["star"]["orders"] == 10
    assert told["rules"]["gold"]["months"] == 3
    assert set(told["rules"]["gold"]["besides"]) == {"inspected", "procedure_kept"}
    li, wang = told["technicians"]
    assert (li["code"], li["closed"], li["star"], li["gold"]) == ("T1", 1, False, False)
    assert li["figures"]["not_returned"]["n"] == 1
    assert (wang["figures"], wang["score"]) == ({}, None)
    assert main(["scorecard", "--person", "T1", "--json", *db]) == 0
    (card,) = json.loads(capsys.readouterr().out)["technicians"]
    assert card["rows"]["not_returned"] == [1]
    assert (card["rows"]["praised"], card["praises"]) == ([1], 1)
    assert card["figures"]["praised"]["own"] == 1
    assert "inspected" not in card["figures"]
    assert main(["scorecard", *db]) == 0
    assert "star of the month" in capsys.readouterr().out
    assert main(["--lang", "zh_CN", "scorecard", "--person", "T1", *db]) == 0
    said = capsys.readouterr().out
    assert "#1" in said
    assert "收到 1 条表扬" in said
    assert main(["scorecard", "--person", "T9", *db]) != 0
    assert main(["scorecard", "--month", "2026-13", *db]) != 0
