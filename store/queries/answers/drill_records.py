"""Answers about drills that were played: the journal itself is their record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, select, type_coerce

from store.domain.replay import from_epoch_ms
from store.persistence.tables import metadata
from store.queries.answers.doctor_story import parsed
from store.queries.answers.scope import checked_limit
from store.queries.drill import DrillRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.persistence.reader import Reader
    from store.queries.drill import DrillRecords

JOURNAL, OPERATORS = metadata.tables["journal"], metadata.tables["operator"]


def drill_records(reader: Reader, query: DrillRecords) -> tuple[DrillRecord, ...]:
    """What this program cannot read, since a newer one wrote it, is left out."""
    asked = (
        select(
            *(JOURNAL.c.seq, OPERATORS.c.name),
            type_coerce(JOURNAL.c.body, Text).label("body"),
            type_coerce(JOURNAL.c.words, Text).label("words"),
        )
        .outerjoin(OPERATORS, OPERATORS.c.id == JOURNAL.c.by)
        .where(JOURNAL.c.number.is_(None), JOURNAL.c.fact == "drill_played")
        .order_by(JOURNAL.c.seq.desc())
        .limit(checked_limit(query.limit))
    )
    if reader.who.scope.sites is not None:
        asked = asked.where(JOURNAL.c.by == reader.who.operator)
    return tuple(_read(reader.conn.execute(asked)))


def _read(rows: Any) -> Iterator[DrillRecord]:
    for row in rows:
        body, words = parsed(row.body) or {}, parsed(row.words or "") or {}
        try:
            yield DrillRecord(
                seq=row.seq,
                operator=row.name,
                script=str(words.get("script", "")),
                seed=int(body["seed"]),
                speed=int(body["speed_percent"]) / 100,
                began_at=from_epoch_ms(int(body["began_at"])),
                ended_at=from_epoch_ms(int(body["ended_at"])),
                copied=bool(body["copied"]),
                decisions=int(body["decisions"]),
                rates={name: (int(kept), int(of)) for name, (kept, of) in body["rates"].items()},
                seconds={name: int(value) for name, value in body["seconds"].items()},
            )
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            continue
