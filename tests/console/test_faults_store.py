"""The store is taken away under a running console, and given back."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from store import clock
from store.commands.follow_ups import PromiseFollowUp
from store.persistence.database import PATIENCE
from store.persistence.sqlite import library
from store.queries.card import OrderCard, Trace
from store.records import open_records
from tests.console.faulty_desk import ANA, FAULT, console, faults, furnish, note
from tests.console.pty_desk import ROOT
from tests.postgres import PgServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.records import Records
    from tests.console.pty_desk import Desk

TWICE_S = 2 * PATIENCE
"""A lock that lasts is waited for once, which takes less."""
_CUT = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
AWAY_S = 40.0
"""How long a console may take to notice or to recover on a busy machine."""


def _has_note(records: Records, number: int) -> bool:
    return _notes(records, number) == [f"words {number}"]


def _notes(records: Records, number: int = 1) -> list[str]:
    trace = records.ask(Trace(number=number), who=ANA, at=clock.now())
    return [entry.words["note"] for entry in trace if entry.fact == "noted"]


def _cut_all(records: Records) -> None:
    """Every connection to this database but the one that says so."""
    with records.database.reading() as conn:
        assert conn.exec_driver_sql(_CUT).scalar_one() > 0


def _is_up(desk: Desk) -> None:
    assert FAULT not in desk.text()
    assert b"Traceback" not in desk.raw
    assert desk.process.poll() is None


def test_a_database_that_goes_and_comes_again(durable_pg: PgServer, tmp_path: Path) -> None:
    """The board stays readable, the typed text is kept, what fell due meanwhile rings once."""
    url = durable_pg.url(durable_pg.create())
    with closing(furnish(url)) as records, console(url, tmp_path) as desk:
        desk.sees("Lift stuck", timeout=30)
        soon = clock.now() + timedelta(seconds=1)
        records.do(PromiseFollowUp(number=1, due_at=soon, note="call"), who=ANA, at=clock.now())
        durable_pg.stop()
        desk.sees("unreachable", timeout=AWAY_S)
        assert "Pump leaks" in desk.text()
        note(desk, "kept words")
        desk.sees("this waits and is sent", timeout=AWAY_S)
        _is_up(desk)
        durable_pg.start()
        desk.sees("PostgreSQL ok", timeout=AWAY_S)
        desk.sees("what waited was sent", timeout=AWAY_S)
        desk.sees("follow-up due", timeout=AWAY_S)
        _is_up(desk)
        assert _notes(records) == ["kept words"]
        card = records.ask(OrderCard(number=1), who=ANA, at=clock.now())
        assert card.alarm is not None
        assert card.alarm.rings == 1
        assert faults(records) == []


SOON_S = 15.0
"""How long an idle console may take to say that its store is away: two or three, and slack."""


def test_an_idle_console_notices_by_itself(durable_pg: PgServer, tmp_path: Path) -> None:
    """Nobody presses a key, and no minute begins in time: the header must not go on saying ok."""
    url = durable_pg.url(durable_pg.create())
    with closing(furnish(url)), console(url, tmp_path) as desk:
        desk.sees("timers ok", timeout=30)
        desk.settle(1.0)
        durable_pg.stop()
        desk.sees("PostgreSQL unreachable", timeout=SOON_S)
        durable_pg.start()
        desk.sees("PostgreSQL ok", timeout=AWAY_S)
        desk.settle(1.0)
        with durable_pg.frozen():
            desk.sees("PostgreSQL unreachable", timeout=SOON_S)
        desk.sees("PostgreSQL ok", timeout=AWAY_S)
        _is_up(desk)


def test_a_server_that_lets_nobody_in(tmp_path: Path) -> None:
    """Who is at work goes on, and who comes waits until somebody leaves; each is told why."""
    server = PgServer(connections=10)
    try:
        server.start()
        plain = server.url().replace("+psycopg", "")
        with closing(furnish(server.url())) as records, contextlib.ExitStack() as crowd:
            with contextlib.suppress(psycopg.OperationalError):
                while True:
                    crowd.enter_context(closing(psycopg.connect(plain)))
            with console(server.url(), tmp_path) as desk:
                desk.sees("unreachable", timeout=AWAY_S)
                ran = _run("list", "--db", server.url())
                assert ran.returncode == 3
                assert ran.stderr.strip().endswith("(max_connections) are taken")
                crowd.close()
                desk.sees("Lift stuck", timeout=AWAY_S)
                note(desk, "kept words")
                desk.until(lambda: _notes(records) == ["kept words"], AWAY_S)
                _is_up(desk)
    finally:
        server.remove()


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "console.cli", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_connections_cut_again_and_again(postgres_url: str, tmp_path: Path) -> None:
    """A firewall that forgets, a proxy that restarts: nobody notices, and nothing is done twice."""
    with (
        closing(furnish(postgres_url)) as records,
        closing(open_records(postgres_url, feed=False)) as other,
        console(postgres_url, tmp_path) as desk,
    ):
        desk.sees("Lift stuck", timeout=30)
        desk.sees("timers ok")
        for number in (1, 2, 3):
            _cut_all(other)
            note(desk, f"words {number}")
            # said as done, or as what waited and was sent: it is the store that must have it
            desk.until(partial(_has_note, records, number), AWAY_S)
            desk.press("j")
        soon = clock.now() + timedelta(seconds=1)
        promise = PromiseFollowUp(number=1, due_at=soon, note="call")
        records.do(promise, who=ANA, at=clock.now())
        _cut_all(other)
        desk.sees("#1 follow-up due", timeout=AWAY_S)
        desk.sees("PostgreSQL ok", timeout=AWAY_S)
        _is_up(desk)
        assert [_notes(records, n) for n in (1, 2, 3)] == [[f"words {n}"] for n in (1, 2, 3)]
        assert faults(records) == []


def test_a_lock_held_by_a_foreign_program(sqlite_url: str, tmp_path: Path) -> None:
    """The operator is told that he waits, reads on, and where it lasts his words wait for it."""
    db = library().connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    with (
        closing(furnish(sqlite_url)) as records,
        closing(db),
        console(sqlite_url, tmp_path) as desk,
    ):
        desk.sees("Lift stuck", timeout=30)
        db.execute("BEGIN IMMEDIATE")
        note(desk, "kept words")
        began = clock.monotonic()
        desk.sees("asking the store", timeout=AWAY_S)
        desk.press("j")
        desk.until(lambda: any("> A assigned" in line for line in desk.screen.display))
        desk.sees("still waiting for the store", timeout=AWAY_S)
        desk.sees("the store is busy; this waits and is sent when it is free", timeout=AWAY_S)
        assert clock.monotonic() - began < TWICE_S
        desk.sees("1 waits")
        assert _notes(records) == []
        _is_up(desk)
        db.execute("ROLLBACK")
        desk.sees("what waited was sent", timeout=AWAY_S)
        _is_up(desk)
        assert _notes(records) == ["kept words"]
        assert faults(records) == []


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that somebody else may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)
        Path(name).chmod(0o777)


def _as_nobody() -> Sequence[str]:
    """The words before a command that is to run without rights, if it can read this checkout."""
    setpriv = shutil.which("setpriv")
    if os.getuid() != 0 or setpriv is None:
        pytest.skip("only root can start the console as somebody without rights")
    plain = [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"]
    reading = ["--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"]
    for more in ([], reading):  # a checkout below /root is closed to others
        try_it = [*plain, *more, "--", sys.executable, "-c", "import console.cli"]
        if subprocess.run(try_it, cwd=ROOT, capture_output=True).returncode == 0:
            return [*plain, *more, "--"]
    return pytest.skip("nobody but its owner can read this checkout")


def test_a_store_that_becomes_read_only(open_folder: Path) -> None:
    """A disk remounted after a fault: the board is readable, and work goes on when it is mended."""
    as_nobody = _as_nobody()
    url = f"sqlite:///{open_folder}/desk.db"
    furnish(url).close()
    _allow(open_folder, 0o444)
    with console(url, open_folder, before=as_nobody) as desk:
        desk.sees("Lift stuck", timeout=30)
        desk.sees("SQLite read-only", timeout=AWAY_S)
        assert "timers ok" not in desk.text()
        note(desk, "kept words")
        desk.sees("the store is read-only", timeout=AWAY_S)
        desk.sees("kept words")
        _is_up(desk)
        _allow(open_folder, 0o666)
        for _ in range(int(AWAY_S / 2)):
            desk.press("\r")
            with contextlib.suppress(AssertionError):
                desk.sees("noted on order 1", timeout=2)
                break
        desk.sees("SQLite ok")
        _is_up(desk)
    with closing(open_records(url, feed=False)) as records:
        assert _notes(records) == ["kept words"]


def _allow(folder: Path, mode: int) -> None:
    for file in folder.glob("desk.db*"):
        file.chmod(mode)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of six megabytes: an empty desk and what is being written take two."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=6m", "none", str(place)]
    if os.getuid() != 0 or subprocess.run(mounted, capture_output=True).returncode != 0:
        pytest.skip("this system lets us mount no small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    """The command is refused and its text kept; there is room, and it is done."""
    url = f"sqlite:///{small_disk}/desk.db"
    with closing(furnish(url)) as records, console(url, tmp_path) as desk:
        desk.sees("Lift stuck", timeout=30)
        ballast = small_disk / "ballast"
        with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
        note(desk, "kept words")
        desk.sees("disk of the store is full", timeout=AWAY_S)
        desk.sees("kept words")
        assert "Pump leaks" in desk.text()
        _is_up(desk)
        ballast.unlink()
        desk.press("\r")
        desk.sees("noted on order 1", timeout=AWAY_S)
        _is_up(desk)
        assert _notes(records) == ["kept words"]
        assert faults(records) == []
