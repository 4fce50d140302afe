"""The terminal, or the console itself, goes away in the middle of a write."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from store import clock
from store.queries.lists import ListOrders
from store.records import open_records
from tests.console.faulty_desk import ANA, console, faults, furnish

if TYPE_CHECKING:
    from pathlib import Path

    from store.records import Records

TITLES = ("written while the line broke", "roof tiles loose", "gate stays shut", "smell of gas")
"""So unlike one another that none is taken for a call that is known already."""
_GONE_S = 30.0
"""Two seconds are promised; a busy machine gets more."""


def _titles(records: Records) -> list[str]:
    lines = records.ask(ListOrders(text="", limit=100), who=ANA, at=clock.now())
    return [line.title for line in lines]


@pytest.mark.parametrize("end", ["hangup", "kill"])
def test_an_order_is_wholly_there_or_not_at_all(end: str, sqlite_url: str, tmp_path: Path) -> None:
    """A window closed, or a process killed, between Enter and the commit or right after it."""
    furnish(sqlite_url).close()
    file = sqlite_url.removeprefix("sqlite:///")
    for round_, title in enumerate(TITLES):
        with console(sqlite_url, tmp_path) as desk:
            desk.sees("Lift stuck", timeout=30)
            desk.press("n")
            desk.sees("New order")
            desk.press(f"\r\x15{title}")  # in place of what was begun before the line broke
            desk.sees(title)
            before = os.stat(f"{file}-wal").st_mtime_ns
            desk.press("\x13")  # ^s saves
            if round_ % 2:  # as soon as the write shows in the file, else before it can
                desk.until(lambda b=before: os.stat(f"{file}-wal").st_mtime_ns > b)  # type: ignore[misc]
            if end == "hangup":
                desk.hang_up()
                assert desk.exit_code(_GONE_S) == 128 + signal.SIGHUP
            else:
                desk.process.send_signal(signal.SIGKILL)
                assert desk.exit_code(_GONE_S) == -signal.SIGKILL
        with closing(open_records(sqlite_url, feed=False)) as records:
            found = _titles(records)
            assert found.count(title) <= 1
            assert faults(records) == []
