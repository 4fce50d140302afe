"""What the radar proposes, with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.recurrences import Recurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One order, or one complaint, that a proposal rests on."""

    number: int | None
    """The order's; None for a complaint."""
    complaint: int | None
    at: datetime
    said: str
    """The order's title, or the customer's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurrenceLine:
    """A proposal with the names around it."""

    recurrence: Recurrence
    place: str
    zone: str
    """Of the site, whose months count."""
    asset: str
    customer: str
    """Whose the newest of it is: whom to invite."""
    contact: str
    """Who speaks for him, and under which number."""
    evidence: tuple[Evidence, ...]
    """The newest first, of many the newest."""
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRadar(Query[tuple[RecurrenceLine, ...]]):
    """Those that are open, the newest first; or those that are over."""

    over: bool = False
    recurrence: int | None = None
    """Only this one, open or not."""
    limit: int = 100
