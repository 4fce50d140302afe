"""Opening, reading and writing a store, the same on both databases."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from store.domain.errors import BadInput, StoreBusy, StoreReadOnly, StoreUnreachable
from store.persistence import sqlite
from store.persistence.database import connect
from store.persistence.postgres import spelled
from store.records import open_records
from tests.store.journals import enter, facts, make_journal, opened

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.postgres import PgServer


def test_what_is_committed_can_be_read(store_url: str) -> None:
    """The plainest promise."""
    with opened(store_url) as database:
        make_journal(database)
        enter(database, "first")
        assert facts(database) == ["first"]


def _half(conn: Connection) -> None:
    conn.exec_driver_sql("INSERT INTO journal (number, fact) VALUES (1, 'half')")
    raise ZeroDivisionError


def test_what_is_raised_rolls_back(store_url: str) -> None:
    """A command that fails half way leaves nothing."""
    with opened(store_url) as database:
        make_journal(database)
        with pytest.raises(ZeroDivisionError), database.writing() as conn:
            _half(conn)
        assert facts(database) == []


def test_a_reader_cannot_write(store_url: str) -> None:
    """A query with a slip in it must not change the desk."""
    with opened(store_url) as database:
        make_journal(database)
        with pytest.raises(StoreReadOnly), database.reading() as conn:
            conn.exec_driver_sql("INSERT INTO journal (number, fact) VALUES (1, 'slip')")
        enter(database, "the writer still can")
        assert facts(database) == ["the writer still can"]


def test_a_glance_reads_and_cannot_write(store_url: str) -> None:
    """Neither at first, nor when it comes so soon that it needs no transaction."""
    with opened(store_url) as database:
        make_journal(database)
        for turn in range(3):
            enter(database, "seen")
            with database.glancing() as conn:
                assert conn.exec_driver_sql("SELECT count(*) FROM journal").scalar() == turn + 1
            with pytest.raises(StoreReadOnly), database.glancing() as conn:
                conn.exec_driver_sql("INSERT INTO journal (number, fact) VALUES (1, 'slip')")


def test_a_reader_sees_one_moment(store_url: str) -> None:
    """Else a queue's count would not equal its rows."""
    with opened(store_url) as database:
        make_journal(database)
        count = "SELECT count(*) FROM journal"
        with database.reading() as conn:
            before = conn.exec_driver_sql(count).scalar()
            enter(database, "meanwhile")
            assert conn.exec_driver_sql(count).scalar() == before == 0
        assert facts(database) == ["meanwhile"]


