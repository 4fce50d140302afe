"""The alarms that certificates end and trainings are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.reminders import Reminder, rung
from store.persistence.reminders import rungs_of, standing
from store.queries.alarms import AlarmLine
from store.queries.answers.holder import people_by_id

if TYPE_CHECKING:
    from store.persistence.reader import Reader


def reminder_alarms(reader: Reader, text: str = "") -> list[AlarmLine]:
    """Those that rang and still stand, of people whom the asker sees, in no order."""
    rows = reader.conn.execute(standing(reader.who.scope, reader.kind)).all()
    found = [row for row in rows if text.casefold() in f"{row.name} {row.called}".casefold()]
    if not found:
        return []
    rungs = rungs_of(reader.conn)
    seen = people_by_id(reader, [row.acknowledged_by for row in found if row.acknowledged_by])
    lines = []
    for row in found:
        held = rung(rungs[Reminder(row.kind)], row.level)
        lines.append(
            AlarmLine(
                number=None,
                title=f"{row.name}: {row.called}",
                priority=None,
                site_name=None,
                kind=row.kind,
                clock="",
                level=row.level,
                severity=held.severity,
                due_at=held.due_at(row.ends_at),
                raised_at=row.raised_at,
                acknowledged_at=row.acknowledged_at,
                acknowledged_by=seen.get(row.acknowledged_by),
                rings=row.rings,
                reminder=row.about,
                ahead_days=held.ahead.days,
            )
        )
    return lines
