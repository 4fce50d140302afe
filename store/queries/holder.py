"""In whose name the desk stands; asked with every look at it, unlike what is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskHeld:
    """In whose name the desk stands."""

    holder: str | None
    """None where it was never handed over."""
    since: datetime | None
    offered: int | None
    """The offer that stands, by its id."""
    offered_from: str
    """In whose name it is offered."""
    mine: bool
    """Whether that is the asker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskHolder(Query[DeskHeld]):
    """Two rows of small tables: cheap enough for every look at the desk."""
