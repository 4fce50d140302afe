"""The looks for eyes and rooms that the usual ones do not suit."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

CONTRAST: Final = Theme(
    name="paidan-contrast",
    primary="#5fafff",
    secondary="#5fd7ff",
    accent="#5fd7ff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    success="#5fff87",
    warning="#ffff5f",
    error="#ff8787",
    dark=True,
    variables={
        "text-error": "#ff8787",
        "text-warning": "#ffff5f",
        "text-success": "#5fff87",
        "text-accent": "#5fd7ff",
        "text-muted": "#dadada",
        "text-disabled": "#bcbcbc",
    },
)
"""Every ink stands out seven times from its paper, as the guidelines ask at their strictest."""

COLOUR_BLIND: Final = Theme(
    name="paidan-colour-blind",
    primary="#5f87d7",
    secondary="#5f87d7",
    accent="#87afff",
    foreground="#d0d0d0",
    background="#121212",
    surface="#1c1c1c",
    panel="#262626",
    success="#5fafff",
    warning="#ffff87",
    error="#ff8700",
    dark=True,
    variables={
        "text-error": "#ff8700",
        "text-warning": "#ffff87",
        "text-success": "#5fafff",
        "text-accent": "#afafff",
        "text-muted": "#a8a8a8",
        "text-disabled": "#949494",
    },
)
"""Blue is well, pale yellow is soon, orange is late: no pair differs by red and green alone."""
