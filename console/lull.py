"""How long nobody may type before a session is covered, and before it ends; pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

WARNED_S: Final = 60.0
"""So long before either it is announced; half of a limit that is shorter than twice that."""


class Stage(Enum):
    """What the time without a key has come to."""

    AWAKE = auto()
    LOCKS_SOON = auto()
    LOCKED = auto()
    ENDS_SOON = auto()
    OVER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lull:
    """Seconds without a key; 0 for never."""

    lock_s: float = 0.0
    end_s: float = 0.0

    def stage(self, idle_s: float) -> Stage:
        """What so many seconds without a key come to; an end comes before a lock of the same."""
        if self.end_s and idle_s >= self.end_s:
            return Stage.OVER
        if self.lock_s and idle_s >= self.lock_s:
            return Stage.LOCKED
        if self.end_s and idle_s >= _warned(self.end_s):
            return Stage.ENDS_SOON
        if self.lock_s and idle_s >= _warned(self.lock_s):
            return Stage.LOCKS_SOON
        return Stage.AWAKE


def _warned(limit_s: float) -> float:
    return max(limit_s - WARNED_S, limit_s / 2)
