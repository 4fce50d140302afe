"""What the clocks of an order say at an instant: left, elapsed, overdue.

`due_at`, `overdue` and `elapsed_s` of lists and exports are those of the resolve clock's current
run. Overdue: it was met after its due time, or has been missed, or runs and the instant is past it;
an order without that clock is never overdue. Elapsed: from opening to done (else closed, else the
end of a cancelled order, else the instant) without the pauses, in working seconds of the clock's
calendar where it has a target on one, else in seconds of the wall clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain import clockwork
from store.domain.due_times import stops
from store.domain.lifecycle import STATES, Category
from store.domain.rules import ALWAYS
from store.domain.targets import PAUSABLE, ClockKind
from store.domain.waivers import due_but_for_hold, held_since, is_moved
from store.queries.card import ClockCard

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from store.domain.calendar import Calendar
    from store.domain.lifecycle import State
    from store.domain.order import Clock, Pause, WorkOrder
    from store.domain.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve:
    """The resolve clock of an order in three figures."""

    due_at: datetime | None
    overdue: bool
    elapsed_s: float


def resolve_state(order: WorkOrder, rules: Rules, *, at: datetime) -> Resolve:
    """The three figures of one order."""
    clock = current(order.clocks)
    over = ended_at(
        order.state,
        state_since=order.state_since,
        done_at=order.done_at,
        closed_at=order.closed_at,
    )
    return Resolve(
        due_at=due_of(clock, order.state),
        overdue=clock is not None and missed(clock, at=at),
        elapsed_s=elapsed_s(order.opened_at, over or at, order.pauses, calendar_of(clock, rules)),
    )


def current(clocks: Iterable[Clock]) -> Clock | None:
    """The newest run of the resolve clock."""
    runs = [clock for clock in clocks if clock.kind is ClockKind.RESOLVE]
    return max(runs, key=lambda clock: clock.run, default=None)


def due_of(clock: Clock | None, state: State) -> datetime | None:
    """Its due time; None also where an order goes on, and nothing is promised of it any more."""
    if clock is None:
        return None
    goes_on = STATES[state].category in (Category.OPEN, Category.WAITING)
    return None if goes_on and clock.ended_at is not None else clock.due_at


def missed(clock: Clock, *, at: datetime) -> bool:
    """Whether a clock's promise is broken, or was; the due time itself is in time."""
    until = clock.met_at or clock.ended_at or at
    return clock.breached_at is not None or (clock.due_at is not None and until > clock.due_at)


def ended_at(
    state: State,
    *,
    state_since: datetime,
    done_at: datetime | None = None,
    closed_at: datetime | None = None,
) -> datetime | None:
    """When the work on an order was over; None while it is not."""
    category = STATES[state].category
    if category is Category.DONE:
        return done_at or closed_at or state_since
    return state_since if category is Category.CANCELLED else None


def calendar_of(clock: Clock | None, rules: Rules) -> Calendar:
    """The calendar that a clock's target runs on; every second counts where there is none."""
    if clock is None or clock.target is None:
        return ALWAYS
    return rules.version(clock.calendar_version)


def elapsed_s(
    opened_at: datetime, until: datetime, pauses: Iterable[Pause], calendar: Calendar
) -> float:
    """Working seconds from opening to an instant without the pauses."""
    held = [(pause.from_at, pause.to_at) for pause in pauses]
    return clockwork.elapsed(calendar, opened_at, until, held).total_seconds()


def clock_card(clock: Clock, order: WorkOrder, rules: Rules, *, at: datetime) -> ClockCard:
    """One clock with what is left of it."""
    until = clock.met_at or clock.ended_at or at
    held = stops(clock, order.pauses)
    calendar = calendar_of(clock, rules)
    return ClockCard(
        clock=clock,
        paused=clock.running and clock.kind in PAUSABLE and any(to is None for _, to in held),
        overdue=missed(clock, at=at),
        remaining_s=_remaining(clock, order, rules, at=at) if clock.running else None,
        elapsed_s=clockwork.elapsed(calendar, clock.started_at, until, held).total_seconds(),
    )


def _remaining(clock: Clock, order: WorkOrder, rules: Rules, *, at: datetime) -> float | None:
    calendar, since = calendar_of(clock, rules), held_since(clock, order.pauses)
    if since is not None and (due := due_but_for_hold(clock, order.pauses, rules)) is not None:
        return calendar.between(since, due).total_seconds()
    if is_moved(clock) and clock.due_at is not None:
        return calendar.between(at, clock.due_at).total_seconds()
    if clock.fixed_due_at is not None:
        return (clock.fixed_due_at - at).total_seconds()
    if clock.target is None:
        return None
    held = stops(clock, order.pauses)
    left = clockwork.remaining(calendar, clock.started_at, clock.target, at, held)
    return left.total_seconds()
