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
    orders: int = 1
    """How many it changed."""

    @classmethod
    def of(cls, done: Done, *, at: datetime) -> Fresh | None:
        """What was just done; None where it cannot be taken back."""
        if not done.undo:
            return None
        return cls(entry=done.undo, until=at + SHOWN, orders=len(done.numbers))

    def seconds(self, *, at: datetime) -> int:
        """How long it is still said; 0 when no more."""
        return max(0, -((at - self.until) // timedelta(seconds=1)))
