"""Lists of the registers and of all orders, filtered by a text, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query
from store.queries.alarms import AlarmLine
from store.queries.people import TechnicianKept

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from store.domain.lifecycle import Category, State


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """One order as lists and exports give it; `due_at` and `overdue` are the resolve clock's."""

    number: int
    external_id: str | None
    source: str | None
    title: str
    state: State
    category: Category
    priority: int
    site: str | None
    """The site's name."""
    customer: str | None
    customer_phone: str | None
    contact: str | None
    """The name of the person who called."""
    contact_phone: str | None
    technician: str | None
    """Who has the order, or had it when the work was done."""
    technicians: tuple[str, ...]
    """All who have it, that one first; where nobody has it any more, all who did the work."""
    opened_at: datetime
    due_at: datetime | None
    """None without a resolve clock, and while it is paused."""
    closed_at: datetime | None
    overdue: bool
    elapsed_s: float | None
    """From opening to the end of the work, or to now, without pauses: working seconds where the
    resolve clock has a calendar, else wall seconds; None where that calendar cannot be read."""
    kind: str
    level: str | None
    """The service level's code."""
    reason: str
    wake_at: datetime | None
    state_since: datetime
    assigned_at: datetime | None
    """When whoever has the order, or did the work, got it; so with the steps after it."""
    accepted_at: datetime | None
    departed_at: datetime | None
    arrived_at: datetime | None
    done_at: datetime | None
    pauses: tuple[tuple[datetime, datetime | None, str], ...]
    """From, until, and `waiting` or `closed`."""
    description: str
    target_s: int | None
    """What the resolve clock may run, in seconds of its calendar; None for a fixed due time."""
    target_days: int | None
    first_due_at: datetime | None
    """The resolve clock's first due time, before any change."""
    missed_at: datetime | None
    """The resolve clock's due time that was missed, whatever became of it since."""
    needs: str
    """Tools and parts that it takes, a comma between them."""
    takes_s: int | None
    """How long the work takes, as the desk was told."""
    crew: int
    appointment_at: datetime | None
    appointment_to: datetime | None

    @property
    def takes(self) -> int | None:
        """The same in minutes."""
        return None if self.takes_s is None else self.takes_s // 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLine:
    """One site."""

    id: int
    code: str
    name: str
    region: str | None
    zone: str
    address: str
    open_orders: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerLine:
    """One customer."""

    id: int
    code: str
    name: str
    phone: str
    tier: str
    open_orders: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOrders(Query[tuple[OrderLine, ...]]):
    """Orders that fit a query in the language of `store.domain.finding`, newest number first."""

    text: str = ""
    limit: int = 100
    before: int | None = None
    """Only numbers below this: the last of the page before, in the order of numbers."""
    queue: str | None = None
    """Only orders that this queue holds now."""
    sort: str = ""
    """A column of `store.domain.finding.sorts`; empty is the newest first."""
    descending: bool = False
    zone: tzinfo | None = None
    """Whose wall clock days are counted by; None is this machine's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamOrders(Query[tuple[OrderLine, ...]]):
    """The next orders by number, for an export that asks until it gets none."""

    after: int = 0
    limit: int = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdersNumbered(Query[tuple[OrderLine, ...]]):
    """The orders of these numbers that the asker sees, lowest first."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTechnicians(Query[tuple[TechnicianKept, ...]]):
    """Technicians by id whose code or name fits."""

    text: str = ""
    limit: int = 100
    after: int = 0
    """Only ids above this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSites(Query[tuple[SiteLine, ...]]):
    """Sites by id whose code, name or address fits."""

    text: str = ""
    limit: int = 100
    after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCustomers(Query[tuple[CustomerLine, ...]]):
    """Customers by id whose code, name or phone fits."""

    text: str = ""
    limit: int = 100
    after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAlarms(Query[tuple[AlarmLine, ...]]):
    """Standing alarms, worst first, whose order's title or site, or whose calendar, fits."""

    text: str = ""
    limit: int = 100
