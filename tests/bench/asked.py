"""How long an answer of a filled store takes, round after round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.clock import monotonic

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.persistence.database import Database


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
