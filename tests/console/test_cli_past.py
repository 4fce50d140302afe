"""`paidan list orders --at`: a queue as it stood, for people and for scripts."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.cli import main
from store.commands.moves import MoveOrder
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.persistence.backup import backup
from store.records import open_records
from tests.console.conftest import AT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("plain_surroundings")


@pytest.fixture
def moved_desk(cli_desk: str, tmp_path: Path) -> str:
    """A copy of the desk of the other tests, with one order cancelled a while later."""
    copied = f"sqlite:///{tmp_path / 'moved.db'}"
    with closing(open_records(cli_desk, feed=False)) as records:
        backup(records.database, tmp_path / "moved.db")
    with closing(open_records(copied, feed=False)) as records:
        cancel = MoveOrder(number=1, move=Move.CANCEL, reason="sold")
        records.do(cancel, who=Who(operator=2), at=AT + timedelta(hours=3))
    return copied


def test_orders_are_listed_as_they_stood(
    moved_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before and after one of them left."""
    for hours, there in ((2, True), (4, False)):
        at = (AT + timedelta(hours=hours)).isoformat()
        assert main(["list", "orders", "--db", moved_desk, "--at", at, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert (1 in {order["number"] for order in found}) is there
        assert {"number", "state", "technician_name", "next_deadline", "at"} <= found[0].keys()
    assert main(["list", "--db", moved_desk, "--at", (AT + timedelta(hours=2)).isoformat()]) == 0
    told = capsys.readouterr()
    assert "电梯故障 (lift)" in told.out
    assert "the board as it stood at" in told.err + told.out


def test_a_queue_of_the_past(moved_desk: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With the names that the queues have, and a limit."""
    at = (AT + timedelta(hours=2)).isoformat()
    words = ["list", "--db", moved_desk, "--at", at, "--queue", "unassigned", "--limit", "1"]
    assert main([*words, "--json"]) == 0
    assert [order["state"] for order in json.loads(capsys.readouterr().out)] == ["new"]
    assert main([*words, "--columns", "no,title"]) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sites", "--at", "09:00"], "--at is for orders"),
        (["--at", "09:00", "--sort", "left"], "--sort does not go with --at"),
        (["--at", "soon"], "“soon” is not a time"),
        (["--at", "2099-01-01 09:00"], "is still to come"),
        (["--at", "2h", "--queue", "nowhere"], "nowhere"),
    ],
)
def test_what_cannot_be_asked_of_the_past(
    words: list[str], said: str, cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, and an exit code that says so."""
    assert main(["list", "--db", cli_desk, *words]) in {1, 2}
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "at", ["2h ago", "-2h", "2 hours ago", "2小时前", "昨天 14:00", "yesterday 14:00", "昨晚"]
)
def test_the_past_is_said_in_each_of_these_ways(
    at: str, cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the help says, and the sentence that refuses others."""
    assert main(["list", "--db", cli_desk, "--at", at]) == 0
    assert "the board as it stood at" in capsys.readouterr().err


def test_a_moment_before_the_first_import_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside the orders that stand there by their own history; not after it."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    calls = tmp_path / "calls.csv"
    calls.write_text("external_id,title,opened_at\nA1,lift stuck,2026-01-31T08:00:00+00:00\n")
    assert main(["import", str(calls), *db]) == 0, capsys.readouterr()
    for moment, before in (("2026-02-01T08:00", True), ("0m", False)):
        assert main(["list", "--at", moment, *db]) == 0
        told = capsys.readouterr()
        assert "lift stuck" in told.out
        assert ("before the first import (" in told.err) is before, told.err
