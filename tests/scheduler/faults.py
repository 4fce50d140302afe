"""A running service whose clock a test turns by hand, and how the test waits for what it does."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from scheduler.service import Service
from store.clock import monotonic
from tests.scheduler.desk import START

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from scheduler.errands import Sender
    from store.records import Records
    from tests.scheduler.desk import Desk

PATIENCE_S = 20.0
"""How long a test waits before it fails; a healthy run takes milliseconds."""


@dataclass
class Hands:
    """A wall clock that stands still until it is turned; the monotonic one is the machine's."""

    at: datetime = START
    swept: list[datetime] = field(default_factory=list)
    """What the clock showed when each sweep that came through began."""

    def now(self) -> datetime:
        """What the wall clock shows."""
        return self.at

    def turn(self, minutes: float) -> None:
        """Forward, or back."""
        self.at += timedelta(minutes=minutes)


@contextmanager
def serving(
    records: Records, hands: Hands, senders: Mapping[str, Sender] | None = None
) -> Iterator[Service]:
    """A service on a clock of ours."""
    service = Service(records, now=hands.now, monotonic=monotonic, senders=senders)
    ring = service._clock._ring

    def noted() -> datetime | None:
        began = hands.at
        upcoming = ring()
        hands.swept.append(began)
        return upcoming

    service._clock._ring = noted
    service.start()
    try:
        yield service
    finally:
        service.stop()


def until(true: Callable[[], bool], what: str = "it did not come to pass") -> None:
    """Look again and again until something is true; fail when patience ends."""
    pause, give_up = threading.Event(), monotonic() + PATIENCE_S
    while not true():
        assert monotonic() < give_up, what
        pause.wait(0.01)


def swept(service: Service, hands: Hands) -> None:
    """Wait until a sweep came through that began after now, by the clock as it stands."""
    before = len(hands.swept)
    service._clock.sweep_soon()
    until(lambda: hands.at in hands.swept[before:], "no sweep came through")


def levels(desk: Desk, number: int) -> list[tuple[str, int]]:
    """Which levels of which clocks the scheduler journalled, in that order."""
    told = desk.rows(
        "SELECT body FROM journal WHERE number = :n AND via = 'scheduler'"
        " AND fact IN ('warned', 'breached') ORDER BY seq",
        n=number,
    )
    bodies = [json.loads(body) for (body,) in told]
    return [(body["clock"], body["level"]) for body in bodies]
