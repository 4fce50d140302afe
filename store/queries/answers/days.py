"""Answers how the technicians' day goes: visits that were and are, and the plan of the forecast."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text

from store.domain.lifecycle import VisitState
from store.persistence.mapping import VISIT
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.queries.answers.laid_days import LaidDays
from store.queries.answers.lines import ORDERS
from store.queries.answers.people import technician_board
from store.queries.answers.scope import within
from store.queries.days import Bar, BarKind, Day
from store.queries.people import TechnicianBoard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from store.persistence.reader import Reader
    from store.queries.days import TechnicianDays

SKILLS = metadata.tables["skill"]
MASTERED = metadata.tables["technician_skill"]
SHIFTS, ABSENCES = metadata.tables["shift"], metadata.tables["absence"]

_UNDER_WAY = (VisitState.EN_ROUTE.value, VisitState.ON_SITE.value)
_PAST = (VisitState.DONE.value, VisitState.LEFT.value)

Spans = tuple[tuple["datetime", "datetime"], ...]


def technician_days(reader: Reader, query: TechnicianDays) -> tuple[Day, ...]:
    """In the order of the board's technicians."""
    people = technician_board(reader, TechnicianBoard(limit=query.limit))
    ids = [line.id for line in people]
    bars, done = _visits(reader, ids, query)
    laid = LaidDays(reader, ids)
    skills = _skills(reader, ids)
    told = {who: [*_with_plan(reader, laid, who, bars[who])] for who in ids}
    now = [bar for some in told.values() for bar in some if bar.kind is BarKind.NOW]
    since = min((query.from_at, *(bar.from_at for bar in now)))
    until = max((query.to_at, *(bar.to_at for bar in now)))
    shifts, away = (_spans(reader, one, ids, (since, until)) for one in (SHIFTS, ABSENCES))
    rostered = set(reader.conn.execute(select(SHIFTS.c.technician_id).distinct()).scalars())
    whole = ((since, until),)
    everywhere = reader.who.scope.sites is None
    days = []
    for line in people:
        there = shifts.get(line.id, ()) if line.id in rostered else whole
        gone = away.get(line.id, ())
        own = sorted(told[line.id], key=lambda bar: (bar.from_at, bar.number))
        days.append(
            Day(
                line=line,
                skills=tuple(skills.get(line.id, ())),
                bars=tuple(_judged(bar, own, there, gone) for bar in own),
                there=there,
                away=gone,
                done=done[line.id],
                stranded=laid.stranded(line.id) if everywhere else 0,
            )
        )
    return tuple(days)


def _visits(
    reader: Reader, people: Sequence[int], query: TechnicianDays
) -> tuple[defaultdict[int, list[Bar]], Counter[int]]:
    """What was done in this time, and what is under way, whatever the time; how much today."""
    asked = (
        select(
            *(ORDERS.c.number, ORDERS.c.title, VISIT.c.technician_id, VISIT.c.state),
            *(VISIT.c.departed_at, VISIT.c.arrived_at, VISIT.c.ended_at),
        )
        .join(VISIT, VISIT.c.number == ORDERS.c.number)
        .where(
            VISIT.c.state.in_((*_UNDER_WAY, *_PAST)),
            within(reader, ORDERS.c.site_id),
        )
    )
    found: defaultdict[int, list[Bar]] = defaultdict(list)
    done: Counter[int] = Counter()
    wanted = set(people)
    for row in (
        row
        for some in (text("live = 1"), ORDERS.c.closed_at >= min(query.from_at, query.since))
        for row in reader.conn.execute(asked.where(some))
    ):
        if row.technician_id not in wanted:
            continue
        begins, ends = row.departed_at or row.arrived_at, row.ended_at or reader.at
        if row.state == VisitState.DONE.value and ends >= query.since:
            done[row.technician_id] += 1
        kind = BarKind.NOW if row.state in _UNDER_WAY else BarKind.DONE
        if begins is None:
            continue
        if kind is BarKind.DONE and (ends < query.from_at or begins > query.to_at):
            continue
        bar = Bar(number=row.number, title=row.title, kind=kind, from_at=begins, to_at=ends)
        found[row.technician_id].append(bar)
    return found, done


def _with_plan(
    reader: Reader, laid: LaidDays, technician: int, bars: Iterable[Bar]
) -> Iterator[Bar]:
    """What he did and is at, and what he comes to, as far as the asker sees it."""
    coming = {one.held.number: one for one in laid.of(technician)}
    for bar in bars:
        one = coming.get(bar.number)
        if bar.kind is not BarKind.NOW or one is None or not one.stop.under_way:
            yield bar
            continue
        now = one.bar()
        yield replace(now, kind=BarKind.NOW, from_at=bar.from_at, clashes=False, sets_out_at=None)
    for one in coming.values():
        if not one.stop.under_way and reader.who.scope.covers(one.held.site):
            yield one.bar()


def _judged(bar: Bar, others: Sequence[Bar], there: Spans, away: Spans) -> Bar:
    """What is under way and cannot be: he is not there, or under way to two at once."""
    if bar.kind is not BarKind.NOW:
        return bar
    present = any(begins <= bar.to_at and ends >= bar.from_at for begins, ends in there)
    gone = any(begins < bar.to_at and ends > bar.from_at for begins, ends in away)
    double = any(other.kind is BarKind.NOW and other.number != bar.number for other in others)
    return replace(bar, clashes=gone or double or not present)


def _skills(reader: Reader, people: Sequence[int]) -> dict[int, list[str]]:
    asked = (
        select(MASTERED.c.technician_id, SKILLS.c.name, MASTERED.c.level)
        .join(SKILLS, SKILLS.c.id == MASTERED.c.skill_id)
        .where(among(MASTERED.c.technician_id, "people", reader.kind))
        .order_by(MASTERED.c.level.desc(), SKILLS.c.name)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for technician, name, level in reader.conn.execute(asked, {"people": list(people)}):
        found[technician].append(f"{name} {level}")
    return found


def _spans(
    reader: Reader, table: Any, people: Sequence[int], window: tuple[datetime, datetime]
) -> dict[int, Spans]:
    asked = (
        select(table.c.technician_id, table.c.starts_at, table.c.ends_at)
        .where(
            among(table.c.technician_id, "people", reader.kind),
            *(table.c.ends_at > window[0], table.c.starts_at < window[1]),
        )
        .order_by(table.c.starts_at)
    )
    found: dict[int, Spans] = {}
    for technician, begins, ends in reader.conn.execute(asked, {"people": list(people)}):
        found[technician] = (*found.get(technician, ()), (begins, ends))
    return found
