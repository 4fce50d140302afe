"""Answers about shift hand-overs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select

from store.domain.errors import HandoverUnknown
from store.domain.handover import OPEN_PARTS, TICKED, Part, desk_of, part_of
from store.domain.lifecycle import State
from store.persistence.handovers import (
    HANDOVER,
    ITEM,
    LEFT,
    NOTE,
    last_accepted,
    mark_after,
    open_one,
    told_risks,
)
from store.persistence.statements import among
from store.queries.answers.holder import OPERATORS, people_by_id
from store.queries.answers.lines import ALARMS, ORDERS, SITES, TECHNICIANS
from store.queries.answers.scope import checked_limit, within
from store.queries.handover import (
    Handover,
    HandoverLine,
    HandoverNote,
    PastHandover,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.domain.handover import Item
    from store.persistence.handover_since import Since
    from store.persistence.reader import Reader
    from store.queries.handover import ListHandovers, ShowHandover

_PLACES = {part: place for place, part in enumerate(Part)}


def show_handover(reader: Reader, query: ShowHandover) -> Handover:
    """As it was offered, or as it would be now."""
    if query.handover is not None:
        asked = select(HANDOVER).where(
            HANDOVER.c.id == query.handover, HANDOVER.c.desk == desk_of(reader.who.scope)
        )
        row = reader.conn.execute(asked).one_or_none()
        if row is None:
            raise HandoverUnknown(handover=query.handover)
        return _offered(reader, row)
    row = open_one(reader.conn, reader.who.scope)
    return _draft(reader) if row is None else _offered(reader, row)


def list_handovers(reader: Reader, query: ListHandovers) -> tuple[PastHandover, ...]:
    """Those that are over."""
    risks = (
        select(func.count(ITEM.c.number.distinct()))
        .where(ITEM.c.handover_id == HANDOVER.c.id, ITEM.c.part == Part.RISK.value)
        .correlate(HANDOVER)
        .scalar_subquery()
    )
    over = or_(HANDOVER.c.accepted_at.is_not(None), HANDOVER.c.withdrawn_at.is_not(None))
    asked = (
        select(*HANDOVER.c, risks.label("risks"))
        .where(HANDOVER.c.desk == desk_of(reader.who.scope), over)
        .order_by(HANDOVER.c.id.desc())
        .limit(checked_limit(query.limit))
    )
    rows = reader.conn.execute(asked).all()
    people = people_by_id(reader, [by for row in rows for by in (row.from_id, row.accepted_by)])
    return tuple(
        PastHandover(
            id=row.id,
            holder=people[row.from_id],
            offered_at=row.offered_at,
            accepted_by=people.get(row.accepted_by),
            over_at=row.accepted_at or row.withdrawn_at,
            risks=row.risks,
        )
        for row in rows
    )


def _draft(reader: Reader) -> Handover:
    # Whose desk it is is asked far oftener.
    from store.persistence.handover_gather import gather
    from store.persistence.handover_promises import AHEAD

    last = last_accepted(reader.conn, reader.who.scope)
    told = gather(reader.conn, reader.kind, reader.who.scope, since=mark_after(last), at=reader.at)
    holder = reader.who.operator if last is None else last.accepted_by
    shown = _orders(reader, {item.number for item in told.items})
    return Handover(
        id=None,
        version=0,
        holder=people_by_id(reader, [holder])[holder],
        mine=holder == reader.who.operator,
        since_at=told.since.at,
        offered_by=None,
        offered_at=None,
        accepted_by=None,
        accepted_at=None,
        withdrawn_by=None,
        withdrawn_at=None,
        lines=tuple(_told(item, shown) for item in told.items),
        notes=(),
        more=tuple(part for part in Part if part in told.more),
        left=told.left,
        until_at=reader.at + AHEAD,
    )


def _offered(reader: Reader, row: Any) -> Handover:
    from store.persistence.handover_promises import AHEAD

    conn = reader.conn
    items = conn.execute(
        select(ITEM).where(ITEM.c.handover_id == row.id).order_by(ITEM.c.place)
    ).all()
    notes = conn.execute(
        select(NOTE).where(NOTE.c.handover_id == row.id).order_by(NOTE.c.place)
    ).all()
    named = (row.from_id, row.offered_by, row.accepted_by, row.withdrawn_by)
    people = people_by_id(
        reader, [*named, *(item.ticked_by for item in items), *(note.by for note in notes)]
    )
    since = _since(reader, row, items)
    numbers = {item.number for item in items} | {item.number for item in since.new}
    shown = _orders(reader, numbers)
    owed = _owed(reader, row, items)
    lines = [_line(item, since, owed, shown, people, reader.who.operator) for item in items]
    lines += [_told(item, shown, now=item.what, new=True) for item in since.new]
    return Handover(
        id=row.id,
        version=row.version,
        holder=people[row.from_id],
        mine=row.from_id == reader.who.operator,
        since_at=row.since_at,
        offered_by=people[row.offered_by],
        offered_at=row.offered_at,
        accepted_by=people.get(row.accepted_by),
        accepted_at=row.accepted_at,
        withdrawn_by=people.get(row.withdrawn_by),
        withdrawn_at=row.withdrawn_at,
        lines=tuple(sorted(lines, key=lambda line: _PLACES[line.part])),
        notes=tuple(HandoverNote(by=people[n.by], at=n.at, text=n.text) for n in notes),
        more=tuple(part for part in Part if part.value in row.more.split()),
        left=_left(row.more),
        until_at=row.offered_at + AHEAD,
    )


def _left(more: str) -> int:
    told = (word.removeprefix(LEFT) for word in more.split() if word.startswith(LEFT))
    return int(next(told, "0"))


def _is_over(row: Any) -> bool:
    return row.accepted_at is not None or row.withdrawn_at is not None


def _since(reader: Reader, row: Any, items: Iterable[Any]) -> Since:
    """What has become of the risks of an offer, as long as it stands."""
    from store.persistence.handover_since import Since, since_offered

    if _is_over(row):
        return Since(now={}, new=())
    told, scope = told_risks(items), reader.who.scope
    return since_offered(
        reader.conn, reader.kind, scope, told=told, offered_at=row.offered_at, at=reader.at
    )


def _owed(reader: Reader, row: Any, items: Iterable[Any]) -> frozenset[tuple[int, str]]:
    """Which of its promises stand, as long as it does."""
    from store.persistence.handover_since import still_owed

    if _is_over(row):
        return frozenset()
    told = sorted({item.number for item in items if item.part == Part.PROMISE.value})
    scope = reader.who.scope
    return still_owed(reader.conn, reader.kind, scope, told=told, offered_at=row.offered_at)


def _told(item: Item, shown: Mapping[int, Any], **more: Any) -> HandoverLine:
    return HandoverLine(
        part=item.part,
        number=item.number,
        what=item.what,
        at=item.at,
        times=item.count,
        **_shown(shown, item.number, item.part),
        **more,
    )


def _line(
    item: Any,
    since: Since,
    owed: frozenset[tuple[int, str]],
    shown: Mapping[int, Any],
    people: Mapping[int, str],
    me: int,
) -> HandoverLine:
    part, at, times, now = part_of(item.part, item.what), item.at, item.times, None
    if part in TICKED and item.number in since.now:
        found = since.now[item.number]
        now = found.what
        if part is found.part is Part.INCIDENT:  # its next word is another with each notice
            at, times = found.at, found.count
    elif (item.number, item.what) in owed:
        now = item.what
    return HandoverLine(
        part=part,
        number=item.number,
        what=item.what,
        at=at,
        times=times,
        ticked_by=people.get(item.ticked_by),
        ticked_at=item.ticked_at,
        mine=item.ticked_by == me,
        now=now,
        **_shown(shown, item.number, part),
    )


def _shown(shown: Mapping[int, Any], number: int, part: Part) -> dict[str, Any]:
    row = shown.get(number)
    if row is None:
        return {"title": "", "priority": None, "site_name": None}
    told = {"title": row.title, "priority": row.priority, "site_name": row.site_name}
    told |= {"shelved_until": row.shelved_until} if part in TICKED else {}
    if part in OPEN_PARTS and row.state == State.WAITING.value:
        told |= {"waits": True, "wakes_at": row.wake_at}
    return told | ({"owner": row.owner or ""} if part is Part.INCIDENT else {})


def _orders(reader: Reader, numbers: Iterable[int]) -> Mapping[int, Any]:
    asked = (
        select(
            *(ORDERS.c.number, ORDERS.c.title, ORDERS.c.priority),
            *(ORDERS.c.state, ORDERS.c.wake_at),
            *(SITES.c.name.label("site_name"), ALARMS.c.shelved_until),
            func.coalesce(OPERATORS.c.name, TECHNICIANS.c.name).label("owner"),
        )
        .select_from(
            ORDERS.outerjoin(SITES, SITES.c.id == ORDERS.c.site_id)
            .outerjoin(OPERATORS, OPERATORS.c.id == ORDERS.c.follower_id)
            .outerjoin(TECHNICIANS, TECHNICIANS.c.id == ORDERS.c.technician_id)
            .outerjoin(
                ALARMS, and_(ALARMS.c.number == ORDERS.c.number, ALARMS.c.cleared_at.is_(None))
            )
        )
        .where(
            and_(among(ORDERS.c.number, "numbers", reader.kind), within(reader, ORDERS.c.site_id))
        )
    )
    rows = reader.conn.execute(asked, {"numbers": sorted(numbers)})
    return {row.number: row for row in rows}
