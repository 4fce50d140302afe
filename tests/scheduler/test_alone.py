"""`paidan scheduler` as a process of its own: it fires, tells, and ends when it is told to."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store import clock
from store.records import open_records
from tests.bench.timers_desk import checked, fill, wait_fired
from tests.scheduler.desk import Desk
from tests.scheduler.faults import until

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_KEEP = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read() + chr(10))"


_NEVER_BEATS = """
import sys
from datetime import timedelta
from scheduler import engine

engine.BEAT = timedelta(hours=1)

from console.cli import main
sys.exit(main())
"""


@contextmanager
def alone(
    url: str,
    *words: str,
    env: Mapping[str, str] | None = None,
    start: Sequence[str] = ("-m", "console.cli"),
) -> Iterator[subprocess.Popen[str]]:
    """The command, running and ready."""
    command = [sys.executable, *start, "scheduler", "--db", url, *words]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PAIDAN_")}
    child = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**plain, **(env or {})},
    )
    try:
        yield child
    finally:
        child.kill()
        child.communicate()


def line(child: subprocess.Popen[str]) -> str:
    """The next that it says."""
    assert child.stderr is not None
    return child.stderr.readline().strip()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_it_says_that_it_fires_and_ends_well(sqlite_url: str, ending: signal.Signals) -> None:
    """Whoever starts it sees that it lives; whoever stops it gets exit code 0."""
    open_records(sqlite_url, feed=False).close()
    with alone(sqlite_url, "--lang", "en") as child:
        assert line(child) == "paidan: firing timers; stop with Ctrl-C"
        child.send_signal(ending)
        assert child.wait(20) == 0
        assert child.stdout is not None
        assert child.stdout.read() == "", "talk goes to stderr"


_INTERRUPTED = """
import os, signal, sys, threading
from scheduler import service

def at_every_step(frame, event, _arg):
    # The main thread holds the lock of what it waits for: now the signal comes.
    waited = getattr(frame.f_locals.get("self"), "_cond", None)
    if event == "line" and waited is not None and waited._lock.locked():
        sys.settrace(None)
        signal.raise_signal(signal.SIGINT)
    return at_every_step

def began():
    later = threading.Timer(1, os.kill, (os.getpid(), signal.SIGINT))
    later.daemon = True
    later.start()
    sys.settrace(at_every_step)

sys.exit(service.run(sys.argv[1], began=began))
"""


def test_a_signal_may_come_at_any_step_of_its_waiting(sqlite_url: str) -> None:
    """Also while the thread that is interrupted holds a lock: it waited for itself for ever."""
    open_records(sqlite_url, feed=False).close()
    ran = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED, sqlite_url],
        timeout=20,
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_it_speaks_the_operators_language(sqlite_url: str) -> None:
    """And not English with Chinese operators."""
    open_records(sqlite_url, feed=False).close()
    with alone(sqlite_url, "--lang", "zh_CN") as child:
        said = line(child)
        assert said.isascii() is False
        assert "Ctrl-C" in said


def test_what_another_process_lets_fall_due_rings_at_its_moment(store_url: str) -> None:
    """Orders are written here, the alarms are raised there: by one that never beats.

    How soon after the moment is measured where nothing else runs (`make bench`).
    """
    records = open_records(store_url, feed=False)
    with alone(store_url, start=("-c", _NEVER_BEATS)) as child:
        assert line(child) != ""
        fill(records, [clock.now()])
        wait_fired(records, until=clock.now(), within_s=60)  # and so it has looked, and rests
        due = clock.now() + timedelta(seconds=1)
        fill(records, [due] * 20)
        wait_fired(records, until=due, within_s=60)
        checked(records, 21)
        raised = sorted(Desk(records).moments("SELECT raised_at FROM alarm"))
        assert raised[1] >= due
    records.close()


def test_it_tells_bad_alarms_to_a_command(sqlite_url: str, tmp_path: Path) -> None:
    """The desk's setting is made by asking for it, and holds for whoever sweeps."""
    told = tmp_path / "told"
    records = open_records(sqlite_url, feed=False)
    command = shlex.join([sys.executable, "-c", _KEEP, str(told)])
    with alone(sqlite_url, "--notify", command) as child:
        assert line(child) != ""
        desk = Desk(records)
        number = desk.order(at=clock.now() - timedelta(minutes=20))
        until(lambda: told.exists() and told.read_text().endswith("\n"), "nobody was told")
        notice = json.loads(told.read_text().splitlines()[0])
        assert (notice["kind"], notice["number"], notice["severity"]) == ("notify", number, 1)
        child.terminate()
        assert child.wait(20) == 0
    with alone(sqlite_url, "--no-notify") as child:
        assert line(child) != ""
        marks = desk.rows("SELECT value FROM store_meta WHERE name = 'notify'")
        assert [tuple(mark) for mark in marks] == [("0",)]
    records.close()


def test_trouble_is_a_sentence_in_the_operators_language(sqlite_url: str, tmp_path: Path) -> None:
    """Nobody reads a traceback in a terminal; the log has it, and the scheduler goes on."""
    records = open_records(sqlite_url, feed=False)
    env = {"XDG_STATE_HOME": str(tmp_path)}
    with alone(sqlite_url, "--lang", "zh_CN", "--notify", "no-such-command", env=env) as run:
        assert line(run) != ""
        Desk(records).order(at=clock.now() - timedelta(minutes=20))
        said = line(run)
        assert "未成功；会再试" in said
        log = tmp_path / "paidan" / "log" / "paidan.log"
        assert str(log) in said
        assert "FileNotFoundError" in log.read_text("utf-8")
        run.terminate()
        assert run.wait(20) == 0
        assert run.stderr is not None
        assert run.stderr.read() == "", "one errand, one sentence"
    records.close()


def test_a_command_of_no_words_is_wrong_usage(sqlite_url: str) -> None:
    """Found before anything is started."""
    with alone(sqlite_url, "--notify", " ") as child:
        assert child.wait(20) == 2


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """A slip in the name must not leave the desk without a scheduler, and a new store instead."""
    with alone(f"sqlite:///{tmp_path / 'slip.db'}") as child:
        assert child.wait(20) == 3
    assert list(tmp_path.iterdir()) == []