def test_threads_lose_no_update(store_url: str) -> None:
    """A console's workers share one store."""
    with opened(store_url) as database:
        with database.writing() as conn:
            conn.exec_driver_sql("CREATE TABLE tally (n INTEGER)")
            conn.exec_driver_sql("INSERT INTO tally VALUES (0)")

        def add() -> None:
            for _ in range(20):
                with database.writing() as conn:
                    conn.exec_driver_sql("UPDATE tally SET n = n + 1")

        threads = [threading.Thread(target=add) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with database.reading() as conn:
            assert conn.exec_driver_sql("SELECT n FROM tally").scalar() == 120


def test_a_store_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    """A mistyped name must not become a new empty desk."""
    with pytest.raises(StoreUnreachable, match=r"there is no store at .*gone\.db"):
        connect(f"sqlite:///{tmp_path}/gone.db", create=False)
    assert not (tmp_path / "gone.db").exists()


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    """Customers' names and numbers are in it."""
    with opened(f"sqlite:///{tmp_path}/desk/paidan.db") as database:
        make_journal(database)
        assert (tmp_path / "desk").stat().st_mode & 0o777 == 0o700
        made = {file.name: file.stat().st_mode & 0o777 for file in (tmp_path / "desk").iterdir()}
        assert set(made.values()) == {0o600}, made


def test_a_path_alone_names_an_sqlite_file(tmp_path: Path) -> None:
    """`--db desk.db` is what people type."""
    with opened(str(tmp_path / "desk.db")) as database:
        assert database.kind == "sqlite"


@pytest.mark.parametrize(
    "url",
    ["sqlite://", "sqlite:///:memory:", "mysql://host/x", "://", "sqlite:////tmp/x.db?mode=ro"],
)
def test_what_cannot_be_a_store_is_refused(url: str) -> None:
    """A store in memory would be lost; other databases are not known, nor what we do not heed."""
    with pytest.raises(BadInput):
        connect(url)


def test_the_password_is_not_shown() -> None:
    """The status line and the log name the store."""
    with opened("postgresql://ana:secret@db.example/desk") as database:
        assert "secret" not in str(database)
        assert "db.example" in str(database)


@pytest.mark.parametrize(
    ("given", "hosts"),
    [
        ("postgresql://a:1,b:2/desk", "postgresql+psycopg:///desk?host=a:1&host=b:2"),
        ("postgres://u:p@a,b/d?x=y", "postgresql+psycopg://u:p@/d?x=y&host=a&host=b"),
        ("postgresql://a/desk", "postgresql+psycopg://a/desk"),
    ],
)
def test_several_hosts_may_be_named(given: str, hosts: str) -> None:
    """libpq's own spelling is what the manuals of a pair of servers show."""
    assert spelled(given) == hosts


def test_of_several_hosts_the_living_one_is_used(postgres_url: str) -> None:
    """Port 1 answers nobody."""
    living = postgres_url.split("@")[1]
    with opened(f"postgresql://paidan@127.0.0.1:1,{living}") as database:
        make_journal(database)
        assert facts(database) == []


def test_a_commit_is_announced_once(postgres_url: str) -> None:
    """Announcing takes a lock of the whole server: one a transaction, and empty."""
    plain = postgres_url.replace("+psycopg", "")
    with opened(postgres_url) as database, psycopg.connect(plain, autocommit=True) as listener:
        listener.execute("LISTEN paidan")
        with database.writing() as conn:
            database.announce(conn)
            database.announce(conn)
        heard = list(listener.notifies(timeout=30, stop_after=1))
        heard += list(listener.notifies(timeout=0.1))
        assert [notice.payload for notice in heard] == [""]


def test_a_demoted_server_is_left(postgres_url: str) -> None:
    """Else the pool stays on a server that answers, and refuses every write, for days."""
    with opened(postgres_url) as database:
        make_journal(database)
        with database.writing() as conn:
            conn.exec_driver_sql("SET SESSION default_transaction_read_only = on")
        with pytest.raises(StoreReadOnly):
            enter(database, "refused")
        enter(database, "on a new connection")
        assert facts(database) == ["on a new connection"]


def test_a_cut_connection_is_replaced(postgres_url: str) -> None:
    """Firewalls and restarts cut idle connections; the operator need not know."""
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    with opened(postgres_url) as database, opened(postgres_url) as other:
        make_journal(database)
        assert facts(database) == []
        with other.writing() as conn:
            conn.exec_driver_sql(cut + " AND datname = current_database()").all()
        enter(database, "after")
        assert facts(database) == ["after"]


def test_a_stopped_server_is_said_and_used_again(durable_pg: PgServer) -> None:
    """The console stays up and goes on when the server is back."""
    with opened(durable_pg.url()) as database:
        make_journal(database)
        durable_pg.stop()
        with pytest.raises(StoreUnreachable, match="refused"):
            facts(database)
        durable_pg.start()
        enter(database, "back")
        assert facts(database) == ["back"]


def test_a_name_the_server_does_not_know_is_said(pg_server: PgServer) -> None:
    """In the server's words, which say what to mend."""
    url = pg_server.url("postgres").replace("paidan@", "stranger@")
    with opened(url) as database, pytest.raises(StoreUnreachable, match="stranger"):
        facts(database)


def test_a_query_that_takes_too_long_is_ended(postgres_url: str) -> None:
    """A screen must not hold a server for minutes; the writer may take its time."""
    with closing(connect(postgres_url, read_limit=0.1)) as database:
        with pytest.raises(StoreBusy), database.reading() as conn:
            conn.exec_driver_sql("SELECT pg_sleep(5)")
        with database.writing() as conn:
            conn.exec_driver_sql("SELECT pg_sleep(0.2)")


def test_network_disks_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's locks do not hold there. (No such disk can be mounted here: its name is planted.)"""
    assert sqlite.disk_kind(Path("/proc")) == "proc"
    monkeypatch.setattr(sqlite, "disk_kind", lambda _folder: "nfs4")
    with pytest.raises(StoreUnreachable, match="nfs4"):
        connect(f"sqlite:///{tmp_path}/desk.db")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("version", "old"),
    [
        ((3, 40, 1), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
    ],
)
def test_faulty_sqlite_libraries_are_known(version: tuple[int, ...], old: bool) -> None:
    """The WAL-reset fault was mended in four lines of versions."""
    assert sqlite.is_old(version) is old


def test_an_old_sqlite_still_checkpoints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With automatic checkpoints off, the lane's holder must do them, or the log only grows."""
    monkeypatch.setattr(sqlite, "is_old", lambda _version: True)
    log = tmp_path / "desk.db-wal"
    with opened(f"sqlite:///{tmp_path}/desk.db") as database:
        assert database.old_sqlite
        make_journal(database)
        for _ in range(60):
            enter(database, "x" * 200_000)
        assert log.stat().st_size < 8_000_000


def test_a_store_can_be_named_before_sqlalchemy_is_loaded() -> None:
    """The first frame is painted before the store's libraries come in."""
    look = "import sys, store.persistence.database as d; assert 'sqlalchemy' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", look]).returncode == 0


def test_a_database_that_takes_no_writes_says_so_unasked(postgres_url: str) -> None:
    """Nothing need fail before the header can tell that nothing would be stored."""
    with closing(open_records(postgres_url, feed=False)) as records:
        database = records.database
        assert database.may_write()
        with database.writing() as conn:
            name = conn.exec_driver_sql("SELECT current_database()").scalar_one()
            conn.exec_driver_sql(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        database.dispose()
        assert not database.may_write()


def test_a_file_that_is_gone_is_no_store(sqlite_url: str) -> None:
    """Its connections would read on for hours."""
    with closing(open_records(sqlite_url, feed=False)) as records:
        assert records.database.may_write()
        for file in sqlite.path_of(records.database.url).parent.glob("*"):
            file.unlink()
        with pytest.raises(StoreUnreachable):
            records.database.may_write()
