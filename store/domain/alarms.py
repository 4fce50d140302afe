"""What an alarm is: how bad, whether it rings at all, and whether its reason still stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.daily import is_owed
from store.domain.evolve import maker
from store.domain.exceptions import risk_at
from store.domain.lifecycle import State
from store.domain.reckon import orphan_at, silent_at, spent_at
from store.domain.sop import awaited
from store.domain.timer_kinds import BREACH_LEVEL, TIMERS, Promised, TimerKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from store.domain.order import WorkOrder
    from store.domain.rules import Rules

WORST, LOUD, QUIET = 1, 2, 4
_STEPS = {1: -1, 4: 1}
"""How much worse or milder than others an alarm is at a priority."""


def severity(kind: str, *, level: int = 0, priority: int) -> int:
    """How bad an alarm is, 1 worst to 4 quiet: by its kind, one step up or down by priority."""
    spec = TIMERS[TimerKind(kind)]
    if level and level < spec.quiet_below:
        return QUIET
    return max(WORST, min(QUIET, spec.base + _STEPS.get(priority, 0)))


def rings(kind: str, *, level: int, rules: Rules) -> bool:
    """Whether a fired timer raises an alarm, or is only journalled as the level asks."""
    if rules.followed_above and TIMERS[TimerKind(kind)].borne:
        return False
    return kind != TimerKind.WARN or level >= rules.policy.ring_from


def still_stands(
    order: WorkOrder,
    rules: Rules,
    *,
    kind: str,
    clock: str = "",
    follow_ups: Iterable[Promised] = (),
    due_at: datetime | None = None,
    at: datetime,
) -> bool:
    """Whether what an alarm asks for is still to be done; where it is not, the alarm may go.

    `due_at` is when the alarm fell due. It has fired, so that moment is past: `at` may come from
    the clock of another machine, which is behind.
    """
    if kind not in TIMERS or not TIMERS[known := TimerKind(kind)].clears:
        return True
    late = at if due_at is None else max(at, due_at)
    return _STANDS[known](_case(order, rules, clock, follow_ups, due_at, late))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    order: WorkOrder
    rules: Rules
    clock: str
    follow_ups: Iterable[Promised]
    fired: datetime | None
    """When the alarm fell due; None where no certain one is meant."""
    at: datetime

    def is_past(self, due_at: datetime | None) -> bool:
        return due_at is not None and due_at <= self.at


_case = maker(_Case)


def _near(case: _Case) -> bool:
    """Whether a running clock of that kind is as far spent as the level rings for."""
    order, ring_from = case.order, case.rules.policy.ring_from
    return any(
        clock.running
        and clock.kind == case.clock
        and clock.due_at is not None
        and case.is_past(spent_at(clock, order.pauses, case.rules, ring_from))
        for clock in order.clocks
    )


def _missed(case: _Case) -> bool:
    """Whether a running clock of that kind was missed, or has rung for it."""
    return any(
        clock.running
        and clock.kind == case.clock
        and (clock.breached_at is not None or clock.warned >= BREACH_LEVEL)
        for clock in case.order.clocks
    )


def _wakes(case: _Case) -> bool:
    return case.order.state is State.WAITING and case.is_past(case.order.wake_at)


def _orphan(case: _Case) -> bool:
    return case.is_past(orphan_at(case.order, case.rules))


def _silent(case: _Case) -> bool:
    return case.is_past(silent_at(case.order, case.rules))


def _to_ask(case: _Case) -> bool:
    """Whether nobody has asked the customer yet, and it is time."""
    return case.order.survey_at is not None and case.is_past(case.order.survey_by)


def _action(case: _Case) -> bool:
    return case.is_past(case.order.action_by)


def _exception(case: _Case) -> bool:
    """Whether an exception waits for whoever may grant it, and has for most of its time."""
    asked_at, decide_by = case.order.exception_at, case.order.exception_by
    return (
        asked_at is not None
        and decide_by is not None
        and case.is_past(risk_at(asked_at, decide_by))
    )


def _step(case: _Case) -> bool:
    return any(case.is_past(due) for due in awaited(case.order, case.rules)[:1])


def _daily(case: _Case) -> bool:
    return is_owed(case.order, case.fired)


def _promised(case: _Case) -> bool:
    return any(
        held.done_at is None and case.is_past(held.due_at) and case.fired in {None, held.due_at}
        for held in case.follow_ups
    )


_STANDS: Mapping[TimerKind, Callable[[_Case], bool]] = {
    TimerKind.WARN: _near,
    TimerKind.BREACH: _missed,
    TimerKind.NOT_ACCEPTED: _missed,
    TimerKind.UPDATE_DUE: _missed,
    TimerKind.OVERDUE_AGAIN: _missed,
    TimerKind.WAKE: _wakes,
    TimerKind.ORPHAN: _orphan,
    TimerKind.FOLLOW_UP: _promised,
    TimerKind.SILENCE: _silent,
    TimerKind.SURVEY: _to_ask,
    TimerKind.ACTION: _action,
    TimerKind.EXCEPTION: _exception,
    TimerKind.STEP: _step,
    TimerKind.DAILY: _daily,
}
