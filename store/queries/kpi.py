"""What is asked of figures, and how they are answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from store.domain.errors import Refusal
from store.domain.intents import Query
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import date, datetime


class Cohort(StrEnum):
    """Which orders a figure is of, where it does not say so itself."""

    CLOSED = "closed"
    OPENED = "opened"


class By(StrEnum):
    """What figures are split by."""

    ALL = ""
    SITE = "site"
    KIND = "kind"
    PERSON = "person"
    MONTH = "month"
    DEPARTMENT = "department"
    """Figures of hand-offs alone: no order is of a department."""


NOBODY = "(none)"
"""The group of orders that have no site, kind or technician."""


class FiguresOwed(Refusal):
    """Some orders are in no sum yet: what is added up and what is listed would not agree."""

    sentence = N_(
        "figures of some orders are still being made, by whatever console or `paidan serve` is"
        " open; ask again in a while"
    )


NO_DEPARTMENTS = N_(
    "no order is of a department: only figures of hand-offs are, which --by department splits"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of one group."""

    name: str
    value: float | None
    """None where there is nothing that it could be of."""
    n: int
    """How many orders it is of; `KpiRows` lists exactly these."""
    unit: str
    of: str
    """The group: the code of a site, technician or department, a kind, a month as 2026-10; empty
    for all."""
    within_s: float | None = None
    """Of a mean up to a horizon: how far it looks, where nobody was watched to its horizon yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All that were asked for."""

    figures: tuple[Figure, ...]
    owed: bool
    """Whether figures of some orders are still being made; only ever so of those asked `plain`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpis(Query[Figures]):
    """Figures of a period, group by group; `BadInput` for a period or name that is none.

    `FiguresOwed` while those of some orders are still being made.
    """

    first: date
    last: date
    """The last day; it counts."""
    zone: str = "UTC"
    cohort: Cohort = Cohort.CLOSED
    by: By = By.ALL
    site: str = ""
    """Only orders of the site with this code."""
    kind: str = ""
    person: str = ""
    """Only orders that the technician with this code finished, or has."""
    customer: str = ""
    """Only orders of this customer, by code or whole name."""
    names: tuple[str, ...] = ()
    """Only these figures; all of them where none is named."""
    plain: bool = False
    """Reckoned from the orders one by one, past all sums: what the sums are measured against."""
    so_far: bool = False
    """Only what came by the moment that is asked of; else all of the days."""
    since: datetime | None = None
    """Only what came from then on; else from the first day's midnight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiRows(Query[tuple[int, ...]]):
    """What a figure is of, rising; as many as its `n`: numbers of orders, else see `KpiCalled`."""

    name: str
    first: date
    last: date
    zone: str = "UTC"
    cohort: Cohort = Cohort.CLOSED
    by: By = By.ALL
    of: str = ""
    """The group, as `Figure.of` names it."""
    site: str = ""
    kind: str = ""
    person: str = ""
    customer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledRow:
    """A shift, contract, complaint, praise, hand-off, stage or project behind a figure."""

    id: int
    code: str
    """The technician's or customer's."""
    first: str
    last: str
    """Its ends, ISO 8601: days of a contract, both within, or instants in the zone asked for."""
    outcome: str = ""
    """Of a contract, see `Outcome`; of a complaint what it is about, see `About`; of a hand-off its
    answer; of a project or stage which stage."""
    project: int | None = None
    """The project that it is, or is of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiCalled(Query[tuple[CalledRow, ...]]):
    """What the rows of a figure are called that is not of orders: shifts, contracts, complaints."""

    name: str
    rows: tuple[int, ...]
    zone: str = "UTC"
