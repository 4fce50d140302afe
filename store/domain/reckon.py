"""Due times: when each clock of an order runs out, and what that makes of the order in a queue.

A clock on a target runs on the calendar and stands still while the order pauses, if its kind does.
A fixed due time came from outside, as the source's own promise: it neither pauses nor moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from store.domain.chases import ahead
from store.domain.clockwork import elapsed
from store.domain.declines import often_declined
from store.domain.due_times import (
    Stops,
    after,
    due_when,
    share_of,
    spent_when,
    stops,
    waived_when,
    work_of,
)
from store.domain.evolve import evolve, maker
from store.domain.lifecycle import LIVE_VISITS, STATES, Category, State
from store.domain.order import Clock, Pause, WorkOrder
from store.domain.replay import whole_ms
from store.domain.targets import ClockKind
from store.domain.waivers import due_but_for_hold, held_since, is_moved

if TYPE_CHECKING:
    from collections.abc import Collection

    from store.domain.calendar import Calendar
    from store.domain.rules import Rules

FAR = datetime(9999, 1, 1, tzinfo=UTC)
"""Where a queue puts an order that nothing is due for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a queue sorts and filters an order by."""

    next_deadline: datetime | None
    """The nearest due time of a running clock, missed ones included; None while all are paused."""
    next_clock: ClockKind | None
    risk_at: datetime | None
    """From when the first running clock has spent the level's risk percentage."""
    orphan_at: datetime | None
    """From when “nobody follows” is true; None while somebody does."""
    rank_at: datetime
    """What runs out first, a deadline or the wait, else far away; earlier by the chases."""


_standing = maker(Standing)


def worked_by(
    start: datetime, work: timedelta, pauses: Collection[Pause], rules: Rules
) -> datetime | None:
    """When some working time from a start is over on the present calendar, waits taken out.

    None while a pause holds it.
    """
    return due_when(rules.hours, start, work, after(start, pauses))


def spent_at(
    clock: Clock, pauses: Collection[Pause], rules: Rules, percent: int
) -> datetime | None:
    """When a percentage of the target is spent; None while a pause holds the clock before that."""
    if clock.fixed_due_at is not None:
        own = share_of(clock.started_at, clock.fixed_due_at, percent)
        return own if not is_moved(clock) else max(own, _moved_share(clock, percent))
    if clock.target is None:
        return None
    calendar, held = rules.version(clock.calendar_version), stops(clock, pauses)
    spent = spent_when(calendar, clock.started_at, clock.target, percent, held)
    since = held_since(clock, pauses)
    if since is not None and spent is not None:
        spent = max(spent, _held_share(clock, pauses, rules, percent))
        return spent if spent <= since and percent < 100 else None
    if spent is None or not is_moved(clock):
        return spent
    return max(spent, _moved_share(clock, percent, calendar, held))


def after_due(
    clock: Clock, pauses: Collection[Pause], rules: Rules, offset_s: int
) -> datetime | None:
    """The instant some working seconds past the due time; None while a pause holds the clock."""
    calendar, held = rules.version(clock.calendar_version), stops(clock, pauses)
    offset = timedelta(seconds=offset_s)
    own: datetime | None = None
    if clock.fixed_due_at is not None:
        own = calendar.add(clock.fixed_due_at, offset)
    elif clock.target is not None:
        work = work_of(calendar, clock.started_at, clock.target) + offset
        own = due_when(calendar, clock.started_at, work, held)
    if held_since(clock, pauses) is not None:
        return None
    if own is None or clock.due_at is None or not is_moved(clock):
        return own
    moved = due_when(calendar, clock.due_at, offset, held)
    return None if moved is None else max(own, moved)


def promise(
    order: WorkOrder, rules: Rules, *, at: datetime, resolve_by: datetime | None = None
) -> WorkOrder:
    """The order with the clocks that its level promises, from when it was opened.

    `resolve_by` is a due time that the source already promised; it takes the resolve target's
    place, as an appointment takes that of the arrival. A clock that is past due by `at` is born
    missed: kept, but it will not ring.
    """
    clocks = list(order.clocks)
    have = {clock.kind for clock in clocks}
    promised = (ClockKind.RESOLVE, resolve_by), (ClockKind.ARRIVE, order.awaited_by)
    for kind, due_at in promised:
        if due_at is not None and kind not in have:
            have.add(kind)
            born = fixed(kind, due_at, rules, since=order.opened_at)
            clocks.append(recomputed(born, order.pauses, rules, at=at))
    for kind in ClockKind:
        target = rules.target(order.priority, kind)
        if target is not None and kind not in have:
            born = Clock(kind=kind, started_at=order.opened_at, target=target)
            clocks.append(recomputed(born, order.pauses, rules, at=at))
    return evolve(order, clocks=tuple(clocks)) if len(clocks) != len(order.clocks) else order


def fixed(kind: ClockKind, due_at: datetime, rules: Rules, *, since: datetime) -> Clock:
    """A clock that runs out at a certain time, whatever the hours and the waits."""
    return Clock(
        kind=kind,
        started_at=since,
        fixed_due_at=whole_ms(due_at),
        calendar_version=rules.calendar_version,
    )


