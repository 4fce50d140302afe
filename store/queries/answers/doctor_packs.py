"""The doctor's look at packs and baselines: each says what the journal's digest says it did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.persistence.journal import JOURNAL, RAW_BODY
from store.persistence.packs import PACK, PART, digest_of
from store.queries.answers.doctor_story import parsed
from store.queries.checks import Check
from store.queries.doctor import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.persistence.reader import Reader


def packs(reader: Reader) -> Iterator[Finding]:
    """Those that are not what was written or frozen any more."""
    told = {one.get("pack"): one.get("digest") for one in _told(reader, "pack_written")}
    for row in reader.conn.execute(select(PACK).order_by(PACK.c.id)):
        if not told.get(row.id) == row.digest == digest_of(row.content):
            yield Finding(check=Check.PACK, facts={"kind": row.kind, "period": row.period})
    frozen = {one.get("baseline"): one.get("digests") for one in _told(reader, "baseline_frozen")}
    for row in reader.conn.execute(select(PART).order_by(PART.c.id)):
        digests = frozen.get(row.baseline_id) or {}
        if digests.get(row.scope) != digest_of(row.content):
            yield Finding(check=Check.BASELINE, facts={"number": row.baseline_id})


def _told(reader: Reader, fact: str) -> Iterator[dict[str, Any]]:
    asked = select(RAW_BODY).where(JOURNAL.c.number.is_(None), JOURNAL.c.fact == fact)
    for (body,) in reader.conn.execute(asked):
        yield dict(parsed(body) or {})
