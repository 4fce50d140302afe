"""A store of a million orders, made once for all measurements of a run; and how long that takes.

Run `python -m tests.bench million`, or take `million("sqlite")` in a measurement. The file is
shared by the measurements of one `make bench`; a PostgreSQL server lives as long as its process.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from console.demo.generate import Wish, generate
from store import clock
from store.domain.who import THE_DESK
from store.records import open_records
from tests.bench.figures import Row, show
from tests.postgres import USUAL, PgMissing, PgServer

ORDERS, QUICK = 1_000_000, 100_000
OPEN_IN = 25
"""One order in so many is open."""
AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""The present of the store."""
SITES, TECHNICIANS = 2_000, 500
MOST_S = 180
FOLDER = "PAIDAN_BENCH_FOLDER"
"""The environment variable that names the folder of this run."""


@cache
def million(kind: str = "sqlite", *, orders: int = ORDERS, now: bool = False) -> str:
    """The URL of the filled store; PgMissing where PostgreSQL is wanted and not installed.

    Its present is `AT`, or the present of the clock for programs that look at the clock.
    """
    at = clock.now() if now else AT
    if kind == "sqlite":
        file = _folder() / f"{orders}{'-now' if now else ''}.db"
        url = f"sqlite:///{file}"
        if not file.exists():
            seconds = _fill(url, orders, at)
            file.with_suffix(".seconds").write_text(str(seconds), encoding="utf-8")
        return url
    server = PgServer(durable=False, memory=USUAL)
    server.start()
    atexit.register(server.remove)
    _fill(server.url(), orders, at)
    return server.url()


def run(*, quick: bool = False) -> list[Row]:
    """How long both databases take to be filled; without PostgreSQL, SQLite alone."""
    orders = QUICK if quick else ORDERS
    million("sqlite", orders=orders)
    seconds = float((_folder() / f"{orders}.seconds").read_text("utf-8"))
    rows = [_row("SQLite", orders, seconds)]
    begun = clock.monotonic()
    try:
        million("postgresql", orders=orders)
    except PgMissing:
        return rows
    return [*rows, _row("PostgreSQL", orders, clock.monotonic() - begun)]


def _row(name: str, orders: int, seconds: float) -> Row:
    most = MOST_S if orders == ORDERS else None
    return Row(measure=f"{name}: {orders:,} orders made", ours=seconds, unit="s", most=most)


def _fill(url: str, orders: int, at: datetime) -> float:
    begun = clock.monotonic()
    records = open_records(url, feed=False)
    wish = Wish(orders=orders, open=orders // OPEN_IN, technicians=TECHNICIANS, sites=SITES, seed=7)
    generate(records, wish, who=THE_DESK, at=at)
    records.close()
    return clock.monotonic() - begun


@cache
def _folder() -> Path:
    named = os.environ.get(FOLDER)
    if named:
        return Path(named)
    folder = Path(tempfile.mkdtemp(prefix="paidan-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


if __name__ == "__main__":
    raise SystemExit(show(run()))
