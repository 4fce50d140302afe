"""A console that is killed while its operator writes: what it told of him ends by itself."""

from __future__ import annotations

import signal
from contextlib import closing
from typing import TYPE_CHECKING

from store import clock
from store.commands.contact import NoteOrder
from store.domain.presence import LEASE
from store.domain.who import Who
from store.queries.presence import WhoIsThere
from tests.console.faulty_desk import console, furnish

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from store.records import Records

BO = Who(operator=4, via="test")
START_S = 30.0


def _seen(records: Records, *, at: datetime) -> list[tuple[int, str, str]]:
    """Who is where, and with which form, as Bo sees it."""
    there = records.ask(WhoIsThere(console="bo's"), who=BO, at=at)
    return [(one.number, one.name, one.doing) for one in there]


def test_a_killed_console_keeps_no_order(sqlite_url: str, tmp_path: Path) -> None:
    """Its claim is seen for as long as its lease, binds nobody meanwhile, and then is gone."""
    with closing(furnish(sqlite_url)) as records:
        with console(sqlite_url, tmp_path) as desk:
            desk.sees("Lift stuck", timeout=START_S)
            desk.press(";")
            desk.sees("· note:")
            desk.press("half a sentence")
            end = clock.monotonic() + START_S
            while not _seen(records, at=clock.now()):
                assert clock.monotonic() < end, desk.text()
                desk.read(0.1)
            desk.process.send_signal(signal.SIGKILL)
            assert desk.exit_code() == -signal.SIGKILL
        at = clock.now()
        assert _seen(records, at=at) == [(1, "Ana", "note")]
        records.do(NoteOrder(number=1, text="Bo goes on"), who=BO, at=at)
        assert _seen(records, at=at + LEASE) == []
