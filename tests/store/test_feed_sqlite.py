"""The feed on SQLite: the lane's bell, the counter, and the file behind the name."""

from __future__ import annotations

import contextlib
import select
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from store.persistence import feed_watch, sqlite
from store.persistence.backup import backup
from store.persistence.feed_watch import Watch
from tests.store.journals import Ear, enter, make_journal, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.persistence.database import Database


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Database]:
    """An open file with a journal."""
    with opened(sqlite_url) as database:
        make_journal(database)
        yield database


def _path(store: Database) -> Path:
    return sqlite.path_of(store.url)


def _enter_as_a_stranger(path: Path, fact: str) -> None:
    """Another program, which neither queues in our lane nor rings our bell."""
    with contextlib.closing(sqlite.dial(path, patience=5, query_only=False)) as db:
        db.execute("INSERT INTO journal (fact) VALUES (?)", (fact,))


def _listening(store: Database) -> Ear:
    ear = Ear()
    store.feed(ear)
    assert ear.hears(lambda: ear.reloads == 1)
    return ear


def test_a_strangers_commit_is_found_by_the_counter(store: Database) -> None:
    """An administrator with the sqlite3 shell."""
    ear = _listening(store)
    for _ in range(3):
        _enter_as_a_stranger(_path(store), "mended by hand")
    assert ear.hears(lambda: len(ear.seqs) == 3)


def test_without_a_watch_the_counter_is_enough(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """macOS, and Linux when the system's watches are used up."""

    def used_up(*_: object) -> int:
        raise OSError

    monkeypatch.setattr(feed_watch, "_call", used_up)
    ear = _listening(store)
    _enter_as_a_stranger(_path(store), "seen all the same")
    assert ear.hears(lambda: len(ear.seqs) == 1)


def test_checkpoints_and_a_new_log_lose_nothing(store: Database) -> None:
    """The log file is truncated, begun anew and removed under a listener's feet."""
    ear = _listening(store)
    for turn in range(5):
        enter(store, "x" * 5000)
        with contextlib.closing(sqlite.dial(_path(store), patience=5, query_only=False)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        enter(store, "y")
        assert ear.hears(lambda turn=turn: len(ear.seqs) == 2 * turn + 2)  # type: ignore[misc]
    assert ear.seqs == list(range(1, 11))


def test_a_deleted_lane_is_watched_again(store: Database) -> None:
    """Somebody tidies the folder; the bell hangs on the new file within a second."""
    ear = _listening(store)
    sqlite.lane_of(_path(store)).unlink()
    for number in range(1, 4):
        enter(store, "still here")
        assert ear.hears(lambda number=number: len(ear.seqs) == number)  # type: ignore[misc]


def test_a_restored_file_is_noticed(store: Database, tmp_path: Path) -> None:
    """The backup was put in place while consoles are open: they look at everything again."""
    enter(store, "kept")
    copy = backup(store, tmp_path / "copy")
    enter(store, "lost by the restore")
    ear = _listening(store)
    for tail in ("-wal", "-shm"):
        _path(store).with_name(_path(store).name + tail).unlink(missing_ok=True)
    copy.replace(_path(store))
    assert ear.hears(lambda: ear.reloads == 2)
    assert ear.news[-1].head == 1
    seq = enter(store, "and on we go")
    assert ear.hears(lambda: ear.seqs == [seq])


def test_a_file_taken_away_is_trouble_until_it_is_back(store: Database, tmp_path: Path) -> None:
    """The status line says what is wrong and since when."""
    ear = Ear()
    feed = store.feed(ear)
    assert ear.hears(lambda: ear.reloads == 1)
    away = _path(store).rename(tmp_path / "away")
    assert not ear.hears(lambda: False, within_s=1.5)
    assert feed.trouble is not None
    assert not feed.alive
    away.rename(_path(store))
    assert ear.hears(lambda: ear.reloads == 2)
    assert ear.hears(lambda: feed.alive)


def test_the_bell_rings_once_a_turn_and_not_for_looking(tmp_path: Path) -> None:
    """A watch that rang for reads would have every console wake every other, for ever."""
    lane = tmp_path / "lane"
    watch, other = Watch(lane), Watch(lane)
    try:
        if watch.bell is None:
            pytest.skip("this system has no watches")
        watch.drain()
        other.renew()
        assert not _rings(watch)
        child = "import sys; open(sys.argv[1], 'r+').close()"
        subprocess.run([sys.executable, "-c", child, str(lane)], check=True)
        assert _rings(watch)
        watch.drain()
        assert not _rings(watch)
    finally:
        watch.close()
        other.close()


def _rings(watch: Watch) -> bool:
    assert watch.bell is not None
    return bool(select.select([watch.bell], [], [], 0)[0])
