"""Orders that take several people and lack some of them: not found yet, or found and not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NotThere:
    """One of a crew who is not there when its work begins."""

    code: str
    name: str
    until: datetime | None
    """When the absence ends; None where they have gone off duty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortCrew:
    """An order, and whom its crew lacks."""

    number: int
    missing: int
    """How many are still to be found."""
    away: tuple[NotThere, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortCrews(Query[tuple[ShortCrew, ...]]):
    """Those whose work begins within so many hours, and those of whom somebody is away."""

    hours: int = 2
