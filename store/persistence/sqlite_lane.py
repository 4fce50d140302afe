"""A fair queue of writers: a file lock taken before SQLite's own, which only sleeps and polls."""

from __future__ import annotations

import fcntl
import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from store.clock import monotonic
from store.domain.errors import StoreBusy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Lane:
    """One writer at a time among all processes, in the order of asking.

    The lock lies on a file of its own, because closing the database file would drop SQLite's
    locks. Closing the lane's file after each transaction is also what the feed listens to.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn = threading.Lock()
        self._waiting: _Place | None = None

    @contextmanager
    def held(self, patience: float) -> Iterator[None]:
        """Hold the lane, waiting at most `patience` seconds; then `StoreBusy`."""
        until = monotonic() + patience
        if not self._turn.acquire(timeout=patience):
            raise StoreBusy
        try:
            lock = self._enter(until)
            try:
                yield
            finally:
                _leave(lock)
        finally:
            self._turn.release()

    def _enter(self, until: float) -> int:
        while True:
            lock = self._queue(until)
            if _is_still(self.path, lock):
                return lock
            _leave(lock)  # the file was deleted meanwhile: that lock guards nothing

    def _queue(self, until: float) -> int:
        place, self._waiting = self._waiting, None
        if place is None or not place.resume():
            lock = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            if _taken(lock):
                return lock
            place = _Place(lock)
        if place.wait(until - monotonic()):
            return place.lock
        self._waiting = place  # keeps our place in the queue for the next try
        raise StoreBusy


class _Place:
    """A place in the kernel's queue, held by a thread since a blocking lock has no time limit."""

    def __init__(self, lock: int) -> None:
        self.lock = lock
        self._wanted = True
        self._here = False
        self._change = threading.Condition()
        threading.Thread(target=self._stand, name="writer lane", daemon=True).start()

    def wait(self, patience: float) -> bool:
        """Whether the lane became ours in time; if not, it will be let go unless resumed."""
        with self._change:
            self._change.wait_for(lambda: self._here, max(patience, 0))
            self._wanted = self._here
            return self._here

    def resume(self) -> bool:
        """Wait on at the old place; False when the lane came by and was let go."""
        with self._change:
            self._wanted = not self._here
            return self._wanted

    def _stand(self) -> None:
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        with self._change:
            self._here = True
            if not self._wanted:
                _leave(self.lock)
            self._change.notify_all()


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _leave(lock: int) -> None:
    # Unlocked by name first: a forked child may hold a copy, and closing ours would not be enough.
    fcntl.flock(lock, fcntl.LOCK_UN)
    os.close(lock)


def _is_still(path: Path, lock: int) -> bool:
    try:
        named = path.stat()
    except FileNotFoundError:
        return False
    held = os.fstat(lock)
    return (named.st_dev, named.st_ino) == (held.st_dev, held.st_ino)
