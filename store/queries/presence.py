"""Who else has an order before him."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One operator at one order, however many consoles he has there."""

    number: int
    name: str
    """The operator's."""
    mine: bool
    """Whether it is the asker himself, at another console."""
    doing: str
    """The id of the action whose form he has open on it; empty while he only looks."""
    since: datetime
    until: datetime
    """When it is over unless it is renewed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoIsThere(Query[tuple[Attendance, ...]]):
    """Everybody at any order that the asker may see: who writes first, then by who came first."""

    console: str = ""
    """The asker's own, which is left out."""
