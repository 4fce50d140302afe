"""`paidan progress`: a note asked for each day, written, and listed for scripts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from console.cli import main

if TYPE_CHECKING:
    from pathlib import Path

Words = tuple[str, ...]


@pytest.fixture
def db(tmp_path: Path) -> Words:
    """A desk with one order at which T1 works."""
    words = ("--db", str(tmp_path / "desk.db"))
    for line in (
        ("add", "operator", "ana", "Ana"),
        ("add", "site", "N1", "North"),
        ("add", "technician", "T1", "Li Wei"),
        ("do", "n lift stuck @N1"),
        ("do", "d 1 T1 /insist"),
        ("do", "accept 1"),
        ("do", "depart 1"),
        ("do", "arrive 1"),
    ):
        assert main([*line, *words]) == 0, line
    return words


def test_a_note_each_day(capsys: pytest.CaptureFixture[str], db: Words) -> None:
    """Nothing is owed before it is asked for; the note says who told it."""
    assert main(["progress", "list", "--json", *db]) == 0
    assert main(["progress", "ask", "1", *db]) == 0
    assert main(["progress", "note", "1", "60%", "pump", "is", "in", "--by", "Li", *db]) == 0
    capsys.readouterr()
    assert main(["progress", "--json", *db]) == 0
    (line,) = json.loads(capsys.readouterr().out)
    assert (line["number"], line["progress"], line["missing"]) == (1, 60, False)
    assert main(["show", "1", *db]) == 0
    shown = capsys.readouterr().out
    assert "60% pump is in (told by Li)" in shown
    assert main(["progress", "spare", "1", *db]) == 0
    assert "not asked for" in capsys.readouterr().out


@pytest.mark.parametrize("words", [("note", "1"), ("ask",), ("ask", "x"), ("list", "1")])
def test_what_is_wrong_is_said(capsys: pytest.CaptureFixture[str], db: Words, words: Words) -> None:
    """In one line, without a trace."""
    capsys.readouterr()
    assert main(["progress", *words, *db]) != 0
    assert len(capsys.readouterr().err.strip().splitlines()) <= 3
