"""Takes somebody who is erased out of what inspections keep in words, in a write transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from store.domain.erasing import GONE
from store.domain.inspections_told import STEPS, WORDS
from store.persistence.inspection_work import INSPECTION
from store.persistence.journal import JOURNAL
from store.persistence.statements import among

if TYPE_CHECKING:
    from store.domain.erasing import Traces


def his_inspections(work: Any, numbers: list[int]) -> list[int]:
    """Those of his orders."""
    asked = select(INSPECTION.c.id).where(among(INSPECTION.c.number, "numbers", work.kind))
    return list(work.conn.execute(asked.order_by(INSPECTION.c.id), {"numbers": numbers}).scalars())


def words_of(work: Any, inspections: list[int], traces: Traces) -> list[int]:
    """Entries of the desk's journal that have words of these, or name him in others."""
    asked = select(JOURNAL.c.seq, JOURNAL.c.body, JOURNAL.c.words).where(
        *(JOURNAL.c.number.is_(None), JOURNAL.c.fact.in_(STEPS), JOURNAL.c.words.is_not(None))
    )
    held = set(inspections)
    return [
        seq
        for seq, body, words in work.conn.execute(asked)
        if body.get("inspection") in held
        or any(traces.stand_in(text) for name, text in words.items() if name != "salt")
    ]


def forget_inspections(work: Any, inspections: list[int], traces: Traces) -> None:
    """Their words go, and his traces out of all others; figures stay."""
    held = set(inspections)
    columns = (INSPECTION.c.id, INSPECTION.c.version, *(INSPECTION.c[name] for name in WORDS))
    for row in work.conn.execute(select(*columns)).all():
        texts = {name: getattr(row, name) for name in WORDS}
        if not any(texts.values()):
            continue
        if row.id not in held and not any(map(traces.stand_in, texts.values())):
            continue
        left: dict[str, Any] = {
            name: "" if row.id in held else traces.out_of(text) for name, text in texts.items()
        }
        if texts["dropped"] and not left["dropped"]:
            left["dropped"] = GONE  # that it was left out stays
        left["version"] = row.version + 1
        work.conn.execute(update(INSPECTION).where(INSPECTION.c.id == row.id).values(**left))
