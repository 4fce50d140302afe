"""The doctor's look at plans: each next date as its rule has it, each order as it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from store.domain.errors import LevelUnreadable
from store.domain.plan_refusals import RuleRefused
from store.persistence.journal import JOURNAL
from store.persistence.plans import (
    MOVED,
    OCCURRENCE,
    PLAN,
    SOURCE,
    WHOLE,
    called_off,
    derived,
    held_plan,
)
from store.queries.checks import Check
from store.queries.doctor import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.persistence.reader import Reader

_ROWS = select(*WHOLE, MOVED.label("moved")).select_from(SOURCE).order_by(PLAN.c.id)
_MADE = (
    select(
        OCCURRENCE.c.plan_id,
        func.count(OCCURRENCE.c.number).label("made"),
        func.max(OCCURRENCE.c.number).label("newest"),
    )
    .where(OCCURRENCE.c.number.is_not(None))
    .group_by(OCCURRENCE.c.plan_id)
)
_UNTOLD = (
    select(OCCURRENCE.c.plan_id, OCCURRENCE.c.number)
    .outerjoin(JOURNAL, (JOURNAL.c.number == OCCURRENCE.c.number) & (JOURNAL.c.fact == "planned"))
    .where(OCCURRENCE.c.number.is_not(None), JOURNAL.c.seq.is_(None))
    .order_by(OCCURRENCE.c.plan_id, OCCURRENCE.c.number)
)
_DERIVED = ("next_day", "due_at", "aim_at", "waits")


def plans(reader: Reader) -> Iterator[Finding]:
    """What the next look of a sweep would put right anyhow is no fault, nor is one put off."""
    gone = called_off(reader.conn)
    made = {row.plan_id: row for row in reader.conn.execute(_MADE)}
    for row in reader.conn.execute(_ROWS):
        yield from _next(reader, row, gone.get(row.id, set()))
        count = made[row.id].made if row.id in made else 0
        if row.made != count or (row.last_number is None) != (count == 0):
            yield _found(Check.PLAN_STORY, row.id, "made")
    for plan, number in reader.conn.execute(_UNTOLD):
        yield _found(Check.PLAN_STORY, plan, f"#{number}")


def _next(reader: Reader, row: Any, gone: set[Any]) -> Iterator[Finding]:
    due = row.aim_at is not None and row.aim_at <= reader.at
    if row.moved or due or row.trouble is not None:
        return
    try:
        wanted = derived(held_plan(row, gone))
    except (RuleRefused, LevelUnreadable, ValueError) as strange:
        yield _found(Check.PLAN, row.id, str(strange))
        return
    differing = [name for name in _DERIVED if getattr(row, name) != wanted[name]]
    if differing:
        yield _found(Check.PLAN, row.id, ", ".join(differing))


def _found(check: Check, plan: int, fields: str) -> Finding:
    return Finding(check=check, plan=plan, facts={"plan": plan, "fields": fields})
