"""What the console asks where a step is done: no question whose answer changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from console.sop_commands import action_for
from store.domain.order import OrderStep
from store.domain.sop import Evidence, Outside, Step
from store.queries.sop import StepLine


@pytest.mark.parametrize(
    ("says", "asked"),
    [
        ({"evidence": Evidence.DONE}, []),
        ({"evidence": Evidence.PHOTO}, ["value"]),
        ({"evidence": Evidence.READING}, ["value"]),
        ({"evidence": Evidence.READING, "low": 0.0, "high": 0.0}, ["value"]),
        (
            {"evidence": Evidence.READING, "high": 3.0, "outside": Outside.REASON},
            ["value", "reason"],
        ),
    ],
)
def test_a_reason_is_asked_only_where_one_lets_a_reading_pass(
    says: dict[str, Any], asked: list[str]
) -> None:
    """Where a reading out of its range is refused, no word of the operator's changes that."""
    step = Step(code="dead", title="nothing is live", **says)
    line = StepLine(
        place=1, step=OrderStep(code="dead"), says=step, due_at=None, by="", behind=False
    )
    assert [one.name for one in action_for("do", 6, line).questions] == asked
