"""How soon writers go on when a pair of PostgreSQL servers changes places, and what they lose.

Run `python -m tests.bench.failover`. By pg_auto_failover where it is installed; else by a standby
that is promoted by hand in the very moment. The peer is a bare client that writes one row again
and again: it goes on as soon as anybody can.
"""

from __future__ import annotations

import sys
import threading
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import psycopg

from store import clock
from store.queries.lists import StreamOrders
from store.records import open_records
from tests.auto_failover import auto_pair, is_installed
from tests.bench.figures import Row, show
from tests.console.faulty_desk import ANA, furnish
from tests.ledger import Ledger, writing
from tests.pairs import paired
from tests.postgres import PgServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WRITERS = 5
PAUSE_S = 0.05
AGAIN_WITHIN_S = 90.0
PLANNED_S, KILLED_S = 5.0, 15.0


@dataclass
class Bare:
    """A client without a desk: when each of its rows was acknowledged."""

    url: str
    done: list[float] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def write(self) -> None:
        """One row after the other, each on a new connection where the last one failed."""
        address = f"{self.url}?target_session_attrs=read-write&connect_timeout=3"
        while not self.over.is_set():
            with suppress(psycopg.Error), psycopg.connect(address, autocommit=True) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS bare (at float)")
                while not self.over.wait(PAUSE_S):
                    connection.execute("INSERT INTO bare VALUES (1)")
                    self.done.append(clock.monotonic())
            self.over.wait(PAUSE_S)

    def longest_wait(self, since: float) -> float:
        """The longest time for which nothing was acknowledged, in seconds."""
        later = [at for at in self.done if at > since]
        return max(after - before for before, after in pairwise(later))


@dataclass
class Work:
    """A desk at work, and what each fault of its servers came to."""

    ledger: Ledger
    bare: Bare
    rows: list[Row] = field(default_factory=list)

    def through(self, what: str, fault: Callable[[], object], most: float | None) -> None:
        """Let the fault happen, and wait until everybody has gone on for a while."""
        self._all_write()
        began = clock.monotonic()
        fault()
        self._all_write(after_s=2.0)
        self.rows.append(
            Row(
                measure=f"{what}: longest that one of {WRITERS} writers was acknowledged nothing",
                ours=self.ledger.longest_wait(began - 1),
                unit="s",
                peer=self.bare.longest_wait(began - 1),
                peer_name="a bare client",
                most=most,
            )
        )

    def _all_write(self, after_s: float = 0.0) -> None:
        """Until each writer has been acknowledged something that much later than now."""
        pause, now = threading.Event(), clock.monotonic()
        while clock.monotonic() < now + AGAIN_WITHIN_S:
            back = self.ledger.back_after(clock.monotonic() - 1, writers=WRITERS)
            alive = self.bare.done and self.bare.done[-1] > clock.monotonic() - 1
            if back is not None and alive and clock.monotonic() > now + after_s:
                return
            pause.wait(0.05)
        raise AssertionError("the writers did not go on")


def run() -> list[Row]:
    """All faults, one after the other, of one pair under one load."""
    return _by_itself() if is_installed() else _by_hand()


def _by_itself() -> list[Row]:
    with auto_pair() as pair, _working(pair.url) as work:
        work.through("planned switchover", pair.switch_over, PLANNED_S)
        pair.in_place()
        gone: list[str] = []
        killed = "kill -9 of the primary and its keeper"
        work.through(killed, lambda: gone.append(pair.kill("primary")), KILLED_S)
        pair.back(gone[0])
        work.through("kill -9 of the standby", lambda: pair.kill("secondary"), KILLED_S)
    return work.rows


def _by_hand() -> list[Row]:
    server = PgServer(durable=True)
    try:
        server.start()
        with paired(server) as pair, _working(pair.url) as work:
            work.through("planned switchover", pair.switch_over, PLANNED_S)

            def killed() -> None:
                pair.primary.kill()
                pair.take_over()

            work.through("kill -9 of the primary, promoted at once", killed, KILLED_S)
        return work.rows
    finally:
        server.remove()


@contextmanager
def _working(url: str) -> Iterator[Work]:
    """Writers at work; in the end what was lost of what was acknowledged, and what came twice."""
    furnish(url).close()
    bare = Bare(url)
    client = threading.Thread(target=bare.write)
    client.start()
    try:
        with writing(url, WRITERS) as ledger:
            work = Work(ledger, bare)
            yield work
    finally:
        bare.over.set()
        client.join()
    with closing(open_records(url, feed=False)) as records:
        kept = [order.title for order in records.ask(StreamOrders(), who=ANA, at=clock.now())]
    told = f"of {len(ledger.done)} acknowledged"
    for what, found in (("lost", ledger.lost(kept)), ("twice", ledger.doubled(kept))):
        row = Row(measure=f"orders {what}, {told}", ours=float(len(found)), unit="", most=0)
        work.rows.append(row)


if __name__ == "__main__":
    sys.exit(show(run()))
