"""What will be missed in the next hours at the present load."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.forecast import Miss


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """One order that will miss a promise."""

    miss: Miss
    title: str
    site_name: str | None
    technician_code: str | None
    technician_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The misses that the asker sees, the worst first, and what they were reckoned with."""

    at: datetime
    until: datetime
    foreseen: tuple[Foreseen, ...]
    total: int
    """How many there are, those beyond the limit too."""
    orders: int
    """Orders at work that the asker sees; those of others are reckoned with, too."""
    people: int
    """Technicians in his sight who are there now."""
    later: int = 0
    """Those who come on shift, or back, within the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast(Query[Outlook]):
    """Clocks that are running now and will be missed within some hours."""

    hours: float = 4
    limit: int = 500
