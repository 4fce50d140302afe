"""`paidan radar`: from a look to an action, and what is refused."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from store import clock

if TYPE_CHECKING:
    from pathlib import Path

Words = tuple[str, ...]


@pytest.fixture
def db(tmp_path: Path) -> Words:
    """A desk with a site, and complaints of three months about its news."""
    words = ("--db", str(tmp_path / "desk.db"))
    lines = [("add", "operator", "ana", "Ana"), ("add", "site", "N1", "North", "--zone", "UTC")]
    for days in (0, 30, 61):
        day = (clock.now() - timedelta(days=days, hours=1)).strftime("%Y-%m-%d %H:%M")
        where = ("--site", "N1", "--about", "news", "--at", day)
        lines.append(("complaint", "add", "nobody", "calls", *where))
    for line in lines:
        assert main([*line, *words]) == 0, line
    return words


def told(capsys: pytest.CaptureFixture[str], db: Words, *words: str) -> Any:
    """What a command prints as JSON."""
    capsys.readouterr()
    assert main(["radar", *words, "--json", *db]) == 0
    return json.loads(capsys.readouterr().out)


def test_what_is_seen_is_taken_up_by_commands(
    db: Words, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says of what it is made, and whom to invite."""
    assert told(capsys, db) == []
    assert told(capsys, db, "look")["count"] == 1
    (line,) = told(capsys, db)
    assert (line["rule"], line["what"], line["complaints"]) == ("complaints", "news", [3, 2, 1])
    assert main(["radar", *db]) == 0
    assert "complaints three months running" in capsys.readouterr().out
    assert main(["radar", "take", "1", *db]) != 0
    assert "who is invited" in capsys.readouterr().err
    told(capsys, db, "take", "1", "--invite", "Ms Zhou", "--cause", "communication")
    (over,) = told(capsys, db, "list", "--over")
    assert (over["fate"], over["action"]) == ("taken", 1)


@pytest.mark.parametrize(
    "words",
    [("take",), ("take", "x"), ("take", "1", "more"), ("look", "1"), ("list", "--owner", "ana")],
)
def test_what_means_nothing_is_told(
    db: Words, capsys: pytest.CaptureFixture[str], words: Words
) -> None:
    """By one sentence, and nothing is done."""
    assert main(["radar", *words, *db]) == 2
    assert capsys.readouterr().err.startswith("paidan: radar ")
