"""How far a long command is, drawn on stderr over itself; nothing where nobody looks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from console.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

WIDTH = 24
EVERY_S = 0.1
CLEARED = "\r\x1b[K"


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
            self._out.write(CLEARED)
            self._out.flush()
            self._shown = False

    def _draw(self, done: int, spent: float) -> None:
        share = done / self._total
        left = round(spent / share - spent) if share > 0 else 0
        text = _("{percent} %, row {done} of {total}, {left} s to go").format(
            percent=int(share * 100), done=done, total=self._total, left=left
        )
        self._out.write(bar(share, text))
        self._out.flush()
        self._shown = True


class Stepped:
    """The same of a few steps that have names and are of no known length."""

    def __init__(self, steps: Sequence[str], *, out: TextIO | None = None) -> None:
        self._steps = steps
        self._out = out or sys.stderr
        self._mute = not self._out.isatty()

    def __call__(self, step: int) -> None:
        """This one, from 1, begins; with 0 all of them are over, and the bar is cleared away."""
        if self._mute:
            return
        said = CLEARED
        if step:
            told = _("{step} of {steps}: {what}").format(
                step=step, steps=len(self._steps), what=_(self._steps[step - 1])
            )
            said = bar((step - 1) / len(self._steps), told)
        self._out.write(said)
        self._out.flush()


def bar(share: float, text: str) -> str:
    """A line that draws itself over the one before."""
    filled = int(share * WIDTH)
    return f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {text}\x1b[K"
