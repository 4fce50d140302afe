"""What the alarm clock leaves out of memory can still be had."""

from __future__ import annotations

import subprocess
import sys

from tests.console.pty_desk import ROOT

_SCRIPT = """
import sys, scheduler.engine
print(sorted({"multiprocessing", "concurrent.futures.process"} & set(sys.modules)))
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
print(multiprocessing.get_context("spawn").get_start_method(), ProcessPoolExecutor.__module__)
"""


def test_processes_are_not_imported_and_not_lost() -> None:
    """Whoever imports them later gets the real ones, as if nothing had happened."""
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines() == ["[]", "spawn concurrent.futures.process"], done.stderr
