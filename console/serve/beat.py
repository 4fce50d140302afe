"""How the store, its news and its timers do, told by the process that has them open."""

from __future__ import annotations

from collections import deque
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Final, Protocol

from console.serve.measures import Kind
from store import clock

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from console.serve.measures import Measures
    from store.persistence.feed import News
    from store.records import Records


class Sweeps(Protocol):
    """What the scheduler tells about itself."""

    @property
    def last_good_at(self) -> datetime | None: ...

    @property
    def failed(self) -> int: ...

    def stalled(self, *, at: datetime) -> bool: ...


EVERY_S: Final = 2.0
_MOST: Final = 512
"""Commits whose news has yet to come, and news whose commit has yet to return."""


class Lag:
    """How long the news of a commit takes."""

    def __init__(self, measures: Measures) -> None:
        self._measures = measures
        self._guard = Lock()
        self._waiting: dict[int, float] = {}
        self._heard: deque[int] = deque(maxlen=_MOST)
        """News may be here before whoever committed has come back."""

    def committed(self, seq: int) -> None:
        """A command has come through, whose last entry is this one."""
        with self._guard:
            if seq in self._heard:
                self._measures.note(Kind.FEED, 0.0)
            elif len(self._waiting) < _MOST:
                self._waiting[seq] = clock.monotonic()

    def heard(self, news: News) -> None:
        """News has come."""
        now = clock.monotonic()
        with self._guard:
            self._heard.extend(change.seq for change in news.changes)
            seqs = tuple(self._waiting) if news.reload else (one.seq for one in news.changes)
            for seq in seqs:
                since = self._waiting.pop(seq, None)
                if since is not None:
                    self._measures.note(Kind.FEED, now - since)


class Beat:
    """Looks every two seconds, and tells; whoever hears nothing knows by that."""

    def __init__(self, measures: Measures, opened: Callable[[], tuple[Records, Sweeps]]) -> None:
        self._measures = measures
        self._opened = opened
        self._ended = Event()
        if measures:
            Thread(target=self._run, name="beat", daemon=True).start()

    def end(self) -> None:
        """Look no more."""
        self._ended.set()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._measures.tell(**self._look())
            self._ended.wait(EVERY_S)

    def _look(self) -> dict[str, float]:
        try:
            records, pulse = self._opened()
            records.head()
        except Exception:  # noqa: BLE001  whatever it is, the store does not answer
            return {"store": False}
        feed, at = records.feed_state, clock.now()
        fires = pulse.last_good_at is not None and not pulse.stalled(at=at)
        return {
            "store": True,
            "timers": fires,
            "failed": pulse.failed,
            "silent": (at - feed.since).total_seconds() if feed is not None else 0.0,
        }
