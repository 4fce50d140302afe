"""`paidan list forecast`: what will be missed, for people and for scripts."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from console.cli import main
from console.render_forecast import outlook_said
from store import clock
from store.commands.moves import MoveOrder
from store.commands.orders import NewOrder
from store.commands.people import SaveTechnician
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.queries.forecast import Outlook
from store.records import open_records

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("plain_surroundings")


@pytest.fixture
def loaded(tmp_path: Path) -> str:
    """One technician, and more urgent orders than he can do."""
    url = f"sqlite:///{tmp_path / 'loaded.db'}"
    who, at = Who(operator=2, via="test"), clock.now()
    with closing(open_records(url, feed=False)) as records:
        records.do(SaveTechnician(code="T1", name="李伟"), who=who, at=at)
        for _ in range(4):
            order = NewOrder(title="电梯 (lift)", priority=1, level="critical")
            number = records.do(order, who=who, at=at).numbers[0]
            assign = MoveOrder(number=number, move=Move.ASSIGN, technician="T1")
            records.do(assign, who=who, at=at)
    return url


def test_what_will_be_missed_is_listed(loaded: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With the why; JSON has instants and seconds."""
    assert main(["list", "forecast", "--db", loaded]) == 0
    told = capsys.readouterr()
    assert "李伟 has 3 orders before it" in told.out
    assert "orders will miss a promise" in told.err
    assert main(["list", "forecast", "--db", loaded, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {one["why"] for one in found} == {"busy"}
    assert {one["technician"] for one in found} == {"T1"}
    assert all(one["late_s"] > 0 and one["due_at"] < one["done_at"] for one in found)
    assert main(["list", "forecast", "--db", loaded, "--columns", "no,why"]) == 0


def test_a_quiet_desk_says_so(cli_desk: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In words, and as an empty list."""
    assert main(["list", "forecast", "--db", cli_desk]) == 0
    assert "nothing more will be missed" in capsys.readouterr().err
    assert main(["list", "forecast", "--db", cli_desk, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_forecast_takes_no_queue(cli_desk: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It has its own order."""
    assert main(["list", "forecast", "--db", cli_desk, "--queue", "overdue"]) == 2
    assert "--queue is for orders" in capsys.readouterr().err


def test_an_hour_of_tomorrow_is_said_to_be_tomorrows() -> None:
    """At ten in the evening `by 02:00` would be twenty hours ago."""
    at = datetime(2026, 9, 21, 22, 0, tzinfo=UTC)
    found = Outlook(at=at, until=at + timedelta(hours=4), foreseen=(), total=2, orders=3, people=1)
    assert outlook_said(found, UTC, at=at)[0].startswith("by tomorrow 02:00, 2 orders")
    later = at + timedelta(hours=3)
    assert outlook_said(found, UTC, at=later)[0].startswith("by 02:00, ")
