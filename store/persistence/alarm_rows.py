"""The standing alarm of an order as a row: raised, raised further, acknowledged, cleared."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from store.domain.alarms import still_stands
from store.persistence.known import Alarm, Known
from store.persistence.loading import ALARM

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.rules import Rules
    from store.persistence.statements import Batch, Values

_COLUMNS = tuple(field.name for field in fields(Alarm) if field.name != "id")


def settle(batch: Batch, known: Known, rules: Rules, *, at: datetime) -> None:
    """Clear the alarm when its reason is gone, and make the row what the alarm became."""
    alarm, stored = known.alarm, known.stored_alarm
    if alarm is not None and not _stands(known, alarm, rules, at):
        alarm = known.alarm = None
    if stored is not None and (alarm is None or alarm.id != stored.id):
        batch.update(ALARM, {"id": stored.id}, {"cleared_at": at})
        stored = None
    if alarm is None or alarm == stored:
        return
    if stored is None:
        batch.insert(ALARM, {"number": known.now.number, **_values(alarm)})
        return
    before = _values(stored)
    changes = {name: value for name, value in _values(alarm).items() if before[name] != value}
    batch.update(ALARM, {"id": stored.id}, changes)


def _stands(known: Known, alarm: Alarm, rules: Rules, at: datetime) -> bool:
    return still_stands(
        known.now,
        rules,
        kind=alarm.kind,
        clock=alarm.clock,
        follow_ups=known.follow_ups,
        at=at,
    )


def _values(alarm: Alarm) -> Values:
    return {name: getattr(alarm, name) for name in _COLUMNS}
