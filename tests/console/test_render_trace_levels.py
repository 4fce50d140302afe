"""What the trace of an order says of its entries, without a screen."""

from __future__ import annotations

from datetime import UTC

import pytest

from console.render_trace import trace_lines
from store.queries.card import TraceEntry
from tests.console.lines import MONDAY


@pytest.mark.parametrize(
    ("level", "told"),
    [(75, "warning level reached: resolve, 75 %"), (101, "still overdue: resolve")],
)
def test_a_level_past_the_due_time_is_no_warning(level: int, told: str) -> None:
    """It reads as what it is: the promise was broken before."""
    body = {"clock": "resolve", "run": 1, "level": level}
    entry = TraceEntry(
        seq=7, at=MONDAY, by=1, by_name="Desk", via="scheduler", fact="warned", body=body, words={}
    )
    _, row = trace_lines([entry], {}, at=MONDAY, zone=UTC)
    assert told in "".join(text for text, _tone in row)
