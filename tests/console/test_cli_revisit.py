"""`paidan revisit`: the month planned, listed for scripts, and what came of a call."""

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
    """A desk with one key customer for whom something was done."""
    words = ("--db", str(tmp_path / "desk.db"))
    for line in (
        ("add", "operator", "ana", "Ana"),
        ("add", "customer", "ACME", "Acme Ltd", "--tier", "key"),
        ("add", "site", "N1", "North"),
        ("do", "n lift stuck @N1 /for ACME"),
        ("do", "done 1 /insist"),
    ):
        assert main([*line, *words]) == 0, line
    return words


def told(capsys: pytest.CaptureFixture[str], db: Words, *words: str) -> Any:
    """What a command prints as JSON."""
    capsys.readouterr()
    assert main([*words, "--json", *db]) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def test_a_month_from_the_command_line(capsys: pytest.CaptureFixture[str], db: Words) -> None:
    """Nothing before it is set how often; planned once; done once."""
    assert main(["revisit", "plan", *db]) != 0
    assert "revisit_key" in capsys.readouterr().err
    assert main(["settings", "revisit_key", "1", *db]) == 0
    assert told(capsys, db, "revisit", "plan")["count"] in {0, 1}  # none on a month's last evening
    assert told(capsys, db, "revisit", "plan")["count"] == 0
    found = told(capsys, db, "revisit")
    for line in found:
        assert (line["customer"], line["number"]) == ("ACME", 1)
        done = told(capsys, db, "revisit", "done", "1", "to-do", "door", "squeaks")
        assert done["other"] == 2
        (kept,) = told(capsys, db, "revisit", "list", "--month", line["period"])
        assert (kept["standing"], kept["outcome"]) == ("held", "to_do: door squeaks")
    assert told(capsys, db, "revisit") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("done", "1"), "content|to-do"),
        (("done", "x", "content"), "no number of an order"),
        (("done", "1", "content"), "no open revisit"),
        (("list", "x"), "takes no word"),
        (("list", "--month", "2026-13"), "2026-13"),
    ],
)
def test_what_is_wrong_is_said(
    capsys: pytest.CaptureFixture[str], db: Words, words: Words, said: str
) -> None:
    """And nothing is done."""
    capsys.readouterr()
    assert main(["revisit", *words, *db]) != 0
    assert said in capsys.readouterr().err
