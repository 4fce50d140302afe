"""What everybody has to do, with where, until when, and how long it will take."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from store.domain.dispatch.crew import WEIGHTS, Stop
from store.domain.forecast import LEAST
from store.domain.lifecycle import LIVE_VISITS, State, VisitState
from store.domain.targets import ClockKind
from store.persistence.mapping import CLOCK, VISIT
from store.persistence.statements import among
from store.queries.answers.lines import ORDERS, SITES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, timedelta

    from store.domain.distance import Position
    from store.domain.order import Clock
    from store.persistence.reader import Reader
    from store.queries.answers.forecast import UsualTimes

_UNDER_WAY = frozenset({VisitState.EN_ROUTE.value, VisitState.ON_SITE.value})
_BOUND = (ClockKind.ARRIVE.value, ClockKind.RESOLVE.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An order that somebody has."""

    number: int
    title: str
    priority: int
    site: int | None
    version: int
    wakes: float | None
    """Minutes until it wakes; None if it does not wait."""
    timed: bool
    """Whether a start was planned for it."""
    dues: tuple[tuple[str, datetime], ...]
    """What is promised and not kept yet: which clock, by when."""


def minutes_to(reader: Reader, moment: datetime) -> float:
    """How many minutes of life from now to an instant."""
    return reader.pace.minutes(reader.at, moment)


def _minutes(reader: Reader, moment: datetime | None) -> float | None:
    return None if moment is None else minutes_to(reader, moment)


def due_of(clocks: Iterable[Clock], takes: timedelta) -> datetime | None:
    """When the work must be done so that arriving and resolving keep their promises."""
    dues = [
        clock.due_at + takes * (clock.kind is ClockKind.ARRIVE)
        for clock in clocks
        if clock.running and clock.due_at is not None and clock.kind.value in _BOUND
    ]
    return min(dues, default=None)


def stops_of(
    reader: Reader, times: UsualTimes, people: list[int], but: int
) -> tuple[defaultdict[int, list[tuple[Any, Stop]]], dict[int, Held]]:
    """What each has to do, with where it comes among the others: the urgent first, then by due."""
    order = ORDERS.c
    rows = reader.conn.execute(
        select(
            *(order.number, order.title, order.kind, order.priority, order.state, order.wake_at),
            *(order.planned_at, order.locked_by, order.version),
            *(order.site_id, SITES.c.latitude, SITES.c.longitude),
            *(VISIT.c.technician_id, VISIT.c.state.label("visit")),
            *(VISIT.c.departed_at, VISIT.c.arrived_at),
        )
        .select_from(
            ORDERS.join(VISIT, VISIT.c.number == order.number).outerjoin(
                SITES, SITES.c.id == order.site_id
            )
        )
        .where(
            among(VISIT.c.technician_id, "people", reader.kind),
            order.number != bindparam("but"),
            VISIT.c.state.in_([state.value for state in LIVE_VISITS]),
        ),
        {"but": but, "people": people},
    ).all()
    dues = _dues(reader, [row.number for row in rows])
    stops: defaultdict[int, list[tuple[Any, Stop]]] = defaultdict(list)
    held: dict[int, Held] = {}
    for row in rows:
        waits = row.state == State.WAITING.value
        takes = times.of(row.kind, row.priority)
        under_way = row.visit in _UNDER_WAY and not waits
        due = min(
            (at + takes * (kind == ClockKind.ARRIVE.value) for kind, at in dues[row.number]),
            default=None,
        )
        began = row.departed_at or row.arrived_at
        if under_way and began is not None:
            takes = max(reader.pace.here(LEAST), takes - (reader.at - began))
        wakes = _minutes(reader, row.wake_at) if waits else None
        wakes = None if wakes is None else max(0.0, wakes)
        times_set = [t for t in (wakes, _minutes(reader, row.planned_at)) if t is not None]
        planned = max(times_set, default=None)
        stop = Stop(
            number=row.number,
            at=position(row.latitude, row.longitude),
            takes=minutes_to(reader, reader.at + takes),
            due=inf if due is None else minutes_to(reader, due),
            weight=WEIGHTS.get(row.priority, 1.0),
            ready=0.0 if planned is None or under_way else max(0.0, planned),
            under_way=under_way,
            planned=planned,
            locked=row.locked_by is not None,
        )
        stops[row.technician_id].append((turn(stop, row.priority), stop))
        held[row.number] = Held(
            number=row.number,
            title=row.title,
            priority=row.priority,
            site=row.site_id,
            version=row.version,
            wakes=wakes,
            timed=row.planned_at is not None,
            dues=tuple(dues[row.number]),
        )
    return stops, held


def turn(stop: Stop, priority: int) -> tuple[bool, int, float, int]:
    """Where it comes among those of the same technician."""
    return not stop.under_way, priority, stop.due, stop.number


def _dues(reader: Reader, numbers: Sequence[int]) -> defaultdict[int, list[tuple[str, datetime]]]:
    """What is promised and not kept yet; missed promises too, since each minute more counts."""
    asked = select(CLOCK.c.number, CLOCK.c.kind, CLOCK.c.due_at).where(
        among(CLOCK.c.number, "numbers", reader.kind),
        *(CLOCK.c.met_at.is_(None), CLOCK.c.ended_at.is_(None), CLOCK.c.due_at.is_not(None)),
        CLOCK.c.kind.in_(_BOUND),
    )
    found: defaultdict[int, list[tuple[str, datetime]]] = defaultdict(list)
    for number, kind, due_at in reader.conn.execute(asked, {"numbers": list(numbers)}):
        found[number].append((kind, due_at))
    return found


def position(latitude: float | None, longitude: float | None) -> Position | None:
    return None if latitude is None or longitude is None else (latitude, longitude)
