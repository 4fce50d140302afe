"""News of every commit, from this process and from others: a thread that follows the journal.

Nothing is missed, some things are told twice: whoever listens asks its own query again. The first
news asks for a full look (`reload`), and so does every news after a lost connection.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from store.clock import monotonic, now
from store.domain.errors import StoreTrouble, StoreUnreachable
from store.domain.evolve import maker
from store.domain.words import N_
from store.persistence.feed_wake import Wake
from store.persistence.trouble import told

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

CAP = 250
"""More changes than this at once are told as one full look."""

_GAP = 0.004
_FIRST_DELAY, _LONGEST_DELAY = 0.1, 5.0
_STEADY = 10.0
SILENT = 1.2
"""Seconds after which a store that was asked for news counts as one that does not answer."""
_log = logging.getLogger("paidan.feed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One journal entry, as far as a listener needs it."""

    seq: int
    number: int | None
    """The order; None for facts of the desk itself."""
    fact: str


change = maker(Change)
"""One from its values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What was committed since the last news."""

    head: int
    """The highest sequence number seen so far."""
    changes: tuple[Change, ...]
    """In order of `seq`; on PostgreSQL a later news may bring a lower one."""
    reload: bool
    """Look at everything again: the changes alone may not be all."""
    presence: bool = False
    """Whether somebody has come to an order, gone, or begun to write about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTrouble:
    """Why no news comes at present."""

    what: StoreTrouble
    since: datetime


class Source(Protocol):
    """How one kind of database tells of commits."""

    def open(self, wake: Wake) -> News | None:
        """Connect, listen, and only then read what was committed since the last read."""
        ...

    def wait(self, wake: Wake) -> None:
        """Return when something may have been committed, or when woken."""
        ...

    def read(self) -> News | None:
        """What is new; None when nothing is."""
        ...

    def close(self, wake: Wake) -> None:
        """Let the connection go; `open` may follow."""
        ...


class Feed:
    """Calls `on_news` in a thread of its own for every commit that touched the journal.

    Made by `Database.feed`.
    """

    def __init__(self, source: Source, on_news: Callable[[News], None]) -> None:
        self.trouble: FeedTrouble | None = None
        """What is wrong and since when; None while news flows."""
        self._on_news = on_news
        self._source = source
        self._wake = Wake()
        self._owes_a_look = False
        self._asked: tuple[float, datetime] | None = None
        """When the question was put that is not answered yet, on both clocks."""
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether news flows."""
        return self._thread.is_alive() and self.trouble is None

    @property
    def state(self) -> FeedTrouble | None:
        """What keeps news away: the trouble, or a store that was asked and says nothing."""
        trouble, asked = self.trouble, self._asked
        if trouble is None and asked is not None and monotonic() - asked[0] > SILENT:
            return FeedTrouble(what=StoreUnreachable(why=N_("it does not answer")), since=asked[1])
        return trouble

    def poke(self) -> None:
        """Look now: this process has just committed."""
        self._wake.poke()

    def close(self) -> None:
        """Stop; returns once the thread is gone, or after two seconds with a dead server."""
        self._wake.end()
        if threading.current_thread() is not self._thread:
            self._thread.join(2)

    def _run(self) -> None:
        delay = _FIRST_DELAY
        while not self._wake.ended:
            began = monotonic()
            try:
                self._follow()
            except Exception as error:  # noqa: BLE001  the thread outlives every fault of the store
                self._note(error)
            finally:
                self._source.close(self._wake)
            delay = _FIRST_DELAY if monotonic() - began > _STEADY else delay
            self._wake.pause(delay)
            delay = min(2 * delay, _LONGEST_DELAY)
        self._wake.close()

    def _follow(self) -> None:
        self._tell(self._source.open(self._wake))
        self.trouble = None
        read = monotonic()
        while not self._wake.ended:
            self._source.wait(self._wake)
            self._wake.pause(read + _GAP - monotonic())  # a flood of commits becomes few news
            read = monotonic()
            self._tell(self._ask(read))

    def _ask(self, at: float) -> News | None:
        self._asked = at, now()
        try:
            return self._source.read()
        finally:
            self._asked = None

    def _tell(self, news: News | None) -> None:
        if news is None or self._wake.ended:
            return
        try:
            self._on_news(replace(news, reload=news.reload or self._owes_a_look))
            self._owes_a_look = False
        except Exception:  # noqa: BLE001  a listener's fault is logged, and made good by a full look
            self._owes_a_look = True
            _log.exception(N_("a listener failed on news up to %d"), news.head)

    def _note(self, error: Exception) -> None:
        what = told(error) or StoreTrouble(why=f"{type(error).__name__}: {error}")
        since = self.trouble.since if self.trouble else now()
        if self.trouble is None:
            _log.warning(N_("no news: %s"), what)
        self.trouble = FeedTrouble(what=what, since=since)
