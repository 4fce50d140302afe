"""The feed on PostgreSQL, where numbers are not given in the order of commits."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from store.persistence.snapshot import Snapshot
from tests.store.children import ended, started
from tests.store.journals import Ear, enter, make_journal, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.persistence.database import Database
    from store.persistence.feed import Feed, News
    from tests.postgres import PgServer

_CUT = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE query LIKE '%%journal%%' AND pid <> pg_backend_pid() AND state = 'idle' "
    "AND datname = current_database()"
)


@pytest.fixture
def store(postgres_url: str) -> Iterator[Database]:
    """An open database with a journal."""
    with opened(postgres_url) as database:
        make_journal(database)
        yield database


class Eye(Ear):
    """Looks at the journal itself where news asks for that and names no entry."""

    def __init__(self, store: Database) -> None:
        super().__init__()
        self.seen: set[int] = set()
        """Entries that were told, or found by a look."""
        self._store = store

    def __call__(self, news: News) -> None:
        found = {change.seq for change in news.changes}
        if news.reload and not found:
            with self._store.reading() as conn:
                found = set(conn.exec_driver_sql("SELECT seq FROM journal").scalars())
        self.seen |= found
        super().__call__(news)


def _listening(store: Database, ear: Ear | None = None) -> tuple[Feed, Ear]:
    ear = Ear() if ear is None else ear
    feed = store.feed(ear)
    assert ear.hears(lambda: ear.reloads == 1)
    return feed, ear


def test_a_lower_number_committed_later_is_not_missed(store: Database, postgres_url: str) -> None:
    """`seq > last` missed a third of the entries here."""
    _, ear = _listening(store)
    with opened(postgres_url) as slow:
        with slow.writing() as conn:
            conn.exec_driver_sql("INSERT INTO journal (fact) VALUES ('slow')")
            enter(store, "quick")
            assert ear.hears(lambda: ear.seqs == [2])
            enter(store, "quick too")
            assert ear.hears(lambda: ear.seqs == [2, 3])
            slow.announce(conn)
        assert ear.hears(lambda: ear.seqs == [2, 3, 1])


def test_a_long_foreign_transaction_delays_nothing(store: Database, postgres_url: str) -> None:
    """A reader bound by the oldest transaction froze for as long as an index was being made."""
    _, ear = _listening(store)
    with opened(postgres_url) as foreign, foreign.writing() as conn:
        conn.exec_driver_sql("CREATE TABLE something_else (n INTEGER)")
        for number in range(1, 6):
            enter(store, "told at once")
            assert ear.hears(lambda n=number: len(ear.seqs) == n, within_s=2)  # type: ignore[misc]
    enter(store, "and after")
    assert ear.hears(lambda: ear.seqs == [1, 2, 3, 4, 5, 6])


def test_nothing_is_missed_while_connections_are_killed(store: Database, postgres_url: str) -> None:
    """Six writers commit out of order while the listener is cut off again and again.

    What gathers beyond the feed's cap in a long absence is told as a full look, and seen by it.
    """
    feed, ear = _listening(store, eye := Eye(store))
    writers = [started("write", postgres_url, 60, 0.1) for _ in range(6)]
    said: set[int] = set()
    over = threading.Event()

    def collect() -> None:
        for child in writers:
            said.update(int(line) for line in ended(child))
        over.set()

    threading.Thread(target=collect).start()
    cuts = 0
    while not over.wait(0.2):
        with store.reading() as conn:
            cuts += conn.exec_driver_sql(_CUT).scalar_one()
        ear.hears(lambda back=ear.reloads: ear.reloads > back, within_s=2)  # type: ignore[misc]
    assert len(said) == 360
    assert cuts >= 3
    assert ear.hears(lambda: eye.seen >= said)
    assert ear.reloads > 1, "and it said that it had been away"
    assert ear.hears(lambda: feed.alive)


def test_entries_brought_from_another_server_are_told_once(store: Database) -> None:
    """After a restore the old transaction numbers may lie in the future of the new server."""
    with store.writing() as conn:
        conn.exec_driver_sql(
            "INSERT INTO journal (fact, xid) SELECT 'old', 4000000000 FROM generate_series(1, 50)"
        )
    _, ear = _listening(store)
    assert ear.news[0].head == 50
    for _ in range(3):
        enter(store, "new")
    assert ear.hears(lambda: ear.seqs == [51, 52, 53])


def test_unannounced_commits_are_found_by_a_poke(store: Database) -> None:
    """Written by another program; the next look, at the latest at the beat, finds them."""
    feed, ear = _listening(store)
    with store.writing() as conn:
        conn.exec_driver_sql("INSERT INTO journal (fact) VALUES ('by hand')")
    feed.poke()
    assert ear.hears(lambda: ear.seqs == [1], within_s=2)


def test_a_stopped_server_is_trouble_until_it_is_back(durable_pg: PgServer) -> None:
    """The console stays up, says since when, and looks at everything afterwards."""
    with opened(durable_pg.url()) as database:
        make_journal(database)
        feed, ear = _listening(database)
        durable_pg.stop()
        assert not ear.hears(lambda: False, within_s=0.5)
        assert feed.trouble is not None
        since = feed.trouble.since
        assert not ear.hears(lambda: False, within_s=0.5)
        assert feed.trouble is not None
        assert feed.trouble.since == since
        durable_pg.start()
        assert ear.hears(lambda: ear.reloads == 2, within_s=15)
        seq = enter(database, "back")
        assert ear.hears(lambda: seq in ear.seqs)
        assert feed.alive


def test_a_snapshot_is_read_as_postgres_writes_it() -> None:
    """`xmin:xmax:running`, where the last part may be empty."""
    assert Snapshot.parse("10:20:10,14,15") == Snapshot(20, (10, 14, 15))
    assert Snapshot.parse("20:20:") == Snapshot(20, ())
