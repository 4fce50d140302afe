"""Answers what a plan for the whole board is made from.

What is on the way, begun, waiting, done by two or at a site out of sight is somebody's stop, and
never moves. A waiting order that nobody has is left to whoever wakes it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from store.domain.dispatch.present import Present
from store.domain.lifecycle import LIVE_VISITS, STATES, State
from store.persistence.mapping import VISIT
from store.persistence.standings import places, standings
from store.queries.answers.forecast import UsualTimes
from store.queries.answers.lines import ORDERS, SITES, TECHNICIANS
from store.queries.answers.people import in_sight
from store.queries.answers.replan_able import Able
from store.queries.answers.replan_crew import Crew, Stops
from store.queries.answers.scope import within
from store.queries.replan import PersonNamed, Planning, TaskNamed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.domain.dispatch.crew import Stop
    from store.persistence.reader import Reader
    from store.queries.replan import BoardToPlan

_ORPHANS: Final = [state.value for state, spec in STATES.items() if spec.orphan]
_NOT_BEGUN: Final = frozenset({State.ASSIGNED.value, State.ACCEPTED.value})


def board_to_plan(reader: Reader, _query: BoardToPlan) -> Planning:
    """Orders and people as they stand in one moment."""
    held, loose = _held(reader), _loose(reader)
    seen = set(reader.conn.execute(_in_sight(reader)).scalars())
    people = standings(
        reader.conn, reader.kind, sorted({*seen, *(row.who for row in held)}), at=reader.at
    )
    working = [who for who in sorted(people) if who in seen and people[who].row.active]
    times = UsualTimes(reader)
    reading = Stops(reader, times, [*held, *loose])
    fixed: dict[int, list[Stop]] = {who: [] for who in working}
    movable: list[Any] = [*loose]
    visits = Counter(row.number for row in held)
    for row in held:
        if row.who in seen and _may_move(reader, row, visits[row.number]):
            movable.append(row)
        elif row.who in fixed:
            fixed[row.who].append(reading.stop(row))
    crew = Crew(reader, people)
    workers = tuple(crew.worker(who, fixed[who]) for who in working)
    able = Able(reader, workers)
    lie = places(reader.conn, reader.kind, [row.number for row in movable])
    tasks = [able.task(row, reading.stop(row)) for row in movable]
    return Planning(
        at=reader.at,
        pace=reader.pace,
        present=Present(
            workers=workers,
            tasks=tuple(tasks),
            upset=frozenset(who for who in working if who in reading.overrun or crew.out(who)),
            travel=crew.travel,
        ),
        tasks={
            row.number: TaskNamed(
                number=row.number,
                title=row.title,
                priority=row.priority,
                version=row.version,
                place=lie.get(row.number, ""),
                accepted_at=getattr(row, "accepted_at", None),
            )
            for row in movable
        },
        people={
            who: PersonNamed(id=who, code=one.row.code, name=one.row.name, stamp=one.stamp)
            for who, one in people.items()
            if who in seen
        },
    )


def _may_move(reader: Reader, row: Any, visits: int) -> bool:
    """Whether a plan may give an order that somebody has to another: the one place that says so."""
    return (
        visits == 1
        and row.locked_by is None
        and row.planned_at is None
        and row.state in _NOT_BEGUN
        and row.visit in _NOT_BEGUN
        and reader.who.scope.covers(row.site_id)
    )


def _columns() -> tuple[Any, ...]:
    order = ORDERS.c
    return (
        *(order.number, order.version, order.title, order.kind, order.priority, order.state),
        order.needs,
        *(order.wake_at, order.planned_at, order.locked_by, order.site_id, order.customer_id),
        *(SITES.c.latitude, SITES.c.longitude, SITES.c.region_id),
    )


def _held(reader: Reader) -> Sequence[Any]:
    """What somebody has to do, in sight or not."""
    visit = VISIT.c
    asked = select(
        *_columns(),
        *(visit.technician_id.label("who"), visit.state.label("visit")),
        *(visit.accepted_at, visit.departed_at, visit.arrived_at),
    ).select_from(
        ORDERS.join(VISIT, visit.number == ORDERS.c.number).outerjoin(
            SITES, SITES.c.id == ORDERS.c.site_id
        )
    )
    live = visit.state.in_([state.value for state in LIVE_VISITS])
    return reader.conn.execute(asked.where(text("live = 1"), live)).all()


def _loose(reader: Reader) -> Sequence[Any]:
    """Open orders in sight that nobody has."""
    asked = select(*_columns()).select_from(ORDERS.outerjoin(SITES, SITES.c.id == ORDERS.c.site_id))
    mine = within(reader, ORDERS.c.site_id)
    return reader.conn.execute(
        asked.where(text("live = 1"), ORDERS.c.state.in_(_ORPHANS), mine)
    ).all()


def _in_sight(reader: Reader) -> Any:
    return select(TECHNICIANS.c.id).where(in_sight(reader, "technician", TECHNICIANS))
