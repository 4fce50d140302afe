"""Answers what will be missed: the live orders, who is there, and the usual times of the work."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from functools import cache, partial
from statistics import median
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select, text, type_coerce

from store.domain.evolve import evolve
from store.domain.forecast import LEAST, Job, Stretch, foresee, without
from store.domain.lifecycle import STATES, Category, State, VisitState
from store.domain.pace import LIFE
from store.domain.reckon import reckon
from store.domain.targets import ClockKind
from store.persistence.levels import Shelf
from store.persistence.loading import load
from store.persistence.mapping import CLOCK, VISIT
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.persistence.types import Whole, nearest
from store.queries.answers.lines import ORDERS, SITES, TECHNICIANS
from store.queries.answers.people import in_sight
from store.queries.answers.scope import checked_limit, within
from store.queries.forecast import Foreseen, Outlook

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Select

    from store.domain.forecast import Miss
    from store.domain.pace import Pace
    from store.persistence.reader import Reader
    from store.queries.forecast import Forecast

SHIFTS = metadata.tables["shift"]
ABSENCES = metadata.tables["absence"]

LEARNT_FROM = 2_000
"""Orders closed last whose work is measured."""
ENOUGH = 5
"""So many times are needed before their median counts as usual."""
USUAL, LONGEST = timedelta(hours=1), timedelta(hours=8)
"""What an order takes where nothing is known, and the longest that is learnt."""
_LONGEST_MS = LONGEST // timedelta(milliseconds=1)
_ENDED = VISIT.c.ended_at
AHEAD = timedelta(days=2)
"""How far shifts are looked at; an order reached later counts as reached by nobody."""

_LIVE = text("live = 1")
_WORK = tuple(
    state.value
    for state, spec in STATES.items()
    if spec.category in {Category.OPEN, Category.WAITING}
)
_UNDER_WAY = (State.EN_ROUTE.value, State.ON_SITE.value)
_FORESEEN = (ClockKind.RESPOND, ClockKind.ARRIVE, ClockKind.RESOLVE)


def forecast(reader: Reader, query: Forecast) -> Outlook:
    """The whole load is reckoned with; only misses of orders in sight are told."""
    limit, until = checked_limit(query.limit), reader.pace.after(reader.at, 60 * query.hours)
    jobs, there = jobs_of(reader, until), people_there(reader)
    missed = foresee(jobs, there, at=reader.at, until=until, least=reader.pace.here(LEAST))
    seen = _seen(reader, missed)
    now = {one.technician for one in there if one.from_at <= reader.at}
    later = {one.technician for one in there if one.from_at < until} - now
    return Outlook(
        at=reader.at,
        until=until,
        foreseen=tuple(seen[:limit]),
        total=len(seen),
        orders=_orders_seen(reader, jobs),
        people=_people_seen(reader, now),
        later=_people_seen(reader, later),
    )


def jobs_of(reader: Reader, until: datetime) -> list[Job]:
    """Every order at work, with what its clocks that are due by then promise."""
    rows = reader.conn.execute(
        select(
            *(ORDERS.c.number, ORDERS.c.kind, ORDERS.c.priority, ORDERS.c.state),
            *(
                ORDERS.c.technician_id,
                ORDERS.c.wake_at,
                ORDERS.c.planned_at,
                ORDERS.c.next_deadline,
            ),
        ).where(_LIVE, ORDERS.c.state.in_(_WORK))
    ).all()
    dues, usual = _dues(reader, rows, until), UsualTimes(reader)
    began = _began(reader, [row.number for row in rows if row.state in _UNDER_WAY])
    return [
        Job(
            number=row.number,
            priority=row.priority,
            takes=usual.of(row.kind, row.priority),
            technician=row.technician_id,
            began_at=began.get(row.number),
            from_at=_begins(row, reader.at),
            dues=dues.get(row.number, {}),
        )
        for row in rows
        if row.state != State.WAITING or row.wake_at is not None
    ]


def _begins(row: Any, at: datetime) -> datetime | None:
    """From when it is work: when it wakes, if it waits, and not before its planned start."""
    wakes = row.wake_at if row.state == State.WAITING else None
    starts = [one for one in (wakes, row.planned_at) if one is not None]
    return max((at, *starts)) if starts else None


def _dues(
    reader: Reader, rows: Sequence[Any], until: datetime
) -> dict[int, Mapping[ClockKind, datetime]]:
    """The running clocks that are due by then and not missed yet, by order."""
    near = [row.number for row in rows if row.next_deadline and row.next_deadline <= until]
    asked = select(CLOCK.c.number, CLOCK.c.kind, CLOCK.c.due_at).where(
        among(CLOCK.c.number, "numbers", reader.kind),
        *(CLOCK.c.met_at.is_(None), CLOCK.c.ended_at.is_(None), CLOCK.c.breached_at.is_(None)),
        CLOCK.c.due_at.is_not(None),
    )
    found: dict[int, dict[ClockKind, datetime]] = defaultdict(dict)
    for number, kind, due_at in reader.conn.execute(asked, {"numbers": near}):
        if kind in _FORESEEN:
            found[number][ClockKind(kind)] = due_at
    wake = [row.number for row in rows if row.state == State.WAITING and row.wake_at]
    soon = {row.number: row.wake_at for row in rows if row.wake_at and row.wake_at <= until}
    return {**found, **_after_waking(reader, [n for n in wake if n in soon], soon)}


def _after_waking(
    reader: Reader, numbers: Sequence[int], wakes: Mapping[int, datetime]
) -> dict[int, Mapping[ClockKind, datetime]]:
    """When the clocks of waiting orders will be due, if they go on as they were to."""
    shelf = Shelf(reader.conn)
    found: dict[int, Mapping[ClockKind, datetime]] = {}
    for number, known in load(reader.conn, numbers, lock=False, unreadable={}).items():
        order, wake_at = known.now, max(wakes[number], reader.at)
        pauses = tuple(
            evolve(pause, to_at=wake_at) if pause.to_at is None else pause for pause in order.pauses
        )
        then = reckon(evolve(order, pauses=pauses), shelf.rules(order), at=reader.at)
        found[number] = {
            clock.kind: clock.due_at
            for clock in then.clocks
            if clock.running and clock.breached_at is None and clock.due_at is not None
            if clock.kind in _FORESEEN
        }
    return found


def _began(reader: Reader, numbers: Sequence[int]) -> dict[int, datetime]:
    """When whoever is on his way or there set out."""
    asked = select(VISIT.c.number, VISIT.c.departed_at, VISIT.c.arrived_at).where(
        among(VISIT.c.number, "numbers", reader.kind), VISIT.c.state.in_(_UNDER_WAY)
    )
    found: dict[int, datetime] = {}
    for number, departed, arrived in reader.conn.execute(asked, {"numbers": list(numbers)}):
        began = departed or arrived
        if began is not None:
            found[number] = min(began, found.get(number, began))
    return found


def _in_life(began: int, ended: int) -> int:
    return ended - began


def _paced(pace: Pace, began: int, ended: int) -> int:
    return pace.lasted(nearest(began), nearest(ended)) // timedelta(milliseconds=1)


@cache
def _lately() -> Select[Any]:
    """What was done of the orders closed last; made once."""
    last = (
        select(ORDERS.c.number, ORDERS.c.kind, ORDERS.c.priority)
        .where(ORDERS.c.closed_at.is_not(None), ORDERS.c.closed_at <= bindparam("at"))
        .order_by(ORDERS.c.closed_at.desc())
        .limit(LEARNT_FROM)
        .subquery()
    )
    began = func.coalesce(VISIT.c.departed_at, VISIT.c.arrived_at)
    return (
        select(last.c.kind, last.c.priority, *(type_coerce(c, Whole) for c in (began, _ENDED)))
        .join(VISIT, VISIT.c.number == last.c.number)
        .where(VISIT.c.state == VisitState.DONE.value, began < _ENDED)
    )


class UsualTimes:
    """How long work takes here, as the orders closed last tell: from setting out to its end."""

    def __init__(self, reader: Reader) -> None:
        self._pace = reader.pace
        lasted = _in_life if self._pace == LIFE else partial(_paced, self._pace)
        times: dict[Any, list[int]] = defaultdict(list)
        for kind, priority, began_at, ended_at in reader.conn.execute(
            _lately(), {"at": reader.at}
        ).all():
            times[kind, priority].append(min(lasted(began_at, ended_at), _LONGEST_MS))
        for (_kind, priority), took in tuple(times.items()):
            times[priority] += took
            times[None] += took
        self._usual = {
            key: timedelta(milliseconds=median(found))
            for key, found in times.items()
            if len(found) >= ENOUGH
        }

    def of(self, kind: str, priority: int) -> timedelta:
        """Of this kind and priority; of the priority where few are known, of all, or an hour."""
        for key in ((kind, priority), priority, None):
            if key in self._usual:
                return self._pace.here(self._usual[key])
        return self._pace.here(USUAL)


def people_there(reader: Reader) -> list[Stretch]:
    """When each technician is there: on shift, or always where no shift was ever entered."""
    at, end = reader.at, reader.at + AHEAD
    people = set(
        reader.conn.execute(
            select(TECHNICIANS.c.id).where(TECHNICIANS.c.active == 1, TECHNICIANS.c.state != "off")
        ).scalars()
    )
    rostered = set(reader.conn.execute(select(SHIFTS.c.technician_id).distinct()).scalars())
    away: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for who, begins, ends in _spans(reader, ABSENCES, at, end):
        away[who].append((begins, ends))
    shifts = [*_spans(reader, SHIFTS, at, end), *((who, at, end) for who in people - rostered)]
    return [
        Stretch(technician=who, from_at=begins, to_at=ends)
        for who, from_at, to_at in shifts
        if who in people
        for begins, ends in without((max(from_at, at), to_at), away[who])
    ]


def _spans(reader: Reader, table: Any, at: datetime, end: datetime) -> Iterable[Any]:
    asked = select(table.c.technician_id, table.c.starts_at, table.c.ends_at)
    return reader.conn.execute(asked.where(table.c.ends_at > at, table.c.starts_at < end)).all()


def _orders_seen(reader: Reader, jobs: Sequence[Job]) -> int:
    if reader.who.scope.sites is None:
        return len(jobs)
    asked = select(func.count()).where(
        among(ORDERS.c.number, "numbers", reader.kind), within(reader, ORDERS.c.site_id)
    )
    given = {"numbers": [job.number for job in jobs]}
    return reader.conn.execute(asked, given).scalar_one()


def _people_seen(reader: Reader, people: Collection[int]) -> int:
    if reader.who.scope.sites is None:
        return len(people)
    asked = select(func.count()).where(
        among(TECHNICIANS.c.id, "people", reader.kind),
        in_sight(reader, "technician", TECHNICIANS),
    )
    return reader.conn.execute(asked, {"people": sorted(people)}).scalar_one()


def _seen(reader: Reader, missed: Sequence[Miss]) -> list[Foreseen]:
    """The misses of orders that the asker sees, with names."""
    asked = (
        select(
            *(ORDERS.c.number, ORDERS.c.title, SITES.c.name.label("site_name")),
            *(TECHNICIANS.c.code, TECHNICIANS.c.name),
        )
        .select_from(
            ORDERS.outerjoin(SITES, SITES.c.id == ORDERS.c.site_id).outerjoin(
                TECHNICIANS, TECHNICIANS.c.id == ORDERS.c.technician_id
            )
        )
        .where(among(ORDERS.c.number, "numbers", reader.kind), within(reader, ORDERS.c.site_id))
    )
    given = {"numbers": [miss.number for miss in missed]}
    named = {row.number: row for row in reader.conn.execute(asked, given)}
    return [
        Foreseen(
            miss=miss,
            title=row.title,
            site_name=row.site_name,
            technician_code=row.code,
            technician_name=row.name,
        )
        for miss in missed
        if (row := named.get(miss.number)) is not None
    ]
