"""Every commit is heard of, by everyone, whatever happens to the connection in between."""

from __future__ import annotations

import threading
from contextlib import ExitStack, contextmanager
from itertools import chain, repeat
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from store.clock import monotonic
from store.persistence.feed import CAP, Feed
from store.persistence.feed_sqlite import SqliteSource
from store.persistence.feed_wake import Wake
from tests.store.children import ended, started
from tests.store.journals import Ear, enter, make_journal, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from store.persistence.database import Database


@pytest.fixture
def store(store_url: str) -> Iterator[Database]:
    """An open store with a journal, of each kind."""
    with opened(store_url) as database:
        make_journal(database)
        yield database


@contextmanager
def listening(database: Database, *, start_after: int | None = None) -> Iterator[tuple[Feed, Ear]]:
    """A feed that has said its first word."""
    ear = Ear()
    feed = database.feed(ear, start_after=start_after)
    try:
        if start_after is None:
            assert ear.hears(lambda: len(ear.news) > 0)
        yield feed, ear
    finally:
        feed.close()


def test_the_first_news_asks_for_a_full_look(store: Database) -> None:
    """A console starts the same way as it recovers."""
    enter(store, "before")
    with listening(store) as (feed, ear):
        assert (ear.news[0].head, ear.news[0].changes, ear.news[0].reload) == (1, (), True)
        assert feed.alive


def test_a_commit_of_ones_own_is_heard(store: Database) -> None:
    """With the number of the order and the fact, so that a screen may ignore it."""
    with listening(store) as (_, ear):
        seq = enter(store, "assigned", number=7)
        assert ear.hears(lambda: ear.seqs == [seq])
        change = ear.news[-1].changes[0]
        assert (change.number, change.fact, ear.news[-1].head) == (7, "assigned", seq)


def test_ten_listeners_hear_every_commit_of_other_processes(store: Database) -> None:
    """The common room: everybody writes, everybody looks."""
    with ExitStack() as room:
        ears = [room.enter_context(listening(store))[1] for _ in range(10)]
        url = store.url.render_as_string(hide_password=False)
        writers = [started("write", url, 40) for _ in range(3)]
        said = {int(line) for child in writers for line in ended(child)}
        assert len(said) == 120
        for ear in ears:
            assert ear.hears(lambda ear=ear: set(ear.seqs) >= said)  # type: ignore[misc]
            assert sorted(ear.seqs) == sorted(said), "and nothing twice"


def test_a_rolled_back_entry_is_never_told(store: Database) -> None:
    """News are facts."""
    with listening(store) as (_, ear):
        with pytest.raises(ZeroDivisionError), store.writing() as conn:
            _half(store, conn)
        enter(store, "true")
        assert ear.hears(lambda: len(ear.seqs) == 1)
        assert [change.fact for change in ear.news[-1].changes] == ["true"]


def test_what_was_missed_is_told_from_a_known_number(store: Database) -> None:
    """The console read its screen at number 2, then began to listen."""
    for fact in ("one", "two", "three", "four"):
        enter(store, fact)
    with listening(store, start_after=2) as (_, ear):
        assert ear.hears(lambda: ear.seqs == [3, 4])


class _Meanwhile:
    """A connection; after each statement somebody else commits, as long as he has something."""

    def __init__(self, inner: Any, commits: Iterator[object]) -> None:
        self._inner, self._commits = inner, commits

    def execute(self, *told: Any) -> Any:
        rows = self._inner.execute(*told).fetchall()
        next(self._commits, None)
        return SimpleNamespace(fetchall=lambda: rows, fetchone=lambda: rows[0])

    def close(self) -> None:
        self._inner.close()


@pytest.mark.parametrize("quiet", range(6))
def test_what_is_committed_while_it_is_read_is_told(tmp_path: Path, quiet: int) -> None:
    """Between any two statements of a look that found nothing: by it, or by the next one."""
    file = tmp_path / "desk.db"
    with opened(f"sqlite:///{file}") as store:
        make_journal(store)
        enter(store, "before")
        enters = (enter(store, f"fact {n}") for n in range(3))
        with _source(file) as source:
            source._db = _Meanwhile(source._db, chain(repeat(None, quiet), enters))
            news = [source.read() for _look in range(8)]
    assert [change.seq for one in news if one for change in one.changes] == [2, 3, 4]


@contextmanager
def _source(file: Path) -> Iterator[SqliteSource]:
    wake = Wake()
    source = SqliteSource(file, patience=1, start_after=1, when_replaced=lambda: None)
    source.open(wake)
    try:
        yield source
    finally:
        source.close(wake)
        wake.close()


def test_a_flood_is_told_as_one_full_look(store: Database) -> None:
    """An import of 100,000 orders must not become 100,000 changes in memory."""
    with listening(store) as (_, ear):
        with store.writing() as conn:
            rows = ", ".join(["(1, 'imported')"] * (CAP + 1))
            conn.exec_driver_sql("INSERT INTO journal (number, fact) VALUES " + rows)
            store.announce(conn)
        assert ear.hears(lambda: ear.reloads == 2)
        assert (ear.news[-1].head, ear.news[-1].changes) == (CAP + 1, ())
        seq = enter(store, "after the flood")
        assert ear.hears(lambda: ear.seqs == [seq])


def test_a_listener_that_fails_is_asked_to_look_again(store: Database) -> None:
    """A fault in a screen must not silence the others, nor be forgotten."""
    with listening(store) as (feed, ear):
        ear.deaf = True
        enter(store, "unheard")
        assert not ear.hears(lambda: len(ear.news) > 1, within_s=0.3)
        ear.deaf = False
        enter(store, "heard")
        assert ear.hears(lambda: ear.reloads == 2)
        assert feed.alive


def test_a_feed_ends_at_once(store: Database) -> None:
    """Closing the console must not wait for a poll or a beat: that would be so every time."""
    spent: list[float] = []
    for _ in range(3):
        with listening(store) as (feed, _ear):
            began = monotonic()
            feed.close()
            spent.append(monotonic() - began)
            assert not feed.alive
            feed.poke()  # harmless afterwards
    assert min(spent) < 0.4
    assert not any(thread.name == "feed" for thread in threading.enumerate())


def test_a_feed_may_be_closed_from_its_own_thread(store: Database) -> None:
    """A screen that leaves because of what it heard."""
    done = threading.Event()
    feeds: list[Feed] = []

    def leave(_news: object) -> None:
        if feeds:
            feeds[0].close()
            done.set()

    feeds.append(store.feed(leave))
    enter(store, "go")
    assert done.wait(30)


def test_a_store_without_tables_is_waited_for(store_url: str) -> None:
    """The feed may start before the migration is through."""
    ear = Ear()
    with opened(store_url) as database:
        feed = database.feed(ear)
        assert not ear.hears(lambda: bool(ear.news), within_s=0.3)
        assert feed.trouble is not None
        assert not feed.alive
        make_journal(database)
        assert ear.hears(lambda: ear.reloads == 1)
        assert feed.alive


def _half(store: Database, conn: Connection) -> None:
    conn.exec_driver_sql("INSERT INTO journal (fact) VALUES ('false')")
    store.announce(conn)
    raise ZeroDivisionError
