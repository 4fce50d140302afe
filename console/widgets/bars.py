"""One-idea bars made of parts: they redraw only when what they show has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widget import Widget

from console.looks import lines_of
from console.looks import width as parts_width

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.content import Content
    from textual.geometry import Region, Size
    from textual.strip import Strip

    from console.looks import Parts


class PartsBar(Widget):
    """Some lines of parts, made for the width that the layout gives; never laid out twice."""

    DEFAULT_CSS = "PartsBar { height: auto; width: 1fr; }"
    ALLOW_SELECT = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(markup=False, **kwargs)
        self._make: Callable[[int, int], tuple[Parts, ...]] | None = None
        self._lines: tuple[Parts, ...] = ()
        self._rows = 0
        """How many rows of the screen they need, wrapped by cells."""
        self._width = 0
        """What the lines were made for; 0 where they must be made anew."""

    def show(self, make: Callable[[int, int], tuple[Parts, ...]]) -> None:
        """From now on, show what this makes of its width and of the screen's height in cells."""
        self._make = make
        self.renew()

    def renew(self) -> None:
        """Make the lines again, and draw them if they are others."""
        self._width = 0
        before = self._rows
        if self._fit(self.content_size.width):
            wraps = self._rows > len(self._lines)
            self.refresh(layout=wraps or self._rows != before)

    def on_resize(self, _event: events.Resize) -> None:
        """Another width or another screen may hold more or less."""
        self.renew()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """How many lines there are at this width, those that wrap counted."""
        self._fit(width)
        return super().get_content_height(container, viewport, width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the lines for the width at hand."""
        self._fit(self.content_size.width)
        return super().render_lines(crop)

    def render(self) -> Content:
        """The lines, as Textual draws them."""
        return lines_of(self._lines)

    def _fit(self, width: int) -> bool:
        """Make the lines for a width, unless they are; whether they are others now."""
        if self._make is None or not width or width == self._width:
            return False
        self._width = width
        lines = self._make(width, self.app.size.height)
        if lines == self._lines:
            return False
        self._lines = lines
        self._rows = sum(max(1, -(-parts_width(line) // width)) for line in lines)
        self._layout_cache.clear()  # Textual keeps what `render` gave
        self.clear_cached_dimensions()
        return True
