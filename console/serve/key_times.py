"""How long a session takes from a key to what it paints, told to whoever measures the desk."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from console.serve.measures import Kind
from store import clock

if TYPE_CHECKING:
    from console.serve.measures import Measures

_NOTHING_S: Final = 1.0
"""A key that paints nothing for so long paints nothing; what comes next is not its doing."""
_HELD_UP_S: Final = 0.1
_TOLD_S: Final = 1.0


class KeyTimes:
    """The times of one session; called on its loop."""

    def __init__(self, measures: Measures) -> None:
        self._measures = measures
        self._typed: float | None = None
        """When the oldest key came that nothing was painted for."""
        self._giving_up: asyncio.TimerHandle | None = None
        self._telling: asyncio.TimerHandle | None = None

    def typed(self) -> None:
        """A key has come."""
        if self._typed is None:
            self._typed = clock.monotonic()
            self._wait()

    def painted(self) -> None:
        """Something is on its way to the terminal."""
        if self._typed is None:
            return
        self._measures.note(Kind.KEY, clock.monotonic() - self._typed)
        self._forget()
        if self._telling is None:
            loop = asyncio.get_running_loop()
            self._telling = loop.call_later(_TOLD_S, self._tell)

    def _wait(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time() + _NOTHING_S
        self._giving_up = loop.call_at(due, self._give_up, due)

    def _give_up(self, due: float) -> None:
        """A loop that was held up has painted nothing because of that: it still may."""
        if asyncio.get_running_loop().time() - due > _HELD_UP_S:
            self._wait()
        else:
            self._forget()

    def _forget(self) -> None:
        self._typed = None
        if self._giving_up is not None:
            self._giving_up.cancel()

    def _tell(self) -> None:
        self._telling = None
        self._measures.tell()
