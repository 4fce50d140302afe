"""Lines of a queue, made by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from store.domain.lifecycle import STATES, State
from store.domain.targets import ClockKind
from store.queries.board import BoardLine, Key

MONDAY = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)


def line(number: int = 7, state: State = State.NEW, **changes: Any) -> BoardLine:
    """An order due in an hour, as a queue shows it."""
    due = MONDAY + timedelta(hours=1)
    row: dict[str, Any] = {
        "key": Key(due, number),
        "number": number,
        "version": 1,
        "title": "Lift stuck",
        "priority": 2,
        "state": state,
        "category": STATES[state].category,
        "state_since": MONDAY - timedelta(minutes=5),
        "opened_at": MONDAY - timedelta(minutes=5),
        "reason": "",
        "wake_at": None,
        "next_deadline": due,
        "next_clock": ClockKind.RESPOND,
        "risk_at": None,
        "orphan_at": None,
        "follow_at": None,
        "rank_at": due,
        "site": 1,
        "site_code": "S1",
        "site_name": "望江花园",
        "customer_name": "Golden Lake",
        "technician_code": None,
        "technician_name": None,
        "severity": None,
        "acknowledged": False,
    }
    return BoardLine(**row | changes)
