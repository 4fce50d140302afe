"""Calendars: what they say, and until when their holidays are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.domain.intents import Query

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLine:
    """One calendar as it is now."""

    id: int
    code: str
    name: str
    zone: str
    """IANA; a question mark where the calendar cannot be read."""
    version: int
    """How often its hours have changed, from 1."""
    holidays: int
    """Dates that it names as days off."""
    workdays: int
    """Dates that have hours of their own."""
    country: str | None
    """Whose public holidays it keeps, where it says so."""
    known_until: date | None
    """The last day of which its holidays are known; None where it names none."""
    levels: tuple[str, ...]
    """The codes of the service levels on it."""
    spec: Mapping[str, Any]
    """What `Calendar.parse` reads; empty where it means nothing to this program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCalendars(Query[tuple[CalendarLine, ...]]):
    """Calendars by id whose code or name fits."""

    text: str = ""
    limit: int = 100
    after: int = 0
    """Only ids above this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarNamed(Query[CalendarLine]):
    """The calendar with this code; `NameUnknown` where there is none."""

    code: str
