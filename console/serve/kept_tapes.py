"""Which recordings have to go: those older than their days, then the oldest beyond their room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tape:
    """One file."""

    name: str
    written_at: datetime
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How long, and in how much room."""

    days: int
    megabytes: int

    @property
    def room(self) -> int:
        """Bytes of all of them."""
        return self.megabytes * 1_000_000

    @property
    def part(self) -> int:
        """Bytes of one file; what goes on longer has several, and the first of them can go."""
        return min(50_000_000, max(50_000, self.room // 8))


def make_room(
    tapes: Iterable[Tape], kept: Keeping, *, at: datetime, remove: Callable[[str], bool]
) -> None:
    """Have them removed, the oldest first; `remove` tells whether one is gone."""
    oldest_first = sorted(tapes, key=lambda tape: (tape.written_at, tape.name))
    left = sum(tape.size for tape in oldest_first)
    for tape in oldest_first:
        old = at - tape.written_at > timedelta(days=kept.days)
        if (old or left > kept.room) and remove(tape.name):
            left -= tape.size
