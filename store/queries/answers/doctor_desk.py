"""The doctor's look at what is of no one order."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from store.domain.who import Right, require
from store.persistence import counters, marks, seals, travel_times
from store.persistence.chain import EDITED, ENTRIES, faults
from store.persistence.journal import JOURNAL
from store.persistence.newest_seal import lost_seals
from store.persistence.tables import metadata
from store.persistence.types import Instant, to_ms
from store.queries.answers import (
    doctor_calendars,
    doctor_figures,
    doctor_inspections,
    doctor_packs,
    doctor_people,
    doctor_plans,
    doctor_projects,
    doctor_registers,
    doctor_revisits,
    doctor_search,
    doctor_steps,
    doctor_told,
)
from store.queries.answers.doctor_story import no_object, parsed
from store.queries.answers.lines import ORDERS
from store.queries.checks import Check
from store.queries.doctor import Finding, Seal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.persistence.reader import Reader
    from store.queries.doctor import ExamineDesk, NewestSeal

_MOST = 100
"""Findings of one kind that are told one by one."""

_LOST = {
    (True, False): Check.SEAL_GONE,
    (False, False): Check.SEAL_UNKNOWN,
    (True, True): Check.SEAL_LOST,
    (False, True): Check.SEAL_MARK_LOST,
}
"""By whether it is known which seal was lost, and when that was seen."""


def examine_desk(reader: Reader, _query: ExamineDesk) -> tuple[Finding, ...]:
    """File, loose ends, counters, seals, the desk's chain, lost orders, people and all else.

    Raises `NotAllowed` for an asker of some sites only.
    """
    require(reader.who, Right.READ, desk_wide=True)
    return (
        *_file(reader),
        *_loose_ends(reader),
        *_no_instants(reader),
        *_counters(reader),
        *_seals(reader),
        *_desk_chain(reader),
        *_orders_gone(reader),
        *doctor_people.technicians(reader),
        *doctor_registers.registers(reader),
        *doctor_registers.zones(reader),
        *doctor_calendars.promises(reader),
        *doctor_calendars.calendars(reader),
        *doctor_plans.plans(reader),
        *doctor_revisits.revisits(reader),
        *doctor_packs.packs(reader),
        *doctor_steps.complaints(reader),
        *doctor_projects.projects(reader),
        *doctor_steps.recurrences(reader),
        *doctor_inspections.inspections(reader),
        *doctor_told.told(reader),
        *_travel(reader),
        *doctor_search.search(reader),
        *doctor_search.callers(reader),
        *doctor_figures.sums(reader),
    )


def newest_seal(reader: Reader, _query: NewestSeal) -> Seal | None:
    """Its number and hash; they tell nothing of any order, so that everybody may know."""
    found = seals.newest(reader.conn)
    return None if found is None else Seal(number=found[0], hash=found[1])


def _travel(reader: Reader) -> Iterator[Finding]:
    if travel_times.is_damaged(reader.conn):
        yield Finding(check=Check.TRAVEL, facts={})


def _file(reader: Reader) -> Iterator[Finding]:
    """SQLite's own look at its file; PostgreSQL has checksums and no such question."""
    if reader.kind != "sqlite":
        return
    # A connection that has read the index before checks what it remembers of it, even after others
    # have written: it must look again first, or it takes the new file for a damaged one.
    with suppress(DBAPIError):  # what is wrong with it is told below
        reader.conn.exec_driver_sql("SELECT 1 FROM search WHERE search MATCH '_' LIMIT 1").all()
    for (told,) in reader.conn.exec_driver_sql(f"PRAGMA quick_check({_MOST})"):
        if told != "ok":
            yield Finding(check=Check.DAMAGED, facts={"what": told})


def _loose_ends(reader: Reader) -> Iterator[Finding]:
    """Rows whose parents are gone; PostgreSQL never lets that happen."""
    if reader.kind != "sqlite":
        return
    found: Counter[tuple[str, str]] = Counter()
    for table, _row, parent, _key in reader.conn.exec_driver_sql("PRAGMA foreign_key_check"):
        found[table, parent] += 1
    for (table, parent), count in found.items():
        facts = {"count": count, "table": table, "parent": parent}
        yield Finding(check=Check.DANGLING, facts=facts)


def _no_instants(reader: Reader) -> Iterator[Finding]:
    """Rows of no order whose instants are beyond the calendar; an order's cannot be read then."""
    first, last = to_ms(datetime.min.replace(tzinfo=UTC)), to_ms(datetime.max.replace(tzinfo=UTC))
    for table in metadata.tables.values():
        if "number" in table.c:
            continue
        for column in (c for c in table.c if isinstance(c.type, Instant)):
            name = f'"{table.name}"."{column.name}"'
            asked = (
                f'SELECT count(*) FROM "{table.name}" WHERE {name} NOT BETWEEN {first} AND {last}'
            )
            if count := reader.conn.exec_driver_sql(asked).scalar_one():
                facts = {"count": count, "table": table.name, "column": column.name}
                yield Finding(check=Check.INSTANT, facts=facts)


def _counters(reader: Reader) -> Iterator[Finding]:
    for one in counters.behind(reader.conn, reader.kind):
        facts = {"table": one.table, "given": one.given, "highest": one.highest}
        yield Finding(check=Check.COUNTER, facts=facts)


def _seals(reader: Reader) -> Iterator[Finding]:
    """Each seal against what it covers, the newest against the one made last."""
    for broken in seals.broken(reader.conn):
        yield Finding(check=Check.SEAL, facts={"seal": broken})
    for lost in lost_seals(reader.conn):
        known, seen = lost.number is not None, lost.seen_at is not None
        facts = {"seal": lost.number, "seq": lost.last_seq, "at": lost.seen_at}
        told = {name: value for name, value in facts.items() if value is not None}
        yield Finding(check=_LOST[known, seen], facts=told)


def _desk_chain(reader: Reader) -> Iterator[Finding]:
    previous = ""
    for entry in reader.conn.execute(
        ENTRIES.where(JOURNAL.c.number.is_(None)).order_by(JOURNAL.c.seq)
    ):
        for fault in faults(entry, previous):
            check = Check.EDITED if fault.what == EDITED else Check.REWORDED
            yield Finding(check=check, facts={"seq": entry.seq})
        if parsed(entry.body) is None:
            yield Finding(check=Check.NO_STORY, facts={"why": no_object(entry.seq)})
        previous = entry.hash
    if previous != (marks.find(reader.conn, marks.DESK_HEAD) or ""):
        yield Finding(check=Check.BROKEN_OFF)


def _orders_gone(reader: Reader) -> Iterator[Finding]:
    there = select(ORDERS.c.number).where(ORDERS.c.number == JOURNAL.c.number).exists()
    gone = (
        select(JOURNAL.c.number)
        .where(JOURNAL.c.number.is_not(None), ~there)
        .group_by(JOURNAL.c.number)
        .order_by(JOURNAL.c.number)
        .limit(_MOST)
    )
    for number in reader.conn.execute(gone).scalars():
        yield Finding(check=Check.ORDER_GONE, number=number)
