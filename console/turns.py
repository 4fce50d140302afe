"""Whose turn it is: a key's steps follow one another while threads of the same process compute.

A thread that waits for input gives the interpreter away, and gets it back only when the thread that
took it has had its turn. Stock asyncio looks for input between any two steps, though a key takes
several; and Python lets a thread compute for five milliseconds a turn.
"""

from __future__ import annotations

import asyncio
import selectors
import sys
import threading
from typing import TYPE_CHECKING, Final

from store import clock

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

TURN_S: Final = 0.0002
"""How long a thread may compute while the loop wants to go on."""

_OURS_S: Final = 0.005
"""How long the loop may compute while threads want to go on: about what a key takes."""

_STEPS: Final = 30
"""Steps that are ready at once are done one after the other, so many at most."""

_LOOK_AFTER_S: Final = 0.02
"""How long those steps may take together: what is typed meanwhile waits to be heard."""


_MOST_S: Final = 0.05
"""How long a worker that gives way waits at most: it shall come to its end, too."""

_idle = threading.Event()
"""Set while the loop waits for input, and where there is none."""
_idle.set()


def give_way() -> None:
    """Called by a worker now and then while it computes for long: a turn of the loop goes first.

    Two that compute share the interpreter evenly: each turn would take twice as long.
    """
    _idle.wait(_MOST_S)


class Steady(selectors.DefaultSelector):
    """Looks for input when nothing else is ready, and now and then."""

    def __init__(self) -> None:
        super().__init__()
        self._steps = 0
        self._looked = 0.0
        """When the first of those steps began."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What has come; nothing where steps that are ready go first."""
        if timeout is not None and timeout <= 0 and self._steps < _STEPS:
            now = clock.monotonic()
            if not self._steps:
                self._looked = now
            if now - self._looked < _LOOK_AFTER_S:
                self._steps += 1
                return []
        self._steps = 0
        # A thread that waits for its turn waits for as long as this says at that moment: while the
        # loop waits it is the loop that must not wait long, and while it computes, the others may.
        sys.setswitchinterval(TURN_S)
        _idle.set()
        try:
            return self.look(timeout)
        finally:
            _idle.clear()
            sys.setswitchinterval(_OURS_S)

    def close(self) -> None:
        """No loop has a turn any more."""
        _idle.set()
        super().close()

    def look(self, timeout: float | None) -> list[tuple[selectors.SelectorKey, int]]:
        """Look for input, and wait for it at most so long."""
        return super().select(timeout)


def run(work: Coroutine[Any, Any, int | None], selector: Steady | None = None) -> int | None:
    """Run an app's coroutine to its end, by a selector of its own where one is given."""
    sys.setswitchinterval(TURN_S)
    with asyncio.Runner(
        loop_factory=lambda: asyncio.SelectorEventLoop(selector or Steady())
    ) as runner:
        return runner.run(work)
