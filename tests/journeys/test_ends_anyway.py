"""A console that was told to end ends as it was told, whatever its screens make of that."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from console.hangup import LINE_LOST
from tests.console.pty_desk import ROOT
from tests.journeys.desk import at_the_console

if TYPE_CHECKING:
    from pathlib import Path

    from store.records import Records

_AFTER_THE_LOOP = """
import asyncio, os, signal
from console.hangup import Hangup
loop = asyncio.new_event_loop()
Hangup(None, loop).watch()
loop.close()
os.kill(os.getpid(), signal.SIGHUP)
print("ended")
"""


async def test_a_form_that_is_taken_down_holds_up_no_end(records: Records) -> None:
    """What can be kept was; the rest of the desk ends as always."""
    async with at_the_console(records) as ana:
        await ana.press("n")
        await ana.desk.screen.remove_children()
        ana.desk.on_line_lost()
        assert ana.desk.return_code == LINE_LOST


async def test_a_fault_while_it_ends_is_for_the_log(records: Records, tmp_path: Path) -> None:
    """Nobody is told that a fault has closed what he, or the desk, has closed."""
    log = tmp_path / "paidan.log"
    async with at_the_console(records, log_file=log) as ana:
        ana.desk.exit(0)
        ana.desk._handle_exception(ValueError("a part too late"))
        assert ana.desk.return_code == 0
    assert "a part too late" in log.read_text()


def test_a_signal_after_its_loop_was_closed_is_no_fault() -> None:
    """As where a hang-up comes while the store is being left."""
    words = [sys.executable, "-c", _AFTER_THE_LOOP]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("ended\n", "")
