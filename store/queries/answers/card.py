"""Answers about one order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, select, type_coerce

from store.domain.agreed import gives_way
from store.domain.errors import EntryUnreadable, OrderUnknown
from store.domain.running import running
from store.domain.who import Right, came_through
from store.persistence.inspection_work import INSPECTION
from store.persistence.journal import RAW_BODY
from store.persistence.levels import Shelf
from store.persistence.loading import load_order
from store.persistence.tables import metadata
from store.persistence.voice_work import VOICE
from store.queries.alarms import AlarmLine
from store.queries.answers.alarms import COLUMNS as ALARM_COLUMNS
from store.queries.answers.alarms import STANDING, told
from store.queries.answers.card_names import card_names
from store.queries.answers.doctor_story import parsed
from store.queries.answers.exception_lines import live_of
from store.queries.answers.files import files_of, now_of
from store.queries.answers.inspection_lines import inspections_of_it
from store.queries.answers.kin import duplicates, in_sight, kin
from store.queries.answers.kind_names import kind_names
from store.queries.answers.lines import ALARMS, ORDERS, nominees
from store.queries.answers.projects import project_named
from store.queries.answers.reckoning import clock_card, resolve_state
from store.queries.answers.scope import checked_limit
from store.queries.answers.voice_lines import of_it
from store.queries.answers.weighed import known_here, weighed
from store.queries.card import (
    Card,
    FollowUpLine,
    FromPlan,
    TraceEntry,
)
from store.queries.people import Named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.domain.order import WorkOrder
    from store.domain.who import Who
    from store.persistence.reader import Reader
    from store.queries.card import OrderCard, Trace
    from store.queries.crews import NotThere
    from store.queries.kin import KinLine

TABLES = metadata.tables
_MOST_VOICES = 20
JOURNAL, OPERATORS, FOLLOW_UPS = TABLES["journal"], TABLES["operator"], TABLES["follow_up"]


def seen_order(reader: Reader, number: int) -> WorkOrder:
    """One order that the asker may see; `OrderUnknown` otherwise."""
    order = reader.once(f"order {number}", lambda: load_order(reader.conn, number))
    if order is None or not reader.who.scope.covers(order.site):
        raise OrderUnknown(number=number)
    return order


def order_card(reader: Reader, query: OrderCard) -> Card:
    """The order as the domain knows it, with names and what its clocks say now."""
    order = seen_order(reader, query.number)
    rules = Shelf(reader.conn).rules(order)
    held = resolve_state(order, rules, at=reader.at)
    project = project_named(reader, order.project)
    parent, original = _relative(reader, order.parent), _relative(reader, order.duplicate_of)
    links = kin(reader, ORDERS.c.number.in_(order.links)) if order.links else ()
    seen = replace(
        order,
        parent=None if parent is None else parent.number,
        duplicate_of=None if original is None else original.number,
        links=tuple(one.number for one in links),
        project=None if project is None else order.project,
    )
    names, beside = card_names(reader, order.number)
    said = VOICE.c.number == order.number
    return Card(
        order=seen,
        **names,
        kind=kind_names(reader, {order.kind}).get(order.kind, order.kind),
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
        gives_way=gives_way(order, rules),
        due_at=held.due_at,
        overdue=held.overdue,
        elapsed_s=held.elapsed_s,
        gone=tuple(_gone(reader, order)),
        voices=of_it(reader, said, _MOST_VOICES) if "voices" in beside else (),
        inspections=inspections_of_it(reader, INSPECTION.c.number == order.number, _MOST_VOICES)
        if "inspections" in beside
        else (),
        running=running(order.clocks, rules.hours, at=reader.at),
        project=project,
        exceptions=live_of(reader, order.number) if "exceptions" in beside else (),
    )


def _gone(reader: Reader, order: WorkOrder) -> Sequence[NotThere]:
    if order.crew == 1:
        return ()
    from store.queries.answers.crews import away_from  # most desks send one at a time

    return away_from(reader, (order.number,)).get(order.number, ())


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
    entries = [_entry(row, reader.who) for row in reversed(reader.conn.execute(found).all())]
    bodies = in_sight(reader, [entry.body for entry in entries])
    return tuple(replace(entry, body=body) for entry, body in zip(entries, bodies, strict=True))


def _relative(reader: Reader, number: int | None) -> KinLine | None:
    if number is None:
        return None
    return next(iter(kin(reader, ORDERS.c.number == number)), None)


def _entry(row: Any, who: Who) -> TraceEntry:
    body, given = parsed(row.body), {} if row.words is None else parsed(row.words)
    if body is None or given is None:
        raise EntryUnreadable(seq=row.seq)
    words = {name: text for name, text in given.items() if text and name != "salt"}
    door, origin = came_through(row.via)
    seen = who.may(Right.ADMINISTER) or row.by == who.operator
    return TraceEntry(
        seq=row.seq,
        at=row.at,
        by=row.by,
        by_name=row.by_name,
        via=door,
        origin=origin if seen else None,
        fact=row.fact,
        deed=row.deed,
        body=body,
        words=words,
        file_now=now_of(row.fact, body, words),
    )


def _technicians(reader: Reader, order: WorkOrder) -> dict[int, Named]:
    had = {visit.technician for visit in order.visits}
    ids = sorted(had | known_here(reader, weighed(reader, order.number)))
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
