"""What became of a file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

MOST_IDS = 20
"""Differing orders of which the ids are kept."""


@dataclass(slots=True)
class Tally:
    """Orders and rows, counted."""

    landed: int = 0
    here: int = 0
    """Orders that were in the store already, from an earlier import."""
    differing: int = 0
    """Those among them whose rows say something else now; the store was not changed."""
    rejected: int = 0
    resumed: int = 0
    """Orders that an interrupted run had brought already."""
    finished_at: datetime | None = None
    """When exactly this file was imported before; nothing was done then."""
    differing_ids: list[str] = field(default_factory=list)
    oddities: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    """Orders that landed, by the kind of work that their rows say."""
    made: dict[str, int] = field(default_factory=dict)
    levels_differing: list[str] = field(default_factory=list)
    """Codes of service levels that promise something else here than where the orders come from."""
    phones_left: list[str] = field(default_factory=list)
    """Customers who have no number here and were given none: the asker keeps none of theirs."""

    def add(self, more: Tally) -> None:
        """Count what a batch has brought."""
        self.landed += more.landed
        self.here += more.here
        self.resumed += more.resumed
        self.differing += more.differing
        self.differing_ids += more.differing_ids[: MOST_IDS - len(self.differing_ids)]
        self.oddities.update(more.oddities)
        self.kinds.update(more.kinds)
