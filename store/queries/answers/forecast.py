"""Answers what will be missed: the live orders, who is there, and the usual times of the work."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, text

from store.domain.evolve import evolve
from store.domain.forecast import Job, foresee
from store.domain.lifecycle import STATES, Category, State
from store.domain.reckon import reckon
from store.domain.starts import is_meant
from store.domain.targets import ClockKind
from store.persistence.levels import Shelf
from store.persistence.loading import load
from store.persistence.mapping import CLOCK
from store.persistence.statements import among
from store.persistence.types import to_ms
from store.queries.answers.forecast_held import HeldAhead, never
from store.queries.answers.lines import ORDERS, SITES, TECHNICIANS
from store.queries.answers.people import in_sight
from store.queries.answers.scope import checked_limit, within
from store.queries.answers.usual_times import UsualTimes
from store.queries.forecast import Foreseen, Outlook

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from store.domain.forecast import Miss, Turn
    from store.persistence.reader import Reader
    from store.queries.forecast import Forecast

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
    ahead = HeldAhead(reader)
    jobs = jobs_of(reader, until, ahead.turns)
    missed = foresee(jobs, ahead.left(), at=reader.at, until=until)
    seen = _seen(reader, missed)
    now = ahead.there_by(reader.at)
    later = ahead.there_by(until) - now
    return Outlook(
        at=reader.at,
        until=until,
        foreseen=tuple(seen[:limit]),
        total=len(seen),
        orders=_orders_seen(reader, jobs),
        people=_people_seen(reader, now),
        later=_people_seen(reader, later),
    )


def jobs_of(reader: Reader, until: datetime, turns: Mapping[int, Turn]) -> list[Job]:
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
            *(ORDERS.c.takes_s, ORDERS.c.appointment_at, ORDERS.c.crew, ORDERS.c.locked_by),
        ).where(_LIVE, ORDERS.c.state.in_(_WORK))
    ).all()
    dues, usual = _dues(reader, rows, until), UsualTimes(reader)
    return [
        Job(
            number=row.number,
            priority=row.priority,
            takes=usual.takes(row.kind, row.priority, row.takes_s),
            turn=turns.get(row.number, never(row.technician_id, reader.at)),
            from_at=_begins(row, reader.at),
            awaited_at=_awaited(row),
            appointed=row.appointment_at is not None,
            dues=dues.get(row.number, {}),
        )
        for row in rows
        if row.state != State.WAITING or row.wake_at is not None
    ]


def _begins(row: Any, at: datetime) -> datetime | None:
    """From when it is work: when it wakes, if it waits, and no sooner than planned or awaited."""
    wakes = row.wake_at if row.state == State.WAITING else None
    starts = [one for one in (wakes, _meant(row), _awaited(row)) if one is not None]
    return max((at, *starts)) if starts else None


def _meant(row: Any) -> datetime | None:
    """The start that was planned, where that is more than a place among other orders."""
    planned: datetime | None = row.planned_at
    if planned is None:
        return None
    meant = is_meant(to_ms(planned), locked=row.locked_by is not None, crew=row.crew)
    return planned if meant else None


def _awaited(row: Any) -> datetime | None:
    """When the customer awaits somebody who is not on the way yet."""
    found: datetime | None = None if row.state in _UNDER_WAY else row.appointment_at
    return found


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
        select(ORDERS.c.number, ORDERS.c.title, SITES.c.name.label("site_name"))
        .select_from(ORDERS.outerjoin(SITES, SITES.c.id == ORDERS.c.site_id))
        .where(among(ORDERS.c.number, "numbers", reader.kind), within(reader, ORDERS.c.site_id))
    )
    given = {"numbers": [miss.number for miss in missed]}
    named = {row.number: row for row in reader.conn.execute(asked, given)}
    people = _people(reader, {miss.technician for miss in missed if miss.technician is not None})
    nobody = None, None
    return [
        Foreseen(
            miss=miss,
            title=row.title,
            site_name=row.site_name,
            technician_code=people.get(miss.technician, nobody)[0],
            technician_name=people.get(miss.technician, nobody)[1],
        )
        for miss in missed
        if (row := named.get(miss.number)) is not None
    ]


def _people(reader: Reader, those: set[int]) -> dict[int | None, tuple[str, str]]:
    """Code and name of some."""
    asked = select(TECHNICIANS.c.id, TECHNICIANS.c.code, TECHNICIANS.c.name)
    some = asked.where(among(TECHNICIANS.c.id, "people", reader.kind))
    rows = reader.conn.execute(some, {"people": sorted(those)})
    return {row.id: (row.code, row.name) for row in rows}
