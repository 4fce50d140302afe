"""How much a slow line carries: bytes a second between two looks; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

SPARING_TICK_S: Final = 5
"""Seconds between the ticks of a console that spares its line."""


class Meter:
    """Reads a counter that only grows."""

    def __init__(self) -> None:
        self._last: tuple[int, datetime] | None = None

    def read(self, written: int, at: datetime) -> int:
        """Bytes a second since the last look, rounded up; 0 at the first one."""
        last, self._last = self._last, (written, at)
        if last is None:
            return 0
        seconds = (at - last[1]).total_seconds()
        return -int(-(written - last[0]) // seconds) if seconds > 0 else 0
