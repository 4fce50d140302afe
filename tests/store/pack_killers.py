"""Closers of a month to be killed: `python -m tests.store.pack_killers URL TRIES` forks them.

Each dies by `kill -9` at one of its words to the database: before it, after it, or at its commit.
Another one starts again then, and what it leaves is said, one line a try. The process that forks
never opens the store and has no threads.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg
import sqlalchemy.dialects.postgresql.psycopg
from sqlalchemy import Engine, Text, cast, event, select

from store import reviewing
from store.packing import write_packs
from store.persistence import feed, migrate
from store.persistence.journal import JOURNAL
from store.persistence.loading import TIMER
from store.persistence.packs import PACK
from store.persistence.work import Work
from store.queries.answers import corrective, kpi, kpi_sure, packs, review
from store.records import open_records
from tests.store.desk import NINE

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from store.records import Records

GONE = "gone"
"""What packs of tries before are called."""
MOMENTS = ("before_cursor_execute", "after_cursor_execute", "commit")


def killed(url: str, at: datetime, tries: int) -> None:
    """Close it once to know what it comes to, then kill at so many moments, evenly spread."""
    words = int(_said(partial(_close, url, at, None))[0])
    whole = _said(partial(_look, url, at))
    sys.stdout.write(json.dumps({"moments": words, "left": json.loads(whole[0])}) + "\n")
    step = max(1, words // tries)
    moments = sorted({*range(1, words + 1, step), *range(words - 2, words + 1)})
    for moment in moments:
        died = _said(partial(_close, url, at, moment)) == []
        left = _said(partial(_look, url, at))
        sys.stdout.write(json.dumps({"died": died, "left": json.loads(left[0])}) + "\n")


def _said(do: Callable[[int], None]) -> list[str]:
    """The lines that a child says before its end."""
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hear)
        code = 1
        try:
            do(tell)
            code = 0
        finally:
            os._exit(code)
    os.close(tell)
    with os.fdopen(hear) as told:
        lines = told.read().splitlines()
    os.waitpid(child, 0)
    return lines


def _close(url: str, at: datetime, moment: int | None, tell: int) -> None:
    """Write what is due, and die at that moment; else say how many moments there were."""
    records = open_records(url, create=False, feed=False)
    count = 0

    def pass_by(*_told: Any, **_more: Any) -> None:
        nonlocal count
        count += 1
        if count == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in MOMENTS:
        event.listen(Engine, name, pass_by)
    write_packs(records, at=at)
    os.write(tell, f"{count}\n".encode())


def _look(url: str, at: datetime, tell: int) -> None:
    """Start again; say what there is then, and have it due again for the next try."""
    records = open_records(url, create=False, feed=False)
    write_packs(records, at=at)
    os.write(tell, (json.dumps(_left(records)) + "\n").encode())
    with records.database.writing() as conn:
        conn.execute(PACK.update().values(kind=GONE, period=cast(PACK.c.id, Text)))


def _left(records: Records) -> dict[str, Any]:
    """Every pack with its digest and what it says in the journal, and the timers."""
    with records.database.reading() as conn:
        rows = conn.execute(
            select(PACK).where(PACK.c.kind != GONE).order_by(PACK.c.kind, PACK.c.period)
        ).all()
        told = conn.execute(select(JOURNAL).where(JOURNAL.c.fact == "pack_written")).all()
        timers = conn.execute(select(TIMER).order_by(TIMER.c.id)).all()
    mine = {row.id for row in rows}
    return {
        "packs": [[row.kind, row.period, row.digest] for row in rows],
        "told": sum(row.body["pack"] in mine for row in told),
        "timers": [repr(tuple(row)) for row in timers],
    }


IMPORTED_BEFORE_THE_FORK = (
    *(Work, feed, migrate, psycopg, sqlalchemy.dialects.postgresql.psycopg, reviewing),
    *(corrective, kpi, kpi_sure, packs, review),
)
"""So that a child begins to write at once."""

if __name__ == "__main__":
    from datetime import timedelta

    killed(sys.argv[1], NINE + timedelta(days=11), int(sys.argv[2]))
