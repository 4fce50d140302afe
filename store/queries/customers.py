"""A customer whole: who he is, what he is promised, who looks after him, what was done for him."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.contracts import AHEAD_DAYS
from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.contracts import Standing
    from store.queries.caller_card import CallerCard
    from store.queries.voices import VoiceLine


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractLine:
    """One contract as it stands now."""

    customer: str
    """His code, as the level's below."""
    customer_name: str
    level: str
    """Empty where the customer's own holds, or the desk's."""
    first_day: str
    last_day: str
    renew_day: str
    zone: str
    ends_at: datetime
    standing: Standing
    outcome: str
    decided_at: datetime | None
    decided_by: str
    """The name of who told the outcome."""
    words: str
    """What was said of it; empty to who sees some sites only."""
    version: str
    """Another one as soon as the contract is: see `SaveContract`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """Somebody who called for a customer; one of both may be empty."""

    id: int
    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLine:
    """A promise to come back to him that is still open."""

    number: int
    title: str
    due_at: datetime
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRecord:
    """What was done for a customer at the asker's sites, in numbers."""

    orders: int
    open: int
    done: int
    reopened: int
    visits: int
    """Those to which somebody came."""
    first_at: datetime | None
    """When the first of the orders was asked for."""
    last_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerSheet:
    """Everything of one customer that fits on a page, within the asker's sites."""

    card: CallerCard
    people: tuple[PersonLine, ...]
    """The newest first."""
    contracts: tuple[ContractLine, ...]
    """The newest first."""
    asks_for: tuple[str, ...]
    """Technicians, by code and name."""
    refuses: tuple[str, ...]
    sites: tuple[str, ...]
    """Where his orders are, by name."""
    promises: tuple[PromiseLine, ...]
    """The first due first."""
    record: ServiceRecord
    voices: tuple[VoiceLine, ...] = ()
    """What he complained of, or was glad of, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowCustomer(Query["CustomerSheet | None"]):
    """A customer by code or whole name; None where that means none in sight, or several."""

    customer: str
    limit: int = 10
    """Of each list."""
    days: int = AHEAD_DAYS
    """How long before its end a contract is called ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One who called, and who else is kept under one of his numbers."""

    person: PersonLine
    customer: str
    """For whom he called last, by code; empty where nobody knows."""
    others: tuple[PersonLine, ...]
    """The newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowContact(Query["Contact | None"]):
    """One by his id, whoever he called for, or nobody; for who keeps the whole register."""

    contact: int
    limit: int = 10
    """Of the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListContracts(Query[tuple[ContractLine, ...]]):
    """Contracts by their end whose customer fits; of one standing, where one is named."""

    text: str = ""
    standing: str = ""
    days: int = AHEAD_DAYS
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerEntry:
    """All that the register says of a customer, by codes."""

    id: int
    code: str
    name: str
    phone: str
    tier: str
    level: str
    """His own; empty for the desk's."""
    tags: tuple[str, ...]
    asks_for: tuple[str, ...]
    refuses: tuple[str, ...]
    people: tuple[str, ...]
    """Those who called for him, as callers are written: a name, a number, or both."""
    lead: str
    representative: str
    hours: str
    """As `read_hours` reads them."""
    call_ahead: bool
    first_day: str
    """Of the contract that runs, else the next, else the last; empty where he has none."""
    last_day: str
    renew_day: str
    contract_level: str
    zone: str
    """Whose days these are."""
    outcome: str
    """What became of its renewal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamCustomers(Query[tuple[CustomerEntry, ...]]):
    """The next page of all customers by id but for the erased; for who keeps the register."""

    after: int = 0
    """Only ids above this."""
