"""Packs that were written, baselines that were frozen, and what both are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query
from store.domain.kpi.baseline import Period
from store.queries.kpi import By, Cohort

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SureFigures(Query[Period]):
    """Figures of a period with their intervals, and what work they are of; as `Kpis` refuses."""

    first: date
    last: date
    """The last day; it counts."""
    zone: str = "UTC"
    names: tuple[str, ...] = ()
    """Only these; all of them where none is named."""
    site: str = ""
    kind: str = ""
    person: str = ""
    customer: str = ""
    cohort: Cohort = Cohort.CLOSED
    by: By = By.ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedThing:
    """Something that is promised by a time."""

    number: int
    due_at: datetime
    kind: str
    """One of `ClockKind`, or `call`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """What a day's summary lists; of each list the first `MOST`."""

    opened: tuple[int, ...]
    closed: tuple[int, ...]
    late: tuple[PromisedThing, ...]
    """What is open and past its promise, longest first."""
    ahead: tuple[PromisedThing, ...]
    """What falls due from then on."""
    late_count: int
    """How many are late; as many as are named, or more."""
    ahead_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayWork(Query[DayFacts]):
    """What came of a day, and what is promised until `ahead`; as `Kpis` refuses."""

    first: date
    last: date
    ahead: datetime
    zone: str = "UTC"
    site: str = ""
    kind: str = ""
    person: str = ""
    customer: str = ""
    cohort: Cohort = Cohort.CLOSED
    by: By = By.ALL
    so_far: bool = True
    """Only what came by the moment that is asked of."""
    since: datetime | None = None
    """Only what came from then on."""


MOST = 200
"""So many orders of one kind a day's summary names; it counts all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLine:
    """A pack as it is listed."""

    id: int
    kind: str
    """One of `PackKind`."""
    period: str
    first: date
    last: date
    zone: str
    due_at: datetime
    written_at: datetime
    digest: str
    content: str
    """JSON, as it was written; empty in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPacks(Query[tuple[PackLine, ...]]):
    """Those of just the sites that the asker sees, the newest first."""

    kind: str = ""
    limit: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingPack:
    """A pack that is not due yet."""

    kind: str
    period: str
    due_at: datetime
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingPacks(Query[tuple[ComingPack, ...]]):
    """The next of each kind for whoever sees the asker's sites, the soonest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedOrder:
    """What an order of a pack is called now."""

    title: str
    site: str | None
    customer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackShown:
    """A pack whole, with the words that it leaves to the orders themselves."""

    line: PackLine
    orders: Mapping[int, NamedOrder]
    problems: Mapping[int, str]
    """What each action is against, by its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPack(Query[PackShown]):
    """One of them; `PackUnknown` where there is none in sight."""

    kind: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineLine:
    """A baseline as it is listed."""

    id: int
    name: str
    first: date
    last: date
    zone: str
    frozen_at: datetime
    frozen_by: str
    active: bool
    period: Period | None
    """Its figures; None where none were frozen for the sites of the asker, and in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBaselines(Query[tuple[BaselineLine, ...]]):
    """All of them, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowBaseline(Query[BaselineLine | None]):
    """One with its figures; the one that counts where none is named; None where there is none."""

    baseline: int | None = None
