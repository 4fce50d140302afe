"""The improvement plan of a review: every open action, and in a customer's edition only his."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from console.cli import main
from store.commands.corrective import DropAction, OpenAction
from store.commands.heard import FindCause, RateOrder
from store.commands.moves import MoveOrder
from store.commands.orders import NewOrder
from store.commands.people import SaveTechnician
from store.commands.places import SaveCustomer
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.records import open_records
from tests.console.conftest import AT

if TYPE_CHECKING:
    from pathlib import Path

WHO = Who(operator=2, via="test")


@pytest.fixture
def desk(tmp_path: Path) -> str:
    """An action for each of two customers, and a third that was dropped."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    records = open_records(url, feed=False)
    told = [
        *(SaveTechnician(code="T1", name="李强"), SaveCustomer(code="C1", name="Acme")),
        SaveCustomer(code="C2", name="Secret Hotel"),
    ]
    for number, customer in enumerate(("C1", "C2", "C1"), 1):
        told += [NewOrder(title=f"job {number}", customer=customer)]
        told += [MoveOrder(number=number, move=Move.ASSIGN, technician="T1")]
        told += [
            MoveOrder(number=number, move=move) for move in (Move.ACCEPT, Move.ARRIVE, Move.FINISH)
        ]
        told += [RateOrder(number=number, csat=1, said=f"words of {customer} {number}")]
        told += [FindCause(number=number, cause="schedule", contained="a new slot")]
        told += [OpenAction(number=number)]
    for command in (*told, DropAction(action=3, reason="no need")):
        records.do(command, who=WHO, at=AT)
    records.close()
    return url


def test_it_has_every_open_action_and_a_customer_sees_his_alone(
    desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With cause, stage, owner and due day; what is over is no plan any more."""
    review = ["report", "review", "--db", desk, "--month", f"{AT:%Y-%m}", "--zone", "UTC"]
    assert main([*review, "--format", "json"]) == 0
    plan = json.loads(capsys.readouterr().out)["plan"]
    assert [(one["id"], one["cause"], one["stage"]) for one in plan] == [
        (1, "schedule", "plan"),
        (2, "schedule", "plan"),
    ]
    assert all(one["due"] and one["owner"] and "baseline" in one for one in plan)
    assert main([*review, "--format", "json", "--customer", "C1"]) == 0
    (his,) = json.loads(capsys.readouterr().out)["plan"]
    assert (his["id"], his["problem"]) == (1, "words of C1 1")
    assert "baseline" not in his
    assert main([*review, "--format", "md", "--customer", "C1"]) == 0
    page = capsys.readouterr().out
    assert "## Improvement plan" in page
    assert "words of C1 1" in page
    assert "words of C2" not in page
    assert main([*review, "--format", "text"]) == 0
    assert "words of C2 2" in capsys.readouterr().out
