"""How far a long command is, drawn on stderr over itself; nothing where nobody looks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from console.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

WIDTH = 24
EVERY_S = 0.1


class Progress:
    """A bar of `#` and `.`, with what is done, of how much, and how long it will take."""

    def __init__(
        self,
        total: int,
        *,
        monotonic: Callable[[], float],
        out: TextIO | None = None,
        quiet: bool = False,
    ) -> None:
        self._total = max(1, total)
        self._out = out or sys.stderr
        self._monotonic = monotonic
        self._began = self._drawn = monotonic()
        self._shown = False
        self._mute = quiet or not self._out.isatty()

    def __call__(self, done: int) -> None:
        """This much is done; drawn now and then."""
        now = self._monotonic()
        if self._mute or now - self._drawn < EVERY_S:
            return
        self._drawn = now
        self._draw(min(done, self._total), now - self._began)

    def end(self) -> None:
        """Clear the bar away: what comes next says how it went."""
        if self._shown:
            self._out.write("\r\x1b[K")
            self._out.flush()
            self._shown = False

    def _draw(self, done: int, spent: float) -> None:
        share = done / self._total
        filled = int(share * WIDTH)
        left = round(spent / share - spent) if share > 0 else 0
        text = _("{percent} %, row {done} of {total}, {left} s to go").format(
            percent=int(share * 100), done=done, total=self._total, left=left
        )
        self._out.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {text}\x1b[K")
        self._out.flush()
        self._shown = True
