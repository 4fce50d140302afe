"""Revisits: those of a month, and what is known of a customer who is to be called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.revisits import Standing
    from store.queries.customers import PromiseLine


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisitLine:
    """One revisit as it stands now."""

    number: int
    """The order at which it is promised."""
    place: int | None
    """Which promise of that order is its last; None where it was taken back."""
    customer: str
    """His code."""
    name: str
    tier: str
    phone: str
    period: str
    """The month, as 2026-11."""
    day: str
    """ISO 8601."""
    due_at: datetime
    """When that day is over for whoever calls."""
    standing: Standing
    tries: int
    """Calls that nobody answered."""
    next_at: datetime | None
    """When he is to be called next; None once he was."""
    done_at: datetime | None
    done_by: str
    outcome: str
    """As it was noted, see `read_outcome`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRevisits(Query[tuple[RevisitLine, ...]]):
    """Revisits of the sites in sight: missed ones first, then by their day."""

    period: str = ""
    """Of one month, as 2026-11; empty for all that are open."""
    limit: int = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PastOrder:
    """An order of the customer, as whoever calls wants to know of it."""

    number: int
    title: str
    opened_at: datetime
    done_at: datetime | None
    csat: int | None
    nps: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisitSheet:
    """What is known of a customer who is called for his revisit, of the sites in sight."""

    line: RevisitLine
    orders: tuple[PastOrder, ...]
    """The newest first."""
    promises: tuple[PromiseLine, ...]
    """Those open besides, the first due first."""
    last: RevisitLine | None
    """The revisit before this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowRevisit(Query["RevisitSheet | None"]):
    """The revisit that a promise of an order is; None where it is none."""

    number: int
    place: int
    limit: int = 3
    """Of each list."""
