"""A drill that was played, as it is told afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from store.domain.order import WorkOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One entry of the journal."""

    seq: int
    at: datetime
    by: int
    number: int | None
    fact: str
    body: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    main: bool = True
    """Whether it is what its command did to its order; else it follows from that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Something that the desk had to answer: what the customer was owed, from when, until when."""

    what: str
    number: int
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """All that is known of a play that is over."""

    entries: Sequence[Seen]
    """From its beginning on."""
    orders: Mapping[int, WorkOrder]
    """Those of the entries and those that nobody had at its beginning, as they are at its end."""
    orphans: frozenset[int] = frozenset()
    """Those that nobody had at its beginning."""
    asked: tuple[Asked, ...] = ()
    crew: frozenset[int] = frozenset()
    """Operators whom the drill itself plays, the desk among them."""
    began: datetime
    ended: datetime
    outages: tuple[tuple[datetime, datetime], ...] = ()
    """From when to when the system stood still."""

    def decisions(self) -> Iterator[Seen]:
        """What the player did."""
        return (
            one
            for one in self.entries
            if one.main and one.by not in self.crew and one.at <= self.ended
        )
