"""What everybody has to do, with where, until when, and how long it will take."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import cache
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, func, select, type_coerce

from store.domain.dispatch.crew import WEIGHTS, Stop
from store.domain.forecast import LEAST
from store.domain.lifecycle import LIVE_VISITS, State, VisitState
from store.domain.targets import ClockKind
from store.persistence.mapping import CLOCK, VISIT
from store.persistence.statements import among
from store.persistence.types import Whole, from_ms, nearest, to_ms
from store.queries.answers.lines import ORDERS, SITES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from store.domain.distance import Position
    from store.domain.order import Clock
    from store.persistence.reader import Reader
    from store.queries.answers.forecast import UsualTimes

_UNDER_WAY = frozenset({VisitState.EN_ROUTE.value, VisitState.ON_SITE.value})
_ARRIVE = ClockKind.ARRIVE.value
_BOUND = (_ARRIVE, ClockKind.RESOLVE.value)
_MS, _MINUTE = timedelta(milliseconds=1), timedelta(minutes=1)
_LEAST = LEAST / _MINUTE


class Held(NamedTuple):
    """An order that somebody has; of thousands only a few are ever told."""

    number: int
    title: str
    priority: int
    site: int | None
    version: int
    wakes: float | None
    """Minutes until it wakes; None if it does not wait."""
    timed: bool
    """Whether a start was planned for it."""
    promises: Sequence[tuple[str, int]]
    """What is promised and not kept yet: which clock, by when in milliseconds since 1970."""

    @property
    def dues(self) -> list[tuple[str, datetime]]:
        """The same with instants."""
        return [(kind, nearest(due_at)) for kind, due_at in self.promises]


def minutes_to(reader: Reader, moment: datetime) -> float:
    """How many minutes of life from now to an instant."""
    return reader.pace.minutes(reader.at, moment)


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
    given = {"but": but, "people": people}
    rows = reader.conn.execute(_held_by(reader.kind), given).all()
    promised = _promised(reader, [row[0] for row in rows])
    ahead, usual = _Ahead(reader), _Usual(times, reader.pace.speed)
    stops: defaultdict[int, list[tuple[Any, Stop]]] = defaultdict(list)
    held: dict[int, Held] = {}
    for row in rows:
        number, title, kind, priority, site, version, lat, long, who, waits, visit, *rest = row
        locked_by, wake_at, planned_at, began = rest
        takes = usual[kind, priority]
        promises = promised[number]
        due = min((ahead(at) + takes * (name == _ARRIVE) for name, at in promises), default=inf)
        under_way = not waits and visit in _UNDER_WAY
        if under_way and began is not None:
            takes = max(_LEAST, takes + ahead(began))
        wakes = max(0.0, ahead(wake_at)) if waits and wake_at is not None else None
        planned = wakes
        if planned_at is not None:
            planned = max(ahead(planned_at), -inf if wakes is None else wakes)
        stop = Stop(
            number=number,
            at=position(lat, long),
            site=site,
            takes=takes,
            due=due,
            weight=WEIGHTS.get(priority, 1.0),
            ready=0.0 if planned is None or under_way else max(0.0, planned),
            under_way=under_way,
            planned=planned,
            locked=locked_by is not None,
        )
        stops[who].append((turn(stop, priority), stop))
        timed = planned_at is not None
        held[number] = Held(number, title, priority, site, version, wakes, timed, promises)
    return stops, held


def _kept(column: ColumnElement[Any]) -> ColumnElement[int]:
    """Milliseconds, as they are kept: an instant made of each of thousands costs the most."""
    return type_coerce(column, Whole)


@cache
def _held_by(kind: str) -> Select[Any]:
    """What some people have to do, but for one order; made once, as it is long."""
    order = ORDERS.c
    return (
        select(
            *(order.number, order.title, order.kind, order.priority, order.site_id, order.version),
            *(SITES.c.latitude, SITES.c.longitude, VISIT.c.technician_id),
            *(order.state == State.WAITING.value, VISIT.c.state, order.locked_by),
            *map(_kept, (order.wake_at, order.planned_at)),
            _kept(func.coalesce(VISIT.c.departed_at, VISIT.c.arrived_at)),
        )
        .select_from(
            ORDERS.join(VISIT, VISIT.c.number == order.number).outerjoin(
                SITES, SITES.c.id == order.site_id
            )
        )
        .where(
            among(VISIT.c.technician_id, "people", kind),
            order.number != bindparam("but"),
            VISIT.c.state.in_([state.value for state in LIVE_VISITS]),
        )
    )


@cache
def _running(kind: str) -> Select[Any]:
    """What is promised of some orders and not kept yet."""
    return select(CLOCK.c.number, CLOCK.c.kind, _kept(CLOCK.c.due_at)).where(
        among(CLOCK.c.number, "numbers", kind),
        *(CLOCK.c.met_at.is_(None), CLOCK.c.ended_at.is_(None), CLOCK.c.due_at.is_not(None)),
        CLOCK.c.kind.in_(_BOUND),
    )


class _Ahead:
    """How many minutes of life from now to what is kept as milliseconds."""

    def __init__(self, reader: Reader) -> None:
        whole = to_ms(reader.at)
        self._at = whole + (reader.at - from_ms(whole)) / _MS
        self._speed = reader.pace.speed

    def __call__(self, kept: int) -> float:
        return (kept - self._at) / 60_000 * self._speed


class _Usual(dict[tuple[str, int], float]):
    """The usual times in minutes of life, each reckoned once."""

    def __init__(self, times: UsualTimes, speed: float) -> None:
        self._times, self._speed = times, speed

    def __missing__(self, key: tuple[str, int]) -> float:
        found = self[key] = self._times.of(*key) / _MINUTE * self._speed
        return found


def turn(stop: Stop, priority: int) -> tuple[bool, int, float, int]:
    """Where it comes among those of the same technician."""
    return not stop.under_way, priority, stop.due, stop.number


def _promised(reader: Reader, numbers: Sequence[int]) -> defaultdict[int, list[tuple[str, int]]]:
    """What is promised and not kept yet; missed promises too, since each minute more counts."""
    found: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    given = {"numbers": list(numbers)}
    for number, kind, due_at in reader.conn.execute(_running(reader.kind), given).all():
        found[number].append((kind, due_at))
    return found


def position(latitude: float | None, longitude: float | None) -> Position | None:
    return None if latitude is None or longitude is None else (latitude, longitude)
