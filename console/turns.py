"""Whose turn it is: a key's steps follow one another while threads of the same process compute.

A thread that waits for input gives the interpreter away, and gets it back only when the thread that
took it has had its turn. Stock asyncio looks for input between any two steps, though a key takes
several; and Python lets a thread compute for five milliseconds a turn.
"""

from __future__ import annotations

import asyncio
import selectors
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

_TURN_S: Final = 0.0002
"""How long a thread may compute while the loop wants to go on."""

_OURS_S: Final = 0.005
"""How long the loop may compute while threads want to go on: about what a key takes."""

_STEPS: Final = 30
"""Steps that are ready at once are done one after the other, so many at most."""


class Steady(selectors.DefaultSelector):
    """Looks for input when nothing else is ready, and now and then."""

    def __init__(self) -> None:
        super().__init__()
        self._steps = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What has come; nothing where steps that are ready go first."""
        if timeout is not None and timeout <= 0 and self._steps < _STEPS:
            self._steps += 1
            return []
        self._steps = 0
        # A thread that waits for its turn waits for as long as this says at that moment: while the
        # loop waits it is the loop that must not wait long, and while it computes, the others may.
        sys.setswitchinterval(_TURN_S)
        try:
            return super().select(timeout)
        finally:
            sys.setswitchinterval(_OURS_S)


def run(work: Coroutine[Any, Any, int | None], selector: Steady | None = None) -> int | None:
    """Run an app's coroutine to its end, by a selector of its own where one is given."""
    sys.setswitchinterval(_TURN_S)
    with asyncio.Runner(
        loop_factory=lambda: asyncio.SelectorEventLoop(selector or Steady())
    ) as runner:
        return runner.run(work)
