"""Names for the states of a store: what is asked of one name twice has one answer.

A name tells of every commit, journalled or not. None where a state has no name that is safe: what
was asked of it is good for once only.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from sqlalchemy import Connection

_SNAPSHOT = """
SELECT pg_current_snapshot()::text, pg_postmaster_start_time()::text,
       inet_server_addr()::text, inet_server_port(), pg_is_in_recovery()"""


class FileStates:
    """SQLite counts the commits of all other connections for one that commits nothing itself."""

    def __init__(self, dial: Callable[[], Any], troubles: type[Exception]) -> None:
        """`troubles` are the driver's."""
        self._dial, self._troubles = dial, troubles
        self._guard = Lock()
        self._opened = 0
        self._db: Any = None

    def name(self, within: Connection | None) -> Hashable | None:
        """Of the state as it is now, which is not older than what a transaction sees.

        Where that is the name that was told before it began, no commit lies between.
        """
        if within is not None:  # what it sees is settled by its first look
            within.exec_driver_sql("SELECT 1 FROM alembic_version").one()
        with self._guard, suppress(self._troubles, OSError):
            if self._db is None:
                self._db = self._dial()
                self._opened += 1
            version = self._db.execute("PRAGMA data_version").fetchone()[0]
            return self._opened, version
        return None

    def forget(self) -> None:
        """Another file may have the name from now on; no state of before comes back."""
        with self._guard:
            self._opened += 1
            if self._db is not None:
                self._db.close()
                self._db = None


def of_server(conn: Connection | None) -> Hashable | None:
    """What a transaction on PostgreSQL sees: its snapshot names whatever is still under way.

    A standby leaves these out.
    """
    assert conn is not None, "a server is asked within a transaction"
    *name, recovers = conn.exec_driver_sql(_SNAPSHOT).one()
    return None if recovers else tuple(name)
