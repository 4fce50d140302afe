"""Alarms of complaints that nobody has answered, beside those of orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from store.domain.alarms import LOUD
from store.domain.voice_steps import rang_at
from store.domain.voices import ERASED, KIND, SEVERITIES
from store.persistence.tables import metadata
from store.persistence.voice_work import COLUMNS, VOICE, read_voice
from store.queries.alarms import AlarmLine
from store.queries.answers.lines import SITES
from store.queries.answers.scope import holds, within

if TYPE_CHECKING:
    from store.persistence.reader import Reader

_V = VOICE.c
_MOST: Final = 200
"""So many are told: more than that nobody reads."""


def complaint_alarms(reader: Reader, text: str = "") -> list[AlarmLine]:
    """Complaints that have rung and are to be answered still, in no order."""
    seen = metadata.tables["operator"].alias("seen")
    asked = (
        select(
            *(column.label(name) for name, column in COLUMNS.items()),
            *(SITES.c.name.label("site_name"), seen.c.name.label("seen_name")),
        )
        .select_from(
            VOICE.outerjoin(SITES, SITES.c.id == _V.site_id).outerjoin(
                seen, seen.c.id == _V.seen_by
            )
        )
        .where(_V.level > 0, within(reader, _V.site_id), holds(text, _V.said, SITES.c.name))
        .order_by(_V.answer_by, _V.id)
        .limit(_MOST)
    )
    return [_alarm(row) for row in reader.conn.execute(asked)]


def _alarm(row: Any) -> AlarmLine:
    voice = read_voice(row)
    due_at = rang_at(voice) or voice.received_at
    return AlarmLine(
        number=None,
        complaint=voice.id,
        title=voice.said.split("\n", 1)[0] or ERASED,
        priority=None,
        site_name=row.site_name,
        kind=KIND,
        clock="",
        level=voice.level,
        severity=SEVERITIES.get(voice.level, LOUD),
        due_at=due_at,
        raised_at=voice.raised_at or due_at,
        acknowledged_at=voice.seen_at,
        acknowledged_by=row.seen_name,
        rings=voice.rings,
    )
