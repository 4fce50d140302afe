"""The peer: APScheduler as it is usually used, one job a timer in its SQLAlchemyJobStore.

The body of a job has the same effect through the same store as our sweep has, in one transaction.
"""

from __future__ import annotations

import logging
import pickle
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED, EVENT_JOB_MISSED
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from sqlalchemy import create_engine, insert, text

from scheduler import runner
from store import clock
from store.domain.who import THE_DESK
from store.persistence.sqlite import library
from store.records import open_records

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apscheduler.events import JobEvent
    from sqlalchemy import Engine

    from store.records import Records

THREADS = 4
"""No more than the store lends connections to; its default of ten only makes them wait."""
SOON = timedelta(seconds=4)
GIVE_UP_S = 300.0
_desk: list[Records] = []
"""The store of this process: a job in a job store can only name a function and plain values."""


def effect(timer: int) -> None:
    """What a timer does, in a transaction of its own."""
    at = clock.now()
    with _desk[0].work(who=THE_DESK, at=at) as work:
        runner._fire(work, work.claim([timer], at=at), at, {})


class Peer:
    """One scheduler whose jobs are all due at the same moment."""

    def __init__(self, url: str, jobs_url: str, *, grace_s: int | None) -> None:
        self._records = open_records(url, feed=False)
        self._jobs = SQLAlchemyJobStore(engine=_engine(jobs_url))
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            jobstores={"default": self._jobs},
            executors={"default": ThreadPoolExecutor(THREADS)},
        )
        self._scheduler.add_listener(
            self._heard, EVENT_JOB_EXECUTED | EVENT_JOB_ERROR | EVENT_JOB_MISSED
        )
        self._grace_s = grace_s
        self._heard_of: dict[int, int] = {}
        self._last = 0.0
        self._all = threading.Event()
        self._wanted = 0
        self._trouble: Exception | None = None

    def run(self) -> tuple[float, int, int]:
        """Seconds from due to the last effect; how many were done, and how many dropped."""
        logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # a line for each one dropped
        _desk[:] = [self._records]
        with self._records.database.reading() as conn:
            timers = conn.execute(text("SELECT id FROM timer WHERE kind = 'warn'")).scalars().all()
        self._wanted = len(timers)
        self._scheduler.start(paused=True)
        due = clock.now() + SOON
        self._put(timers, due)
        began = clock.monotonic() + (due - clock.now()).total_seconds()
        self._scheduler.resume()
        assert self._all.wait(GIVE_UP_S), "the peer did not finish"
        self._scheduler.shutdown()
        self._records.close()
        done, dropped = (self._heard_of.get(e, 0) for e in (EVENT_JOB_EXECUTED, EVENT_JOB_MISSED))
        assert done + dropped == self._wanted, f"a body failed: {self._trouble}"
        return self._last - began, done, dropped

    def _put(self, timers: Iterable[int], due: datetime) -> None:
        """Put the jobs in, many at once; its own `add_job` takes milliseconds for each."""
        rows = [self._row(timer, due) for timer in timers]
        with self._jobs.engine.begin() as conn:
            conn.execute(insert(self._jobs.jobs_t), rows)

    def _row(self, timer: int, due: datetime) -> dict[str, Any]:
        job = Job(
            self._scheduler,
            id=str(timer),
            func=effect,
            args=(timer,),
            kwargs={},
            trigger=DateTrigger(due),
            executor="default",
            misfire_grace_time=self._grace_s,
            coalesce=True,
            max_instances=1,
            name="timer",
            next_run_time=due,
        )
        state = pickle.dumps(job.__getstate__(), pickle.HIGHEST_PROTOCOL)
        return {"id": job.id, "next_run_time": due.timestamp(), "job_state": state}

    def _heard(self, event: JobEvent) -> None:
        self._heard_of[event.code] = self._heard_of.get(event.code, 0) + 1
        self._trouble = event.exception if event.code == EVENT_JOB_ERROR else self._trouble
        self._last = clock.monotonic()
        if sum(self._heard_of.values()) == self._wanted:
            self._all.set()


def _engine(url: str) -> Engine:
    """On SQLite a file of its own, which spares it every wait for the desk's writers."""
    if url.startswith("sqlite"):
        return create_engine(url, module=library())
    return create_engine(url)
