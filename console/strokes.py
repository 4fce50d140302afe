"""Rows that change are drawn together, straight into the frame.

Textual sends a message to a widget, another to its screen, and wakes a timer before anything is
composed anew. Here the rows that are others go where they are seen to lie: a row that is shown in
full, with nothing over it, is the very strip that its widget drew. All else is left to Textual.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.geometry import Region

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.segment import Segment

    from console.frames import Frame


class Spot(NamedTuple):
    """A part of one line of a widget's content."""

    y: int
    x: int
    segments: list[Segment]
    """Finished."""


class Strokes:
    """Rows and parts of rows to be drawn anew, by the widget that draws them."""

    def __init__(self, draw: Callable[[], object]) -> None:
        self._draw = draw
        self._drawing: asyncio.Handle | None = None
        self._rows: dict[Any, set[int]] = {}
        self._spots: dict[Any, list[Spot]] = {}
        self.ready = False
        """Whether there is a frame to draw them into."""
        self._left_alone = False

    @property
    def takes(self) -> bool:
        """Whether they are to be told here, and not to Textual."""
        return self.ready and not self._left_alone

    def note(self, widget: Any, regions: Iterable[Region]) -> None:
        """These rows of a widget's content are others now."""
        self._draw_soon()
        rows = self._rows.setdefault(widget, set())
        for region in regions:
            rows.update(range(region.y, region.bottom))

    def note_parts(self, widget: Any, spots: Iterable[Spot]) -> None:
        """These parts of its rows are."""
        self._draw_soon()
        self._spots.setdefault(widget, []).extend(spots)

    def _draw_soon(self) -> None:
        if self._drawing is None:
            self._drawing = asyncio.get_running_loop().call_soon(self._draw)

    def lay(self, frame: Frame | None) -> bool:
        """Draw what was told; whether the frame is another one now."""
        if self._drawing is None or frame is None:
            return False
        self._drawing.cancel()
        self._drawing = None
        rows, self._rows = self._rows, {}
        spots, self._spots = self._spots, {}
        laid = 0
        for widget in {**rows, **spots}:
            if not widget.is_attached:
                continue
            whole = rows.get(widget, set())
            parts = [spot for spot in spots.get(widget, ()) if spot.y not in whole]
            left = _laid(frame, widget, whole, parts)
            laid += len(whole) + len(parts) - len(left)
            if left:
                self._leave(widget, left)
        return laid > 0

    def _leave(self, widget: Any, rows: list[int]) -> None:
        width = widget.content_size.width
        self._left_alone = True
        try:
            widget.refresh(*(Region(0, y, width, 1) for y in rows))
        finally:
            self._left_alone = False


def _laid(frame: Frame, widget: Any, rows: set[int], parts: list[Spot]) -> list[int]:
    """Draw what lies open of one widget; the rows that do not."""
    place = widget.screen._compositor.visible_widgets.get(widget)  # noqa: SLF001  where it is seen
    if place is None or widget._layout_required:  # noqa: SLF001
        return [*rows, *(spot.y for spot in parts)]
    gutter, (x, above) = widget.gutter, place[0].offset
    left, above, drawn = [], above + gutter.top, widget.drawn
    for spot in parts:
        strip = drawn.get(spot.y)
        if strip is None or not frame.lies(x, above + spot.y, strip):
            left.append(spot.y)
        elif spot.segments:
            frame.patch(x, above + spot.y, x + gutter.left + spot.x, spot.segments)
    with widget.drawing():
        for y in rows:
            strip = drawn.get(y)
            if strip is None or not frame.lies(x, above + y, strip):
                left.append(y)
            else:
                frame.put(x, above + y, widget.drawn_line(y))
    return left
