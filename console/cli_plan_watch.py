"""How far a plan has come: when it is to end, a line for who watches, and what Ctrl+C means."""

from __future__ import annotations

import signal
import sys
import threading
from typing import TYPE_CHECKING, Any, Final

from console.i18n import _
from console.replan.spent import Spent
from store import clock

if TYPE_CHECKING:
    from types import FrameType, TracebackType

    from store.domain.dispatch.search import Search

_EVERY: Final = 0.2
"""Seconds between two states of the line."""


class Watch:
    """Ends a search by rounds or by time of the processor, or when it is interrupted once."""

    def __init__(self, *, rounds: int | None, seconds: float) -> None:
        self.spent = Spent(rounds=rounds, seconds=seconds if rounds is None else None)
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
        return self.stopped or (self.spent.rounds is None and self.spent.part(0) >= 1.0)

    def goes_on(self, search: Search) -> bool:
        """Whether it is wanted; says how far it is to who watches."""
        if clock.monotonic() - self._told >= _EVERY:
            self._told = clock.monotonic()
            best = search.best
            _line(
                _("{part} %, {rounds} rounds, cost {cost}, {left} left out").format(
                    part=int(100 * min(1.0, self.spent.part(search.rounds))),
                    rounds=search.rounds,
                    cost=round(best.cost),
                    left=len(best.unserved),
                )
            )
        return not self.stopped

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopped = True
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a second one means it


def _line(text: str) -> None:
    """A line that overwrites itself; nothing where nobody watches."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
