"""What so many consoles at work cost one PostgreSQL: where a primary is outgrown first.

Run `python -m tests.bench.outgrown`. Each session does to the store what a console does: it hears
of every commit, looks at the whole desk and its list again at most every 0.7 s, and writes a note
every twenty seconds. One writer beside them is timed; alone, in the same run, he is the floor.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from console.overview import look
from console.seat import Seat
from store import clock
from store.commands import NoteOrder
from store.domain.errors import StoreTrouble
from store.domain.who import THE_DESK
from store.queries.board import QueuePage
from store.records import open_records
from tests.bench.figures import Row, quantile, show
from tests.bench.timers_desk import fill
from tests.postgres import PgServer, children_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.records import Records

ORDERS = 2000
SIZES, QUICK = (10, 30, 100), (5,)
PROCESSES = 2
SECONDS = 12.0
APART_S = 0.7
"""Between two looks of a console, however much happens."""
NOTE_EVERY_S = 20.0
WRITES = 40
_TICK = os.sysconf("SC_CLK_TCK")


def run(*, quick: bool = False) -> list[Row]:
    """One size after the other, on the same desk."""
    server = PgServer(durable=True, memory="512MB", connections=1200)
    try:
        server.start()
        url = server.url()
        with closing(open_records(url, feed=False)) as records:
            fill(records, [clock.now() + timedelta(days=1)] * ORDERS)
            alone = _timed(records)
            return [
                row
                for size in (QUICK if quick else SIZES)
                for row in _of(size, server, records, alone)
            ]
    finally:
        server.remove()


def _of(size: int, server: PgServer, records: Records, alone: list[float]) -> Iterator[Row]:
    with _sessions(server.url(), size) as looks:
        began, before, seen = clock.monotonic(), _processor_s(server), looks()
        beside = _timed(records)
        threading.Event().wait(max(0.0, began + SECONDS - clock.monotonic()))
        spent, took = _processor_s(server) - before, clock.monotonic() - began
        done = looks() - seen
        with records.database.reading() as conn:
            asked = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
            connections = int(conn.exec_driver_sql(asked).scalar_one())
    what = f"{size} sessions"
    yield Row(measure=f"{what}: processor of the server", ours=100 * spent / took, unit="%")
    yield Row(measure=f"{what}: looks at the desk a second", ours=done / took, unit="")
    yield Row(measure=f"{what}: a look, of the server", ours=1000 * spent / done, unit="ms")
    yield Row(measure=f"{what}: connections", ours=connections, unit="")
    yield Row(
        measure=f"{what}: a note beside them, p95",
        ours=1000 * quantile(beside, 0.95),
        unit="ms",
        peer=1000 * quantile(alone, 0.95),
        peer_name="without them",
    )


def _timed(records: Records) -> list[float]:
    """Seconds of each of some notes, a tenth of a second apart."""
    pause, took = threading.Event(), []
    for _ in range(WRITES):
        began = clock.monotonic()
        records.do(NoteOrder(number=1, text="timed"), who=THE_DESK, at=clock.now())
        took.append(clock.monotonic() - began)
        pause.wait(0.1)
    return took


@contextmanager
def _sessions(url: str, size: int) -> Iterator[Looks]:
    share = size // PROCESSES
    with ExitStack() as stack:
        looks = Looks()
        for _ in range(PROCESSES):
            child = subprocess.Popen(
                [sys.executable, "-m", "tests.bench.outgrown", url, str(share)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                bufsize=1,
            )
            stack.callback(child.communicate)  # its input ends, and so does it
            looks.children.append(child)
        looks()
        yield looks


class Looks:
    """How many looks all sessions have taken so far."""

    def __init__(self) -> None:
        self.children: list[subprocess.Popen[str]] = []

    def __call__(self) -> int:
        """Ask each process; the first answer comes when all its sessions are seated."""
        said = 0
        for child in self.children:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write("looks\n")
            said += int(child.stdout.readline())
        return said


def _processor_s(server: PgServer) -> float:
    """Processor time of a server and its children, the ended ones among them."""
    total = 0
    for place, pid in enumerate((server.pid, *children_of(server.pid))):
        stat = Path(f"/proc/{pid}/stat")
        fields = stat.read_text().rpartition(")")[2].split() if stat.exists() else ["0"] * 15
        total += sum(map(int, fields[11 : 15 if place == 0 else 13]))
    return total / _TICK


class Session:
    """One console's work, without its screen."""

    def __init__(self, url: str) -> None:
        self.looks = 0
        self._news = threading.Event()
        self._records = open_records(url)
        self._seat = Seat(records=self._records, who=THE_DESK, name="bench", now=clock.now)
        self._records.on_change(lambda _news: self._news.set())
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        pause, overview = threading.Event(), None
        write_at = clock.monotonic() + random.random() * NOTE_EVERY_S
        while True:
            began = clock.monotonic()
            try:
                if began >= write_at:
                    write_at += NOTE_EVERY_S
                    note = NoteOrder(number=random.randint(1, ORDERS), text="bench")
                    self._records.do(note, who=THE_DESK, at=clock.now())
                if self._news.is_set():
                    self._news.clear()
                    overview = look(self._seat, overview)
                    self._seat.ask(QueuePage(queue="all_open"))
                    self.looks += 1
            except StoreTrouble as trouble:
                sys.stderr.write(f"{trouble}\n")
            pause.wait(max(0.05, began + APART_S - clock.monotonic()))


def _play(url: str, count: str) -> None:
    sessions = [Session(url) for _ in range(int(count))]
    for _line in sys.stdin:
        print(sum(one.looks for one in sessions), flush=True)
    os._exit(0)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _play(*sys.argv[1:])
    else:
        sys.exit(show(run()))
