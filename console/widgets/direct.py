"""Widgets that draw their own lines: past Textual's caches and filters, which cost more than they.

A subclass says what stands in a line of its content; a plain border and a padding are drawn around
it here. What is drawn must have passed `finish`, once, so that it can be kept.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from console.terminal import FrugalApp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Self

    from textual.color import Color
    from textual.filter import LineFilter

    from console.strokes import Spot

_SIDES = frozenset({"", "none", "solid"})
"""Borders that can be drawn here; others are left to Textual."""

_ACROSS, _DOWN = "─", "│"


class Direct(Widget):
    """A widget that is nothing but lines."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]  # Textual's own
        self._sides: tuple[list[Segment], list[Segment]] | None = None
        """What stands left and right of every line; None where the looks have changed."""
        self._filters: tuple[Sequence[LineFilter], Color] | None = None
        """What finishes its lines, and the paper they are on; None where the looks have changed."""
        self.drawn: dict[int, Strip] = {}
        """What each line of the content was drawn as last, with all that stands beside it."""

    def content_line(self, y: int) -> Strip:
        """One line inside the border, finished, as wide as the content."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """The same, for those who ask the stock way."""
        return self.content_line(y)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines of the widget."""
        if not self._is_plain():
            return super().render_lines(crop)
        width, height = self.outer_size
        top = self.gutter.top  # which Textual works out anew each time it is asked
        rows = range(crop.y - top, min(crop.bottom, height) - top)
        with self.drawing():
            strips = [self.drawn_line(y) for y in rows]
        if (crop.x, crop.right) == (0, width):
            return strips
        return [strip.crop(crop.x, crop.right) for strip in strips]

    def refresh(self, *regions: Region, **how: Any) -> Self:
        """Draw the widget or some of its rows anew."""
        app = self.app
        if regions and not how and isinstance(app, FrugalApp) and app.strokes.takes:
            app.strokes.note(self, regions)
            return self
        return super().refresh(*regions, **how)

    def redraw_parts(self, spots: Iterable[Spot]) -> None:
        """Draw only these parts of lines anew; the rest of them is as it was drawn last."""
        app = self.app
        if isinstance(app, FrugalApp) and app.strokes.takes:
            app.strokes.note_parts(self, spots)
        else:
            width = self.content_size.width
            self.refresh(*(Region(0, spot.y, width, 1) for spot in spots))

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """What is the same for all lines may be asked for once meanwhile."""
        yield

    def drawn_line(self, y: int) -> Strip:
        """One line of the content as it is now, with what stands beside it."""
        strip = self.drawn[y] = self._whole_line(y, self.outer_size.width)
        return strip

    def finish(self, segments: list[Segment]) -> list[Segment]:
        """Pass segments through the terminal's filters."""
        if self._filters is None:  # Textual looks through all that stands around the widget
            self._filters = self.get_line_filters(), self.background_colors[1]
        filters, background = self._filters
        for line_filter in filters:
            segments = line_filter.apply(segments, background)
        return segments

    def notify_style_update(self) -> None:
        """Forget the looks of the theme before."""
        super().notify_style_update()
        self._sides = self._filters = None

    def _is_plain(self) -> bool:
        styles = self.styles
        kinds = [kind for kind, _colour in styles.border]
        cornered = kinds[0] or kinds[2]
        return (
            _SIDES.issuperset(kinds)
            and not (cornered and (kinds[1] or kinds[3] or any(styles.padding)))
            and not (kinds[2] or styles.padding.top or styles.padding.bottom)
            and self.opacity == 1.0
            and not styles.tint.a
        )

    def _whole_line(self, y: int, width: int) -> Strip:
        if y < 0:
            return self._border_above()
        strip = self.content_line(y)
        left, right = self._sides or self._make_sides()
        if not left and not right:
            return strip
        return Strip([*left, *strip, *right], width)

    def _border_above(self) -> Strip:
        width = self.outer_size.width
        return Strip(self.finish([Segment(_ACROSS * width, self._border_look(0))]), width)

    def _make_sides(self) -> tuple[list[Segment], list[Segment]]:
        padding, base = self.styles.padding, self.rich_style
        border = self.styles.border
        left = [Segment(_DOWN, self._border_look(3))] if border[3][0] else []
        right = [Segment(_DOWN, self._border_look(1))] if border[1][0] else []
        if padding.left:
            left.append(Segment(" " * padding.left, base))
        if padding.right:
            right.insert(0, Segment(" " * padding.right, base))
        self._sides = self.finish(left), self.finish(right)
        return self._sides

    def _border_look(self, side: int) -> RichStyle:
        below, background = self.background_colors
        colour = below + self.styles.border[side][1]
        return RichStyle.from_color(colour.rich_color, background.rich_color)
