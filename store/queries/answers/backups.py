"""How backups stand, and the alarm where they fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.backups import KIND
from store.persistence.backups import read
from store.queries.alarms import AlarmLine
from store.queries.answers.holder import people_by_id
from store.queries.backups import BackupsNow

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.backups import Backups


def backups(reader: Reader, _query: Backups) -> BackupsNow:
    """Three small rows."""
    found = reader.once("backups", lambda: read(reader.conn))
    wrong = found.alarm(at=reader.at)
    return BackupsNow(plan=found.plan, told=found.told, alarm=None if wrong is None else wrong[0])


def backup_alarms(reader: Reader, text: str = "") -> list[AlarmLine]:
    """The alarm that backups fail, or none; not for an asker of some sites, who can mend none."""
    if reader.who.scope.sites is not None or text:
        return []
    found = reader.once("backups", lambda: read(reader.conn))
    wrong = found.alarm(at=reader.at)
    if wrong is None:
        return []
    why, since, severity = wrong
    seen_by = found.told.seen_by
    return [
        AlarmLine(
            number=None,
            title=why,
            priority=None,
            site_name=None,
            kind=KIND,
            clock="",
            level=0,
            severity=severity,
            due_at=since,
            raised_at=since,
            acknowledged_at=found.told.seen_at,
            acknowledged_by=people_by_id(reader, [seen_by])[seen_by] if seen_by else None,
            rings=1,
        )
    ]
