"""What the alarm clock leaves out of memory can still be had."""

from __future__ import annotations

import subprocess
import sys

from store.records import open_records
from tests.console.pty_desk import ROOT

_SCRIPT = """
import sys
from store import clock
from scheduler.engine import AlarmClock
alarm = AlarmClock(lambda: None, now=clock.now, monotonic=clock.monotonic)
alarm.start()
alarm.stop()
print(sorted({"multiprocessing", "concurrent.futures.process", "email"} & set(sys.modules)))
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
print(multiprocessing.get_context("spawn").get_start_method(), ProcessPoolExecutor.__module__)
from importlib.metadata import entry_points, version
print(version("apscheduler") > "3", bool(entry_points()))
"""
_QUIET = """
import sys
from datetime import UTC, datetime
from scheduler.runner import fire_due
from scheduler.plans import make_due
from store.records import open_records
records = open_records(sys.argv[1], feed=False)
records.get_ready()
now = datetime(2026, 3, 2, 8, tzinfo=UTC)
print(fire_due(records, at=now).fired, make_due(records, at=now))
rare = "commands.table commands.planned persistence.patterns persistence.laying persistence.mending"
print([one for one in rare.split() if f"store.{one}" in sys.modules])
from store.commands import NoteOrder, get_ready
get_ready()
print(NoteOrder.__module__, "store.commands.table" in sys.modules)
"""


def test_processes_and_plugins_are_not_imported_and_not_lost() -> None:
    """Whoever imports them later gets the real ones, as if nothing had happened."""
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines() == [
        "[]", "spawn concurrent.futures.process", "True True"
    ], done.stderr  # fmt: skip


def test_a_desk_on_which_nothing_happens_reads_little(sqlite_url: str) -> None:
    """What carries commands out, copies and mends is read when it is wanted."""
    open_records(sqlite_url, feed=False).close()
    done = subprocess.run(
        [sys.executable, "-c", _QUIET, sqlite_url],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = done.stdout.splitlines()
    assert said == ["0 0", "[]", "store.commands.contact True"], done.stderr
