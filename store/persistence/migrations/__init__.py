"""The chain of schema changes, one file a number; the newest number is `HEAD`."""

from __future__ import annotations

HEAD = "0042"

MIN_READER = 1
"""The oldest program (by its HEAD) that still reads this schema rightly."""
MIN_WRITER = 42
"""The oldest program that may still write it."""
