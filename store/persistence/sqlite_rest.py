"""What SQLite's idle connections keep for later is given back once nobody has wanted it.

Each connection keeps pages and prepared statements of its own. The kernel has the pages too, and
of several connections that a busy moment opened the pool goes on with the warm one alone.
"""

from __future__ import annotations

from contextlib import ExitStack, closing, suppress
from typing import TYPE_CHECKING

from sqlalchemy import QueuePool
from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from sqlalchemy import Engine


def rest(engine: Engine, troubles: type[Exception]) -> None:
    """Close all idle connections but the one that would be handed out next; that sheds its pages.

    `troubles` are the driver's. Safe beside threads that use the pool: who comes meanwhile is
    given another connection.
    """
    pool = engine.pool
    assert isinstance(pool, QueuePool)
    with ExitStack() as held, suppress(SQLAlchemyError, troubles):
        idle = [
            held.enter_context(closing(engine.raw_connection())) for _ in range(pool.checkedin())
        ]
        for spare in idle[1:]:  # once all are out: what is cut goes back to the pool at once
            spare.invalidate()
        if idle:
            idle[0].cursor().execute("PRAGMA shrink_memory")
