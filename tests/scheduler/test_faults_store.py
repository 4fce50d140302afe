"""The store goes away under a running service: trouble is told, and every timer fires once."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, text

from scheduler import engine
from store.persistence.database import connect
from store.records import Records, open_records
from tests.scheduler.desk import Desk, after
from tests.scheduler.faults import Hands, levels, serving, swept, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from tests.postgres import PgServer

_HOLDER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
db.execute("ROLLBACK")
"""


@pytest.fixture(autouse=True)
def quick_beat(monkeypatch: pytest.MonkeyPatch) -> None:
    """The heartbeat, by which a service recovers, every fifth of a second instead of every five."""
    monkeypatch.setattr(engine, "BEAT", timedelta(seconds=0.2))


@contextmanager
def write_lock_held(url: str) -> Iterator[None]:
    """Somebody else's program holds the write lock of an SQLite file, and knows no lane."""
    command = [sys.executable, "-c", _HOLDER, url.removeprefix("sqlite:///")]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    try:
        yield
    finally:
        holder.communicate("let go\n", timeout=30)


def test_a_write_lock_held_past_all_patience_only_delays(sqlite_url: str) -> None:
    """A foreign program that holds SQLite's lock kills APScheduler's thread, but not ours."""
    open_records(sqlite_url, feed=False).close()
    desk = Desk(Records(connect(sqlite_url, patience=0.2)))
    numbers = [desk.order() for _ in range(5)]
    hands = Hands(after(1))
    with serving(desk.records, hands) as service:
        swept(service, hands)
        with write_lock_held(sqlite_url):
            hands.turn(30)
            until(lambda: service.pulse.trouble is not None, "nobody was told")
            assert desk.fired(numbers[0]) == []
        until(lambda: service.pulse.trouble is None, "it did not recover")
        _each_fired_once(desk, numbers)
        assert service.pulse.rebuilt == 0
    desk.records.close()


def test_a_server_stopped_and_started_only_delays(durable_pg: PgServer) -> None:
    """The service says so while the server is away, and fires when it is back."""
    desk = Desk(open_records(durable_pg.url()))
    numbers = [desk.order() for _ in range(5)]
    hands = Hands(after(1))
    with serving(desk.records, hands) as service:
        swept(service, hands)
        durable_pg.stop()
        hands.turn(30)
        until(lambda: service.pulse.trouble is not None, "nobody was told")
        durable_pg.start()
        until(lambda: service.pulse.trouble is None, "it did not recover")
        _each_fired_once(desk, numbers)
        assert service.pulse.rebuilt == 0
    desk.records.close()


def test_a_read_only_store_is_told_and_work_resumes(desk: Desk) -> None:
    """A disk remounted after a fault, a standby server: keep trying, do not fall over."""
    numbers = [desk.order() for _ in range(3)]
    hands = Hands(after(1))
    with serving(desk.records, hands) as service:
        swept(service, hands)
        with read_only(desk.records):
            hands.turn(30)
            until(lambda: service.pulse.trouble is not None, "nobody was told")
            assert "read-only" in str(service.pulse.trouble)
            before = len(hands.swept)
            assert desk.fired(numbers[0]) == []
            assert len(hands.swept) == before
        until(lambda: service.pulse.trouble is None, "it did not resume")
        _each_fired_once(desk, numbers)


@contextmanager
def read_only(records: Records) -> Iterator[None]:
    """Writers of this store meet a database that cannot be written."""
    engines, kind = records.database._engines, records.database.kind
    writer = engines.writer
    # In SQLite others wait for their turn in the midst of its listeners: no list of them changes.
    forbidden = writer.execution_options() if kind == "sqlite" else writer

    lifted = threading.Event()

    def forbid(conn: Connection) -> None:
        if not lifted.is_set():
            conn.connection.cursor().execute(_FORBID[kind])

    event.listen(forbidden, "begin", forbid)
    object.__setattr__(engines, "writer", forbidden)
    try:
        yield
    finally:
        object.__setattr__(engines, "writer", writer)
        if kind == "sqlite":  # there it outlasts the transaction
            writer.dispose()
        lifted.set()  # it stays among the listeners: somebody may be in the midst of them


_FORBID = {"sqlite": "PRAGMA query_only=1", "postgresql": "SET TRANSACTION READ ONLY"}


def _each_fired_once(desk: Desk, numbers: list[int]) -> None:
    for number in numbers:
        until(lambda n=number: len(desk.fired(n)) >= 3, "it never fired")  # type: ignore[misc]
        told = levels(desk, number)
        assert len(told) == len(set(told)) >= 2
        assert len(desk.alarms(number)) == 1


def test_killed_connections_only_delay(postgres_url: str) -> None:
    """A server that cuts every session off, as a restart or a firewall does."""
    desk = Desk(open_records(postgres_url, feed=False))
    number = desk.order()
    hands = Hands(after(1))
    with serving(desk.records, hands) as service:
        swept(service, hands)
        other = open_records(postgres_url, feed=False)
        with other.database.reading() as conn:
            conn.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        other.close()
        hands.turn(30)
        _each_fired_once(desk, [number])
        assert service.pulse.rebuilt == 0
    desk.records.close()
