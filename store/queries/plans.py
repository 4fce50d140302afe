"""Plans for preventive work: which there are, when each comes, and when one would come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import date, datetime

    from store.domain.lifecycle import State


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One plan with all that its form asks; places and names by code and by name."""

    id: int
    title: str
    description: str
    kind: str
    priority: int
    rule: str
    """An RRULE."""
    start: str
    """Days are ISO 8601, on the site's wall."""
    of_day: int
    """Seconds after midnight."""
    lead_s: int
    basis: str
    closed: str
    until: str | None
    zone: str
    site: str | None
    site_name: str | None
    customer: str | None
    customer_name: str | None
    asset: str | None
    asset_name: str | None
    level: str | None
    calendar: str | None
    """None where the calendar of its orders' service level counts."""
    hours: str | None
    """The calendar whose closed days count."""
    hours_name: str | None
    paused_at: datetime | None
    ended_at: datetime | None
    next_day: str | None
    """The day that the rule names; it is due on another one where that is closed."""
    due_at: datetime | None
    """None while it stands, waits for its last order, or has no date to come."""
    made: int
    """How many orders were made of it."""
    last: int | None
    """The last order made."""
    last_state: State | None
    waits: bool
    """Whether the last order must be done before the next date is known."""
    called_off: tuple[str, ...]
    """Days to come whose occurrence was called off."""
    trouble: str | None
    """Why the last attempt to make an order failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A date that a plan would come on."""

    day: date
    """The day that the rule names."""
    due_day: date
    """Another one where that is closed."""
    due_at: datetime
    make_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDates:
    """What a plan as it is written would come to."""

    rule: str
    """The rule in its one form."""
    zone: str
    dates: tuple[Coming, ...]
    """Those after the first are a guess where they hang on when the last one is done."""
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlans(Query[tuple[PlanLine, ...]]):
    """Plans of the asker's sites, the next to come first, those that stand or have ended last."""

    text: str = ""
    limit: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPlan(Query[PlanLine]):
    """One plan; `PlanUnknown` where there is none that the asker may see."""

    plan: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForetellPlan(Query[PlanDates]):
    """The next dates of a plan that is not saved yet; refused as `SavePlan` would refuse it.

    Places and names by code or name; one that nothing fits yet is left out.
    """

    rule: str
    start: str
    time: str
    lead: str = ""
    basis: str = "scheduled"
    closed: str = "next"
    until: str = ""
    site: str = ""
    customer: str = ""
    calendar: str = ""
    plan: int | None = None
    """The plan that is changed: it goes on after the last order made."""
    count: int = 5
