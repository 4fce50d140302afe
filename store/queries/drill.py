"""What a played drill asks of its own desk: what was written since it began, and where all are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.domain.distance import Position
    from store.domain.drill.played import Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Positions by code; what has none is left out."""

    sites: Mapping[str, Position]
    technicians: Mapping[str, Position]
    """Where they were seen last, else where they start from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """A call as the desk had it, to be drawn from."""

    opened_at: datetime
    title: str
    priority: int
    kind: str
    site: str | None
    customer: str | None
    level: str | None
    """Codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillRecord:
    """A drill that somebody has played."""

    seq: int
    operator: str | None
    """Who played it, by name."""
    script: str
    """Empty where its words were erased."""
    seed: int
    speed: float
    began_at: datetime
    ended_at: datetime
    copied: bool
    decisions: int
    rates: Mapping[str, tuple[int, int]]
    seconds: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillRecords(Query[tuple[DrillRecord, ...]]):
    """Drills that were played and recorded, the newest first.

    Who sees some sites only is told of his own.
    """

    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSince(Query[tuple["Seen", ...]]):
    """Every entry of the journal after this one, oldest first."""

    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereAllAre(Query[Places]):
    """Where sites and technicians are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualCalls(Query[tuple[Usual, ...]]):
    """The newest orders as calls, oldest first."""

    limit: int = 300
