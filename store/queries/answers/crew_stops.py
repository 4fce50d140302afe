"""What everybody has to do, with where, until when, and how long it will take."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import cache, partial
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select, type_coerce

from store.domain.dispatch.appointed import due_at_within, due_within
from store.domain.dispatch.crew import WEIGHTS, Stop
from store.domain.forecast import LEAST
from store.domain.lifecycle import LIVE_VISITS, State, VisitState
from store.domain.starts import is_meant
from store.domain.targets import ClockKind
from store.persistence.mapping import CLOCK, VISIT
from store.persistence.statements import among, one_of
from store.persistence.types import Whole, from_ms, nearest, to_ms
from store.queries.answers.crew_papers import ends_of
from store.queries.answers.lines import ORDERS, SITES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from store.domain.distance import Position
    from store.domain.order import WorkOrder
    from store.persistence.reader import Reader
    from store.queries.answers.usual_times import UsualTimes

_UNDER_WAY = (VisitState.EN_ROUTE.value, VisitState.ON_SITE.value)
_ARRIVE = ClockKind.ARRIVE.value
_RESOLVE = ClockKind.RESOLVE.value
_BOUND = (_ARRIVE, _RESOLVE)
_MS, _MINUTE = timedelta(milliseconds=1), timedelta(minutes=1)
_LEAST = LEAST / _MINUTE


class Held(NamedTuple):
    """An order that somebody has; of thousands only a few are ever told."""

    number: int
    title: str
    priority: int
    site: int | None
    version: int
    opens: float | None
    """Minutes until it wakes, or until the customer awaits somebody; None if neither."""
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


def due_of(order: WorkOrder, takes: timedelta) -> datetime | None:
    """When the work must be done so that arriving and resolving keep their promises."""
    promises = (
        (clock.kind.value, clock.due_at)
        for clock in order.clocks
        if clock.running and clock.due_at is not None and clock.kind.value in _BOUND
    )
    dues = [due + takes * (kind == _ARRIVE) for kind, due in promises]
    return due_at_within(min(dues, default=None), order.appointment_at, takes)


def arrive_by(order: WorkOrder, takes: timedelta) -> datetime | None:
    """When he must be there for that; None where it is the work itself that is due."""
    dues = (clock.due_at for clock in order.clocks if clock.running and clock.kind.value == _ARRIVE)
    by = next(dues, None)
    return by if by is not None and by + takes == due_of(order, takes) else None


class HeldOrders(dict[int, Held]):
    """By number; each is made of its row where it is asked for."""

    def __init__(self) -> None:
        self._rows: dict[int, tuple[Any, float | None, Sequence[tuple[str, int]]]] = {}

    def keep(self, row: Any, opens: float | None, promises: Sequence[tuple[str, int]]) -> None:
        """What is told of one when it comes to that."""
        self._rows[row[0]] = row, opens, promises

    def __missing__(self, number: int) -> Held:
        row, opens, promises = self._rows[number]
        timed = row.planned_at is not None
        found = self[number] = Held(
            number, row.title, row.priority, row.site_id, row.version, opens, timed, promises
        )
        return found


def stops_of(
    reader: Reader,
    times: UsualTimes,
    rows: Sequence[Any],
    promised: Mapping[int, Sequence[tuple[str, int]]],
    held: HeldOrders,
) -> defaultdict[int, list[tuple[Any, Stop]]]:
    """What each has to do, with where it comes among the others: the urgent first, then by due."""
    ahead, usual = _Ahead(reader), _Usual(times, reader.pace.speed)
    people = sorted({row.technician_id for row in rows})
    untils = ends_of(reader, {row.kind for row in rows}, people, partial(minutes_to, reader))
    stops: defaultdict[int, list[tuple[Any, Stop]]] = defaultdict(list)
    for row in rows:
        number, _title, kind, priority, site, _version, lat, long, who, waits, moves, *rest = row
        locked_by, takes_s, crew, wake_at, planned_at, meet_at, began = rest
        takes = usual[kind, priority] if takes_s is None else takes_s / 60
        under_way = not waits and bool(moves)
        promises, due = promised.get(number, ()), inf
        appointed = None if meet_at is None or under_way else ahead(meet_at)
        for name, at in promises:
            due = min(due, ahead(at) + (takes if name == _ARRIVE else 0.0))
        due = due_within(due, appointed, takes)
        if under_way and began is not None:
            takes = max(_LEAST, takes + ahead(began))
        opens = max(0.0, ahead(wake_at)) if waits and wake_at is not None else None
        if appointed is not None:
            opens = max(appointed, -inf if opens is None else opens)
        planned = ready = opens
        if planned_at is not None:
            planned = max(ahead(planned_at), -inf if opens is None else opens)
            if is_meant(planned_at, locked=locked_by is not None, crew=crew):
                ready = planned
        stop = Stop(
            number=number,
            at=position(lat, long),
            site=site,
            takes=takes,
            due=due,
            weight=WEIGHTS.get(priority, 1.0),
            ready=0.0 if ready is None or under_way else max(0.0, ready),
            under_way=under_way,
            planned=planned,
            appointed=appointed,
            locked=locked_by is not None,
            until=untils.get((who, kind), inf) if untils else inf,
        )
        stops[who].append((turn(stop, priority), stop))
        held.keep(row, opens, promises)
    return stops


def as_kept(column: ColumnElement[Any]) -> ColumnElement[int]:
    """Milliseconds, or 1 and 0: an instant or a truth made of each of thousands costs the most."""
    return type_coerce(column, Whole)


def held_by(reader: Reader, people: Sequence[int]) -> Sequence[Any]:
    """What some people have to do, as it is kept."""
    return reader.conn.execute(_held(reader.kind, "people"), {"people": people}).all()


def held_in(reader: Reader, numbers: Sequence[int]) -> Sequence[Any]:
    """Who has some orders to do, in the same rows."""
    return reader.conn.execute(_held(reader.kind, "numbers"), {"numbers": numbers}).all()


@cache
def _held(kind: str, some: str) -> Select[Any]:
    """What some people have to do, or who has some orders to do; made once, as it is long."""
    order = ORDERS.c
    by = {"people": VISIT.c.technician_id, "numbers": VISIT.c.number}[some]
    return (
        select(
            *(order.number, order.title, order.kind, order.priority, order.site_id, order.version),
            *(SITES.c.latitude, SITES.c.longitude, VISIT.c.technician_id),
            *map(as_kept, (order.state == State.WAITING.value, one_of(VISIT.c.state, _UNDER_WAY))),
            *(order.locked_by, order.takes_s, order.crew),
            *map(as_kept, (order.wake_at, order.planned_at, order.appointment_at)),
            as_kept(func.coalesce(VISIT.c.departed_at, VISIT.c.arrived_at)),
        )
        .select_from(
            ORDERS.join(VISIT, VISIT.c.number == order.number).outerjoin(
                SITES, SITES.c.id == order.site_id
            )
        )
        .where(
            among(by, some, kind),
            one_of(VISIT.c.state, sorted(LIVE_VISITS)),
        )
    )


@cache
def _running(kind: str) -> Select[Any]:
    """What is promised of some orders and not kept yet."""
    return select(CLOCK.c.number, as_kept(CLOCK.c.kind == _ARRIVE), as_kept(CLOCK.c.due_at)).where(
        among(CLOCK.c.number, "numbers", kind),
        *(CLOCK.c.met_at.is_(None), CLOCK.c.ended_at.is_(None), CLOCK.c.due_at.is_not(None)),
        one_of(CLOCK.c.kind, _BOUND),
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


def promised_of(reader: Reader, numbers: Sequence[int]) -> dict[int, Sequence[tuple[str, int]]]:
    """What is promised and not kept yet; missed promises too, since each minute more counts."""
    found: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    asked = reader.conn.execute(_running(reader.kind), {"numbers": numbers})
    for number, arrive, due_at in asked.all():
        found[number].append((_ARRIVE if arrive else _RESOLVE, due_at))
    return dict(found)


def position(latitude: float | None, longitude: float | None) -> Position | None:
    return None if latitude is None or longitude is None else (latitude, longitude)
