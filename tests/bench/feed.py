"""From a commit in one process to another process's query, beside polling for `seq > last`.

Run `python -m tests.bench.feed`. Ten listeners and two pollers, each a process, hear five writers
who together commit fifty times a second, holding each transaction open for up to ten milliseconds.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import threading
import time
from typing import TYPE_CHECKING

from store.clock import monotonic
from store.persistence.database import Database, connect
from tests.bench.figures import Row, middle, quantile, show
from tests.postgres import PgMissing, PgServer
from tests.store.journals import enter, make_journal

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.persistence.feed import News

LISTENERS, POLLERS, WRITERS = 10, 2, 5
ENTRIES = 80
"""Commits of each writer."""
EVERY_S = 0.1
"""Between the commits of one writer."""
HELD_S = 0.01
POLL_S = 0.25
IDLE_S = 5.0

_NEW = "SELECT seq FROM journal WHERE seq > {} ORDER BY seq"
_NEWEST = "SELECT max(seq) FROM journal"

Child = subprocess.Popen[str]
Times = dict[int, float]


def run() -> list[Row]:
    """Both databases; without PostgreSQL on the machine, SQLite alone."""
    with tempfile.TemporaryDirectory() as folder:
        rows = _rows("SQLite", f"sqlite:///{folder}/desk.db")
    try:
        server = PgServer(durable=True)
    except PgMissing:
        return rows
    try:
        server.start()
        return rows + _rows("PostgreSQL", server.url())
    finally:
        server.remove()


def _rows(name: str, url: str) -> list[Row]:
    database = connect(url)
    make_journal(database)
    enter(database, "before")
    database.close()
    listeners = [_child("listen", url) for _ in range(LISTENERS)]
    pollers = [_child("poll", url) for _ in range(POLLERS)]
    idle = [float(_next(child)) for child in listeners]
    _ = [_next(child) for child in pollers]
    committed: Times = {}
    for writer in [_child("write", url) for _ in range(WRITERS)]:
        committed |= _times(writer, "")
    threading.Event().wait(2 * POLL_S)
    ours = [_times(child, "end\n") for child in listeners]
    theirs = [_times(child, "end\n") for child in pollers]
    return [
        *_compared(name, committed, ours, theirs),
        Row(
            measure=f"{name}: processor of an idle listener", ours=middle(idle), unit="%", most=0.2
        ),
    ]


def _compared(name: str, committed: Times, ours: list[Times], theirs: list[Times]) -> list[Row]:
    assert len(committed) == WRITERS * ENTRIES
    mine, peers = (
        [1000 * (seen[seq] - at) for seen in group for seq, at in committed.items() if seq in seen]
        for group in (ours, theirs)
    )
    missed, overlooked = (
        100 * (1 - len(lags) / (len(committed) * len(group)))
        for lags, group in ((mine, ours), (peers, theirs))
    )
    peer = f"polling every {1000 * POLL_S:.0f} ms"
    what = f"{name}: commit → another process's query"
    return [
        Row(
            measure=f"{what}, median",
            ours=middle(mine),
            unit="ms",
            peer=middle(peers),
            peer_name=peer,
            most=15,
        ),
        Row(
            measure=f"{what}, p99",
            ours=quantile(mine, 0.99),
            unit="ms",
            peer=quantile(peers, 0.99),
            peer_name=peer,
            most=150,
        ),
        Row(
            measure=f"{name}: commits missed",
            ours=missed,
            unit="%",
            peer=overlooked,
            peer_name="seq > last",
            most=0,
        ),
    ]


def _child(word: str, url: str) -> Child:
    command = [sys.executable, "-m", "tests.bench.feed", word, url]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _next(child: Child) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def _times(child: Child, word: str) -> Times:
    said, _ = child.communicate(word, timeout=120)
    pairs = (line.split() for line in said.splitlines())
    return {int(seq): float(at) for seq, at in pairs}


def _listen(database: Database) -> Times:
    seen: Times = {}
    started = threading.Event()

    def on_news(news: News) -> None:
        with database.glancing() as conn:
            newest = conn.exec_driver_sql(_NEWEST).scalar_one()
            at = monotonic()
        for change in news.changes:
            assert change.seq <= newest
            seen.setdefault(change.seq, at)
        started.set()

    database.feed(on_news)
    started.wait(10)
    pause = threading.Event()
    pause.wait(2)  # start-up is not idling
    before = time.process_time()
    pause.wait(IDLE_S)
    print(100 * (time.process_time() - before) / IDLE_S, flush=True)
    sys.stdin.readline()
    return seen


def _poll(database: Database) -> Times:
    seen: Times = {}
    over = threading.Event()
    last = 1
    print("ready", flush=True)

    def obey() -> None:
        sys.stdin.readline()
        over.set()

    threading.Thread(target=obey).start()
    while not over.wait(POLL_S):
        with database.reading() as conn:
            found = conn.exec_driver_sql(_NEW.format(last)).scalars().all()
            at = monotonic()
        seen |= dict.fromkeys(found, at)
        last = max([last, *found])
    return seen


def _write(database: Database) -> Times:
    said: Times = {}
    pause, chance = threading.Event(), random.Random()
    with database.reading():
        began = monotonic() + chance.random() * EVERY_S
    for turn in range(ENTRIES):
        pause.wait(max(0, began + turn * EVERY_S - monotonic()))
        with database.writing() as conn:
            text = "INSERT INTO journal (number, fact) VALUES (1, 'bench') RETURNING seq"
            seq = conn.exec_driver_sql(text).scalar_one()
            database.announce(conn)
            pause.wait(chance.random() * HELD_S)
            said[seq] = monotonic()
    return said


_PARTS: dict[str, Callable[[Database], Times]] = {
    "listen": _listen,
    "poll": _poll,
    "write": _write,
}


def _play(word: str, url: str) -> None:
    database = connect(url)
    for seq, at in _PARTS[word](database).items():
        print(seq, at)
    database.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _play(*sys.argv[1:])
    else:
        sys.exit(show(run()))
