"""What was done to an order, command by command, and which of it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedLine:
    """One command as the order's journal knows it."""

    id: int
    """What `Undo` takes as its entry."""
    last: int
    """The newest entry of it."""
    at: datetime
    by_name: str | None
    fact: str
    """The name of what it is called after."""
    undoes: int | None
    """The command that it took back."""
    in_effect: bool
    """Whether nobody has taken it back, or it was done again."""
    why_not: str | None
    """The sentence that keeps it from being taken back; None where it can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds(Query[tuple[DeedLine, ...]]):
    """The commands of an order, oldest first; `OrderUnknown` as for its card."""

    number: int
