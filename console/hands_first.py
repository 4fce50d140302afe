"""What nobody waits for stands back while an answer is on its way that a key has asked for.

News comes when it comes. A board that is covered asks for all it shows then, which takes the
processor for as long as the answer that somebody waits for.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from threading import Condition
from typing import TYPE_CHECKING, Final

from store import clock

if TYPE_CHECKING:
    from types import TracebackType

MOST_S: Final = 0.4
"""So long at most, however long the answer takes: what is told of a desk must stay true."""


class _HandsFirst(AbstractContextManager[None]):
    """Entered by the screen that waits for its answer, in whichever thread; left once it stands."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._waiting = 0
        self._until = 0.0

    def __enter__(self) -> None:
        with self._changed:
            self._waiting += 1
            self._until = clock.monotonic() + MOST_S

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._changed:
            self._waiting -= 1
            self._changed.notify_all()

    def stand_back(self) -> None:
        """Wait for the answer of the hands, in a worker that nobody waits for."""
        with self._changed:
            while self._waiting and (left := self._until - clock.monotonic()) > 0:
                self._changed.wait(left)


hands_first: Final = _HandsFirst()
