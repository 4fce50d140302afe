"""The looks of the desk: calm and dark, for terminals with many colours, sixteen, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

NIGHT: Final = Theme(
    name="paidan-night",
    primary="#4f7cac",
    secondary="#6c8ebf",
    accent="#7fb4e0",
    foreground="#d0d0d0",
    background="#121212",
    surface="#1c1c1c",
    panel="#303030",
    success="#87af87",
    warning="#d7af5f",
    error="#ff6b5f",
    dark=True,
    variables={
        "text-error": "#ff875f",
        "text-warning": "#d7af5f",
        "text-success": "#87af87",
        "text-accent": "#87afd7",
        "text-muted": "#8a8a8a",
        "text-disabled": "#6c6c6c",
    },
)
"""Greys that 256 colours have too; nothing bright but what wants to be seen."""

DAY: Final = Theme(
    name="paidan-day",
    primary="#2f6690",
    secondary="#3a7ca5",
    accent="#16425b",
    foreground="#1c1c1c",
    background="#ffffff",
    surface="#f5f5f5",
    panel="#dadada",
    success="#2e7d32",
    warning="#8a5a00",
    error="#b3261e",
    dark=False,
    variables={
        "text-error": "#b3261e",
        "text-warning": "#8a5a00",
        "text-success": "#2e7d32",
        "text-accent": "#005f87",
        "text-muted": "#5f5f5f",
        "text-disabled": "#8a8a8a",
    },
)

SIXTEEN: Final = Theme(
    name="paidan-16",
    primary="#0000ee",
    secondary="#00cdcd",
    accent="#00ffff",
    foreground="#e5e5e5",
    background="#000000",
    surface="#000000",
    panel="#000000",
    success="#00cd00",
    warning="#cdcd00",
    error="#ff0000",
    dark=True,
    variables={
        "text-error": "#ff0000",
        "text-warning": "#cdcd00",
        "text-success": "#00cd00",
        "text-accent": "#00ffff",
        "text-muted": "#e5e5e5",
        "text-disabled": "#7f7f7f",
    },
)
"""Each colour is one of the sixteen, so that warning and error never fall together."""

THEMES: Final = (NIGHT, DAY, SIXTEEN)
NAMES: Final[Mapping[str, str]] = {"dark": NIGHT.name, "light": DAY.name, "16": SIXTEEN.name}
"""What the setting `theme` may be called."""


def theme_for(wanted: str, colours: str) -> str:
    """The theme for a setting and for what the terminal can show."""
    if wanted in NAMES:
        return NAMES[wanted]
    if wanted not in ("", "auto"):
        return wanted if wanted in {theme.name for theme in THEMES} else NIGHT.name
    return SIXTEEN.name if colours == "16" else NIGHT.name
