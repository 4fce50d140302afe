"""What a hand-over tells, gathered from the journal since a mark and from how the orders stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    ColumnElement,
    Text,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
)

from store.domain.handover import TOLD, Entry, Item, Part, happened, worst_of
from store.domain.lifecycle import STATES, Category, VisitState
from store.persistence.journal import JOURNAL, RAW_BODY, head
from store.persistence.loading import FOLLOW_UP
from store.persistence.mapping import ORDER, VISIT
from store.persistence.people_state import TECHNICIAN
from store.persistence.scoping import within
from store.persistence.statements import among
from store.persistence.types import Instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, TextClause

    from store.domain.who import Scope

FIRST_SPAN: Final = timedelta(hours=24)
"""How far back a desk is told of that was never handed over."""

AHEAD: Final = timedelta(hours=12)
"""Promises due so soon belong to the next shift."""

LONGEST: Final = 100_000
"""Journal entries that are looked through; where a shift has more, the oldest are left out."""

MOST: Final[Mapping[Part, int]] = {
    Part.RISK: 200,
    Part.PROMISE: 200,
    Part.EXCEPTION: 300,
    Part.FINISHED: 500,
}
"""Items that are kept of each part; the worst risks, the next promises, the newest of the rest."""

_ORPHANS: Final = ", ".join(f"'{state}'" for state, spec in STATES.items() if spec.orphan)
_BY_COLUMN: Final = (
    ("overdue", "next_deadline", "live = 1 AND next_deadline < :at"),
    ("waiting_expired", "wake_at", "live = 1 AND state = 'waiting' AND wake_at <= :at"),
    ("nobody_following", "orphan_at", f"live = 1 AND state IN ({_ORPHANS}) AND orphan_at <= :at"),
    ("at_risk", "next_deadline", "live = 1 AND next_deadline >= :at AND risk_at <= :at"),
)  # fmt: skip
"""Risks: why, since or until when, and the condition in the words of the queues' indexes."""

_BULK = "import"
_SITE: ColumnElement[int] = literal_column("work_order.site_id + 0")
"""So that no index by site is walked: the few that are meant are found by their time."""


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


def gather(
    conn: Connection, kind: str, scope: Scope, *, since: Mark | None, at: datetime
) -> Gathered:
    """Everything in the scope; `since` the last accepted hand-over, None where there was none."""
    upto = Mark(seq=0, at=at, snapshot=_snapshot(conn, kind))  # before what is read by it
    upto = Mark(seq=head(conn), at=at, snapshot=upto.snapshot)
    begun = since or Mark(seq=_seq_at(conn, at - FIRST_SPAN, upto.seq), at=at - FIRST_SPAN)
    told, cut = _happened(conn, kind, scope, begun, upto)
    parts = {
        Part.RISK: worst_of(risks_of(conn, kind, scope, at)),
        Part.PROMISE: tuple(_promises(conn, kind, scope, at)),
        Part.EXCEPTION: _newest(told, Part.EXCEPTION),
        Part.FINISHED: _newest(told, Part.FINISHED),
    }
    more = {part for part, items in parts.items() if len(items) > MOST[part]}
    items = tuple(item for part, held in parts.items() for item in held[: MOST[part]])
    if cut:
        more |= {Part.EXCEPTION, Part.FINISHED}
    return Gathered(since=begun, upto=upto, items=items, more=frozenset(more))


def _newest(told: Iterable[Item], part: Part) -> tuple[Item, ...]:
    return tuple(item for item in reversed(tuple(told)) if item.part is part)


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
    conn: Connection, kind: str, scope: Scope, since: Mark, upto: Mark
) -> tuple[tuple[Item, ...], bool]:
    first = max(since.seq, upto.seq - LONGEST)
    taken_back = case((JOURNAL.c.fact == "undone", RAW_BODY), else_=literal(None, Text()))
    columns = (JOURNAL.c.seq, JOURNAL.c.at, JOURNAL.c.number, JOURNAL.c.fact, JOURNAL.c.deed)
    asked = (
        select(*columns, ORDER.c.category, taken_back.label("body"))
        .join(ORDER, ORDER.c.number == JOURNAL.c.number)
        .where(_new_since(first, since.snapshot), JOURNAL.c.fact.in_(sorted(TOLD)))
        .where(JOURNAL.c.via != _BULK, within(scope, _SITE, kind))
        .order_by(JOURNAL.c.seq)
    )
    rows = conn.execute(asked).all()
    now = {row.number: Category(row.category) for row in rows}
    undone = sorted({row.number for row in rows if row.fact == "undone"})
    recalled = frozenset(_recalled(conn, kind, undone)) if undone else frozenset()
    return happened(map(_entry, rows), now, recalled), first > since.seq


