"""The looks of the desk: calm and dark, for terminals with many colours, sixteen, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.theme import Theme

from console.themes_more import COLOUR_BLIND, CONTRAST
from store.domain.words import N_

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
    panel="#262626",
    success="#87af87",
    warning="#d7af5f",
    error="#ff6b5f",
    dark=True,
    variables={
        "text-error": "#ff875f",
        "text-warning": "#d7af5f",
        "text-success": "#87af87",
        "text-accent": "#87afd7",
        "text-muted": "#a8a8a8",
        "text-disabled": "#949494",
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
        "text-error": "#a01c14",
        "text-warning": "#6f4700",
        "text-success": "#00570f",
        "text-accent": "#005f87",
        "text-muted": "#4e4e4e",
        "text-disabled": "#585858",
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

SIXTEEN_DAY: Final = Theme(
    name="paidan-day-16",
    primary="#000080",
    secondary="#000080",
    accent="#000080",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#ffffff",
    success="#000080",
    warning="#800080",
    error="#800000",
    dark=False,
    variables={
        "text-error": "#800000",
        "text-warning": "#800080",
        "text-success": "#000080",
        "text-accent": "#000080",
        "text-muted": "#000000",
        "text-disabled": "#000000",
    },
)
"""Of the sixteen, green, yellow and grey cannot be read on white: brackets say what is disabled."""

THEMES: Final = (NIGHT, DAY, CONTRAST, COLOUR_BLIND, SIXTEEN, SIXTEEN_DAY)
NAMES: Final[Mapping[str, str]] = {
    "dark": NIGHT.name,
    "light": DAY.name,
    "contrast": CONTRAST.name,
    "colour-blind": COLOUR_BLIND.name,
    "16": SIXTEEN.name,
}
"""What the setting `theme` may be called."""

LABELS: Final[Mapping[str, str]] = {
    "dark": N_("dark"),
    "light": N_("light"),
    "contrast": N_("high contrast"),
    "colour-blind": N_("for the colour-blind"),
    "16": N_("sixteen colours"),
}

_MANY: Final = frozenset({"dark", "contrast", "colour-blind"})
"""Themes that need more than sixteen colours."""


def after(wanted: str) -> str:
    """The setting behind this one, round and round."""
    names = list(NAMES)
    return names[(names.index(wanted) + 1) % len(names)] if wanted in names else names[1]


def theme_for(wanted: str, colours: str) -> str:
    """The theme for a setting and for what the terminal can show."""
    if wanted == "light" and colours == "16":
        return SIXTEEN_DAY.name
    if wanted in _MANY and colours == "16":  # whose own black and white differ most
        return SIXTEEN.name
    if wanted in NAMES:
        return NAMES[wanted]
    if wanted not in ("", "auto"):
        return wanted if wanted in {theme.name for theme in THEMES} else NIGHT.name
    return SIXTEEN.name if colours == "16" else NIGHT.name
