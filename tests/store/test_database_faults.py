"""Full disks, read-only files, kills and rubbish: said in our words, and survived."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import psycopg.errors
import pytest

from store.domain import errors
from store.persistence import trying
from store.persistence.database import connect
from store.persistence.trouble import is_transient, told
from tests.store.children import answer, ended, started
from tests.store.journals import enter, facts, make_journal, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from store.persistence.database import Database

ROUNDS, AT_ONCE = 50, 2


def test_killed_writers_lose_nothing_acknowledged(store_url: str) -> None:
    """kill -9 a hundred times in the middle of commits; what was said to be stored is."""
    said: list[int] = []
    with opened(store_url) as database:
        make_journal(database)
        brood = started("brood", store_url)
        dead: set[int] = set()
        for round_ in range(ROUNDS):
            said += _bear_and_kill(brood, dead, acknowledged=1 + round_ % 9)
            enter(database, "and we go on")
        said += [int(line.split()[1]) for line in ended(brood)]
        with database.reading() as conn:
            kept = set(conn.exec_driver_sql("SELECT seq FROM journal").scalars())
            if database.kind == "sqlite":
                assert conn.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert set(said) <= kept
    assert len(said) == len(set(said)) >= ROUNDS * AT_ONCE


def _bear_and_kill(brood: subprocess.Popen[str], dead: set[int], *, acknowledged: int) -> list[int]:
    """Let writers work until each has committed so often, then kill each where he stands."""
    assert brood.stdin is not None
    brood.stdin.write("bear\n" * AT_ONCE)
    said: list[int] = []
    counts: Counter[int] = Counter()
    before = len(dead)
    while len(dead) < before + AT_ONCE:
        writer, seq = map(int, answer(brood).split())
        said.append(seq)
        counts[writer] += 1
        if counts[writer] >= acknowledged and writer not in dead:  # whose last words come late
            os.kill(writer, signal.SIGKILL)
            dead.add(writer)
    return said


def test_a_full_disk_is_said_and_work_resumes(tmp_path: Path) -> None:
    """On a real disk of one megabyte, mounted where only the child sees it."""
    mount = f"mount -t tmpfs -o size=1m none {tmp_path}"
    if not _may_mount(mount):
        pytest.skip("this system lets nobody mount a small disk")
    child = _in_a_namespace(
        f"{mount} && exec {sys.executable} -m tests.store.children fill {tmp_path}"
    )
    assert child.stdout.split("\n")[:-1] == ["StoreFull", "1 ok"], child.stderr


def _overfill(conn: Connection) -> None:
    conn.exec_driver_sql("PRAGMA max_page_count = 20")
    conn.exec_driver_sql("INSERT INTO journal (fact) VALUES (hex(zeroblob(200000)))")


def test_a_full_file_is_said_and_work_resumes(sqlite_url: str) -> None:
    """The same through SQLite's own limit, where no disk can be mounted."""
    with opened(sqlite_url) as database:
        make_journal(database)
        with pytest.raises(errors.StoreFull), database.writing() as conn:
            _overfill(conn)
        with database.writing() as conn:
            conn.exec_driver_sql("PRAGMA max_page_count = 1000000")
        enter(database, "room again")
        assert facts(database) == ["room again"]


@pytest.fixture
def shown() -> Iterator[Path]:
    """A folder that everybody may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_read_only_file_can_be_read(shown: Path, sqlite_url: str) -> None:
    """A desk on show, or one whose disk was remounted after a fault."""
    url = f"sqlite:///{shown}/desk.db"
    with opened(url) as database:
        make_journal(database)
        enter(database, "shown")
        for file in shown.iterdir():
            file.chmod(0o444)
        said = ended(started("try", url, sqlite_url))
    assert said[0] == "read ok"
    assert said[1].startswith("write StoreReadOnly the store is read-only; nothing was changed")


def test_a_file_made_writable_under_a_reader_is_written_again(shown: Path, sqlite_url: str) -> None:
    """SQLite asks once a process, and remembers as long as one connection is open somewhere."""
    url = f"sqlite:///{shown}/desk.db"
    shown.chmod(0o777)
    with opened(url) as database:
        make_journal(database)
        enter(database, "shown")
        _allow(shown, 0o444)
    child = started("thaw", url, sqlite_url)
    assert answer(child) == "reading"
    _allow(shown, 0o666)
    assert ended(child) == ["written"]


def _allow(folder: Path, mode: int) -> None:
    for file in folder.iterdir():
        file.chmod(mode)


def test_a_read_only_folder_is_said(shown: Path, sqlite_url: str) -> None:
    """Then not even the queue of writers can be entered."""
    url = f"sqlite:///{shown}/desk.db"
    with opened(url) as database:
        make_journal(database)
        (shown / "desk.db-lane").unlink()
        for file in shown.iterdir():
            file.chmod(0o666)
        shown.chmod(0o555)
        said = ended(started("try", url, sqlite_url))
        shown.chmod(0o755)
    assert said[0] == "read ok"
    assert said[1].startswith("write StoreReadOnly")


def test_a_file_of_something_else_is_said(tmp_path: Path) -> None:
    """`--db notes.txt` must not end in a traceback, nor in a changed file."""
    (tmp_path / "notes.txt").write_text("call the lift company " * 100)
    with pytest.raises(errors.StoreTrouble, match="not a database"):
        connect(f"sqlite:///{tmp_path}/notes.txt")
    assert (tmp_path / "notes.txt").read_text() == "call the lift company " * 100


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    """Half a page overwritten by somebody's copy tool."""
    path = tmp_path / "desk.db"
    with opened(f"sqlite:///{path}") as database:
        make_journal(database)
        for _ in range(50):
            enter(database, "x" * 2000)
    half = path.read_bytes()
    path.write_bytes(half[:8192] + b"\xff" * (len(half) - 8192))
    with (
        opened(f"sqlite:///{path}") as database,
        pytest.raises(errors.StoreTrouble, match="is damaged"),
    ):
        facts(database)


