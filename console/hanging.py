"""A mark within a line of text; light, so that commands may say what screens say."""

from __future__ import annotations

from typing import Final

HANG: Final = ("", "hang")
"""A part put before a text: where the line is too long, it goes on below this place."""
