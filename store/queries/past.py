"""The desk at a past moment, rebuilt from the journal; nothing of it can be changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from store.domain.intents import Query

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.queries.board import BoardLine
    from store.queries.card import TraceEntry
    from store.queries.people import Named


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One journal entry of the newest moment that is not later."""

    number: int
    entry: TraceEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """The desk as it stood; names of people and places are those of today."""

    at: datetime
    counts: Mapping[str, int]
    """How many orders each queue held."""
    lines: tuple[BoardLine, ...]
    """The first of the queue that was asked for, in its order."""
    ringing: int
    """Alarms that nobody had acknowledged or shelved."""
    acknowledged: int
    """Alarms that stood and were acknowledged, or shelved."""
    earlier: datetime | None
    """When something happened before; None where nothing did."""
    later: datetime | None
    """When something happens next; None where nothing has happened since."""
    happened_at: datetime | None
    """The newest moment of the journal that is not later."""
    happened: tuple[Happened, ...]
    """What happened at that moment, as far as the asker sees it."""
    people: Mapping[int, Named]
    """By id, the technicians that these entries name."""
    untold: int = 0
    """Orders left out because their journal means nothing to this program."""
    imported_at: datetime | None = None
    """When the first file of orders was read, where that came after the moment.

    What it brought stands at the moment all the same, by the times of its own history.
    """
    kept: Any = field(default=None, repr=False, compare=False)
    """What spares a question nearby its work; it says nothing to anybody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskThen(Query[Then]):
    """The desk as it stood at an instant; one to come is now."""

    then: datetime
    queue: str = "all_open"
    limit: int = 500
    near: Then | None = field(default=None, repr=False)
    """An answer that the same asker was given: the nearer to this one, the less is read again."""
