"""An order as one write transaction knows it: as stored, and as it shall be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.order import WorkOrder
    from store.persistence.statements import Values

TimerKey = tuple[str, str, int, int]
"""Kind, clock (or empty), run, level: together with the order's number unique."""


@dataclass(slots=True, kw_only=True)
class TimerSeen:
    """A stored timer, pending or fired."""

    id: int
    due_at: datetime
    aim_at: datetime
    fired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """An open promise to come back to a customer; `place` counts from 1 within the order."""

    place: int
    due_at: datetime
    kind: str = "call"
    note: str = ""
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """The standing alarm of an order, at its worst level."""

    id: int | None = None
    """None until it is stored."""
    kind: str
    clock: str = ""
    level: int = 0
    severity: int
    """1 worst to 4 quiet."""
    due_at: datetime
    raised_at: datetime
    acknowledged_at: datetime | None = None
    acknowledged_by: int | None = None
    rings: int = 1
    asked_at: datetime | None = None
    """Since when it has waited to be acknowledged; None as long as since it rang last."""
    shelved_at: datetime | None = None
    shelved_until: datetime | None = None
    shelved_by: int | None = None
    shelved_why: str | None = None
    escalated_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Known:
    """What was loaded of an order, and what it has become."""

    stored: WorkOrder | None
    """None for an order that this transaction adds."""
    now: WorkOrder
    queue: Values = field(default_factory=dict)
    """The stored queue columns."""
    chain: str = ""
    """The hash of the newest journal entry, those not yet sent included."""
    timers: dict[TimerKey, TimerSeen] = field(default_factory=dict)
    follow_ups: tuple[FollowUp, ...] = ()
    """The open ones."""
    attention_only: bool = True
    """Whether only facts in `MARKS` befell it so far: of the order itself, its clocks' marks."""
    stored_alarm: Alarm | None = None
    alarm: Alarm | None = None
