"""Turns lines of parts into strips; a line that was drawn before costs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions

from console.hanging import HANG
from console.looks import TONES, broken, content
from console.looks import width as parts_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.style import Style as RichStyle

    from console.looks import Parts
    from console.widgets.direct import Direct

_KEPT = 128


class PartsPainter:
    """Paints lines for one width and the present looks of a widget."""

    def __init__(self, widget: Direct, width: int) -> None:
        self.width = width
        self._widget = widget
        self._base = widget.visual_style
        self._looks: Mapping[str, RichStyle] = {
            tone: (self._base + Style.parse(look)).rich_style for tone, look in TONES.items()
        }
        self._made: dict[Parts, tuple[Strip, ...]] = {}
        self._again: dict[int, tuple[Parts, tuple[Strip, ...]]] = {}
        """The same by the line itself."""
        self.blank = self._plain(())

    def rows(self, lines: Iterable[Parts]) -> list[Strip]:
        """The rows of the screen that the lines need; the same objects for the same lines."""
        return [strip for line in lines for strip in self._strips(line)]

    def look(self, style: str) -> RichStyle:
        """A look of the theme over the widget's own."""
        return (self._base + Style.parse(style)).rich_style

    def _strips(self, line: Parts) -> tuple[Strip, ...]:
        again = self._again.get(id(line))
        if again is not None and again[0] is line:  # to hash a line takes longer than to find it
            return again[1]
        made = self._made.get(line)
        if made is None:
            if len(self._made) > _KEPT:
                self._made.clear()
            simple = parts_width(line) <= self.width and all(
                text.isprintable() for text, _tone in line
            )
            made = (self._plain(line),) if simple else self._wrapped(line)
            self._made[line] = made
        if len(self._again) > _KEPT:
            self._again.clear()
        self._again[id(line)] = line, made
        return made

    def _plain(self, line: Parts) -> Strip:
        segments = [Segment(text, self._looks[tone]) for text, tone in line if text]
        rest = self.width - parts_width(line)
        if rest:
            segments.append(Segment(" " * rest, self._looks[""]))
        return Strip(self._widget.finish(segments), self.width)

    def _wrapped(self, line: Parts) -> tuple[Strip, ...]:
        """Too long, or with line breaks inside: broken, hanging where the line says."""
        place = line.index(HANG) if HANG in line else 0
        head, indent = line[:place], parts_width(line[:place])
        if not 0 < indent <= self.width // 2:
            return self._broken(line, self.width)
        widget, look = self._widget, self._looks
        begun = [Segment(text, look[tone]) for text, tone in head if text]
        rest = self._broken(line[place + 1 :], self.width - indent)
        blank = widget.finish([Segment(" " * indent, look[""])])
        heads = [widget.finish(begun), *[blank] * (len(rest) - 1)]
        return tuple(
            Strip([*before, *strip], self.width) for before, strip in zip(heads, rest, strict=True)
        )

    def _broken(self, line: Parts, width: int) -> tuple[Strip, ...]:
        widget = self._widget
        options = RenderOptions(lambda look: Style.parse(str(look)), widget.styles.get_rules())
        strips = (
            strip
            for part in broken(line, width)
            for strip in content(part).render_strips(width, None, self._base, options)
        )
        padded = (strip.adjust_cell_length(width, self._looks[""]) for strip in strips)
        return tuple(Strip(widget.finish(list(strip)), width) for strip in padded)
