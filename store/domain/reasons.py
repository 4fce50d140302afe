"""Why an order should ring: what has fired for it and is still to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.alarms import rings, severity, still_stands
from store.domain.ladders import reached
from store.domain.timer_kinds import TIMERS
from store.domain.timers import implied

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

    from store.domain.order import WorkOrder
    from store.domain.rules import Rules
    from store.domain.timer_kinds import Promised, TimerAim


def worst(
    order: WorkOrder,
    rules: Rules,
    fired: Collection[TimerAim],
    follow_ups: Iterable[Promised] = (),
    *,
    at: datetime,
) -> TimerAim | None:
    """The worst reason of those that fired and still stand, with its own due time; else None.

    Of equally bad ones a broken promise, then the one that is due longest.
    """

    def badness(aim: TimerAim) -> tuple[int, bool, datetime]:
        bad = severity(aim.kind, level=aim.level, priority=order.priority)
        return bad, not TIMERS[aim.kind].missed, aim.due_at

    clocks = _of_clocks(order, rules, fired, at)
    promises = _of_promises(order, rules, fired, follow_ups, at)
    return min((*clocks, *promises), key=badness, default=None)


def _of_clocks(
    order: WorkOrder, rules: Rules, fired: Collection[TimerAim], at: datetime
) -> Iterator[TimerAim]:
    """The level that each running clock has come to, if any timer of this run ever fired.

    A clock that was born missed, or became so by an edit, has none and keeps quiet.
    """
    ran = {(aim.clock, aim.run) for aim in fired if aim.clock}
    for clock in order.clocks:
        if not clock.running or (clock.kind.value, clock.run) not in ran:
            continue
        aim = reached(clock, order, rules)
        if aim is None or not rings(aim.kind, level=aim.level, rules=rules):
            continue
        if still_stands(order, rules, kind=aim.kind, clock=aim.clock, due_at=aim.due_at, at=at):
            yield aim


def _of_promises(
    order: WorkOrder,
    rules: Rules,
    fired: Collection[TimerAim],
    follow_ups: Iterable[Promised],
    at: datetime,
) -> Iterator[TimerAim]:
    """What no clock measures stands for as long as it is implied, and is not due later now."""
    mine = [aim for aim in fired if not aim.clock]
    if not mine:
        return
    asked = {(aim.kind, aim.run): aim.due_at for aim in implied(order, rules, follow_ups)}
    for aim in mine:
        due_at = asked.get((aim.kind, aim.run))
        if due_at is not None and due_at <= max(at, aim.due_at):
            yield aim