def _new_since(first: int, snapshot: str) -> ColumnElement[bool]:
    """What is in sight now and was not at the mark; numbers do not show in their order."""
    later = JOURNAL.c.seq > first
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


# -- how the orders stand --------------------------------------------------------------------


def risks_of(
    conn: Connection,
    kind: str,
    scope: Scope,
    at: datetime,
    *,
    among_these: Sequence[int] | None = None,
) -> Iterator[Item]:
    """Why orders are risks, some for several reasons; all of them, or some by their numbers."""
    named = {} if among_these is None else {"numbers": among_these}
    for what, column, condition in _BY_COLUMN:
        asked = (
            select(ORDER.c.number, ORDER.c[column].label("at"))
            .where(_held(condition, at), within(scope, _SITE, kind))
            .order_by(ORDER.c[column], ORDER.c.number)
            .limit(MOST[Part.RISK] + 1)
        )
        asked = asked.where(among(ORDER.c.number, "numbers", kind)) if named else asked
        for row in conn.execute(asked, named):
            yield Item(part=Part.RISK, number=row.number, what=what, at=row.at)
    for number, ended in _unseen_recalls(conn, kind, scope, named):
        yield Item(part=Part.RISK, number=number, what="recall_unseen", at=ended)


def _unseen_recalls(
    conn: Connection, kind: str, scope: Scope, named: Mapping[str, Sequence[int]]
) -> Iterator[tuple[int, datetime | None]]:
    """By technicians, whose visits have an index; there are few that nobody has seen."""
    people = select(TECHNICIAN.c.id)
    asked = (
        select(VISIT.c.number, func.max(VISIT.c.ended_at, type_=Instant()).label("at"))
        .join(ORDER, ORDER.c.number == VISIT.c.number)
        .where(VISIT.c.technician_id.in_(people), VISIT.c.state == VisitState.RECALLED.value)
        .where(VISIT.c.seen_at.is_(None), within(scope, _SITE, kind))
        .group_by(VISIT.c.number)
        .limit(MOST[Part.RISK] + 1)
    )
    asked = asked.where(among(VISIT.c.number, "numbers", kind)) if named else asked
    for row in conn.execute(asked, named):
        yield row.number, row.at


def _promises(conn: Connection, kind: str, scope: Scope, at: datetime) -> Iterator[Item]:
    """Calls promised and waits that end before the next shift is over, the next first."""
    calls = (
        select(FOLLOW_UP.c.number, FOLLOW_UP.c.due_at.label("at"), literal("follow_up").label("w"))
        .join(ORDER, ORDER.c.number == FOLLOW_UP.c.number)
        .where(_held("follow_up.done_at IS NULL AND follow_up.due_at <= :until", at))
        .order_by(FOLLOW_UP.c.due_at, FOLLOW_UP.c.number)
    )
    soon = "live = 1 AND state = 'waiting' AND wake_at > :at AND wake_at <= :until"
    waits = (
        select(ORDER.c.number, ORDER.c.wake_at.label("at"), literal("wake").label("w"))
        .where(_held(soon, at))
        .order_by(ORDER.c.wake_at, ORDER.c.number)
    )
    found: list[Any] = []
    for asked in (calls, waits):
        seen = asked.where(within(scope, _SITE, kind)).limit(MOST[Part.PROMISE] + 1)
        found += conn.execute(seen)
    counts = Counter((row.number, row.w) for row in found)
    first: dict[tuple[int, str], Any] = {}
    for row in sorted(found, key=lambda row: (row.at, row.number)):
        first.setdefault((row.number, row.w), row)
    for key, row in first.items():
        yield Item(part=Part.PROMISE, number=row.number, what=row.w, at=row.at, count=counts[key])


def _held(condition: str, at: datetime) -> TextClause:
    """A condition that stands as the indexes spell it."""
    moments = {"at": at, "until": at + AHEAD}
    given = [
        bindparam(name, moment, Instant())
        for name, moment in moments.items()
        if f":{name}" in condition
    ]
    return text(condition).bindparams(*given)
