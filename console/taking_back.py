"""The command that may still be taken back with one key, and for how long it says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.intents import Done

SHOWN: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """One's own last command, as long as its result says that it can be taken back."""

    entry: int
    """What `Undo` takes."""
    until: datetime

    @classmethod
    def of(cls, done: Done, *, at: datetime) -> Fresh | None:
        """What was just done; None where it cannot be taken back."""
        return cls(entry=done.undo, until=at + SHOWN) if done.undo else None

    def seconds(self, *, at: datetime) -> int:
        """How long it is still said; 0 when no more."""
        return max(0, -((at - self.until) // timedelta(seconds=1)))
