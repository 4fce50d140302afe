"""What a typed command must know: orders by number, a technician's jobs, who could go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query
from store.queries.board import BoardLine

if TYPE_CHECKING:
    from datetime import datetime

    from store.queries.people import TechnicianLine


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesOf(Query[Mapping[int, BoardLine]]):
    """Orders by number as a queue shows them; those unknown or out of sight are left out."""

    numbers: tuple[int, ...] = ()
    low: int | None = None
    """With `high`, all from one number to another, both included."""
    high: int | None = None
    limit: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class JobsOf(Query[tuple[int, ...]]):
    """The orders that a technician has a live visit for, the one furthest along first."""

    technician: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who masters a skill."""

    who: TechnicianLine
    level: int
    """How well, 1 to 5."""
    distance_km: float | None
    """From where he was seen last, else from his home site; None where either is unknown."""
    seen_at: datetime | None
    """When he was there; None where his home site was taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoCan(Query[tuple[Candidate, ...]]):
    """Who masters a skill: the free first, then the busy, then who is away; of each the nearest."""

    skill: int
    site: int | None = None
    number: int | None = None
    """An order, whose site is meant."""
    limit: int = 20
