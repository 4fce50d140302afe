"""The doctor's look at technicians: where each stands, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, or_, select, type_coerce

from store.persistence import people_state
from store.persistence.chain import ENTRIES
from store.persistence.journal import JOURNAL, RAW_BODY
from store.persistence.mapping import VISIT
from store.persistence.people_state import RESTING, SHIFT, TECHNICIAN
from store.queries.answers.doctor_story import parsed
from store.queries.checks import Check
from store.queries.doctor import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.persistence.reader import Reader

_SINCE = type_coerce(TECHNICIAN.c.state_since, BigInteger)
_ROWS = (
    select(TECHNICIAN.c.id, TECHNICIAN.c.code, TECHNICIAN.c.state, _SINCE.label("since"))
    .where(TECHNICIAN.c.state_since.is_not(None))
    .order_by(TECHNICIAN.c.id)
)
_STEPS = ("assigned_at", "accepted_at", "departed_at", "arrived_at", "ended_at")
_HIS = (
    select(TECHNICIAN.c.id)
    .join(VISIT, VISIT.c.technician_id == TECHNICIAN.c.id)
    .where(or_(*(VISIT.c[step] == TECHNICIAN.c.state_since for step in _STEPS)))
    .distinct(),
    select(TECHNICIAN.c.id)
    .join(SHIFT, SHIFT.c.technician_id == TECHNICIAN.c.id)
    .where(SHIFT.c.starts_at == TECHNICIAN.c.state_since),
)
"""Who stands as he does since a step of a visit, or the start of a shift, of his own."""

_MOMENTS = (
    select(type_coerce(JOURNAL.c.at, BigInteger))
    .where(JOURNAL.c.at.in_(select(TECHNICIAN.c.state_since)))
    .distinct()
)
_TOLD = ENTRIES.where(
    JOURNAL.c.number.is_(None),
    JOURNAL.c.fact == "register_edited",
    RAW_BODY.contains('"register":"technician"'),
    RAW_BODY.contains('"state":'),
).order_by(JOURNAL.c.seq)


def technicians(reader: Reader) -> Iterator[Finding]:
    """Each as his visits have it, since a moment at which something is known to have been."""
    for row, wanted in people_state.compared(reader.conn):
        differing = [name for name, value in wanted.items() if getattr(row, name) != value]
        if differing:
            facts = {"code": row.code, "fields": ", ".join(differing)}
            yield Finding(check=Check.TECHNICIAN, technician=row.id, facts=facts)
    yield from _since(reader)


def _since(reader: Reader) -> Iterator[Finding]:
    """Whose state began when nothing did: no entry, no step of his, no word of when it began.

    Somebody who rests by an entry that does not say since when may do so since any time.
    """
    moments = set(reader.conn.execute(_MOMENTS).scalars())
    his = {who for asked in _HIS for who in reader.conn.execute(asked).scalars()}
    rests = _rests(reader)
    for row in reader.conn.execute(_ROWS):
        told = rests.get(row.id, [])
        if row.since in moments or row.id in his or row.since in told:
            continue
        if row.state in RESTING and None in told[-1:]:
            continue
        facts = {"code": row.code}
        yield Finding(check=Check.TECHNICIAN_SINCE, technician=row.id, facts=facts)


def _rests(reader: Reader) -> dict[int, list[Any]]:
    """By technician, since when each rest is or work began again; None where an entry is mute."""
    told: dict[int, list[Any]] = {}
    for entry in reader.conn.execute(_TOLD):
        body = parsed(entry.body) or {}
        if isinstance(who := body.get("id"), int) and "state" in body:
            told.setdefault(who, []).append(body.get("since"))
    return told
