"""Whom to call now: promises that are due, and running orders that nobody has spoken of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from store.domain.calls import Outcome
from store.domain.intents import Query

if TYPE_CHECKING:
    from store.domain.calls import CallReason
    from store.domain.lifecycle import State

Proposals = Mapping[Outcome, datetime | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """One call to make."""

    number: int
    place: int | None
    """The follow-up within the order; None where nobody had promised one."""
    why: CallReason
    due_at: datetime
    """When it was promised for, or when the order last made progress."""
    note: str
    tries: int
    """Calls before this one that nobody answered."""
    title: str
    priority: int
    state: State
    customer: str | None
    phone: str | None
    site: str | None
    technician: str | None
    next_deadline: datetime | None
    made_by: str | None
    """Who promised it."""
    period: str = ""
    """The month, as 2026-11, that it is the revisit of; empty for other calls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls(Query[tuple[CallLine, ...]]):
    """Promised calls first, the longest due before; then silent orders, the most urgent first; then
    revisits of today, which are promised calls once their day is over."""

    limit: int = 200
    text: str = ""
    """Only those of whose order's title, customer or site this is a part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextCalls(Query[Proposals]):
    """When each outcome of a call made now would have the customer called again."""

    number: int
