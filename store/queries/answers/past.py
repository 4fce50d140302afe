"""Answers what the desk looked like: rows that nothing happened to since, and stories retold.

An order whose newest journal entry is not later than the moment stood then as its row stands now;
so must that of its parent be, for whoever follows a parent looks after its children. Only the
others are told again: those at the desk now, and those that have left it since (found by when they
were closed or given up). An order that left the desk before and came back since is at the desk now,
or closed again since, so nobody is missed; but a call promised for a closed order, and taken back
since, has left no row to find it by.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, and_, bindparam, func, or_, select, text, type_coerce

from store.persistence.journal import JOURNAL
from store.persistence.loading import FOLLOW_UP
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.persistence.types import Instant, Whole, from_ms, to_ms
from store.queries.answers.conditions import queue_named
from store.queries.answers.doctor_story import parsed
from store.queries.answers.kin import in_sight as named_in_sight
from store.queries.answers.lines import ALARMS, COLUMNS, ORDERS, PLACES, TECHNICIANS, joined, lines
from store.queries.answers.past_kept import known_still
from store.queries.answers.past_queues import MARKS, Mark, counted, first, mark_of
from store.queries.answers.past_told import named_by_id, retold, with_names
from store.queries.answers.scope import checked_limit, within
from store.queries.answers.weighed import to_be_named
from store.queries.card import TraceEntry
from store.queries.past import Happened, Then
from store.queries.people import Named
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from store.persistence.reader import Reader
    from store.queries.answers.past_told import Retold
    from store.queries.board import BoardLine
    from store.queries.past import DeskThen

OPERATORS, IMPORTS = metadata.tables["operator"], metadata.tables["import_run"]
_NEXT = 50
"""Orders asked for next that are looked at first."""
SHOWN = 20
"""Entries of one moment that are told."""

_THEN = bindparam("then", type_=Instant())
_ASKED_BY_THEN: Mapping[str, Any] = {
    "sqlite": text("+work_order.opened_at <= :then").bindparams(_THEN),
    "postgresql": ORDERS.c.opened_at <= _THEN,
}
"""With the sign no index serves it: an order is found by when it left, which is nearer."""

_LIVE, _GONE = text("live = 1"), text("live = 0")
_ALARM = and_(ALARMS.c.number == ORDERS.c.number, ALARMS.c.cleared_at.is_(None))
_LAST, _LAST_ABOVE = (
    select(JOURNAL.c.at)
    .where(JOURNAL.c.number == column)
    .order_by(JOURNAL.c.seq.desc())
    .limit(1)
    .scalar_subquery()
    for column in (ORDERS.c.number, ORDERS.c.parent)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Still:
    """The orders that are at the desk now."""

    marks: list[Mark]
    """Of those that nothing happened to since."""
    ends: list[tuple[datetime, int]]
    """The newest moments of these, each with the number of an order."""
    touched: list[int]
    """The others that were there."""
    later: datetime | None
    """When the first of those that were not there was written down."""


def desk_then(reader: Reader, query: DeskThen) -> Then:
    """The desk as it stood, as far as the asker sees it today and would have seen it then."""
    then, queue = min(query.then, reader.at), queue_named(query.queue).name
    kept = known_still(reader, None if query.near is None else query.near.kept)
    still = _still(reader, then)
    # What is closed again and what lies at the desk are told apart by the latter.
    gone = {*_left_since(reader, then)}.difference(mark.number for mark in still.marks)
    told, known = retold(reader, sorted({*still.touched, *gone}), then, kept)
    marks = still.marks + [
        mark_of(line, left=number in told.left) for number, line in told.lines.items()
    ]
    ends = [*still.ends, *told.ends, *_left_before(reader, then)]
    ends += _before(reader, then, [number for at, number in still.ends if at == then])
    happened_at = max((at for at, _ in ends), default=None)
    there = sorted({number for at, number in ends if at == happened_at})[:SHOWN]
    later = [at for at in (told.later, still.later) if at is not None]
    happened = _happened(reader, happened_at, there) if happened_at is not None else ()
    return Then(
        at=then,
        counts=counted(marks, then),
        lines=_lines(reader, first(marks, queue, then, checked_limit(query.limit)), queue, told),
        ringing=sum(m.severity is not None and m.acknowledged_at is None for m in marks),
        acknowledged=sum(m.acknowledged_at is not None for m in marks),
        earlier=max((at for at, _ in ends if at < then), default=None),
        later=min((*later, *_born_later(reader, then)), default=None),
        happened_at=happened_at,
        happened=happened,
        people=_people(reader, happened),
        untold=told.untold,
        imported_at=_imported_after(reader, then),
        kept=replace(kept, orders=known),
    )


def _imported_after(reader: Reader, then: datetime) -> datetime | None:
    """When the first import began, where that was later; there are only a few."""
    first = reader.conn.execute(
        select(func.min(IMPORTS.c.started_at, type_=Instant()))
    ).scalar_one()
    return first if first is not None and first > then else None


def _still(reader: Reader, then: datetime) -> _Still:
    """Instants are read as the numbers that they are kept as: there may be many orders."""
    raw = [type_coerce(ORDERS.c[name], Whole) for name in MARKS]
    silent = func.coalesce(
        type_coerce(ALARMS.c.acknowledged_at, Whole), type_coerce(ALARMS.c.shelved_until, Whole)
    )
    alarm = (ALARMS.c.severity, type_coerce(silent, Whole))
    ends = (type_coerce(_LAST_ABOVE, Whole), type_coerce(_LAST, Whole))
    asked = (
        select(ORDERS.c.number, ORDERS.c.state, *raw, *alarm, *ends)
        .select_from(ORDERS.outerjoin(ALARMS, _ALARM))
        .where(_LIVE, ORDERS.c.created_at <= _THEN, within(reader, ORDERS.c.site_id))
    )
    marks: list[Mark] = []
    lasts: list[tuple[int, int]] = []
    touched: list[int] = []
    until = to_ms(then)
    for row in reader.conn.execute(asked, {"then": then}):
        above, last = row[-2:]
        if last is not None and last <= until and (above or 0) <= until:
            marks.append(Mark._make((*row[:-2], False)))
            lasts.append((last, row[0]))
        else:
            touched.append(row[0])
    born = select(func.min(ORDERS.c.created_at, type_=Instant())).where(
        _LIVE, ORDERS.c.created_at > _THEN, within(reader, ORDERS.c.site_id)
    )
    return _Still(
        marks=marks,
        ends=[(from_ms(last), number) for last, number in _newest(lasts)],
        touched=touched,
        later=reader.conn.execute(born, {"then": then}).scalar_one_or_none(),
    )


def _newest(lasts: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """All orders of the newest moment, and one of the moment before it."""
    newest = max((last for last, _ in lasts), default=0)
    yield from (pair for pair in lasts if pair[0] == newest)
    before = max((pair for pair in lasts if pair[0] < newest), default=None)
    if before is not None:
        yield before


def _lines(reader: Reader, numbers: list[int], queue: str, told: Retold) -> tuple[BoardLine, ...]:
    """The lines of these orders: as they are where nothing happened since, else as told again."""
    as_now = [number for number in numbers if number not in told.lines]
    asked = (
        select(*COLUMNS)
        .select_from(joined(ORDERS))
        .where(among(ORDERS.c.number, "numbers", reader.kind))
    )
    rows = reader.conn.execute(asked, {"numbers": as_now})
    found = {line.number: line for line in lines(rows, PLACES[QUEUES[queue].order])}
    again = [told.lines[number] for number in numbers if number in told.lines]
    found |= {line.number: line for line in with_names(reader, again, told)}
    return tuple(found[number] for number in numbers if number in found)


def _left_since(reader: Reader, then: datetime) -> Iterator[int]:
    """Orders that have left the desk since, or had left it with a call promised.

    One that came back by an undo, and left again by another, says of itself that it left at first.
    Out of indexes alone: most that left since were not there yet. Some may have come back.
    """
    there = select(ORDERS.c.number).where(
        _ASKED_BY_THEN[reader.kind], within(reader, ORDERS.c.site_id)
    )
    promised = select(FOLLOW_UP.c.number).where(
        FOLLOW_UP.c.made_at <= _THEN,
        or_(FOLLOW_UP.c.done_at.is_(None), FOLLOW_UP.c.done_at > _THEN),
    )
    undone = select(JOURNAL.c.number).where(text("fact = 'undone'"), JOURNAL.c.at > _THEN)
    ways: tuple[tuple[Any, ...], ...] = (
        (ORDERS.c.closed_at >= _THEN,),
        (_GONE, ORDERS.c.closed_at.is_(None), ORDERS.c.state_since >= _THEN),
        (_GONE, ORDERS.c.number.in_(promised)),
        (_GONE, ORDERS.c.number.in_(undone)),
    )
    for one in ways:
        yield from reader.conn.execute(there.where(*one), {"then": then}).scalars()


def _left_before(reader: Reader, then: datetime) -> Iterator[tuple[datetime, int]]:
    """The orders that left the desk last before the moment, closed or given up, and when."""
    gone = (_GONE, within(reader, ORDERS.c.site_id))
    for since, more in (
        (ORDERS.c.closed_at, ()),
        (ORDERS.c.state_since, (ORDERS.c.closed_at.is_(None),)),
    ):
        asked = select(since, ORDERS.c.number).where(*gone, *more, since < _THEN)
        newest = asked.order_by(since.desc()).limit(1)
        yield from ((at, number) for at, number in reader.conn.execute(newest, {"then": then}))


def _before(
    reader: Reader, then: datetime, numbers: Sequence[int]
) -> Iterator[tuple[datetime, int]]:
    """The moment before, of orders whose newest entry is of the very moment."""
    if not numbers:
        return
    asked = (
        select(JOURNAL.c.at, JOURNAL.c.number)
        .where(among(JOURNAL.c.number, "numbers", reader.kind), JOURNAL.c.at < _THEN)
        .order_by(JOURNAL.c.at.desc())
        .limit(1)
    )
    given = {"numbers": list(numbers), "then": then}
    yield from ((at, number) for at, number in reader.conn.execute(asked, given))


def _born_later(reader: Reader, then: datetime) -> Iterator[datetime]:
    """When the next orders were written down, of those that have left the desk since.

    None is asked for after it was written down, so the next ones asked for are enough to look at.
    """
    later = (_GONE, ORDERS.c.opened_at > _THEN, within(reader, ORDERS.c.site_id))
    next_ones = select(ORDERS.c.created_at).where(*later).order_by(ORDERS.c.opened_at)
    born = reader.conn.execute(next_ones.limit(_NEXT), {"then": then}).scalars().all()
    if not born:
        return
    yield (first := min(born))
    if len(born) == _NEXT:
        others = select(func.min(ORDERS.c.created_at, type_=Instant())).where(
            *later, ORDERS.c.opened_at < bindparam("first", type_=Instant())
        )
        found = reader.conn.execute(others, {"then": then, "first": first}).scalar_one_or_none()
        if found is not None:
            yield found


def _happened(reader: Reader, at: datetime, numbers: Sequence[int]) -> tuple[Happened, ...]:
    """What the journal of some orders says of one moment."""
    asked = (
        select(
            *(JOURNAL.c.number, JOURNAL.c.seq, JOURNAL.c.by, JOURNAL.c.via, JOURNAL.c.fact),
            OPERATORS.c.name.label("by_name"),
            type_coerce(JOURNAL.c.body, Text).label("body"),
            type_coerce(JOURNAL.c.words, Text).label("words"),
        )
        .outerjoin(OPERATORS, OPERATORS.c.id == JOURNAL.c.by)
        .where(among(JOURNAL.c.number, "numbers", reader.kind), JOURNAL.c.at == _THEN)
        .order_by(JOURNAL.c.seq)
        .limit(SHOWN)
    )
    rows = reader.conn.execute(asked, {"numbers": list(numbers), "then": at}).all()
    entries = [_entry(row, at) for row in rows]
    bodies = named_in_sight(reader, [entry.body for entry in entries])
    return tuple(
        Happened(number=row.number, entry=replace(entry, body=body))
        for row, entry, body in zip(rows, entries, bodies, strict=True)
    )


def _people(reader: Reader, happened: Iterable[Happened]) -> Mapping[int, Named]:
    told = [(one.entry.fact, one.entry.body.get("technician")) for one in happened]
    named = named_by_id(reader, TECHNICIANS, to_be_named(reader, told))
    return {key: Named(id=key, code=code, name=name) for key, (code, name) in named.items()}


def _entry(row: Any, at: datetime) -> TraceEntry:
    words = {} if row.words is None else parsed(row.words) or {}
    words.pop("salt", None)
    return TraceEntry(
        seq=row.seq,
        at=at,
        by=row.by,
        by_name=row.by_name,
        via=row.via,
        fact=row.fact,
        body=parsed(row.body) or {},
        words=words,
    )
