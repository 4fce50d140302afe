"""An order that arrives with its past: an import, a sample desk, a store made for measuring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.facts import Fact
    from store.domain.order import WorkOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One fact with its own time and the operator (by id) who brought it about."""

    at: datetime
    by: int
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What happened to one order, oldest first, and how it stands after all of it."""

    order: WorkOrder
    """Number 0 stands for the one that the store will give."""
    entries: tuple[Entry, ...]
