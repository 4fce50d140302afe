"""One-idea bars made of parts: they redraw only when what they show has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widgets import Static

from console.looks import lines_of
from console.looks import width as parts_width

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

    from console.looks import Parts


class PartsBar(Static):
    """Some lines of parts, drawn anew when they or the width have changed."""

    DEFAULT_CSS = "PartsBar { height: auto; width: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("", markup=False, **kwargs)
        self._make: Callable[[int, int], tuple[Parts, ...]] | None = None
        self._shown: tuple[Parts, ...] | None = None
        self._rows = -1

    def show(self, make: Callable[[int, int], tuple[Parts, ...]]) -> None:
        """From now on, show what this makes of its width and of the screen's height in cells."""
        self._make = make
        self.renew()

    def renew(self) -> None:
        """Make the lines again, and draw them if they are others."""
        width = self.content_size.width
        if self._make is None or not width:
            return
        lines = self._make(width, self.app.size.height)
        if lines != self._shown:
            rows = sum(max(1, -(-parts_width(line) // width)) for line in lines)
            wraps = rows > len(lines)
            grown = rows != self._rows or wraps
            self._shown, self._rows = lines, 0 if wraps else rows
            self.update(lines_of(lines), layout=grown)

    def on_resize(self, _event: events.Resize) -> None:
        """Another width may hold more or less."""
        self.renew()
