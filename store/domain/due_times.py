"""When a target is spent on a calendar, pauses taken out: remembered, and cut to milliseconds."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from store.domain.clockwork import Goal, merged, unpaused_due
from store.domain.replay import whole_ms
from store.domain.targets import PAUSABLE

if TYPE_CHECKING:
    from collections.abc import Collection

    from store.domain.calendar import Calendar
    from store.domain.order import Clock, Pause
    from store.domain.targets import Target

Stops: TypeAlias = tuple[tuple[datetime, datetime | None], ...]
"""Pauses as the clockwork takes them: from, and until or still standing."""


@lru_cache(maxsize=256)
def due_when(calendar: Calendar, start: datetime, goal: Goal, held: Stops) -> datetime | None:
    """What `clockwork.due` answers, cut to milliseconds.

    The due time without pauses and the length of each pause are remembered: an order's clocks share
    them, and ask again at every step.
    """
    if not held:
        return whole_ms(unpaused_due(calendar, start, goal))
    at = due_when(calendar, start, goal, ())
    for begins, ends in _merged(held, start):
        if at is None or begins >= at:
            break
        at = calendar.add(at, _between(calendar, begins, ends)) if ends is not None else None
    return at


def waived_when(
    calendar: Calendar, start: datetime, own: datetime | None, until: datetime, held: Stops
) -> datetime | None:
    """When a clock is due that is waived until then, and would be due by itself at its `own` time.

    Pauses that begin from its own time on move it as they move any other; those before have moved
    its own time. None while a pause holds it.
    """
    if own is None:
        return None
    at: datetime | None = max(own, until)
    for begins, ends in _merged(held, start):
        if at is None or begins >= at:
            break
        if begins >= own:
            at = calendar.add(at, _between(calendar, begins, ends)) if ends is not None else None
    return at


def stops(clock: Clock, pauses: Collection[Pause]) -> Stops:
    """The pauses that a clock heeds."""
    if not pauses or clock.kind not in PAUSABLE or clock.fixed_due_at is not None:
        return ()
    return after(clock.started_at, pauses)


def after(start: datetime, pauses: Collection[Pause]) -> Stops:
    """Those pauses that are not over by then."""
    return tuple((p.from_at, p.to_at) for p in pauses if p.to_at is None or p.to_at > start)


@lru_cache(maxsize=256)
def _merged(held: Stops, start: datetime) -> Stops:
    return merged(held, start)


@lru_cache(maxsize=256)
def _between(calendar: Calendar, begins: datetime, ends: datetime) -> timedelta:
    return calendar.between(begins, ends)


def work_of(calendar: Calendar, start: datetime, target: Target) -> timedelta:
    """A target as working time: days are measured from the start to their due time."""
    if target.seconds is not None:
        return timedelta(seconds=target.seconds)
    end = due_when(calendar, start, target, ())
    return timedelta() if end is None else _between(calendar, start, end)


@lru_cache(maxsize=256)
def spent_when(
    calendar: Calendar, start: datetime, target: Target, percent: int, held: Stops
) -> datetime | None:
    """When a percentage of a target is spent; None while a pause holds it before that."""
    if percent == 100:
        return due_when(calendar, start, target, held)
    return due_when(calendar, start, work_of(calendar, start, target) * percent // 100, held)


def share_of(start: datetime, end: datetime, percent: int) -> datetime:
    """When a percentage of a stretch is over, every second counted."""
    return whole_ms(start + (end - start) * percent // 100)
