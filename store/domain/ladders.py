"""The warning ladder of a clock: levels before its due time, the due time, rings after it.

Each level fires once in a run of its clock, which remembers the highest that has.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from store.domain.evolve import evolve, maker
from store.domain.facts import Fact
from store.domain.reckon import after_due, spent_at
from store.domain.replay import epoch_ms, row_changes
from store.domain.timer_kinds import BREACH_LEVEL, BREACHES, TimerAim, TimerKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from store.domain.order import Clock, WorkOrder
    from store.domain.rules import Rules


_made, _fact = maker(TimerAim), maker(Fact)
_NAMES = {kind: kind.value for kind in BREACHES}


def ladder(clock: Clock, order: WorkOrder, rules: Rules, *, above: int = 0) -> Iterator[TimerAim]:
    """The levels of a running clock that have not fired yet, first first; none while it stands.

    Those that are `above` a level, if one is given.
    """
    policy, fired = rules.policy, max(clock.warned, above)
    for level in _levels(policy.warn):
        if level <= fired:
            continue
        due_at = spent_at(clock, order.pauses, rules, level)
        if due_at is not None:
            kind = TimerKind.WARN if level < BREACH_LEVEL else BREACHES[clock.kind]
            yield _aim(kind, clock, level, due_at)
    for place, offset in enumerate(_offsets(policy.after_s), start=1):
        if BREACH_LEVEL + place <= fired:
            continue
        due_at = after_due(clock, order.pauses, rules, offset)
        if due_at is not None:
            yield _aim(TimerKind.OVERDUE_AGAIN, clock, BREACH_LEVEL + place, due_at)


def reached(clock: Clock, order: WorkOrder, rules: Rules) -> TimerAim | None:
    """The highest level that a clock has fired in its run, with its due time; None before any."""
    level, due_at = clock.warned, None
    kind = TimerKind.WARN if level < BREACH_LEVEL else BREACHES[clock.kind]
    if 0 < level <= BREACH_LEVEL:
        due_at = spent_at(clock, order.pauses, rules, level)
    elif level > BREACH_LEVEL:
        kind, offsets = TimerKind.OVERDUE_AGAIN, _offsets(rules.policy.after_s)
        if level - BREACH_LEVEL <= len(offsets):
            due_at = after_due(clock, order.pauses, rules, offsets[level - BREACH_LEVEL - 1])
    due_at = due_at or clock.breached_at or clock.due_at
    return _aim(kind, clock, level, due_at) if level and due_at is not None else None


def catch_up(order: WorkOrder, aim: TimerAim, rules: Rules, *, at: datetime) -> TimerAim:
    """The worst level that is due by now of the clock that a timer was aimed at, or the aim itself.

    A desk that was switched off fires that one alone, with its own due time.
    """
    clock = _clock_of(order, aim)
    worst = aim
    if clock is not None and clock.running:
        for rung in ladder(clock, order, rules, above=aim.level):
            if rung.due_at > at:
                break
            worst = rung
    return worst


def after_fire(order: WorkOrder, aim: TimerAim) -> WorkOrder:
    """The order once an aim has fired: its clock remembers the level, and the miss if any."""
    return fire(order, aim)[0]


def fire(order: WorkOrder, aim: TimerAim) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """The order once an aim has fired, and the fact of it; none if no running clock was meant."""
    clock = _clock_of(order, aim)
    if clock is None or not clock.running:
        return order, ()
    missed = aim.due_at if aim.level == BREACH_LEVEL else clock.due_at
    breached = clock.breached_at or (missed if aim.level >= BREACH_LEVEL else None)
    marked = evolve(clock, warned=max(clock.warned, aim.level), breached_at=breached)
    clocks = tuple([marked if c is clock else c for c in order.clocks])
    told: dict[str, Any] = {"clock": aim.clock, "run": aim.run, "level": aim.level}
    told["due_at"] = epoch_ms(aim.due_at)
    if rows := row_changes("clocks", order.clocks, clocks, {}):
        told["clocks"] = rows
    name = "warned" if breached == clock.breached_at else "breached"
    return evolve(order, clocks=clocks), (_fact(name, told, None),)


def next_rungs(order: WorkOrder, rules: Rules, at: datetime | None) -> Iterator[TimerAim]:
    """The next level of each running clock; with `at`, the worst of those that are due by then."""
    for clock in order.clocks:
        if not clock.running or (clock.due_at is None and clock.warned >= BREACH_LEVEL):
            continue
        rungs = ladder(clock, order, rules)
        chosen = next(rungs, None)
        if at is not None:
            for rung in rungs:
                if rung.due_at > at:
                    break
                chosen = rung
        if chosen is not None:
            yield chosen


@lru_cache(maxsize=64)
def _levels(warn: tuple[int, ...]) -> tuple[int, ...]:
    return (*sorted(level for level in warn if 0 < level < BREACH_LEVEL), BREACH_LEVEL)


@lru_cache(maxsize=64)
def _offsets(after_s: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(after_s))


def _aim(kind: TimerKind, clock: Clock, level: int, due_at: datetime) -> TimerAim:
    return _made(kind, _NAMES[clock.kind], clock.run, level, due_at)


def _clock_of(order: WorkOrder, aim: TimerAim) -> Clock | None:
    for clock in order.clocks:
        if clock.kind == aim.clock and clock.run == aim.run:
            return clock
    return None
