"""The chain of schema changes, one file a number; the newest number is `HEAD`."""

from __future__ import annotations

HEAD = "0043"

MIN_READER = 1
"""The oldest program (by its HEAD) that still reads this schema rightly."""
MIN_WRITER = 43
"""The oldest program that may still write it."""
