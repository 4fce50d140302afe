"""Why this deadline: the ledger of a clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from store.domain.ledger import Entry
    from store.domain.order import Clock
    from store.domain.targets import ClockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A clock and how its due time came about."""

    number: int
    title: str
    clock: Clock
    calendar: str | None
    """The calendar's name; None where every second counts."""
    zone: str
    fixed: bool
    """Whether the due time came from outside, so that there is nothing to add up."""
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explain(Query[Explanation | None]):
    """The ledger of a clock's current run; None when the order has no such clock."""

    number: int
    kind: ClockKind | None = None
    """None takes the running clock that is due first, else the newest."""
