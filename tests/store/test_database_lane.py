"""Writers queue fairly, and a stuck one is reported instead of waited for."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from store.clock import monotonic
from store.domain.errors import StoreBusy
from store.persistence import sqlite
from store.persistence.sqlite_lane import Lane
from store.persistence.trouble import is_transient
from store.records import Records
from tests.store.children import answer, ended, started
from tests.store.journals import enter, facts, make_journal, opened

if TYPE_CHECKING:
    from pathlib import Path

    from store.persistence.database import Database


def test_no_writer_starves(sqlite_url: str) -> None:
    """SQLite's own waiting let one of ten wait five seconds while others wrote thousands.

    How long one waits is measured by `tests/bench/lane.py`.
    """
    with opened(sqlite_url) as database:
        make_journal(database)
        rushers = [started("rush", sqlite_url, 1.5) for _ in range(4)]
        assert [answer(child) for child in rushers] == ["ready"] * 4
        for child in rushers:
            assert child.stdin is not None
            child.stdin.write("go\n")
        counts = [int(ended(child)[-1].split()[0]) for child in rushers]
        assert min(counts) * 5 > max(counts)
        assert len(facts(database)) == sum(counts) + 4


@pytest.mark.parametrize("how", ["hold", "squat"])
def test_a_held_store_is_busy_and_then_free(sqlite_url: str, how: str) -> None:
    """Held by one of ours in the lane, or by a foreign program that knows no lane."""
    with opened(sqlite_url, patience=0.3) as database:
        make_journal(database)
        child = started(how, sqlite_url)
        assert answer(child) == "held"
        with pytest.raises(StoreBusy) as busy:
            enter(database, "too early")
        assert is_transient(busy.value)
        assert facts(database) == [], "reading goes on"
        with pytest.raises(StoreBusy):
            enter(database, "still too early")
        ended(child)
        enter(database, "free")
        assert facts(database) == ["free"]


def test_a_row_held_on_postgres_is_busy(postgres_url: str) -> None:
    """The same word for the operator on both databases."""
    with opened(postgres_url, patience=0.3) as database, opened(postgres_url) as other:
        make_journal(database)
        with other.writing() as conn:
            conn.exec_driver_sql("LOCK TABLE journal")
            with pytest.raises(StoreBusy) as busy:
                enter(database, "too early")
        assert is_transient(busy.value)
        enter(database, "free")


def test_a_writer_who_gave_up_does_not_block_the_lane(tmp_path: Path) -> None:
    """His place in the kernel's queue is kept by a thread, which must let the lane go by."""
    mine, theirs = Lane(tmp_path / "lane"), Lane(tmp_path / "lane")
    with theirs.held(1):
        for _ in range(3):
            with pytest.raises(StoreBusy), mine.held(0.05):
                pass
        assert _waiting() == 1, "however often he asks, he stands there once"
    with theirs.held(2), pytest.raises(StoreBusy), mine.held(0.01):
        pass
    with mine.held(2):
        pass


def test_a_place_in_the_lane_is_kept_for_the_next_try(tmp_path: Path) -> None:
    """A retry goes on from the old place instead of the end of the queue."""
    mine, theirs = Lane(tmp_path / "lane"), Lane(tmp_path / "lane")
    got_it = threading.Event()

    def again() -> None:
        with mine.held(5):
            got_it.set()

    with theirs.held(1):
        with pytest.raises(StoreBusy), mine.held(0.05):
            pass
        thread = threading.Thread(target=again)
        thread.start()
        assert not got_it.wait(0.1)
    assert got_it.wait(30)
    thread.join()


def test_a_deleted_lane_is_noticed(tmp_path: Path) -> None:
    """Two writers on two files of one name would both think they are first."""
    path = tmp_path / "lane"
    first, second = Lane(path), Lane(path)
    with first.held(1):
        path.unlink()
        with second.held(1):
            assert path.exists()
    with first.held(1), pytest.raises(StoreBusy), second.held(0.05):
        pass


def test_a_lock_waited_for_in_full_is_not_waited_for_again(sqlite_url: str) -> None:
    """Who asked is told, and may ask again; trouble that passes at once is tried again."""
    with opened(sqlite_url, patience=0.5) as database:
        make_journal(database)
        records, tries = Records(database), list[int]()

        def step() -> int:
            tries.append(1)
            return enter(database, "mine")

        child = started("squat", sqlite_url)
        assert answer(child) == "held"
        with pytest.raises(StoreBusy):
            records.again(step)
        assert len(tries) == 1
        ended(child)
        assert records.again(step) > 0

        def busy_twice() -> str:
            tries.append(0)
            if len(tries) < 5:
                raise StoreBusy
            return "done"

        assert records.again(busy_twice) == "done"


def test_waiting_in_the_lane_and_at_the_file_is_one_wait(sqlite_url: str) -> None:
    """Else a lock of a foreign program would cost the second writer twice the patience."""
    patience = 2.0
    with opened(sqlite_url, patience=patience) as database, opened(sqlite_url) as other:
        make_journal(database)
        child = started("squat", sqlite_url)
        assert answer(child) == "held"
        lane = Lane(sqlite.lane_of(sqlite.path_of(other.url)))
        let_go = threading.Timer(patience * 0.9, lambda: None)
        with lane.held(1):
            waits = threading.Thread(target=_refused, args=(database, spent := list[float]()))
            waits.start()
            let_go.start()
            let_go.join()
        waits.join()
        ended(child)
        assert patience * 0.9 < spent[0] < patience * 1.8
        enter(database, "free")
        assert facts(database) == ["free"], "and the next waits with all his patience"


def _refused(database: Database, spent: list[float]) -> None:
    began = monotonic()
    with pytest.raises(StoreBusy):
        enter(database, "too early")
    spent.append(monotonic() - began)


def _waiting() -> int:
    return sum(thread.name == "writer lane" for thread in threading.enumerate())
