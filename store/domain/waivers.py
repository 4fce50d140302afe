"""A deadline waiver: its clock is due no earlier than it says, with its own due time beside.

What it stands still from its own due time on comes on top, as with any clock before it is due.

A waiver moves the promise that ran when it was granted, and that promise alone: what begins anew
(the next word, a new appointment) is another one. Resolve, which goes on after a reopening, is not.
Withdrawn, it leaves the clock as if it had never been; over, it has nothing to give back: the clock
was due by then, or is due as much later as it stood still. What is kept by a waiver alone is a miss
of the clock's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.due_times import stops, waived_when
from store.domain.evolve import evolve
from store.domain.exceptions import Deviation, Grant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime
    from typing import TypeAlias

    from store.domain.exceptions import OrderException
    from store.domain.order import Clock, Pause, WorkOrder
    from store.domain.rules import Rules

    Stretch: TypeAlias = tuple[datetime | None, datetime | None]


def own_due(clock: Clock) -> datetime | None:
    """When a clock would be due without a waiver."""
    return clock.due_at if clock.waived_until is None else clock.own_due_at


def is_moved(clock: Clock) -> bool:
    """Whether a waiver is why a clock is due when it is."""
    own, due = clock.own_due_at, clock.due_at
    return own is not None and due is not None and own < due


def is_missed(clock: Clock, at: datetime) -> bool:
    """Whether a clock that runs was missed by then, rung or not."""
    due = clock.due_at
    return clock.breached_at is not None or (due is not None and due < at)


def missed_own(clock: Clock) -> bool:
    """Whether a settled clock was settled after its own due time, waived or not."""
    end, own = clock.met_at or clock.ended_at, clock.own_due_at
    return end is not None and own is not None and end > own


def kept_by_waiver(clock: Clock) -> bool:
    """Whether a settled clock would have been missed without its waiver, and was not with it."""
    return missed_own(clock) and clock.breached_at is None


def waiver_of(clocks: Iterable[Clock]) -> int | None:
    """The newest waiver that moved a clock which runs; None where none did."""
    moved = (clock.waiver for clock in clocks if clock.running and is_moved(clock))
    return max((one for one in moved if one is not None), default=None)


def held_since(clock: Clock, pauses: Collection[Pause]) -> datetime | None:
    """Since when a pause holds a waived clock that is past its own due time; None where none is."""
    if clock.own_due_at is None or clock.due_at is not None:
        return None
    return min((begins for begins, ends in stops(clock, pauses) if ends is None), default=None)


def due_but_for_hold(clock: Clock, pauses: Collection[Pause], rules: Rules) -> datetime | None:
    """When such a clock would be due if the pause that holds it had not begun."""
    over = tuple(p for p in pauses if p.to_at is not None)
    return moved(clock, over, rules).due_at


def moved(clock: Clock, pauses: Collection[Pause], rules: Rules) -> Clock:
    """A clock, due when its waiver and the pauses say, until it was settled."""
    if clock.waived_until is None:
        return clock
    end = _over(clock)
    held = tuple(one for one in stops(clock, pauses) if end is None or one[0] < end)
    calendar, until = rules.version(clock.calendar_version), clock.waived_until
    due = waived_when(calendar, clock.started_at, clock.own_due_at, until, held)
    return clock if due == clock.due_at else evolve(clock, due_at=due)


def waived(clock: Clock, waiver: int | None, until: datetime) -> Clock:
    """A clock with a waiver, instead of any that it has; the pauses are to be heeded yet."""
    own = own_due(clock)
    due = None if own is None else max(own, until)
    return evolve(clock, waived_until=until, waiver=waiver, own_due_at=own, due_at=due)


def unwaived(clock: Clock) -> Clock:
    """A clock without its waiver."""
    own = own_due(clock)
    return evolve(clock, waived_until=None, waiver=None, own_due_at=None, due_at=own)


def as_waived(clock: Clock, other: Clock | None) -> Clock:
    """A clock with the waiver that another has, or with none as that has none; the same."""
    if other is None or other.waiver == clock.waiver:
        return clock
    until = other.waived_until
    return unwaived(clock) if until is None else waived(clock, other.waiver, until)


def carried(fresh: Clock, clocks: Collection[Clock]) -> Clock:
    """The next run of a clock; where the same promise goes on, so does its waiver.

    Also where an appointment stood in between, which was another promise.
    """
    same = (c for c in clocks if c.kind is fresh.kind and c.started_at == fresh.started_at)
    return as_waived(fresh, max(same, key=lambda c: c.run, default=None))


def rewaived(
    order: WorkOrder,
    one: OrderException,
    granted: Iterable[OrderException],
    *,
    rules: Rules,
    at: datetime,
) -> WorkOrder:
    """An order after a step of a waiver; what that brings to light as missed is marked so.

    `granted` are all waivers of the order which are granted and not withdrawn.
    """
    if one.kind != Deviation.WAIVER or one.state not in {Grant.GRANTED, Grant.WITHDRAWN}:
        return order
    clocks = list(order.clocks)
    for place, clock in enumerate(clocks):
        if clock.kind == one.clock and one.state is Grant.GRANTED:
            clocks[place] = moved(_with(clock, one, at), order.pauses, rules)
        elif clock.kind == one.clock:
            after = moved(_without(clock, one, order.clocks, granted), order.pauses, rules)
            clocks[place] = _missed_after_all(clock, after)
    return evolve(order, clocks=tuple(clocks))


def _with(clock: Clock, one: OrderException, at: datetime) -> Clock:
    """The one that reaches furthest counts; what was missed by now was missed."""
    until = clock.waived_until
    if not clock.running or (until is not None and until >= one.expires_at):
        return clock
    if clock.breached_at is None and clock.due_at is not None and clock.due_at < at:
        clock = evolve(clock, breached_at=clock.due_at)
    return waived(clock, one.id, one.expires_at)


def _without(
    clock: Clock, one: OrderException, clocks: Iterable[Clock], granted: Iterable[OrderException]
) -> Clock:
    if clock.waiver != one.id:
        return clock
    after = unwaived(clock)
    stretches = tuple(_stretches(clock, clocks))
    others = [
        other
        for other in granted
        if other.id != one.id
        and other.clock == one.clock
        and other.decided_at is not None
        and any(
            (since is None or since <= other.decided_at)
            and (until is None or other.decided_at <= until)
            for since, until in stretches
        )
    ]
    if others:
        best = max(others, key=lambda other: (other.expires_at, -other.id))
        after = waived(after, best.id, best.expires_at)
    return after


def _missed_after_all(clock: Clock, after: Clock) -> Clock:
    """A miss that a running clock is left with is told by its timer, which rings."""
    end = None if after is clock else _over(after)
    if end is None or after.breached_at is not None or after.due_at is None or end <= after.due_at:
        return after
    return evolve(after, breached_at=after.due_at)


def _stretches(clock: Clock, clocks: Iterable[Clock]) -> Iterator[Stretch]:
    """From when until when a clock's promise was the one that ran, up to this run of it."""
    runs = (c for c in clocks if c.kind is clock.kind and c.run <= clock.run)
    since: datetime | None = None
    for one in sorted(runs, key=lambda c: c.run):
        if one.started_at == clock.started_at:
            yield since, _over(one)
        since = _over(one) or since


def _over(clock: Clock) -> datetime | None:
    """When a run of a clock was over; None while it runs."""
    return clock.met_at or clock.ended_at
