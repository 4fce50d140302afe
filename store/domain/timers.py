"""What must happen in time because of how an order stands: the next aim of each ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.alarms import rings, severity, still_stands
from store.domain.daily import note_due
from store.domain.evolve import maker
from store.domain.exceptions import rings_of
from store.domain.ladders import after_fire, catch_up, fire, ladder, next_rungs
from store.domain.lifecycle import State
from store.domain.reckon import orphan_at, silent_at
from store.domain.replay import epoch_ms
from store.domain.sop import awaited
from store.domain.timer_kinds import (
    BREACHES,
    TIMERS,
    Promised,
    TimerAim,
    TimerKind,
    TimerSpec,
    means_something,
    read_kind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from store.domain.order import WorkOrder
    from store.domain.rules import Rules


_aim = maker(TimerAim)


def implied(
    order: WorkOrder,
    rules: Rules,
    follow_ups: Iterable[Promised] = (),
    *,
    at: datetime | None = None,
) -> tuple[TimerAim, ...]:
    """The next aim of each ladder, as the order stands.

    With `at`, a clock of which several levels are due by then aims at the worst of them only.
    Aims without a clock are implied for as long as their reason stands: fired ones are known by
    their key.
    """
    aims = list(next_rungs(order, rules, at))
    if order.state is State.WAITING and order.wake_at is not None:
        aims.append(_aim(TimerKind.WAKE, "", len(order.pauses), 0, order.wake_at))
    orphan = orphan_at(order, rules)
    if orphan is not None:
        since = epoch_ms(order.state_since) // 1000
        aims.append(_aim(TimerKind.ORPHAN, "", since, 0, orphan))
    silent = silent_at(order, rules)
    if silent is not None:
        since = epoch_ms(order.progress_at) // 1000
        aims.append(_aim(TimerKind.SILENCE, "", since, 0, silent))
    aims += _of_follow_through(order, rules)
    aims += [
        _aim(TimerKind.FOLLOW_UP, "", promised.place, 0, promised.due_at)
        for promised in follow_ups
        if promised.done_at is None
    ]
    return tuple(aims)


def _of_follow_through(order: WorkOrder, rules: Rules) -> Iterator[TimerAim]:
    """Of what comes beside the work: customers asked, actions, exceptions, steps, daily notes."""
    for kind, due in ((TimerKind.SURVEY, order.survey_at), (TimerKind.ACTION, order.action_by)):
        if due is not None:
            yield _aim(kind, "", epoch_ms(due) // 1000, 0, due)
    if order.exception_at is not None and order.exception_by is not None:
        since = epoch_ms(order.exception_by) // 1000
        for level, moment in rings_of(order.exception_at, order.exception_by):
            yield _aim(TimerKind.EXCEPTION, "", since, level, moment)
    if order.steps:
        for due in awaited(order, rules):
            yield _aim(TimerKind.STEP, "", epoch_ms(due) // 1000, 0, due)
    owed = note_due(order, rules)
    if owed is not None:
        yield _aim(TimerKind.DAILY, "", epoch_ms(owed) // 1000, 0, owed)


__all__ = [
    "BREACHES",
    "TIMERS",
    "Promised",
    "TimerAim",
    "TimerKind",
    "TimerSpec",
    "after_fire",
    "catch_up",
    "fire",
    "implied",
    "ladder",
    "means_something",
    "read_kind",
    "rings",
    "severity",
    "still_stands",
]
