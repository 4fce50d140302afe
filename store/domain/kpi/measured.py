"""What figures need of one order: a narrow row of whole numbers, from the order alone.

An order that is cancelled, or a duplicate of another, counts nowhere: nobody was to be served by
it, or somebody is by the other one. A child counts as any order does, since a list shows it as
one; only repairs are not judged by it, for it is a part of its parent's work and no new fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from store.domain.clockwork import elapsed
from store.domain.due_times import stops
from store.domain.errors import Refusal
from store.domain.lifecycle import STATES, Category, State, VisitState
from store.domain.replay import epoch_ms
from store.domain.surveys import Survey
from store.domain.targets import ClockKind
from store.domain.waivers import kept_by_waiver, missed_own

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from store.domain.calendar import Calendar
    from store.domain.order import Clock, Visit, WorkOrder
    from store.domain.rules import Rules

DAY_MS = 86_400_000
_OVER: Mapping[str, int] = {Survey.ANSWERED: 1, Survey.REFUSED: 0, Survey.EXPIRED: 0}
_DEADLINES = frozenset({ClockKind.RESPOND, ClockKind.ARRIVE, ClockKind.RESOLVE})
_UNHEARD: dict[str, int | None] = dict.fromkeys(("asked_at", "answered", "csat", "nps"))
LOOK_MS = 30 * DAY_MS
"""How far apart a repair and the next fault may lie to have to do with each other."""


class Measured(NamedTuple):
    """One order as figures see it; instants and durations in milliseconds."""

    number: int
    counts: int
    """0 where it is cancelled or a duplicate, else 1."""
    opened_at: int
    closed_at: int | None
    done_at: int | None
    site_id: int | None
    kind: str
    technician_id: int | None
    """Who finished it, else who has it."""
    planned: int
    """1 where a plan made it: upkeep, and no fault."""
    fault: str | None
    """Asset, else site, and kind: by this the same fault is known again; None tells none."""
    response_ms: int | None
    """Opened until somebody accepted; assigned is not accepted."""
    arrive_ms: int | None
    accept_ms: int | None
    """Assigned until accepted, of the visit that was accepted first."""
    wall_ms: int | None
    """Opened until the work was done, every second."""
    work_ms: int | None
    """The same in working time of its resolve clock, without the pauses which that heeds."""
    respond_kept: int | None
    arrive_kept: int | None
    resolve_kept: int | None
    """1 kept, 0 missed in any run, None where there was no such clock, or it is not settled."""
    first_visit: int | None
    """1 done on the first visit and never reopened, 0 not; None where that cannot be asked."""
    reopened: int
    reassigned: int
    chased: int
    customer_id: int | None
    asked_at: int | None
    """When its survey fell due, or ended before; None while it is open, and where nobody was asked.

    What is answered, csat and nps counts then."""
    answered: int | None
    """1 answered, 0 refused or expired."""
    csat: int | None
    nps: int | None
    waived: int = 0
    """1 where some deadline was kept by a waiver alone; by itself it was missed."""
    again_ms: int | None = None
    """From its end to the next order of the same fault, if that came within `LOOK_MS`."""
    before_ms: int | None = None
    """From the last end of an order of the same fault to its opening, within `LOOK_MS`."""


ALONE = len(Measured._fields) - 2
"""How many fields tell of the order itself; the last two are of its neighbours."""


def measure(order: WorkOrder, rules: Rules, *, planned: bool) -> Measured:
    """The narrow row of an order; what other orders say to it is left out."""
    counts = STATES[order.state].category is not Category.CANCELLED
    closed = order.closed_at if counts and order.state is State.CLOSED else None
    done = (order.done_at or closed) if counts else None
    opened = epoch_ms(order.opened_at)
    accepted = min(
        ((v.accepted_at, v.assigned_at) for v in order.visits if v.accepted_at is not None),
        default=None,
    )
    arrived = min((v.arrived_at for v in order.visits if v.arrived_at is not None), default=None)
    fault = _fault(order) if counts and not planned and order.parent is None else None
    return Measured(
        number=order.number,
        counts=int(counts),
        opened_at=opened,
        closed_at=_ms(closed),
        done_at=_ms(done),
        site_id=order.site,
        kind=order.kind,
        technician_id=_who(order),
        planned=int(planned),
        fault=fault,
        response_ms=None if accepted is None else _since(opened, accepted[0]),
        arrive_ms=_since(opened, arrived),
        accept_ms=None if accepted is None else _since(epoch_ms(accepted[1]), accepted[0]),
        wall_ms=_since(opened, done),
        work_ms=None if done is None else _worked(order, rules, done),
        respond_kept=_kept(order.clocks, ClockKind.RESPOND),
        arrive_kept=_kept(order.clocks, ClockKind.ARRIVE),
        resolve_kept=_kept(order.clocks, ClockKind.RESOLVE),
        first_visit=None if fault is None or done is None else _first_visit(order),
        reopened=order.reopened,
        reassigned=order.reassigned,
        chased=order.chased,
        customer_id=order.customer,
        **(_heard(order) if counts else _UNHEARD),
        waived=int(any(kept_by_waiver(c) for c in order.clocks if c.kind in _DEADLINES)),
    )


def _heard(order: WorkOrder) -> dict[str, int | None]:
    answered = _OVER.get(order.survey or "")
    if answered is None or order.survey_by is None:
        return _UNHEARD
    asked = epoch_ms(order.survey_by)
    return {"asked_at": asked, "answered": answered, "csat": order.csat, "nps": order.nps}


def _ms(at: datetime | None) -> int | None:
    return None if at is None else epoch_ms(at)


def _since(start: int, at: datetime | None) -> int | None:
    """Never below nothing: what was done ahead of its time took none of it."""
    return None if at is None else max(0, epoch_ms(at) - start)


def _fault(order: WorkOrder) -> str | None:
    kind = order.kind.strip().casefold()
    if not kind:
        return None
    if order.asset is not None:
        return f"a{order.asset} {kind}"
    return None if order.site is None else f"s{order.site} {kind}"


def _who(order: WorkOrder) -> int | None:
    did = [visit for visit in order.visits if visit.state is VisitState.DONE]
    return did[-1].technician if did else order.technician


def _kept(clocks: Iterable[Clock], kind: ClockKind) -> int | None:
    mine = [clock for clock in clocks if clock.kind is kind]
    if any(map(_is_missed, mine)):
        return 0
    return 1 if any(clock.met_at is not None for clock in mine) else None


def _is_missed(clock: Clock) -> bool:
    """By itself: a waiver that it was kept by betters no figure."""
    late = clock.met_at is not None and clock.due_at is not None and clock.met_at > clock.due_at
    return late or clock.breached_at is not None or missed_own(clock)


def _worked(order: WorkOrder, rules: Rules, done: datetime) -> int | None:
    clock = next((c for c in reversed(order.clocks) if c.kind is ClockKind.RESOLVE), None)
    calendar = None if clock is None else _calendar(clock, rules)
    if clock is None or calendar is None:
        return None
    try:
        spent = elapsed(calendar, clock.started_at, done, stops(clock, order.pauses))
    except Refusal:  # beyond the calendar's years, or a pause that ends before it begins
        return None
    return round(spent.total_seconds() * 1000)


def _calendar(clock: Clock, rules: Rules) -> Calendar | None:
    """The hours that it was counted by and no others, so that it stays what it was."""
    version = clock.calendar_version
    if version is None or version not in rules.calendars:
        return None
    return rules.calendars[version]


def _first_visit(order: WorkOrder) -> int | None:
    """Visits that lie beside one another are one trip, as a crew's; who never came made none."""
    came = [visit for visit in order.visits if _came(visit)]
    if not came:
        return None
    if order.reopened or any(visit.state is VisitState.LEFT for visit in came):
        return 0
    trips = sorted(came, key=lambda visit: visit.arrived_at or visit.assigned_at)
    over: datetime | None = None
    for visit in trips:
        if over is not None and visit.arrived_at is not None and visit.arrived_at > over:
            return 0
        if visit.ended_at is not None and (over is None or visit.ended_at > over):
            over = visit.ended_at
    return 1


def _came(visit: Visit) -> bool:
    if visit.state is VisitState.DONE:
        return True
    return visit.state is VisitState.LEFT and visit.arrived_at is not None
