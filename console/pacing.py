"""Keeps what news or keys set off from happening too often or in the wrong order."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Final

from console.beat import call_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message_pump import MessagePump
    from textual.timer import Timer
    from textual.widget import Widget


NO_KEY = float("-inf")
REST_S = 0.15
"""How long hands rest, at most, between keys that belong together; then others may work."""
PUT_OFF_S = 0.4
"""What news set off waits so long, at most, for hands to rest."""


_FEW: Final = 20
"""So many sessions of one desk may ask as often as one alone."""
_LONGEST: Final = 5.0
_GOLDEN: Final = 0.618034


def stretched(sessions: int) -> float:
    """How many times longer the gaps are where so many sessions hear the same news.

    They stay as they are up to twenty, and grow with the sessions up to a hundred: all of them
    together ask no more often than twenty do.
    """
    return min(max(1.0, sessions / _FEW), _LONGEST)


def phase(process: int) -> float:
    """A part of 1 for the number of a process, far from those of its neighbours."""
    return process * _GOLDEN % 1


class Paced:
    """Calls at once, and then not again before a gap has passed; at its end once for all.

    While keys come one after the other it waits a little for their end: hands go first. With
    `by_news` it is one of many who hear the same: the gap is `stretched`, and each waits for its
    own part of what that adds, lest all ask in one moment. What somebody did himself never waits
    for others.
    """

    def __init__(
        self,
        widget: MessagePump,
        gap_s: float,
        call: Callable[[], None],
        *,
        by_news: bool = False,
    ) -> None:
        self._widget = widget
        self._gap_s = gap_s
        self._call = call
        self._by_news = by_news
        self._last = float("-inf")
        self._timer: Timer | None = None
        self._until = self._not_before = 0.0
        self._own = False

    def __call__(self, *, own: bool = False) -> None:
        """Call now or as soon as the gap and the hands allow; `own` is what was done here."""
        if self._timer is not None:
            if not own or self._own:
                return
            self._timer.stop()
            self._timer = None
        now = asyncio.get_running_loop().time()
        self._until, self._own = now + PUT_OFF_S, own
        more = 0.0 if own or not self._by_news else self._more()
        # Asked for here, since a served console is drawn before its process is begun.
        self._not_before = max(self._last + self._gap_s + more, now + more * phase(os.getpid()))
        self._wait(now)

    def _more(self) -> float:
        return self._gap_s * (stretched(getattr(self._widget.app, "sessions", 1)) - 1)

    def _wait(self, now: float) -> None:
        rests_at = getattr(self._widget.app, "typed_at", NO_KEY) + REST_S
        wait = max(self._not_before, min(rests_at, self._until)) - now
        if wait <= 0:
            self.now()
        else:
            self._timer = self._widget.set_timer(wait, self._look_again)

    def _look_again(self) -> None:
        self._timer = None
        self._wait(asyncio.get_running_loop().time())

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
        self._timer: asyncio.TimerHandle | None = None

    def __call__(self) -> None:
        """Begin the rest anew."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = call_in(self._widget, self._rest_s, self._rested)

    def _rested(self) -> None:
        self._timer = None
        self._call()
