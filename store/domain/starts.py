"""Starts of work that somebody means, and those that only say where an order comes in a day.

Both are kept as one instant. What somebody means is a whole second; what a recommendation reckons
is none, so that the two are told apart for as long as they are kept. Work begins at no time before
the one; the other is a place among what its technician has, and moves with what comes before it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from store.domain.replay import next_ms

if TYPE_CHECKING:
    from datetime import datetime

_MS: Final = timedelta(milliseconds=1)
_SECOND: Final = 1_000


def reckoned(at: datetime) -> datetime:
    """A start that nobody means, as it is kept: a millisecond later where it is a whole second."""
    kept = next_ms(at)
    return kept if kept.microsecond else kept + _MS


def is_meant(kept: int, *, locked: bool, crew: int) -> bool:
    """Whether work begins no earlier, by the milliseconds that are kept of its start.

    So it is, too, where it is locked to that, and where several begin then: they wait for another.
    """
    return locked or crew > 1 or kept % _SECOND == 0
