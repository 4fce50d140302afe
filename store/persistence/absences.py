"""When a technician is away, in a write transaction: each change told so that it can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from store.domain.facts import Fact
from store.persistence.mapping import table_of
from store.persistence.tables import AbsenceRow, ShiftRow
from store.persistence.types import from_ms, to_ms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.domain.deeds import Told
    from store.persistence.registers import RegisterWork
    from store.persistence.transaction import Transaction

ABSENCE, SHIFT = table_of(AbsenceRow), table_of(ShiftRow)
_HIS = select(ABSENCE.c.starts_at, ABSENCE.c.ends_at, ABSENCE.c.reason).where(
    ABSENCE.c.technician_id == bindparam("technician")
)

Absences = dict["datetime", tuple["datetime", str]]
"""By their starts, the end and the reason of each."""


def held(work: Transaction, technician: int) -> Absences:
    """All that are known of him."""
    rows = work.conn.execute(_HIS, {"technician": technician})
    return {row.starts_at: (row.ends_at, row.reason) for row in rows}


def shift_end(work: Transaction, technician: int, *, before: datetime) -> datetime | None:
    """When the shift ends that is under way, or else begins first before then."""
    his = SHIFT.c
    asked = select(his.ends_at).where(
        his.technician_id == technician, his.ends_at > work.at, his.starts_at < before
    )
    return work.conn.execute(asked.order_by(his.starts_at).limit(1)).scalar_one_or_none()


def tell(work: Transaction, technician: int, before: Absences, **more: int) -> None:
    """The fact of what became of his absences since they stood so; of nothing where nothing did."""
    _tell(work, "absence_set", technician, before, more)


def put_back(work: RegisterWork, technician: int, told: Told) -> bool:
    """As they were before that entry; False where they are not as it left them."""
    body, words = told.fact.body, told.fact.words or {}
    if len([word for word in words if word != "salt"]) < len(body["before"]) + len(body["after"]):
        return False  # a reason was erased
    was, then = _side(body["before"], words, "before"), _side(body["after"], words, "after")
    now = held(work, technician)
    if any(now.get(start) != then.get(start) for start in {*was, *then}):
        return False
    for start in sorted({*was, *then}):
        key = {"technician_id": technician, "starts_at": start}
        if start in was:
            work.put("absence", key, dict(zip(("ends_at", "reason"), was[start], strict=True)))
        elif (entry := work.entry_by("absence", key)) is not None:
            work.drop("absence", entry["id"])
    _tell(work, "absence_restored", technician, now, {"undoes": told.deed or told.seq})
    return True


def _tell(
    work: Transaction, fact: str, technician: int, before: Absences, more: Mapping[str, int]
) -> None:
    after = held(work, technician)
    moved = sorted(s for s in {*before, *after} if before.get(s) != after.get(s))
    if not moved:
        return
    body: dict[str, Any] = {"absence": technician, **more}
    words: dict[str, str] = {}
    for side, stood in (("before", before), ("after", after)):
        told = [start for start in moved if start in stood]
        body[side] = [[to_ms(start), to_ms(stood[start][0])] for start in told]
        words |= {f"{side}_{place}": stood[start][1] for place, start in enumerate(told)}
    work.record(Fact(name=fact, body=body, words=words))


def _side(told: list[list[int]], words: Mapping[str, str], side: str) -> Absences:
    return {
        from_ms(start): (from_ms(end), words[f"{side}_{place}"])
        for place, (start, end) in enumerate(told)
    }
