"""`paidan customer doubles` and `merge`: what would go, what goes, and what is refused."""

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
    """Two customers with one number, and an order of each."""
    words = ("--db", str(tmp_path / "desk.db"))
    for line in (
        ("add", "customer", "P7", "City Library", "--phone", "021 5555 7777"),
        ("add", "customer", "P8", "Library, City", "--phone", "+86 21 55557777"),
        ("do", "n lamp out /for P7"),
        ("do", "n door jams /for P8"),
    ):
        assert main([*line, *words]) == 0, line
    return words


def told(capsys: pytest.CaptureFixture[str], db: Words, *words: str) -> Any:
    """What a command prints as JSON."""
    capsys.readouterr()
    assert main([*words, "--json", *db]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_pair_is_tried_and_then_merged(db: Words, capsys: pytest.CaptureFixture[str]) -> None:
    """Trying tells the same as doing, and does nothing."""
    (pair,) = told(capsys, db, "customer", "doubles")
    assert (pair["first"]["code"], pair["second"]["code"]) == ("P7", "P8")
    assert (pair["numbers"], pair["names"]) == (True, False)
    words = ("customer", "merge", "P7", "P8")
    dry = told(capsys, db, *words, "--dry-run")
    assert (dry.pop("dry_run"), dry["orders"]) == (True, 1)
    assert told(capsys, db, "customer", "show", "P8")["record"]["orders"] == 1
    for sure in ((), ("--sure", "P7")):
        assert main([*words, *sure, *db]) != 0
        assert "P8" in capsys.readouterr().err
    assert told(capsys, db, *words, "--sure", "P8") == dry
    assert told(capsys, db, "customer", "doubles") == []
    assert told(capsys, db, "customer", "show", "P8")["record"]["orders"] == 2


def test_who_is_not_there_is_told(db: Words, capsys: pytest.CaptureFixture[str]) -> None:
    """By a sentence, whether it is tried or done."""
    for words in (("--dry-run",), ("--sure", "P9")):
        assert main(["customer", "merge", "P7", "P9", *words, *db]) != 0
        assert "P9" in capsys.readouterr().err
