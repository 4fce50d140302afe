"""How the parts of a work table look, and the tones of its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LOOKS: Final[Mapping[str, str]] = {
    "header": "bold on $panel",
    "waiting": "bold reverse",
    "cursor": "bold $text on $primary",
    "blurred": "$foreground on $panel",
    "gone": "$text-disabled",
    "missing": "$text-disabled",
    "bar": "on $primary",
    "overdue": "bold $text-error",
    "soon": "bold $text-warning",
    "muted": "$text-muted",
    "good": "$text-success",
    "alarm": "bold reverse $text-error",
    "strong": "bold",
}
"""What each part of the table and each tone wears; component classes cost a start ten times it."""

WHOLE = ("header", "cursor", "blurred", "bar")
"""Looks that bring their own paper; the others only change ink and attributes."""
