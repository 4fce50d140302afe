"""What the review of a month lists beside its figures: worst orders, promises, causes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query
from store.queries.kpi import By, Cohort

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstLine:
    """One of the orders whose promise to resolve was overrun longest."""

    number: int
    title: str
    site: str | None
    customer: str | None
    opened_at: datetime
    done_at: datetime | None
    late_s: int
    """How long after its deadline it was done, or still was not at the end of the period."""
    chased: int
    reopened: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLine:
    """The promises of one kind that fell due in the period."""

    kind: str
    """One of `ClockKind`, or `call` for a call that was promised."""
    due: int
    missed: int
    """Those not kept by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseLine:
    """Bad answers of the period by their root cause."""

    cause: str | None
    """One of `Cause`; None where nobody has looked for it yet."""
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisitSums:
    """Revisits of the period; each is one of the others below, or still to come."""

    planned: int
    held: int
    missed: int
    """Not held by the end of the period, though their day was over."""
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutLine:
    """How many complaints of the period were about one thing."""

    about: str
    """One of `About`."""
    complaints: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintLine:
    """One of the complaints answered longest after their deadline, or not yet; without words."""

    id: int
    number: int | None
    """The order that it is about."""
    about: str
    received_at: datetime
    answered_at: datetime | None
    late_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectedLine:
    """One of the inspections of the period with the lowest scores, below the whole."""

    id: int
    number: int
    score: float
    """0 to 1."""
    scored_at: datetime
    acted: bool
    """Whether it led to an action."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLists:
    """All of them."""

    worst: tuple[WorstLine, ...]
    promises: tuple[PromiseLine, ...]
    causes: tuple[CauseLine, ...]
    revisits: RevisitSums
    about: tuple[AboutLine, ...] | None = None
    """None, as of the next two, in a pack that was written before there were any."""
    complaints: tuple[ComplaintLine, ...] | None = None
    inspected: tuple[InspectedLine, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Query[ReviewLists]):
    """The lists of a period, of the sites in sight, or of one customer; as `Kpis` refuses."""

    first: date
    last: date
    """The last day; it counts."""
    zone: str = "UTC"
    customer: str = ""
    """Only his orders, by code or whole name; his is all that is told then."""
    worst: int = 10
    """How many of the worst."""
    cohort: Cohort = Cohort.CLOSED
    by: By = By.ALL
    site: str = ""
    kind: str = ""
    person: str = ""
