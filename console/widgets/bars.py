"""One-idea bars made of parts: only the lines that are others now are drawn anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.geometry import Region

from console.widgets.direct import Direct
from console.widgets.parts_painter import PartsPainter

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.geometry import Size
    from textual.strip import Strip

    from console.looks import Parts


class PartsBar(Direct):
    """Some lines of parts, made for the width that the layout gives."""

    DEFAULT_CSS = "PartsBar { height: auto; width: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._make: Callable[[int, int], tuple[Parts, ...]] | None = None
        self._stale = True
        """Whether the lines must be made anew before they are drawn."""
        self._painter: PartsPainter | None = None
        self._rows: list[Strip] = []

    def show(self, make: Callable[[int, int], tuple[Parts, ...]]) -> None:
        """From now on, show what this makes of its width and of the screen's height in cells."""
        self._make = make
        self.renew()

    def renew(self) -> None:
        """Make the lines again, and draw those that are others."""
        self._stale = True
        width, before = self.content_size.width, self._rows
        if not width:
            return
        rows = self._fit(width)
        if len(rows) != len(before):
            self.refresh(layout=True)
            return
        changed = [y for y, row in enumerate(rows) if row is not before[y]]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def on_resize(self, _event: events.Resize) -> None:
        """Another width or another screen may hold more or less."""
        self.renew()

    def notify_style_update(self) -> None:
        """Forget the looks of the theme before."""
        super().notify_style_update()
        self._painter = None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  Textual's signature
        """How many rows there are at this width, those that wrap counted."""
        return len(self._fit(width))

    def content_line(self, y: int) -> Strip:
        """One row of the lines, for the width at hand."""
        rows = self._fit(self.content_size.width)
        return rows[y] if y < len(rows) else self._ready_painter(self.content_size.width).blank

    def _fit(self, width: int) -> list[Strip]:
        """The rows for a width, made anew where they must be."""
        if self._make is None or not width:
            return []
        painter = self._painter
        if self._stale or painter is None or painter.width != width:
            self._stale = False
            lines = self._make(width, self.app.size.height)
            self._rows = self._ready_painter(width).rows(lines)
        return self._rows

    def _ready_painter(self, width: int) -> PartsPainter:
        if self._painter is None or self._painter.width != width:
            self._painter = PartsPainter(self, width)
        return self._painter
