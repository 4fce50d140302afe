"""The service: an alarm clock over one store, inside a console or alone."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.courier import Courier
from scheduler.engine import AlarmClock
from scheduler.keeper import Keeper
from scheduler.runner import fire_due
from store import clock
from store.domain.errors import StoreTrouble
from store.records import open_records

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from scheduler.engine import Pulse
    from scheduler.errands import Sender
    from store.persistence.feed import News
    from store.records import Records

log = logging.getLogger(__name__)


class Service:
    """Fires the timers of a store; any number may run at once, none in particular is needed."""

    def __init__(
        self,
        records: Records,
        *,
        now: Callable[[], datetime] = clock.now,
        monotonic: Callable[[], float] = clock.monotonic,
        senders: Mapping[str, Sender] | None = None,
    ) -> None:
        self._records = records
        self._now = now
        self._keeper = Keeper(records)
        self._courier = Courier(
            records,
            holder=f"{socket.gethostname()}:{os.getpid()}",
            senders=senders or {},
            now=now,
        )
        self._clock = AlarmClock(self._ring, now=now, monotonic=monotonic)
        self._failed = 0
        self._unsubscribe: Callable[[], None] | None = None

    def start(self) -> None:
        """Begin to fire; what fell due while nobody ran fires at once."""
        self._unsubscribe = self._records.on_change(self._heard)
        self._clock.start()
        self._courier.start()

    def stop(self) -> None:
        """End; a batch under way is committed or not at all."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._clock.stop()
        self._courier.stop()

    @property
    def pulse(self) -> Pulse:
        """How the alarm clock is doing, for the status line."""
        return replace(self._clock.pulse, failed=self._failed)

    def _heard(self, _news: News) -> None:
        """Something was committed: an earlier timer may have come of it."""
        try:
            next_at = self._records.next_aim()
        except StoreTrouble:
            return  # the beat looks again
        if next_at is not None:
            self._clock.aim(next_at)

    def _ring(self) -> datetime | None:
        at = self._now()
        swept = fire_due(self._records, at=at)
        self._failed += swept.failed
        if swept.fired:
            self._courier.call()
        self._keeper.keep(at=at)
        return swept.next_at


def run(url: str, *, senders: Mapping[str, Sender] | None = None) -> int:
    """Fire the timers of a store until a signal ends it; the exit code."""
    ended = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda _signal, _frame: ended.set())
    records = open_records(url)
    service = Service(records, senders=senders)
    service.start()
    sys.stderr.write("firing timers; stop with Ctrl-C\n")
    ended.wait()
    service.stop()
    records.close()
    return 0
