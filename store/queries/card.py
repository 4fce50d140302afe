"""Everything about one order: its card and its trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.domain.intents import Query

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.domain.attachments import FileNow
    from store.domain.order import Clock, WorkOrder
    from store.domain.running import Running
    from store.domain.who import Origin
    from store.queries.alarms import AlarmLine
    from store.queries.board import Nominee
    from store.queries.crews import NotThere
    from store.queries.exceptions import ExceptionLine
    from store.queries.files import FileLine
    from store.queries.inspections import InspectionLine
    from store.queries.kin import DuplicateLine, KinLine
    from store.queries.people import Named
    from store.queries.voices import VoiceLine


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCard:
    """Where."""

    id: int
    code: str
    name: str
    zone: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCard:
    """For whom."""

    id: int
    code: str
    name: str
    phone: str
    tier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCard:
    """Who called; one of both may be empty."""

    id: int
    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CareCard:
    """How a customer wants to be visited; see `store.domain.visiting.Hours`."""

    id: int
    from_s: int | None
    to_s: int | None
    call_ahead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockCard:
    """One clock with what is left of it at the instant of asking."""

    clock: Clock
    paused: bool
    """Whether it stands still because the order waits."""
    overdue: bool
    """Whether it was missed, or runs past its due time."""
    remaining_s: float | None
    """Working seconds left, negative when late; None once it is settled."""
    elapsed_s: float
    """Working seconds that have run, pauses taken out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpLine:
    """One promise to come back to the customer."""

    place: int
    kind: str
    due_at: datetime
    note: str
    made_by: str | None
    done_at: datetime | None
    outcome: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FromPlan:
    """The plan that an order was made from."""

    plan: int
    title: str
    """As the plan is called now."""
    day: str
    """The day that its rule names, ISO 8601."""
    due_day: str
    """Another one where that is closed."""
    missed: int
    """How many before it were never made, since nobody was there to make them."""
    missed_since: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One order with everything around it."""

    order: WorkOrder
    """Without the numbers of orders that the asker does not see."""
    site: SiteCard | None
    customer: CustomerCard | None
    contact: ContactCard | None
    """None where nobody is known to have called, or the customer himself did."""
    care: CareCard | None
    lead: Named | None
    """The operator who leads the customer's service team, or else the technician below."""
    lead_technician: Named | None
    speaks: ContactCard | None
    """Who speaks for the customer."""
    asset: Named | None
    kind: str
    """What its kind of work is called, or how it is written where it has no name."""
    level: Named | None
    follower: Named | None
    locked_by: Named | None
    technicians: Mapping[int, Named]
    """By id, everybody who has or had a visit, and those in sight whom the desk weighed."""
    clocks: tuple[ClockCard, ...]
    follow_ups: tuple[FollowUpLine, ...]
    files: tuple[FileLine, ...]
    alarm: AlarmLine | None
    nominee: Nominee | None
    """Whom the desk proposes, where it does."""
    from_plan: FromPlan | None
    parent: KinLine | None
    """What it stands under; None too where the asker does not see that."""
    children: tuple[KinLine, ...]
    """What stands under it and the asker sees."""
    links: tuple[KinLine, ...]
    """What it is linked to and the asker sees."""
    original: KinLine | None
    """What goes on instead of it; None too where the asker does not see that."""
    duplicates: tuple[DuplicateLine, ...]
    """Who asked for the same."""
    gives_way: datetime | None
    """By when somebody was to be there by the level, where an appointment behind it counts."""
    due_at: datetime | None
    """Of the current resolve clock."""
    overdue: bool
    """Of the current resolve clock."""
    elapsed_s: float
    """As `export` counts it."""
    gone: tuple[NotThere, ...] = ()
    """Who of its crew is not there when its work begins."""
    running: Running | None = None
    """Whether its clocks run now; None where none of them heeds working hours."""
    exceptions: tuple[ExceptionLine, ...] = ()
    """Those that wait to be decided, or may be used."""
    project: str | None = None
    """The title of the project that it is a part of; None too where the asker does not see that."""
    voices: tuple[VoiceLine, ...] = ()
    """What its customer complained of, or was glad of, the newest first."""
    inspections: tuple[InspectionLine, ...] = ()
    """Those it was drawn for, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceEntry:
    """One entry of the journal."""

    seq: int
    at: datetime
    by: int
    by_name: str | None
    via: str
    """The door."""
    fact: str
    body: Mapping[str, Any]
    words: Mapping[str, str]
    """Free text that was given; empty where there was none or it was erased."""
    deed: int | None = None
    """The first entry of its command, where that is another one."""
    file_now: FileNow | None = None
    """How the file stands on this machine that it tells of; None where it tells of none."""
    origin: Origin | None = None
    """Over a line, from where and by which key; told to administrators, and of oneself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCard(Query[Card]):
    """One order; `OrderUnknown` where there is none that the asker may see."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace(Query[tuple[TraceEntry, ...]]):
    """What happened to an order, newest last; `OrderUnknown` as for its card."""

    number: int
    limit: int = 1000
    """The newest so many."""
