"""The standing alarm of an order as a row: raised, raised further, acknowledged, cleared."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from store.domain.alarms import severity, still_stands
from store.domain.bells import is_listed_unseen, lapses
from store.domain.reasons import worst
from store.domain.timers import TIMERS, TimerAim, TimerKind
from store.persistence.known import Alarm, Known
from store.persistence.loading import ALARM

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.rules import Rules
    from store.persistence.statements import Batch, Values

_COLUMNS = tuple(field.name for field in fields(Alarm) if field.name != "id")
_READ = attrgetter(*_COLUMNS)
_REASONS = frozenset(kind.value for kind, spec in TIMERS.items() if not spec.of_alarm)


def settle(batch: Batch, known: Known, rules: Rules, *, at: datetime, acted: bool) -> None:
    """Clear the alarm when its reason is gone, and make the row what the alarm became.

    The worst of what fired and still stands takes its place, and nobody has acknowledged that; the
    row of the one before is kept, so that it can stand again. One that goes while it rings, and
    none comes, lapses, unless a person has `acted` on its order.
    """
    alarm, stored = known.alarm, known.stored_alarm
    if alarm is not None and not stands(known, alarm, rules, at=at):
        alarm = None
    if alarm is None:
        alarm = known.alarm = _left(known, stored, rules, at)
    if stored is not None and (alarm is None or alarm.id != stored.id):
        over = alarm is None and lapses(stored, acted=acted)
        lapsed: Values = {"lapsed_at": at} if over else {}
        if lapsed and not is_listed_unseen(stored.severity):
            lapsed["seen_at"] = at
        batch.update(ALARM, {"id": stored.id}, {"cleared_at": at, **lapsed})
        stored = None
    if alarm is None or alarm == stored:
        return
    if stored is None:
        batch.insert_row(ALARM, ("number", *_COLUMNS), (known.now.number, *_READ(alarm)))
        return
    before = _values(stored)
    changes = {name: value for name, value in _values(alarm).items() if before[name] != value}
    batch.update(ALARM, {"id": stored.id}, changes)


def stands(known: Known, alarm: Any, rules: Rules, *, at: datetime) -> bool:
    """Whether what an alarm (or its row) asks for is still to be done."""
    return still_stands(
        known.now,
        rules,
        kind=alarm.kind,
        clock=alarm.clock,
        follow_ups=known.follow_ups,
        due_at=alarm.due_at,
        at=at,
    )


def reason_left(known: Known, rules: Rules, *, at: datetime) -> TimerAim | None:
    """The worst of what fired and still stands; None where the order need not ring."""
    fired = [
        TimerAim(kind=TimerKind(kind), clock=clock, run=run, level=level, due_at=seen.due_at)
        for (kind, clock, run, level), seen in known.timers.items()
        if seen.fired and kind in _REASONS
    ]
    return worst(known.now, rules, fired, known.follow_ups, at=at) if fired else None


def _left(known: Known, stored: Alarm | None, rules: Rules, at: datetime) -> Alarm | None:
    reason = reason_left(known, rules, at=at)
    if reason is None:
        return None
    return Alarm(
        id=None,
        kind=reason.kind.value,
        clock=reason.clock,
        level=reason.level,
        severity=severity(reason.kind, level=reason.level, priority=known.now.priority),
        due_at=reason.due_at,
        raised_at=at,
        asked_at=at,
        rings=stored.rings + 1 if stored else 1,
    )


def _values(alarm: Alarm) -> Values:
    return dict(zip(_COLUMNS, _READ(alarm), strict=True))
