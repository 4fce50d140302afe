"""The gate before the terminal: filters over every line that any widget draws.

`Gate` removes what a terminal would obey or could not measure, whoever put it there, without
moving a column. `Palette` and `NoColours` bring colours down to what the terminal has; Rich alone
turns dark panels navy, and Textual's own NO_COLOR still sends greys.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len, set_cell_size
from rich.color import Color, ColorType
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from textual.color import Color as Tint
from textual.filter import LineFilter

from store.domain.text import cap_marks, is_unsafe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.palette import Palette as RichPalette

Colours = Literal["truecolor", "256", "16", "none"]

_FAINTEST_CONTRAST = 1.25
"""Papers closer to the widget's own than this carry no meaning when colours are gone."""


@lru_cache(maxsize=1024)
def clean(text: str) -> str:
    """The text without anything unsafe, exactly as many cells wide as it was promised to be."""
    kept = cap_marks("".join(character for character in text if not is_unsafe(character)))
    width = cell_len(text)
    return kept if cell_len(kept) == width else set_cell_size(kept, width)


class Gate(LineFilter):
    """Nothing but measurable text passes, and control segments from content never do."""

    def apply(self, segments: list[Segment], background: Tint) -> list[Segment]:  # noqa: ARG002 # Textual's signature
        """The same line, safe to write."""
        if all(
            not control and text.isascii() and text.isprintable() for text, _, control in segments
        ):
            return segments
        return [
            Segment(text if text.isascii() and text.isprintable() else clean(text), style)
            for text, style, control in segments
            if not control
        ]


def _distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """How far apart two colours look (the red-mean weighting)."""
    mean = (one[0] + other[0]) / 2
    red, green, blue = (a - b for a, b in zip(one, other, strict=True))
    return (2 + mean / 256) * red**2 + 4 * green**2 + (2 + (255 - mean) / 256) * blue**2


def _fixed_256() -> Mapping[int, tuple[int, int, int]]:
    """The 240 of 256 colours that no terminal theme repaints: the cube and the greys."""
    ramp = (0, 95, 135, 175, 215, 255)
    cube = {
        16 + 36 * r + 6 * g + b: (ramp[r], ramp[g], ramp[b])
        for r in range(6)
        for g in range(6)
        for b in range(6)
    }
    return cube | {232 + step: (8 + 10 * step,) * 3 for step in range(24)}


def _theme_16(palette: RichPalette) -> Mapping[int, tuple[int, int, int]]:
    return {number: palette[number] for number in range(16)}


_CHOICES: Mapping[str, Mapping[int, tuple[int, int, int]]] = {
    "256": _fixed_256(),
    "16": _theme_16(DEFAULT_TERMINAL_THEME.ansi_colors),
}
_KINDS = {"256": ColorType.EIGHT_BIT, "16": ColorType.STANDARD}


@lru_cache(maxsize=512)
def nearest(color: Color, colours: str) -> Color:
    """The colour among `colours` ("256" or "16") that looks most like this one."""
    if color.triplet is None:
        return color
    table = _CHOICES[colours]
    red, green, blue = color.triplet
    number = min(table, key=lambda choice: _distance(table[choice], (red, green, blue)))
    return Color(str(number), _KINDS[colours], number=number)


@lru_cache(maxsize=512)
def _downgrade(style: Style, colours: str) -> Style:
    ink = nearest(style.color, colours) if style.color else None
    paper = nearest(style.bgcolor, colours) if style.bgcolor else None
    return style + Style.from_color(ink, paper)


class Palette(LineFilter):
    """Brings colours down to 256 or 16 by how they look."""

    def __init__(self, colours: Literal["256", "16"]) -> None:
        super().__init__()
        self._colours = colours

    def apply(self, segments: list[Segment], background: Tint) -> list[Segment]:  # noqa: ARG002 # Textual's signature
        """The same line in the colours the terminal has."""
        return [
            Segment(text, _downgrade(style, self._colours) if style else style, control)
            for text, style, control in segments
        ]


_ATTRIBUTES = ("bold", "dim", "italic", "underline", "blink", "reverse", "strike", "overline")


@lru_cache(maxsize=512)
def _bare(style: Style, background: Tint) -> Style:
    """The style without colour; a paper that stood out becomes reverse video."""
    kept = {name: True for name in _ATTRIBUTES if getattr(style, name)}
    # A cursor or a chosen row known only by its paper must not vanish with the colours.
    if _stands_out(style.bgcolor, background):
        kept["reverse"] = True
    return Style(**kept)  # type: ignore[arg-type] # names of attributes only


def _stands_out(paper: Color | None, background: Tint) -> bool:
    if paper is None or paper.is_default:
        return False
    return _contrast(Tint.from_rich_color(paper), background) > _FAINTEST_CONTRAST


def _contrast(one: Tint, other: Tint) -> float:
    """The contrast ratio of two colours, from 1 (equal) to 21 (black on white)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(tint: Tint) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in tint.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class NoColours(LineFilter):
    """Lets attributes through and no colour at all."""

    def apply(self, segments: list[Segment], background: Tint) -> list[Segment]:
        """The same line with bold, underline and reverse only."""
        return [
            Segment(text, _bare(style, background) if style else style, control)
            for text, style, control in segments
        ]


def colour_filters(colours: Colours) -> list[LineFilter]:
    """The filters that follow Textual's own."""
    if colours == "none":
        return [NoColours()]
    return [] if colours == "truecolor" else [Palette(colours)]
