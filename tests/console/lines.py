"""Lines of a queue, alarms and what is drawn of them, made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from store.domain.lifecycle import STATES, State
from store.domain.targets import ClockKind
from store.queries.alarms import AlarmLine, Quiet, Strip
from store.queries.board import BoardLine, Key

if TYPE_CHECKING:
    from console.looks import Parts

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


def said(*rows: Parts) -> str:
    """The text of parts."""
    return "\n".join("".join(text for text, _tone in row) for row in rows)


def alarm(number: int | None, **changes: object) -> AlarmLine:
    """An alarm that rings."""
    rings = AlarmLine(
        number=number, title="Lift stuck", priority=1, site_name="S", kind="breach", clock="arrive",
        level=100, severity=1, due_at=MONDAY - timedelta(minutes=9), raised_at=MONDAY,
        acknowledged_at=None, acknowledged_by=None, rings=1,
    )  # fmt: skip
    return replace(rings, **changes)  # type: ignore[arg-type]


def strip(*alarms: AlarmLine, quiet: int = 0, standing: int | None = None) -> Strip:
    """A strip of some alarms."""
    return Strip(
        alarms=alarms,
        standing=len(alarms) + quiet if standing is None else standing,
        unacknowledged=sum(one.acknowledged_at is None for one in alarms),
        loud=len(alarms),
        loud_at=None,
        quiet=Quiet(
            count=quiet, oldest_at=MONDAY - timedelta(hours=22) if quiet else None, newest_at=None
        ),
    )
