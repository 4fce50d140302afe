"""What a hand-over tells, gathered from the journal since a mark and from how the orders stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Text, bindparam, case, literal, or_, select, text

from store.domain.handover import TOLD, Entry, Item, Part, happened, worst_of
from store.domain.lifecycle import Category, VisitState
from store.persistence.handover_promises import (
    MOST_DEADLINES,
    MOST_HEARD,
    MOST_PROMISES,
    promises_of,
)
from store.persistence.handover_risks import MOST_INCIDENTS, MOST_RISKS, SITE, risks_of
from store.persistence.journal import JOURNAL, RAW_BODY, head
from store.persistence.mapping import ORDER, VISIT
from store.persistence.scoping import within
from store.persistence.statements import among

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from store.domain.who import Scope

FIRST_SPAN: Final = timedelta(hours=24)
"""How far back a desk is told of that was never handed over."""

LONGEST: Final = 100_000
"""Journal entries that are looked through; where a shift has more, the oldest are left out."""

MOST: Final[Mapping[Part, int]] = {
    Part.INCIDENT: MOST_INCIDENTS,
    Part.RISK: MOST_RISKS,
    Part.PROMISE: MOST_PROMISES + MOST_DEADLINES + 2 * MOST_HEARD,
    Part.EXCEPTION: 300,
    Part.FINISHED: 500,
}
"""Items that are kept of each part; the worst risks, the next promises, the newest of the rest."""

_BULK = "import%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place in the journal."""

    seq: int
    at: datetime
    snapshot: str = ""
    """What was in sight of a PostgreSQL transaction then; empty elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A hand-over as it would be offered now."""

    since: Mark
    upto: Mark
    items: tuple[Item, ...]
    more: frozenset[Part]
    """Parts that have more items than were kept."""
    left: int = 0
    """Deadlines of the next shift beyond those that were kept."""


def gather(
    conn: Connection, kind: str, scope: Scope, *, since: Mark | None, at: datetime
) -> Gathered:
    """Everything in the scope; `since` the last accepted hand-over, None where there was none."""
    upto = Mark(seq=0, at=at, snapshot=_snapshot(conn, kind))  # before what is read by it
    upto = Mark(seq=head(conn), at=at, snapshot=upto.snapshot)
    begun = since or Mark(seq=_seq_at(conn, at - FIRST_SPAN, upto.seq), at=at - FIRST_SPAN)
    told, cut = _happened(conn, kind, scope, begun, upto, first=since is None)
    stand = worst_of(risks_of(conn, kind, scope, at))
    promised = promises_of(conn, kind, scope, at)
    parts = {
        **{part: _of(stand, part) for part in (Part.INCIDENT, Part.RISK)},
        Part.PROMISE: promised.items,
        **{part: _of(reversed(told), part) for part in (Part.EXCEPTION, Part.FINISHED)},
    }
    more = {part for part, items in parts.items() if len(items) > MOST[part]}
    items = tuple(item for part, held in parts.items() for item in held[: MOST[part]])
    if cut:
        more |= {Part.EXCEPTION, Part.FINISHED}
    if promised.cut:
        more.add(Part.PROMISE)
    left = promised.left
    return Gathered(since=begun, upto=upto, items=items, more=frozenset(more), left=left)


def _of(items: Iterable[Item], part: Part) -> tuple[Item, ...]:
    return tuple(item for item in items if item.part is part)


# -- the journal -----------------------------------------------------------------------------


def _snapshot(conn: Connection, kind: str) -> str:
    if kind != "postgresql":
        return ""
    return str(conn.execute(text("SELECT pg_current_snapshot()::text")).scalar_one())


def _seq_at(conn: Connection, at: datetime, newest: int) -> int:
    """About the last entry before an instant: the journal is in order of time, by and large."""
    first = select(JOURNAL.c.seq, JOURNAL.c.at).where(JOURNAL.c.seq >= bindparam("seq"))
    asked = first.order_by(JOURNAL.c.seq).limit(1)
    low, high = 0, newest  # all up to `low` are older; what follows `high` is not
    while low < high:
        middle = (low + high + 1) // 2
        row = conn.execute(asked, {"seq": middle}).one_or_none()
        if row is None or row.at >= at:
            high = middle - 1
        else:
            low = min(row.seq, high)
    return low


def _happened(
    conn: Connection, kind: str, scope: Scope, since: Mark, upto: Mark, *, first: bool
) -> tuple[tuple[Item, ...], bool]:
    """What was told since a mark, and whether more was; a `first` hand-over goes by time alone."""
    oldest = max(0, upto.seq - LONGEST)
    start = oldest if first else max(since.seq, oldest)
    taken_back = case((JOURNAL.c.fact == "undone", RAW_BODY), else_=literal(None, Text()))
    columns = (JOURNAL.c.seq, JOURNAL.c.at, JOURNAL.c.number, JOURNAL.c.fact, JOURNAL.c.deed)
    asked = (
        select(*columns, ORDER.c.category, taken_back.label("body"))
        .join(ORDER, ORDER.c.number == JOURNAL.c.number)
        .where(_new_since(start, since.snapshot), JOURNAL.c.fact.in_(sorted(TOLD)))
        .where(JOURNAL.c.via.not_like(_BULK), within(scope, SITE, kind))
        .order_by(JOURNAL.c.seq)
    )
    if first:  # what was imported, or moved here, stands in the journal order by order
        asked = asked.where(JOURNAL.c.at >= since.at)
    rows = conn.execute(asked).all()
    now = {row.number: Category(row.category) for row in rows}
    undone = sorted({row.number for row in rows if row.fact == "undone"})
    recalled = frozenset(_recalled(conn, kind, undone)) if undone else frozenset()
    return happened(map(_entry, rows), now, recalled), oldest > since.seq


def _new_since(start: int, snapshot: str) -> ColumnElement[bool]:
    """What is in sight now and was not at the mark; numbers do not show in their order."""
    later = JOURNAL.c.seq > start
    if not snapshot:
        return later
    oldest = int(snapshot.split(":", 1)[0])
    late = text(
        "journal.xid >= :oldest AND NOT"
        " pg_visible_in_snapshot(journal.xid::text::xid8, CAST(:snapshot AS pg_snapshot))"
    ).bindparams(oldest=oldest, snapshot=snapshot)
    return or_(later, late)


def _entry(row: Any) -> Entry:
    import json

    try:
        undoes = json.loads(row.body)["undoes"] if row.body else None
    except (ValueError, TypeError, KeyError, RecursionError):
        undoes = None  # damaged: the doctor tells of it
    return Entry(
        seq=row.seq,
        at=row.at,
        number=row.number,
        fact=row.fact,
        deed=row.deed or row.seq,
        undoes=undoes if isinstance(undoes, int) else None,
    )


def _recalled(conn: Connection, kind: str, numbers: list[int]) -> Iterable[int]:
    told = select(VISIT.c.number).where(
        among(VISIT.c.number, "numbers", kind), VISIT.c.state == VisitState.RECALLED.value
    )
    return conn.execute(told, {"numbers": numbers}).scalars()
