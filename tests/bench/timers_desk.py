"""A desk whose orders have one clock each, and a child process that fires what falls due there."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from scheduler.service import Service
from store import clock
from store.domain.advance import open_order
from store.domain.history import Entry, History
from store.domain.order import WorkOrder
from store.domain.who import THE_DESK
from store.records import open_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from store.domain.rules import Rules
    from store.records import Records

TARGET = timedelta(hours=2)
LEVEL = 75
"""The one level that warns, in percent; the miss itself lies half an hour behind it."""

_ALWAYS = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
_POLICY: dict[str, Any] = {
    "targets": {"3": {"resolve": {"seconds": int(TARGET.total_seconds())}}},
    "warn": [LEVEL],
    "after_s": [],
    "risk": LEVEL,
    "ring_from": LEVEL,
    "orphan_after_s": 10**8,
    "silent_after_s": None,
}
CHILD_WITHIN_S = 120


def fill(records: Records, dues: Sequence[datetime]) -> None:
    """One order for each of these moments, at which its clock reaches the level."""
    at = clock.now()
    with records.work(who=THE_DESK, at=at) as work:
        week = {"zone": "UTC", "week": _ALWAYS, "holidays": [], "workdays": {}}
        calendar, _ = work.put_calendar("bench", "Bench", week)
        work.put_level("bench", "Bench", calendar, _POLICY)
        level = work.level("bench").id
        rules = work.rules_of(level)
        work.add_many(_history(due, level, rules) for due in dues)


def checked(records: Records, count: int) -> None:
    """Assert that each of so many orders warned exactly once and rings once."""
    asked = (
        "SELECT count(*), count(DISTINCT number) FROM journal WHERE fact = 'warned'",
        "SELECT count(*), count(DISTINCT number) FROM timer WHERE fired_at IS NOT NULL",
        "SELECT count(*), count(DISTINCT number) FROM alarm WHERE cleared_at IS NULL",
    )
    with records.database.reading() as conn:
        for statement in asked:
            found = tuple(conn.execute(text(statement)).one())
            assert found == (count, count), f"{statement}: {found}"


def lateness(records: Records) -> list[float]:
    """Milliseconds from due to fired of every timer that fired."""
    asked = "SELECT fired_at - due_at FROM timer WHERE fired_at IS NOT NULL"
    with records.database.reading() as conn:
        return [float(late) for late in conn.execute(text(asked)).scalars()]


def wait_fired(records: Records, *, until: datetime, within_s: float) -> datetime:
    """Wait until nothing due by `until` is pending; when that was seen."""
    pause, give_up = threading.Event(), clock.monotonic() + within_s
    while clock.monotonic() < give_up:
        next_at, at = records.next_aim(), clock.now()
        if next_at is None or next_at > until:
            return at
        pause.wait(0.005)
    raise AssertionError("the timers did not all fire in time")


@contextmanager
def firing(url: str, **env: str) -> Iterator[Child]:
    """A child process that runs the service on a store until we are done."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.timers_desk", url],
        env={**os.environ, **env},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Child(child)
    finally:
        child.communicate("end\n", timeout=CHILD_WITHIN_S)


class Child:
    """A process with a service in it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        assert self.says() == "ready"

    def says(self) -> str:
        """Its next line."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def cpu(self) -> float:
        """Seconds of processor that it has used so far."""
        return float(self._asked("cpu"))

    def now(self) -> datetime:
        """What its wall clock shows."""
        return datetime.fromisoformat(self._asked("now"))

    def _asked(self, word: str) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()
        return self.says()


def _history(due: datetime, level: int, rules: Rules) -> History:
    opened = due - TARGET * LEVEL / 100
    order = WorkOrder(
        number=0,
        title="lift stuck",
        priority=3,
        state_since=opened,
        opened_at=opened,
        created_at=opened,
        progress_at=opened,
        level=level,
    )
    made, facts = open_order(order, at=opened, rules=rules)
    entries = tuple(Entry(at=opened, by=THE_DESK.operator, fact=fact) for fact in facts)
    return History(order=made, entries=entries)


_ANSWERS: Mapping[str, Callable[[], object]] = {
    "cpu": time.process_time,
    "now": lambda: clock.now().isoformat(),
}


def _serve(url: str) -> None:
    records = open_records(url)
    service = Service(records)
    service.start()
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip() == "end":
            break
        print(_ANSWERS[line.strip()](), flush=True)
    service.stop()
    records.close()


if __name__ == "__main__":
    _serve(sys.argv[1])
