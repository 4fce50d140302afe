"""Timers that this process cannot read: left aside by it, and by nobody else.

A newer program wrote them, or this machine lacks a time zone. Their rows stay due, so that a
process that can read them fires them in time; nothing of this has to survive a crash.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

FIRST_RETRY = timedelta(seconds=5)
LAST_RETRY = timedelta(hours=1)
"""What failed is tried again after 5 s, 10 s, 20 s ... and at last every hour."""


def retry_after(tries: int) -> timedelta:
    """How long what failed `tries` times before rests now."""
    doubled: timedelta = FIRST_RETRY * 2 ** min(tries, 20)
    return min(doubled, LAST_RETRY)


@dataclass(frozen=True, slots=True)
class _Rest:
    tries: int
    until: datetime
    alone: bool

    def holds(self, at: datetime) -> bool:
        """Not when the clock was set back since."""
        return at < self.until <= at + LAST_RETRY


class Aside:
    """Which timers rest until when; several threads of a sweep may put some there."""

    def __init__(self) -> None:
        self._rests: dict[int, _Rest] = {}
        self._lock = threading.Lock()

    def __contains__(self, timer: int) -> bool:
        """Whether it could not be read before."""
        return timer in self._rests

    def put(self, timer: int, *, at: datetime, alone: bool = False) -> bool:
        """It cannot be read, nor can its batch if it is to be `alone`; whether that is new."""
        with self._lock:
            before = self._rests.get(timer)
            tries = 0 if before is None else before.tries + 1
            self._rests[timer] = _Rest(tries, at + retry_after(tries), alone)
        return before is None

    def resting(self, *, at: datetime) -> frozenset[int]:
        """Those not to be tried now."""
        if not self._rests:
            return frozenset()
        with self._lock:
            return frozenset(timer for timer, rest in self._rests.items() if rest.holds(at))

    def alone(self) -> frozenset[int]:
        """Those to be tried in no batch."""
        with self._lock:
            return frozenset(timer for timer, rest in self._rests.items() if rest.alone)

    def next_try(self) -> datetime | None:
        """When the first of them is to be tried again; None when there is none."""
        with self._lock:
            return min((rest.until for rest in self._rests.values()), default=None)

    def forget_tried(self, *, at: datetime) -> None:
        """Those whose turn came and that were not put here again are done with."""
        with self._lock:
            self._rests = {timer: rest for timer, rest in self._rests.items() if rest.holds(at)}
