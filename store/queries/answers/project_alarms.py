"""Alarms of projects whose stage or hand-off is due, beside those of orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from store.domain.project_steps import rang_at
from store.persistence.project_work import LABELLED, PROJECT, read_row
from store.persistence.tables import metadata
from store.queries.alarms import AlarmLine
from store.queries.answers.lines import SITES
from store.queries.answers.scope import holds, within

if TYPE_CHECKING:
    from store.persistence.reader import Reader

_P = PROJECT.c
_MOST: Final = 200
"""So many are told: more than that nobody reads."""


def project_alarms(reader: Reader, text: str = "") -> list[AlarmLine]:
    """Those that ring or were acknowledged, in no order."""
    seen = metadata.tables["operator"].alias("seen")
    asked = (
        select(
            *LABELLED["project"],
            *(SITES.c.name.label("site_name"), seen.c.name.label("seen_name")),
        )
        .select_from(
            PROJECT.outerjoin(SITES, SITES.c.id == _P.site_id).outerjoin(
                seen, seen.c.id == _P.seen_by
            )
        )
        .where(_P.alarm != "", within(reader, _P.site_id), holds(text, _P.title, SITES.c.name))
        .order_by(_P.due_at, _P.id)
        .limit(_MOST)
    )
    return [_alarm(row) for row in reader.conn.execute(asked)]


def _alarm(row: Any) -> AlarmLine:
    project = read_row("project", row)
    due_at = rang_at(project) or project.opened_at
    return AlarmLine(
        number=None,
        project=project.id,
        title=project.title,
        priority=None,
        site_name=row.site_name,
        kind=project.alarm,
        clock="",
        level=project.reached,
        severity=project.severity,
        due_at=due_at,
        raised_at=project.raised_at or due_at,
        acknowledged_at=project.seen_at,
        acknowledged_by=row.seen_name,
        rings=project.rings,
    )
