"""Major incidents under way, and the notices that were given of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    """One major incident."""

    number: int
    version: int
    """The order's, as it is listed."""
    title: str
    site: str | None
    customer: str | None
    opened_at: datetime
    cadence_s: int
    """How long its customers wait for the next word, in seconds."""
    told_at: datetime | None
    next_by: datetime | None
    """By when the next word was promised."""
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """One notice of a major incident."""

    at: datetime
    by: str
    """Who gave it."""
    phase: str
    way: str
    to: str
    text: str
    """Empty where its words were erased, as who was told."""
    taken_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListIncidents(Query[tuple[IncidentLine, ...]]):
    """Those under way of the sites in sight, the first due first."""

    limit: int = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesGiven(Query[tuple[NoticeLine, ...]]):
    """Who was told of an order when and how, the oldest first."""

    number: int
