"""What was done to an order, command by command, and which of it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.domain.intents import Query

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedTechnician:
    """A technician beside what was done, as he stands now."""

    id: int
    code: str
    name: str
    jobs: int | None
    """Orders that he has a live visit for; None of one who is out of sight but for this order."""


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
    body: Mapping[str, Any]
    """What that entry tells, by itself: who was sent, which state it led to."""
    words: Mapping[str, str]
    """What was written with it."""
    technician: DeedTechnician | None
    """Whom it is about."""
    undoes: int | None
    """The command that it took back."""
    undoes_fact: str | None
    """What was taken back in the end is called after."""
    again: bool
    """Whether that is done again by it."""
    in_effect: bool
    """Whether nobody has taken it back, or it was done again."""
    why_not: str | None
    """The sentence that keeps it from being taken back; None where it can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds(Query[tuple[DeedLine, ...]]):
    """The commands of an order, oldest first; `OrderUnknown` as for its card."""

    number: int
