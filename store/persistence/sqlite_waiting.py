"""One patience for a writer's two queues: the lane of ours, and the lock of foreign programs."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from store.clock import monotonic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_TIMEOUT = "PRAGMA busy_timeout={}"
_HARDLY_WAITED = 0.9
"""The part of the patience that is left to one who hardly waited in the lane."""


class Waiting(threading.local):
    """What a thread spent waiting in the lane it does not wait again at the file."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._until: float | None = None

    @contextmanager
    def up_to(self, patience: float) -> Iterator[None]:
        """From now on, a transaction of this thread has so many seconds to begin."""
        self._until = monotonic() + patience
        try:
            yield
        finally:
            self._until = None

    def begin(self, conn: Connection, how: str) -> None:
        """Begin, waiting for whoever holds the file no longer than is left."""
        left = self._patience if self._until is None else self._until - monotonic()
        if left >= self._patience * _HARDLY_WAITED:
            conn.exec_driver_sql(how)
            return
        conn.exec_driver_sql(_TIMEOUT.format(round(max(left, 0) * 1000)))
        try:
            conn.exec_driver_sql(how)
        finally:
            conn.exec_driver_sql(_TIMEOUT.format(round(self._patience * 1000)))