def reckon(order: WorkOrder, rules: Rules, *, at: datetime) -> WorkOrder:
    """The order with its running clocks' due times on the present calendar; settled ones stay."""
    clocks = tuple(
        recomputed(clock, order.pauses, rules, at=at) if clock.running else clock
        for clock in order.clocks
    )
    return order if clocks == order.clocks else evolve(order, clocks=clocks)


def is_outdated(order: WorkOrder, rules: Rules) -> bool:
    """Whether a running clock was computed with other hours than those of today."""
    return any(
        clock.running
        and clock.target is not None
        and clock.calendar_version != rules.calendar_version
        for clock in order.clocks
    )


def recomputed(clock: Clock, pauses: Collection[Pause], rules: Rules, *, at: datetime) -> Clock:
    """A running clock on the present calendar; a miss that is new by `at` is kept and silent.

    A miss is never taken back, and the first due time ever promised stays beside the new one.
    A waived one is due no earlier than its waiver says, and remembers its own due time.
    """
    version = rules.calendar_version if clock.target is not None else clock.calendar_version
    due_at = clock.fixed_due_at
    if clock.target is not None:
        due_at = due_when(rules.hours, clock.started_at, clock.target, stops(clock, pauses))
    original, own = clock.original_due_at or due_at, clock.own_due_at
    if clock.waived_until is not None:
        own, held = due_at, stops(clock, pauses)
        due_at = waived_when(rules.hours, clock.started_at, own, clock.waived_until, held)
    breached, warned = clock.breached_at, clock.warned
    if breached is None and clock.due_at is not None and clock.due_at < at:
        breached = clock.due_at  # missed as it was promised, though no timer has said so yet
    elif breached is None and due_at is not None and due_at < at:
        breached, warned = due_at, max(warned, 100)
    if (due_at, version, breached, original, own) == (
        *(clock.due_at, clock.calendar_version, clock.breached_at, clock.original_due_at),
        clock.own_due_at,
    ):
        return clock
    return evolve(
        clock,
        due_at=due_at,
        calendar_version=version,
        original_due_at=original,
        breached_at=breached,
        warned=warned,
        own_due_at=own,
    )


def standing(order: WorkOrder, rules: Rules) -> Standing:
    """What the queues need to know about an order, from its clocks and who holds it."""
    deadline: datetime | None = None
    nearest: ClockKind | None = None
    risk_at: datetime | None = None
    risk = rules.policy.risk
    for clock in order.clocks:
        if not clock.running:
            continue
        until = clock.breached_at or clock.due_at
        if until is None:
            continue
        if deadline is None or until < deadline:
            deadline, nearest = until, clock.kind
        risky = spent_at(clock, order.pauses, rules, risk) if clock.due_at else None
        if risky is not None and (risk_at is None or risky < risk_at):
            risk_at = risky
    return _standing(deadline, nearest, risk_at, orphan_at(order, rules), _rank(order, deadline))


def orphan_at(order: WorkOrder, rules: Rules) -> datetime | None:
    """From when “nobody follows” is true of an open order that nobody holds; else None.

    At once where so many have said no that asking the next one helps nobody. Never while whoever
    follows its parent looks after it.
    """
    if rules.followed_above:
        return None
    if order.follower is not None or STATES[order.state].category is not Category.OPEN:
        return None
    if order.visits and any(visit.state in LIVE_VISITS for visit in order.visits):
        return None
    if order.state is State.DECLINED and often_declined(order):
        return order.state_since
    return order.state_since + timedelta(seconds=rules.policy.orphan_after_s)


def silent_at(order: WorkOrder, rules: Rules) -> datetime | None:
    """From when an open order counts as silent; None where the level does not ask, or it waits."""
    silent = rules.policy.silent_after_s
    if silent is None or STATES[order.state].category is not Category.OPEN:
        return None
    return due_when(rules.hours, order.progress_at, timedelta(seconds=silent), ())


def _rank(order: WorkOrder, deadline: datetime | None) -> datetime:
    first = _runs_out(order, deadline)
    return first - ahead(order.chased) if order.chased else first


def _runs_out(order: WorkOrder, deadline: datetime | None) -> datetime:
    category = STATES[order.state].category
    if category is Category.WAITING and order.wake_at is not None:
        return order.wake_at if deadline is None else min(deadline, order.wake_at)
    if deadline is not None:
        return deadline
    return order.state_since if category is Category.DONE else FAR


def _held_share(clock: Clock, pauses: Collection[Pause], rules: Rules, percent: int) -> datetime:
    """The share of one that a pause holds, which moves no level before it."""
    due_at, over = due_but_for_hold(clock, pauses, rules), [p for p in pauses if p.to_at]
    calendar = rules.version(clock.calendar_version)
    return _moved_share(evolve(clock, due_at=due_at), percent, calendar, stops(clock, over))


def _moved_share(
    clock: Clock, percent: int, calendar: Calendar | None = None, held: Stops = ()
) -> datetime:
    """When a percentage is spent of the time until a due time that a waiver moved.

    That is working time of a calendar, if there is one, so that a level is never reached earlier
    than without the waiver.
    """
    due_at = clock.due_at
    assert due_at is not None, "it was moved"
    if percent >= 100:
        return due_at
    if calendar is None:
        return share_of(clock.started_at, due_at, percent)
    work = elapsed(calendar, clock.started_at, due_at, held)
    return due_when(calendar, clock.started_at, work * percent // 100, held) or clock.started_at
