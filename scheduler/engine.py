"""The alarm clock: APScheduler, known to nobody else, aimed at the next due moment.

It wakes the sweep and holds nothing: the row with the due time is the timer. A job aimed at
the next due moment gives punctuality, a heartbeat gives certainty, and the warden rebuilds the
thread when it dies and sweeps at once when the wall clock was stepped.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import scheduler.without_processes  # noqa: F401  before what it spares an import

# isort: split
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from scheduler.warden import Warden
from store import clock
from store.domain.errors import Refusal
from store.domain.words import N_

log = logging.getLogger(__name__)

BEAT = timedelta(seconds=5)
"""The floor: a sweep happens this often even when nothing was aimed."""

STALLED_AFTER = 3 * BEAT
"""A last good sweep older than this is told to every operator."""

ENDS_WITHIN_S = 5.0

Ring = Callable[[], datetime | None]
"""Sweeps what is due; returns when the next timer falls due, None when none is pending."""


class SweepFailed(Refusal):
    """A fault of ours in the middle of a sweep."""

    sentence = N_("what is due could not be fired: {why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """How the alarm clock is doing."""

    last_good_at: datetime | None
    """The last sweep that came through; None before the first."""
    rebuilt: int
    """How often a dead thread was replaced."""
    trouble: Refusal | None
    """Why the last sweep, or something beside it, failed; None when all came through."""
    failed: int = 0
    """How many reactions failed since it runs; each rests and is tried again."""

    def stalled(self, *, at: datetime) -> bool:
        """Whether nobody should trust the warnings of this process."""
        return self.last_good_at is not None and at - self.last_good_at > STALLED_AFTER


class _Thread(BackgroundScheduler):  # type: ignore[misc]  # apscheduler is untyped
    """APScheduler's own loop, quiet when it is stopped between a job's start and its end."""

    def _main_loop(self) -> None:
        try:
            super()._main_loop()
        except JobLookupError:
            if self.running:
                raise


class AlarmClock:
    """Wakes `ring` at the next due moment and at least every beat."""

    def __init__(
        self, ring: Ring, *, now: Callable[[], datetime], monotonic: Callable[[], float]
    ) -> None:
        self._ring = ring
        self._now = now
        self._lock = threading.Lock()
        self._state = threading.Lock()
        self._again = False
        self._aimed: datetime | None = None
        self._last_good: datetime | None = None
        self._trouble: Refusal | None = None
        self._rebuilt = 0
        self._stopped = threading.Event()
        self._scheduler = self._build()
        self._warden = Warden(self._check, now=now, monotonic=monotonic)

    def start(self) -> None:
        """Begin to sweep; the first sweep runs at once and picks up what fell due meanwhile."""
        self._scheduler.start()
        self._warden.start()
        self.sweep_soon()

    def stop(self) -> None:
        """End both threads; a sweep under way is waited for, a few seconds at most."""
        self._stopped.set()
        self._warden.stop()
        with self._state:
            if self._scheduler.running:
                self._scheduler.shutdown(wait=False)
        if self._lock.acquire(timeout=ENDS_WITHIN_S):
            self._lock.release()

    def sweep_soon(self) -> None:
        """Sweep now, on the alarm clock's own thread: something changed."""
        self._aim(self._now(), sooner_only=False)

    def aim(self, at: datetime) -> None:
        """Make sure that a sweep happens at this moment or before."""
        self._aim(at, sooner_only=True)

    def look_again(self) -> bool:
        """Have the sweep under way look once more before it rests; whether there is one."""
        self._again = True
        return self._lock.locked()

    @property
    def pulse(self) -> Pulse:
        """How it is doing, for the status line."""
        return Pulse(last_good_at=self._last_good, rebuilt=self._rebuilt, trouble=self._trouble)

    def _build(self) -> BackgroundScheduler:
        scheduler = _Thread(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(2)},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 2},
        )
        self._beat(scheduler)
        return scheduler

    def _beat(self, scheduler: BackgroundScheduler) -> None:
        scheduler.add_job(
            self._sweep,
            IntervalTrigger(seconds=BEAT.total_seconds(), timezone=UTC),
            id="beat",
            name="beat",
            replace_existing=True,
        )

    def _aim(self, at: datetime, *, sooner_only: bool) -> None:
        with self._state:
            if self._stopped.is_set():
                return
            standing = self._aimed
            if standing is not None and self._now() < standing:
                its_job_serves = standing <= at if sooner_only else standing == at
                if its_job_serves:
                    return
            self._aimed = at
            # APScheduler reads the wall clock itself; ours may be another, so tell it how far.
            away = at - self._now()
            wake_at = clock.now() + away
            self._scheduler.add_job(
                self._arrive,
                DateTrigger(wake_at, timezone=UTC),
                id="aim",
                name="aim",
                replace_existing=True,
            )

    def _arrive(self) -> None:
        """The moment aimed at has come, and its job is gone."""
        with self._state:
            self._aimed = None
        self._sweep()

    def _sweep(self) -> None:
        """One sweep at a time; a wake-up that comes meanwhile makes it look once more."""
        self._again = True
        while self._wanted() and self._lock.acquire(blocking=False):
            try:
                self._sweep_until_quiet()
            finally:
                self._lock.release()

    def _wanted(self) -> bool:
        return self._again and not self._stopped.is_set()

    def _sweep_until_quiet(self) -> None:
        while not self._stopped.is_set():
            self._again = False
            try:
                upcoming = self._ring()
            except Refusal as error:  # the store is away, full, locked: told by the pulse
                self._trouble = error
                log.info("a sweep did not come through: %s", error)
                return
            except Exception as error:  # whatever it was, the next beat must still come
                self._trouble = SweepFailed(why=error)
                log.exception(N_("the sweep of timers failed; the next beat tries again"))
                return
            self._last_good, self._trouble = self._now(), None
            if upcoming is not None:
                self._aim(upcoming, sooner_only=False)
            if not self._again:
                return

    def _check(self, stepped: bool) -> None:
        """Called by the warden every second."""
        if self._stopped.is_set():
            return
        if not self._thread_alive():
            self._rebuild()
        elif stepped:
            log.warning(N_("the wall clock was stepped; sweeping now"))
            self._beat(self._scheduler)
            self.sweep_soon()

    def _thread_alive(self) -> bool:
        thread = getattr(self._scheduler, "_thread", None)
        return thread is not None and thread.is_alive()

    def _rebuild(self) -> None:
        log.error(N_("the scheduler's thread died; building a new one"))
        with self._state:
            self._rebuilt += 1
            self._scheduler = self._build()
            self._scheduler.start()
            self._aimed = None
        self.sweep_soon()
