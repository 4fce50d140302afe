"""Answers about one order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, select, type_coerce

from store.domain.errors import EntryUnreadable, OrderUnknown
from store.domain.running import running
from store.persistence.journal import RAW_BODY
from store.persistence.levels import Shelf
from store.persistence.loading import load_order
from store.persistence.tables import metadata
from store.queries.alarms import AlarmLine
from store.queries.answers.alarms import COLUMNS as ALARM_COLUMNS
from store.queries.answers.alarms import STANDING, told
from store.queries.answers.doctor_story import parsed
from store.queries.answers.files import files_of, now_of
from store.queries.answers.kin import duplicates, in_sight, kin
from store.queries.answers.kind_names import kind_names
from store.queries.answers.lines import ALARMS, CUSTOMERS, ORDERS, SITES, nominees
from store.queries.answers.reckoning import clock_card, resolve_state
from store.queries.answers.scope import checked_limit
from store.queries.answers.weighed import weighed
from store.queries.card import (
    Card,
    ContactCard,
    CustomerCard,
    FollowUpLine,
    FromPlan,
    SiteCard,
    TraceEntry,
)
from store.queries.people import Named

if TYPE_CHECKING:
    from sqlalchemy import Table

    from store.domain.order import WorkOrder
    from store.persistence.reader import Reader
    from store.queries.card import OrderCard, Trace
    from store.queries.kin import KinLine

TABLES = metadata.tables
JOURNAL, OPERATORS, FOLLOW_UPS = TABLES["journal"], TABLES["operator"], TABLES["follow_up"]


def seen_order(reader: Reader, number: int) -> WorkOrder:
    """One order that the asker may see; `OrderUnknown` otherwise."""
    order = load_order(reader.conn, number)
    if order is None or not reader.who.scope.covers(order.site):
        raise OrderUnknown(number=number)
    return order


def order_card(reader: Reader, query: OrderCard) -> Card:
    """The order as the domain knows it, with names and what its clocks say now."""
    order = seen_order(reader, query.number)
    rules = Shelf(reader.conn).rules(order)
    held = resolve_state(order, rules, at=reader.at)
    parent, original = _relative(reader, order.parent), _relative(reader, order.duplicate_of)
    links = kin(reader, ORDERS.c.number.in_(order.links)) if order.links else ()
    seen = replace(
        order,
        parent=None if parent is None else parent.number,
        duplicate_of=None if original is None else original.number,
        links=tuple(one.number for one in links),
    )
    return Card(
        order=seen,
        site=_one(reader, SITES, order.site, SiteCard),
        customer=_one(reader, CUSTOMERS, order.customer, CustomerCard),
        contact=_one(reader, TABLES["contact"], order.contact, ContactCard),
        asset=_one(reader, TABLES["asset"], order.asset, Named),
        kind=kind_names(reader, {order.kind}).get(order.kind, order.kind),
        level=_one(reader, TABLES["service_level"], order.level, Named),
        follower=_one(reader, OPERATORS, order.follower, Named),
        locked_by=_one(reader, OPERATORS, order.locked_by, Named),
        technicians=_technicians(reader, order),
        clocks=tuple(clock_card(clock, order, rules, at=reader.at) for clock in order.clocks),
        follow_ups=_follow_ups(reader, order.number),
        files=files_of(reader, order.number),
        alarm=_alarm(reader, order.number),
        nominee=nominees(reader, [order.number]).get(order.number),
        from_plan=_from_plan(reader, order.number),
        parent=parent,
        children=kin(reader, ORDERS.c.parent == order.number),
        links=links,
        original=original,
        duplicates=duplicates(reader, order.number),
        due_at=held.due_at,
        overdue=held.overdue,
        elapsed_s=held.elapsed_s,
        running=running(order.clocks, rules.hours, at=reader.at),
    )


def trace(reader: Reader, query: Trace) -> tuple[TraceEntry, ...]:
    """The journal of one order with the names of those who acted; `EntryUnreadable` if damaged."""
    seen_order(reader, query.number)
    columns = (JOURNAL.c[name] for name in ("seq", "at", "by", "via", "fact", "deed"))
    told = (RAW_BODY.label("body"), type_coerce(JOURNAL.c.words, Text).label("words"))
    found = (
        select(*columns, *told, OPERATORS.c.name.label("by_name"))
        .outerjoin(OPERATORS, OPERATORS.c.id == JOURNAL.c.by)
        .where(JOURNAL.c.number == query.number)
        .order_by(JOURNAL.c.seq.desc())
        .limit(checked_limit(query.limit))
    )
    entries = [_entry(row) for row in reversed(reader.conn.execute(found).all())]
    bodies = in_sight(reader, [entry.body for entry in entries])
    return tuple(replace(entry, body=body) for entry, body in zip(entries, bodies, strict=True))


def _relative(reader: Reader, number: int | None) -> KinLine | None:
    if number is None:
        return None
    return next(iter(kin(reader, ORDERS.c.number == number)), None)


def _entry(row: Any) -> TraceEntry:
    body, given = parsed(row.body), {} if row.words is None else parsed(row.words)
    if body is None or given is None:
        raise EntryUnreadable(seq=row.seq)
    words = {name: text for name, text in given.items() if text and name != "salt"}
    return TraceEntry(
        seq=row.seq,
        at=row.at,
        by=row.by,
        by_name=row.by_name,
        via=row.via,
        fact=row.fact,
        deed=row.deed,
        body=body,
        words=words,
        file_now=now_of(row.fact, body, words),
    )


def _one(reader: Reader, table: Table, key: int | None, made: type[Any]) -> Any:
    """The row with this id as a dataclass whose fields are columns; None where there is none."""
    if key is None:
        return None
    columns = [table.c[name] for name in made.__slots__]
    row = reader.conn.execute(select(*columns).where(table.c.id == key)).mappings().one_or_none()
    return None if row is None else made(**row)


def _technicians(reader: Reader, order: WorkOrder) -> dict[int, Named]:
    had = {visit.technician for visit in order.visits}
    ids = sorted(had | weighed(reader, order.number))
    table = TABLES["technician"]
    found = select(table.c.id, table.c.code, table.c.name).where(table.c.id.in_(ids))
    if not ids:
        return {}
    return {row["id"]: Named(**row) for row in reader.conn.execute(found).mappings()}


def _follow_ups(reader: Reader, number: int) -> tuple[FollowUpLine, ...]:
    table = FOLLOW_UPS
    found = (
        select(
            *(table.c.place, table.c.kind, table.c.due_at, table.c.note),
            OPERATORS.c.name.label("made_by"),
            *(table.c.done_at, table.c.outcome),
        )
        .outerjoin(OPERATORS, OPERATORS.c.id == table.c.made_by)
        .where(table.c.number == number)
        .order_by(table.c.place)
    )
    return tuple(FollowUpLine(**row) for row in reader.conn.execute(found).mappings())


def _from_plan(reader: Reader, number: int) -> FromPlan | None:
    plan, came = TABLES["plan"], TABLES["plan_occurrence"]
    found = (
        select(
            *(plan.c.id.label("plan"), plan.c.title, came.c.day, came.c.due_day),
            *(came.c.missed, came.c.missed_since),
        )
        .select_from(came.join(plan, plan.c.id == came.c.plan_id))
        .where(came.c.number == number)
    )
    row = reader.conn.execute(found).mappings().one_or_none()
    return None if row is None else FromPlan(**row)


def _alarm(reader: Reader, number: int) -> AlarmLine | None:
    source = told(ALARMS.join(ORDERS, ORDERS.c.number == ALARMS.c.number))
    found = select(*ALARM_COLUMNS).select_from(source).where(ALARMS.c.number == number, STANDING)
    row = reader.conn.execute(found).mappings().one_or_none()
    return None if row is None else AlarmLine(**row)
