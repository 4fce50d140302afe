"""Timers that fall due together, steadily, and not at all, beside one APScheduler job a timer.

Run `python -m tests.bench timers`. All timers of the burst are due at the same moment: one level of
one clock of each order. A child process runs the service on the real clock; we watch the store.
The peer fires fewer timers, and its time is scaled up in proportion.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from store import clock
from store.records import open_records
from tests.bench.figures import Row, middle, quantile, show
from tests.bench.timers_desk import checked, fill, firing, lateness, wait_fired
from tests.bench.timers_peer import Peer
from tests.postgres import PgMissing, PgServer

if TYPE_CHECKING:
    from collections.abc import Callable

BURST, QUICK = 10_000, 2_000
PEER, PEER_QUICK = 2_000, 300
DROPS = 10_000
STEADY_EVERY = timedelta(milliseconds=50)
STEADY_S, STEADY_QUICK_S = 15, 4
IDLE_S, IDLE_QUICK_S = 20, 5
AHEAD = timedelta(seconds=8)
"""When the burst is due, from before its orders are written."""


def run(*, quick: bool = False) -> list[Row]:
    """Both databases; without PostgreSQL on the machine, SQLite alone."""
    with tempfile.TemporaryDirectory() as folder:
        names = iter(range(100))
        rows = _rows("SQLite", lambda: f"sqlite:///{folder}/desk{next(names)}.db", quick)
    try:
        server = PgServer(durable=True)
    except PgMissing:
        return rows
    try:
        server.start()
        return rows + _rows("PostgreSQL", lambda: server.url(server.create()), quick)
    finally:
        server.remove()


def _rows(name: str, fresh: Callable[[], str], quick: bool) -> list[Row]:
    count, peers = (QUICK, PEER_QUICK) if quick else (BURST, PEER)
    ours = _burst(fresh(), count)
    theirs, _, _ = _peer(fresh, peers, grace_s=None)
    _, _, dropped = _peer(fresh, QUICK if quick else DROPS, grace_s=1)
    late, idle = _steady(fresh(), quick)
    return [
        Row(
            measure=f"{name}: {count} timers due at one moment, all fired after",
            ours=ours,
            unit="s",
            peer=theirs * count / peers,
            peer_name=f"one job a timer, {peers} of them × {count / peers:g}",
            most_ratio=1 / 20,
        ),
        Row(
            measure=f"{name}: timers dropped",
            ours=0,
            unit="",
            peer=dropped,
            peer_name=f"one job a timer with its defaults, of {QUICK if quick else DROPS}",
            most=0,
        ),
        Row(measure=f"{name}: 20 due a second, late at the median", ours=middle(late), unit="ms"),
        Row(
            measure=f"{name}: 20 due a second, late at p99",
            ours=quantile(late, 0.99),
            unit="ms",
            most=25,
        ),
        Row(measure=f"{name}: processor while nothing is due", ours=idle, unit="%", most=0.2),
    ]


def _burst(url: str, count: int) -> float:
    """Seconds from the moment when all are due until all have fired, each once."""
    records = open_records(url, feed=False)
    with firing(url):
        due = clock.now() + AHEAD
        fill(records, [due] * count)
        assert clock.now() < due, "they were due before all were written"
        fired_at = wait_fired(records, until=due, within_s=120)
    checked(records, count)
    records.close()
    return (fired_at - due).total_seconds()


def _steady(url: str, quick: bool) -> tuple[list[float], float]:
    """How late each of a steady stream was, in ms; percent of a processor with none due."""
    records = open_records(url, feed=False)
    seconds, rest = (STEADY_QUICK_S, IDLE_QUICK_S) if quick else (STEADY_S, IDLE_S)
    with firing(url) as child:
        first = clock.now() + timedelta(seconds=4)
        dues = [first + n * STEADY_EVERY for n in range(seconds * 20)]
        fill(records, dues)
        wait_fired(records, until=dues[-1], within_s=60)
        checked(records, len(dues))
        pause = threading.Event()
        pause.wait(2)
        before = child.cpu()
        pause.wait(rest)
        idle = 100 * (child.cpu() - before) / rest
    late = lateness(records)
    records.close()
    return late, idle


def _peer(fresh: Callable[[], str], count: int, *, grace_s: int | None) -> tuple[float, int, int]:
    url, jobs_url = fresh(), fresh()
    records = open_records(url, feed=False)
    fill(records, [clock.now() + timedelta(seconds=1)] * count)
    records.close()
    seconds, done, dropped = Peer(url, jobs_url, grace_s=grace_s).run()
    if grace_s is None:
        assert (done, dropped) == (count, 0)
    return seconds, done, dropped


if __name__ == "__main__":
    sys.exit(show(run(quick="--quick" in sys.argv)))
