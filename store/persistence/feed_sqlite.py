"""Commits on SQLite: the lane's bell wakes us, and a counter in the file says if it was true.

Sequence numbers are given under the one write lock, so `seq > head` is exact here.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store.clock import monotonic
from store.domain.errors import StoreUnreachable
from store.domain.words import N_
from store.persistence import sqlite
from store.persistence.feed import CAP, News, change
from store.persistence.feed_wake import Heard, Wake
from store.persistence.feed_watch import Watch
from store.persistence.presence_stamp import STAMP

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

POLL = 0.1
"""Seconds between looks at the counter, for commits that no bell announces."""
SLOW_POLL = 0.5
"""The same while there is a bell, until a commit comes that it did not announce."""
_CHECK = 1.0
_MOST_DOUBTS = 8
_NONE = (0, 0, False)
_NEW = "SELECT seq, number, fact FROM journal WHERE seq > ? ORDER BY seq LIMIT ?"


class SqliteSource:
    """Follows one file through a connection of its own."""

    def __init__(
        self,
        path: Path,
        *,
        patience: float,
        start_after: int | None,
        when_replaced: Callable[[], None],
    ) -> None:
        """`when_replaced` is called before a file is opened that is another, or writable now."""
        self._path = path
        self._patience = patience
        self._when_replaced = when_replaced
        self._head = start_after
        self._looks_again = start_after is None
        self._version = 0
        self._stamp: str | None = None
        """Of presence, when it was last read."""
        self._db: Any = None
        self._watch: Watch | None = None
        self._trusts_bell = False
        self._inode = _NONE
        self._doubts = 0
        self._check_at = 0.0

    def open(self, wake: Wake) -> News | None:
        """Connect and watch, then read from where we stopped."""
        present = self._present()
        if self._inode not in {present, _NONE}:
            self._when_replaced()
        self._make_sure(present)
        self._inode = present
        self._db = sqlite.dial(self._path, patience=self._patience, query_only=True)
        self._watch = Watch(sqlite.lane_of(self._path))
        if self._watch.bell is not None:
            wake.hang(self._watch.bell)
        self._trusts_bell = self._watch.bell is not None
        self._stamp = self._stamp_now()
        return self.read()

    def _make_sure(self, present: tuple[int, int, bool]) -> None:
        """Where a file may be written that could not be, have SQLite look again; see `sqlite`.

        It may be that the folder forbids it: after some tries we read on all the same.
        """
        if present[2] and not self._inode[2] and self._doubts < _MOST_DOUBTS:
            self._inode = (*present[:2], False)
            self._doubts += 1
            sqlite.prove_writable(self._path)
        self._doubts = 0

    def wait(self, wake: Wake) -> None:
        """Until the counter moves, or a poke."""
        assert self._watch is not None
        while (heard := wake.wait(SLOW_POLL if self._trusts_bell else POLL)) is not Heard.POKE:
            if heard is Heard.BELL:
                self._watch.drain()
            if monotonic() >= self._check_at:
                self._check()
            if self._counter() != self._version:
                self._trusts_bell = heard is Heard.BELL
                return

    def read(self) -> News | None:
        """Entries above the head, each exactly once."""
        self._version = self._counter()
        news, before, self._stamp = self._read(), self._stamp, self._stamp_now()
        if self._stamp == before:
            return news
        quiet = News(head=self._head or 0, changes=(), reload=False)
        return replace(news or quiet, presence=True)

    def _read(self) -> News | None:
        again, self._looks_again = self._looks_again, False
        known = self._head
        # Asked before the rows: what is committed between the two is among them, or is told next.
        newest = self._db.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0]
        rows = [] if known is None else self._db.execute(_NEW, (known, CAP + 1)).fetchall()
        if not rows or len(rows) > CAP:
            self._head = newest
            again = again or len(rows) > CAP or (known or 0) > self._head
            rows = []
        else:
            self._head = rows[-1][0]
        if not rows and not again:
            return None
        changes = tuple(change(*row) for row in rows)
        return News(head=self._head, changes=changes, reload=again)

    def close(self, wake: Wake) -> None:
        """Give back the connection and the watch."""
        if self._watch is not None:
            if self._watch.bell is not None:
                wake.unhang(self._watch.bell)
            self._watch.close()
        if self._db is not None:
            self._db.close()
        self._db = self._watch = None
        self._looks_again = True

    def _stamp_now(self) -> str:
        return str(self._db.execute(STAMP).fetchone()[0])

    def _counter(self) -> int:
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def _check(self) -> None:
        self._check_at = monotonic() + _CHECK
        if self._present() != self._inode:
            raise StoreUnreachable(why=N_("its file was replaced"))
        if self._watch is not None:
            self._watch.renew()

    def _present(self) -> tuple[int, int, bool]:
        """Which file it is, and whether it may be written: SQLite asks that once a process."""
        found = self._path.stat()  # never open(): closing it would drop SQLite's locks
        return found.st_dev, found.st_ino, os.access(self._path, os.W_OK)
