"""How long an answer of a filled store takes, round after round."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from store.clock import monotonic
from tests.postgres import USUAL, PgMissing, PgServer

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.persistence.database import Database
    from tests.bench.figures import Row


def on_both(rows: Callable[[str, str], list[Row]]) -> list[Row]:
    """The rows for a name and a URL, for an empty store of each kind.

    Without PostgreSQL on the machine, SQLite alone.
    """
    with tempfile.TemporaryDirectory() as folder:
        told = rows("SQLite", f"sqlite:///{Path(folder) / 'desk.db'}")
    try:
        server = PgServer(durable=False, memory=USUAL)
    except PgMissing:
        return told
    try:
        server.start()
        return told + rows("PostgreSQL", server.url())
    finally:
        server.remove()


def times(call: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of each round, after one that warms the caches."""
    call()
    spent = []
    for _ in range(rounds):
        begun = monotonic()
        call()
        spent.append(1000 * (monotonic() - begun))
    return spent


def vacuum(database: Database) -> None:
    """What autovacuum does in the background of a running PostgreSQL."""
    import psycopg

    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("VACUUM ANALYZE")
