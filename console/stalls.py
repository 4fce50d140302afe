"""Where the screen stood still: how long no key was looked for, and what ran meanwhile.

On with PAIDAN_STALLS=100 (milliseconds), for whoever looks for them; a line each in the log.
A thread looks at the loop's stack while it is busy: afterwards nothing tells what it did.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.turns import Steady
from store import clock

_DEPTH: Final = 4
"""Places told of one stall, the innermost last."""

if TYPE_CHECKING:
    import selectors
    from collections.abc import Mapping

_LOG = logging.getLogger("paidan.stalls")
_HOUSE: Final = str(Path(__file__).parent.parent)


class Watched(Steady):
    """A selector that knows since when the loop has been busy, and tells of long turns."""

    def __init__(self, longest_s: float) -> None:
        super().__init__()
        self._longest_s = longest_s
        self._loop = threading.get_ident()
        self._busy_since: float | None = clock.monotonic()
        """None while it waits; the first turn is that before the first look."""
        self.seen: str | None = None
        """What ran when the turn had become long."""
        self._closed = threading.Event()
        threading.Thread(target=self._watch, daemon=True, name="paidan-stalls").start()

    def look(self, timeout: float | None) -> list[tuple[selectors.SelectorKey, int]]:
        """A turn is over; the next begins when something has come."""
        since = self._busy_since
        if since is not None:
            self.took(clock.monotonic() - since)
        self._busy_since = self.seen = None
        found = super().look(timeout)
        self._busy_since = clock.monotonic()
        return found

    def took(self, seconds: float) -> None:
        """A turn has taken so long."""
        if seconds > self._longest_s:
            _LOG.warning("%d ms: %s", round(seconds * 1000), self.seen or "unseen")

    def close(self) -> None:
        """Look no more."""
        self._closed.set()
        super().close()

    def _watch(self) -> None:
        while not self._closed.wait(self._longest_s / 4):
            since = self._busy_since
            if since is None or self.seen or clock.monotonic() - since <= self._longest_s:
                continue
            frame = sys._current_frames().get(self._loop)  # noqa: SLF001  Python has no other
            if frame is not None:
                self.seen = _told(traceback.extract_stack(frame))


def _told(stack: traceback.StackSummary) -> str:
    """The last places of our own, and the very last of all."""
    ours = [frame for frame in stack if frame.filename.startswith(_HOUSE)]
    places = [*ours[-_DEPTH:], *([] if ours and stack[-1] is ours[-1] else stack[-1:])]
    return " > ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in places)


def watching(environ: Mapping[str, str]) -> Watched | None:
    """The selector that the environment asks for; None where it names no milliseconds."""
    longest_ms = environ.get("PAIDAN_STALLS", "")
    return Watched(int(longest_ms) / 1000) if longest_ms.isdecimal() and int(longest_ms) else None
