"""`paidan survey`: answers that a script, a file and a colleague bring."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.cli import main
from store import clock
from store.commands import MoveOrder
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK
from store.records import open_records
from tests.store.desk import do, furnish, written

if TYPE_CHECKING:
    from pathlib import Path

Words = tuple[str, ...]


@pytest.fixture
def db(tmp_path: Path) -> Words:
    """A desk whose only order, 1, was delivered four hours ago."""
    records = open_records(f"sqlite:///{tmp_path / 'desk.db'}", feed=False)
    furnish(records)
    at = clock.now() - timedelta(hours=5)
    number = written(records, level="critical", at=at)
    done = MoveOrder(number=number, move=Move.FINISH, insist=True)
    do(records, done, who=THE_DESK, at=at + timedelta(hours=1))
    records.close()
    return ("--db", str(tmp_path / "desk.db"))


def test_a_second_operator_replaces_no_answer_unseen(
    db: Words, capsys: pytest.CaptureFixture[str]
) -> None:
    """He is told who kept it, and what; then he says that he means it."""
    first = ("survey", "rate", "1", "--csat", "5", "--nps", "10", "--as", "bo", *db)
    assert main(list(first)) == 0
    second = ["survey", "rate", "1", "--csat", "1", "--as", "ana", *db]
    capsys.readouterr()
    assert main(second) != 0
    told = capsys.readouterr().err
    assert "Bo told at" in told
    assert "CSAT 5, NPS 10" in told
    assert main([*second, "--replace"]) == 0


def test_a_file_read_twice_leaves_what_was_found_out(
    db: Words, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Of two answers about one order the newer stands, with its cause."""
    at = [(clock.now() - timedelta(hours=hours)).isoformat() for hours in (3, 2)]
    answers = tmp_path / "answers.csv"
    rows = f"1,5,good,{at[0]}\n1,1,broke again,{at[1]}\n"
    answers.write_text(f"order,csat,words,at\n{rows}", encoding="utf-8")
    bring = ["survey", "import", str(answers), "--as", "ana", *db]
    assert main(bring) == 0
    cause = ("survey", "cause", "1", "design", "--done", "pump replaced")
    assert main([*cause, "--as", "ana", *db]) == 0
    capsys.readouterr()
    assert main([*bring, "--json"]) == 0
    assert '"the_same": 2' in capsys.readouterr().out
    assert main(["survey", "bad", "--json", "--as", "ana", *db]) == 0
    assert '"contained": "pump replaced"' in capsys.readouterr().out


def test_a_second_code_says_that_the_first_is_void(
    db: Words, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever gave it out already would send the customer to a closed door."""
    give = ["survey", "code", "1", "--as", "ana", *db]
    assert main(give) == 0
    first = capsys.readouterr()
    assert "void" not in first.err
    assert main(give) == 0
    assert "the one before is void" in capsys.readouterr().err
    assert main(["survey", "answer", first.out.strip(), "--csat", "5", "--as", "ana", *db]) != 0
