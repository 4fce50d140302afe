"""What an operator sees of a customer while he speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query
from store.domain.visiting import ANY_TIME, Hours

if TYPE_CHECKING:
    from datetime import datetime

    from store.queries.board import BoardLine


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """One visit that has ended."""

    number: int
    title: str
    technician: str
    ended_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """What came more than once within thirty days."""

    what: str
    """An asset's name; where none was named the kind of trouble, by its name if it has one."""
    count: int
    number: int
    """The newest order of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unhappy:
    """Something that he was unhappy about and for which nobody has called him back yet."""

    complaint: int | None
    """Its number; None for a bad answer."""
    number: int | None
    """The order that it is about."""
    since: datetime
    call_by: datetime | None
    csat: int | None = None
    nps: int | None = None
    about: str = ""
    """Of a complaint one of `About`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerCard:
    """A customer with what the desk has done and still does for him, within the asker's sites."""

    code: str
    name: str
    phone: str
    tier: str
    tags: tuple[str, ...]
    level: str
    """The name of his service level; empty where the desk's own holds."""
    follower: str
    """Who follows the newest of his open orders that somebody follows; empty where nobody does."""
    open: tuple[BoardLine, ...]
    """The most urgent first."""
    open_count: int
    visits: tuple[VisitLine, ...]
    """The last first."""
    assets: tuple[str, ...]
    """Those his newest orders were about."""
    repeats: tuple[Repeat, ...]
    lead: str = ""
    """Who leads his service team; empty where nobody does."""
    speaks: tuple[str, ...] = ()
    """Who speaks for him: name and number, as far as they are known."""
    hours: Hours = ANY_TIME
    """When he wants somebody to come."""
    call_ahead: bool = False
    """Whether he is to be called before."""
    unhappy: tuple[Unhappy, ...] = ()
    """What he is to be called back for, the longest due first."""
    contract_ends_at: datetime | None = None
    """When the contract that runs ends; None for none, and where it is known what comes then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOfCaller(Query["CallerCard | None"]):
    """A customer by his code or whole name; None where that means none in sight, or several.

    Told from his newest three hundred orders.
    """

    customer: str
    limit: int = 3
    """Of each list."""
