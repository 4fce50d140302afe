"""Promises of an order that are made anew: by another level or priority, or by an appointment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store.domain.lifecycle import STATES, Category
from store.domain.order import Clock, WorkOrder
from store.domain.reckon import fixed, recomputed
from store.domain.targets import ClockKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from store.domain.moves_common import Draft

_AWAITED = frozenset({Category.OPEN, Category.WAITING})


def appoint(draft: Draft, by: datetime | None) -> None:
    """The arrival is promised by the end of an appointment, else as the level promises it.

    Each appointment is a promise of its own; what was missed by then was missed.
    """
    order = draft.before
    if by == order.awaited_by or STATES[order.state].category not in _AWAITED:
        return
    if any(visit.arrived_at for visit in draft.live()):
        return  # somebody is there
    draft.end_clocks(ClockKind.ARRIVE)
    if by is not None:
        draft.start(fixed(ClockKind.ARRIVE, by, draft.rules, since=draft.at))
        return
    target = draft.rules.target(order.priority, ClockKind.ARRIVE)
    for kind, start in _still_owed(order):
        if kind is ClockKind.ARRIVE and target is not None:
            draft.start(Clock(kind=kind, started_at=start, target=target))


def repromise(draft: Draft, priority: int) -> None:
    """Running clocks on the targets of a priority; those it no longer promises end."""
    for place, clock in enumerate(draft.clocks):
        if not clock.running or clock.target is None:
            continue
        target = draft.rules.target(priority, clock.kind)
        if target is None:
            draft.end_clocks(clock.kind)  # what is late by now was missed
        else:
            again = replace(clock, target=target)
            draft.put(place, recomputed(again, draft.pauses, draft.rules, at=draft.at))
    # One that ended unkept, when nothing was promised, is promised again: it is still owed.
    have = {clock.kind for clock in draft.clocks if clock.ended_at is None}
    for kind, start in _still_owed(draft.before):
        target = draft.rules.target(priority, kind)
        if kind not in have and target is not None:
            _promise_again(draft, Clock(kind=kind, started_at=start, target=target))


def _promise_again(draft: Draft, owed: Clock) -> None:
    """The clock that ended when this was no longer promised goes on; else a new one begins.

    It is the same promise: what was missed of it was missed once, and what rang does not ring anew.
    """
    places = [place for place, clock in enumerate(draft.clocks) if clock.kind is owed.kind]
    last = draft.clocks[places[-1]] if places else None
    if last is None or last.target is None or last.started_at != owed.started_at:
        draft.start(owed)
        return
    # Its due time was nobody's while it did not run: nothing was missed then.
    on = replace(last, target=owed.target, ended_at=None, due_at=None)
    draft.put(places[-1], recomputed(on, draft.pauses, draft.rules, at=draft.at))


def arrival_owed(order: WorkOrder) -> datetime | None:
    """From when an arrival counts that has not come about yet; None where none is awaited."""
    owed = (start for kind, start in _still_owed(order) if kind is ClockKind.ARRIVE)
    return next(owed, None)


def _still_owed(order: WorkOrder) -> Iterator[tuple[ClockKind, datetime]]:
    """What could be promised of an order that has not come about yet, and from when it counts.

    The next word counts from the last one that the customer had.
    """
    if STATES[order.state].category not in _AWAITED:
        return
    back = [p.to_at for p in order.pauses if p.kind == "closed" and p.to_at is not None]
    began = back[-1] if back else order.opened_at
    since = [visit for visit in order.visits if visit.assigned_at >= began]
    if not any(visit.accepted_at for visit in since):
        yield ClockKind.RESPOND, began
    if not any(visit.arrived_at for visit in since):
        yield ClockKind.ARRIVE, began
    yield ClockKind.RESOLVE, order.opened_at
    yield ClockKind.NEXT_UPDATE, max(began, order.told_at or began)
