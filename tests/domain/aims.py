"""What timers ask of an order, as tests of timers and alarms ask it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.timers import implied
from tests.builders import rules

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.order import WorkOrder
    from store.domain.rules import Rules
    from store.domain.targets import ClockKind
    from store.domain.timers import TimerAim


@dataclass(frozen=True)
class Promise:
    """A follow-up, as far as timers know it."""

    place: int
    due_at: datetime
    done_at: datetime | None = None


def aims(held: WorkOrder, by: Rules | None = None, at: datetime | None = None) -> set[TimerAim]:
    """All that an order implies."""
    return set(implied(held, by or rules(), at=at))


def aim(
    held: WorkOrder, kind: ClockKind, by: Rules | None = None, at: datetime | None = None
) -> TimerAim | None:
    """The next aim of one clock."""
    return next((found for found in aims(held, by, at) if found.clock == kind), None)
