"""How far a plan has come: when it is to end, a line for who watches, and what Ctrl+C means."""

from __future__ import annotations

import signal
import sys
import threading
from typing import TYPE_CHECKING, Any, Final

from console.i18n import _
from store import clock

if TYPE_CHECKING:
    from types import FrameType, TracebackType

    from store.domain.dispatch.search import Search

_EVERY: Final = 0.2
"""Seconds between two states of the line."""


class Watch:
    """Ends a search by rounds or by time of the processor, or when it is interrupted once."""

    def __init__(self, *, rounds: int | None, seconds: float) -> None:
        self._rounds, self._seconds = rounds, seconds
        self._begun = clock.processor()
        self._told = clock.monotonic()
        self.stopped = False
        self._before: Any = None

    def __enter__(self) -> Watch:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._stop)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        _line("")

    def over(self) -> bool:
        """Whether there is no time even for the rest of a first plan."""
        late = self._rounds is None and clock.processor() - self._begun >= self._seconds
        return self.stopped or late

    def part(self, search: Search) -> float:
        """The part of the way that is behind; 1.0 at its end."""
        if self.stopped:
            return 1.0
        if self._rounds is not None:
            done = search.rounds / self._rounds if self._rounds else 1.0
        else:
            used = clock.processor() - self._begun
            done = used / self._seconds if self._seconds else 1.0
        if clock.monotonic() - self._told >= _EVERY:
            self._told = clock.monotonic()
            best = search.best
            _line(
                _("{part} %, {rounds} rounds, cost {cost}, {left} left out").format(
                    part=int(100 * min(1.0, done)),
                    rounds=search.rounds,
                    cost=round(best.cost),
                    left=len(best.unserved),
                )
            )
        return done

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopped = True
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a second one means it


def _line(text: str) -> None:
    """A line that overwrites itself; nothing where nobody watches."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
