"""What an alarm is: how bad, whether it rings at all, and whether its reason still stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.lifecycle import STATES, State
from store.domain.reckon import orphan_at
from store.domain.timers import TIMERS, Promised, TimerKind, implied

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from store.domain.order import WorkOrder
    from store.domain.rules import Rules

WORST, QUIET = 1, 4


def severity(kind: TimerKind, *, level: int, priority: int) -> int:
    """How bad an alarm is, 1 worst to 4 quiet: by its kind, one step up or down by priority."""
    spec = TIMERS[kind]
    if kind is TimerKind.WARN and level < 75:
        return QUIET
    step = {1: -1, 4: 1}.get(priority, 0) if spec.by_priority else 0
    return max(WORST, min(QUIET, spec.base + step))


def rings(kind: TimerKind, *, level: int, rules: Rules) -> bool:
    """Whether a fired timer raises an alarm, or is only journalled as the level asks."""
    return kind is not TimerKind.WARN or level >= rules.policy.ring_from


def reason_stands(
    order: WorkOrder,
    rules: Rules,
    *,
    kind: TimerKind,
    clock: str,
    due_at: datetime,
    follow_ups: Iterable[Promised] = (),
) -> bool:
    """Whether what an alarm asks for is still to be done; one that it is not may be cleared."""
    if not TIMERS[kind].clears:
        return True
    if clock:
        return any(held.running and held.kind == clock for held in order.clocks)
    if kind is TimerKind.ORPHAN:
        return orphan_at(order, rules) is not None
    if kind is TimerKind.WAKE:
        return order.state is State.WAITING and order.wake_at == due_at
    if kind is TimerKind.FOLLOW_UP:
        return any(held.done_at is None and held.due_at <= due_at for held in follow_ups)
    same = (aim for aim in implied(order, rules) if aim.kind is kind)
    return not STATES[order.state].final and any(aim.due_at <= due_at for aim in same)
