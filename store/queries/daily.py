"""Running work that owes a note each working day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyLine:
    """One order that is worked on for days."""

    number: int
    title: str
    site: str | None
    customer: str | None
    technician: str | None
    progress: int | None
    """How far it is, in percent."""
    noted_at: datetime | None
    """When the last note was written."""
    due_at: datetime
    """When the next one is owed."""
    missing: bool
    """Whether a day has passed without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDaily(Query[tuple[DailyLine, ...]]):
    """Of the sites in sight; those of which a note is missing first."""

    limit: int = 1_000
