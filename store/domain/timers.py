"""What must happen in time because of how an order stands: the next aim of each ladder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from store.domain.lifecycle import STATES, Category, State
from store.domain.reckon import after_due, orphan_at, spent_at
from store.domain.replay import epoch_ms
from store.domain.targets import ClockKind
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from store.domain.order import Clock, WorkOrder
    from store.domain.rules import Rules

BREACH_LEVEL = 100
"""The level of the due time itself; the n-th ring after it has the level 100 + n."""


class TimerKind(StrEnum):
    """Why the desk wakes."""

    WARN = "warn"
    BREACH = "breach"
    NOT_ACCEPTED = "not_accepted"
    UPDATE_DUE = "update_due"
    OVERDUE_AGAIN = "overdue_again"
    WAKE = "wake"
    ORPHAN = "orphan"
    FOLLOW_UP = "follow_up"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerSpec:
    """How a kind of timer reads and how bad its alarm is."""

    label: str
    base: int
    """Severity for priority 2 and 3: 1 worst, 4 quiet."""
    by_priority: bool = True
    """Whether priority 1 makes it one worse and priority 4 one milder."""
    clears: bool = True
    """Whether its alarm goes by itself when its reason is gone."""


TIMERS: Mapping[TimerKind, TimerSpec] = {
    TimerKind.WARN: TimerSpec(label=N_("deadline near"), base=3),
    TimerKind.BREACH: TimerSpec(label=N_("overdue"), base=2),
    TimerKind.NOT_ACCEPTED: TimerSpec(label=N_("not accepted in time"), base=2),
    TimerKind.UPDATE_DUE: TimerSpec(label=N_("customer waits for news"), base=2),
    TimerKind.OVERDUE_AGAIN: TimerSpec(label=N_("still overdue"), base=1),
    TimerKind.WAKE: TimerSpec(label=N_("waiting is over"), base=2),
    TimerKind.ORPHAN: TimerSpec(label=N_("nobody follows"), base=2),
    TimerKind.FOLLOW_UP: TimerSpec(label=N_("follow-up due"), base=3),
    TimerKind.SILENCE: TimerSpec(label=N_("no progress"), base=3),
}

BREACHES: Mapping[ClockKind, TimerKind] = {
    ClockKind.RESPOND: TimerKind.NOT_ACCEPTED,
    ClockKind.ARRIVE: TimerKind.BREACH,
    ClockKind.RESOLVE: TimerKind.BREACH,
    ClockKind.NEXT_UPDATE: TimerKind.UPDATE_DUE,
}
"""What a clock's own due time is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerAim:
    """One moment to wake for; all but the time is its key, within its order."""

    kind: TimerKind
    clock: str = ""
    """The clock's kind; empty where no clock is meant."""
    run: int = 1
    """The clock's run, the pause's or follow-up's place, or an epoch second."""
    level: int = 0
    due_at: datetime


class Promised(Protocol):
    """A follow-up as far as a timer needs to know it."""

    @property
    def place(self) -> int: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def done_at(self) -> datetime | None: ...


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
    aims = list(_rungs(order, rules, at))
    category = STATES[order.state].category
    if order.state is State.WAITING and order.wake_at is not None:
        aims.append(TimerAim(kind=TimerKind.WAKE, run=len(order.pauses), due_at=order.wake_at))
    orphan = orphan_at(order, rules)
    if orphan is not None:
        since = epoch_ms(order.state_since) // 1000
        aims.append(TimerAim(kind=TimerKind.ORPHAN, run=since, due_at=orphan))
    silent = rules.policy.silent_after_s
    if silent is not None and category is Category.OPEN:
        due_at = rules.hours.add(order.progress_at, timedelta(seconds=silent))
        since = epoch_ms(order.progress_at) // 1000
        aims.append(TimerAim(kind=TimerKind.SILENCE, run=since, due_at=due_at))
    aims.extend(
        TimerAim(kind=TimerKind.FOLLOW_UP, run=promised.place, due_at=promised.due_at)
        for promised in follow_ups
        if promised.done_at is None
    )
    return tuple(aims)


def ladder(clock: Clock, order: WorkOrder, rules: Rules) -> Iterator[TimerAim]:
    """The levels of a running clock that have not fired yet, first first; none while it stands."""
    policy = rules.policy
    levels = [*sorted(level for level in policy.warn if level < BREACH_LEVEL), BREACH_LEVEL]
    for level in levels:
        if level <= clock.warned:
            continue
        due_at = spent_at(clock, order.pauses, rules, level)
        if due_at is not None:
            kind = TimerKind.WARN if level < BREACH_LEVEL else BREACHES[clock.kind]
            yield _aim(kind, clock, level, due_at)
    for place, offset in enumerate(sorted(policy.after_s), start=1):
        if BREACH_LEVEL + place <= clock.warned:
            continue
        due_at = after_due(clock, order.pauses, rules, offset)
        if due_at is not None:
            yield _aim(TimerKind.OVERDUE_AGAIN, clock, BREACH_LEVEL + place, due_at)


def catch_up(order: WorkOrder, aim: TimerAim, rules: Rules, *, at: datetime) -> TimerAim:
    """The worst level that is due by now of the clock that a timer was aimed at, or the aim itself.

    A desk that was switched off fires that one alone, with its own due time.
    """
    clock = _clock_of(order, aim)
    worst = aim
    if clock is not None and clock.running:
        for rung in ladder(clock, order, rules):
            if rung.due_at <= at and rung.level > worst.level:
                worst = rung
    return worst


def after_fire(order: WorkOrder, aim: TimerAim) -> WorkOrder:
    """The order once an aim has fired: its clock remembers the level, and the miss if any."""
    clock = _clock_of(order, aim)
    if clock is None:
        return order
    missed = aim.due_at if aim.level == BREACH_LEVEL else clock.due_at
    breached = clock.breached_at or (missed if aim.level >= BREACH_LEVEL else None)
    marked = replace(clock, warned=max(clock.warned, aim.level), breached_at=breached)
    return replace(order, clocks=tuple(marked if c is clock else c for c in order.clocks))


def _rungs(order: WorkOrder, rules: Rules, at: datetime | None) -> Iterator[TimerAim]:
    for clock in order.clocks:
        if not clock.running or (clock.due_at is None and clock.warned >= BREACH_LEVEL):
            continue
        chosen: TimerAim | None = None
        for rung in ladder(clock, order, rules):
            if chosen is not None and (at is None or rung.due_at > at):
                break
            chosen = rung
        if chosen is not None:
            yield chosen


def _aim(kind: TimerKind, clock: Clock, level: int, due_at: datetime) -> TimerAim:
    return TimerAim(kind=kind, clock=clock.kind.value, run=clock.run, level=level, due_at=due_at)


def _clock_of(order: WorkOrder, aim: TimerAim) -> Clock | None:
    for clock in order.clocks:
        if clock.kind == aim.clock and clock.run == aim.run:
            return clock
    return None
