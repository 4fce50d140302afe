"""The doctor's look at packs and baselines: each is what the journal says was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.persistence.chain import ENTRIES
from store.persistence.journal import JOURNAL
from store.persistence.packs import BASELINE, PACK, PART, digest_of
from store.persistence.types import to_ms
from store.queries.answers.doctor_story import parsed
from store.queries.checks import Check
from store.queries.doctor import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from store.persistence.reader import Reader

_BY = "\0by"
"""Under which what a journal says of its entry itself lies beside what the entry says."""


def packs(reader: Reader) -> Iterator[Finding]:
    """Those that are not what was written or frozen any more, that nobody wrote, or are gone."""
    told = {one.get("pack"): one for one in _told(reader, "pack_written")}
    for row in reader.conn.execute(select(PACK).order_by(PACK.c.id)):
        one, stands = told.pop(row.id, None), _pack(row)
        if one is None or row.digest != digest_of(row.content) or not _is_so(one, stands):
            yield Finding(check=Check.PACK, facts={"kind": row.kind, "period": row.period})
    for one in told.values():
        gone = {"kind": str(one.get("kind", "?")), "period": str(one.get("period", "?"))}
        yield Finding(check=Check.PACK, facts=gone)
    yield from _baselines(reader)


def _pack(row: Any) -> dict[str, Any]:
    """A pack as its fact tells it."""
    said = {name: getattr(row, name) for name in ("kind", "period", "scope", "digest", "zone")}
    days = {"first": row.first_day, "last": row.last_day}
    return said | days | {"due": to_ms(row.due_at), _BY: to_ms(row.written_at)}


def _baselines(reader: Reader) -> Iterator[Finding]:
    """The one frozen or chosen last counts, and each has a part for whoever saw other sites."""
    told = {one.get("baseline"): one for one in _told(reader, "baseline_frozen")}
    chosen = _told(reader, "baseline_frozen", "baseline_chosen")
    counts = [one.get("baseline") for one in chosen][-1:]
    parts: dict[int, dict[str, str]] = {}
    for part in reader.conn.execute(select(PART).order_by(PART.c.id)):
        parts.setdefault(part.baseline_id, {})[part.scope] = digest_of(part.content)
    wrong = told.keys() - set(reader.conn.execute(select(BASELINE.c.id)).scalars())
    for row in reader.conn.execute(select(BASELINE)):
        stands = {
            "first": row.first_day,
            "last": row.last_day,
            "zone": row.zone,
            "name": row.name,
            "digests": parts.get(row.id, {}),
            _BY: (to_ms(row.frozen_at), row.frozen_by),
        }
        one = told.get(row.id)
        is_active = row.active == 1 if row.id in counts else row.active is None
        if one is None or not is_active or not _is_so(one, stands):
            wrong |= {row.id}
    for number in sorted(wrong, key=str):
        yield Finding(check=Check.BASELINE, facts={"number": number})


def _is_so(told: Mapping[str, Any], stands: Mapping[str, Any]) -> bool:
    """Whether all that is told is so; an earlier paidan told less."""
    return all(told[name] == value for name, value in stands.items() if name in told)


def _told(reader: Reader, *facts: str) -> Iterator[dict[str, Any]]:
    """What each entry says, with its words unless they were erased, and when and who wrote it."""
    asked = ENTRIES.where(JOURNAL.c.number.is_(None), JOURNAL.c.fact.in_(facts))
    for entry in reader.conn.execute(asked.order_by(JOURNAL.c.seq)):
        words = {} if entry.words is None else parsed(entry.words) or {}
        at = to_ms(entry.at)
        by = (at, entry.by) if entry.fact == "baseline_frozen" else at
        yield {**dict(parsed(entry.body) or {}), **words, _BY: by}
