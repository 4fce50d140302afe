"""Keeps what news or keys set off from happening too often or in the wrong order."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer
    from textual.widget import Widget


class Paced:
    """Calls at once, and then not again before a gap has passed; at its end once for all."""

    def __init__(self, widget: Widget, gap_s: float, call: Callable[[], None]) -> None:
        self._widget = widget
        self._gap_s = gap_s
        self._call = call
        self._last = float("-inf")
        self._timer: Timer | None = None

    def __call__(self) -> None:
        """Call now or as soon as the gap allows."""
        if self._timer is not None:
            return
        wait = self._last + self._gap_s - asyncio.get_running_loop().time()
        if wait <= 0:
            self.now()
        else:
            self._timer = self._widget.set_timer(wait, self.now)

    def now(self) -> None:
        """Call at once, whatever the gap; what waited is done with it."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._last = asyncio.get_running_loop().time()
        self._call()


class Newest:
    """Tells the answer to the newest question from one that was overtaken on its way."""

    def __init__(self) -> None:
        self._asked = 0
        self._shown = 0

    def ask(self) -> int:
        """The number of a question that is asked now."""
        self._asked += 1
        return self._asked

    def is_news(self, question: int) -> bool:
        """Whether no later question has been answered before this one."""
        if question < self._shown:
            return False
        self._shown = question
        return True


class Rested:
    """Calls once nothing has asked for it during a rest: what only the last of many keys needs."""

    def __init__(self, widget: Widget, rest_s: float, call: Callable[[], None]) -> None:
        self._widget = widget
        self._rest_s = rest_s
        self._call = call
        self._timer: Timer | None = None

    def __call__(self) -> None:
        """Begin the rest anew."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._widget.set_timer(self._rest_s, self._rested)

    def _rested(self) -> None:
        self._timer = None
        self._call()