@pytest.mark.parametrize(
    ("state", "trouble", "passing"),
    [
        ("08006", errors.StoreUnreachable, True),
        ("57P01", errors.StoreUnreachable, True),
        ("53300", errors.StoreUnreachable, True),
        ("28P01", errors.StoreUnreachable, False),
        ("3D000", errors.StoreUnreachable, False),
        ("53100", errors.StoreFull, False),
        ("25006", errors.StoreReadOnly, True),
        ("25P03", errors.StoreUnreachable, True),
        ("42501", errors.StoreReadOnly, False),
        ("40001", errors.StoreBusy, True),
        ("40P01", errors.StoreBusy, True),
        ("55P03", errors.StoreBusy, True),
        ("57014", errors.StoreBusy, True),
        ("XX001", errors.StoreTrouble, False),
        ("23505", errors.StoreRaced, True),
        ("23503", None, False),
        ("42601", None, False),
    ],
)
def test_what_the_server_says_has_one_meaning(
    state: str, trouble: type[errors.StoreTrouble] | None, passing: bool
) -> None:
    """Those that no test can bring about here are told apart by their codes."""
    error: Any = psycopg.errors.lookup(state)("in the server's words")
    assert type(told(error)) is (trouble or type(None))
    assert is_transient(error) is passing


def test_a_write_that_the_server_gave_up_is_tried_again(postgres_url: str) -> None:
    """It came on too slowly over a bad line: nothing of it was kept, and all of it is done anew."""
    with opened(postgres_url) as database:
        make_journal(database)
        tries: list[int] = []

        def step() -> None:
            with database.writing() as conn:
                conn.exec_driver_sql("INSERT INTO journal (fact) VALUES ('once')")
                tries.append(conn.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())
                if len(tries) == 1:
                    limit = "SET LOCAL idle_in_transaction_session_timeout = '10ms'"
                    conn.exec_driver_sql(limit)
                    _await_end(database, tries[0])
                conn.exec_driver_sql("SELECT 1")

        trying.again(step, patience=5)
        assert len(tries) == 2
        assert facts(database) == ["once"]


def _await_end(database: Database, backend: int) -> None:
    """Until a server's process is gone; each question of it waits for an answer."""
    alive = f"SELECT count(*) FROM pg_stat_activity WHERE pid = {backend}"
    until = monotonic() + 30
    while monotonic() < until:
        with database.glancing() as conn:
            if not conn.exec_driver_sql(alive).scalar_one():
                return
    raise AssertionError("it is still there")


def _in_a_namespace(script: str) -> subprocess.CompletedProcess[str]:
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", script]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def _may_mount(mount: str) -> bool:
    return shutil.which("unshare") is not None and _in_a_namespace(mount).returncode == 0


def test_a_server_that_says_nothing_is_unreachable() -> None:
    """A host that is off, or a firewall that swallows: tried twice, since a pair may help itself.

    Each try takes seconds, and whoever asks is told rather than kept waiting.
    """
    dialled: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        listener = threading.Thread(target=lambda: dialled.extend(_taken(mute)))
        listener.start()
        address = f"postgresql://paidan@127.0.0.1:{port}/desk?connect_timeout=2&sslmode=disable"
        with opened(address) as database:
            for step in (partial(facts, database), partial(enter, database, "x")):
                with pytest.raises(errors.StoreUnreachable, match="timeout"):
                    trying.again(step, patience=1)
        mute.shutdown(socket.SHUT_RDWR)
        listener.join()
    assert len(dialled) == 2 * trying.AT_LEAST
    for line in dialled:
        line.close()


def _taken(mute: socket.socket) -> Iterator[socket.socket]:
    with contextlib.suppress(OSError):
        while True:
            yield mute.accept()[0]
