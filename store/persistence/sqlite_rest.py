"""What SQLite's idle connections keep for later is given back once nobody has wanted it.

Each connection keeps pages and prepared statements of its own. The kernel has the pages too, and
of several connections that a busy moment opened the pool goes on with the warm one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.persistence.engines import all_idle

if TYPE_CHECKING:
    from sqlalchemy import Engine


def rest(engine: Engine, troubles: type[Exception]) -> None:
    """Close all idle connections but the one that would be handed out next; that sheds its pages.

    `troubles` are the driver's.
    """
    with all_idle(engine, troubles) as idle:
        for spare in idle[1:]:
            spare.invalidate()
        if idle:
            idle[0].cursor().execute("PRAGMA shrink_memory")
