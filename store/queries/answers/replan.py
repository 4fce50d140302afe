"""Answers what a plan for the whole board is made from.

What is on the way, begun, waiting, done by two or at a site out of sight is somebody's stop, and
never moves. What takes several people is a stop of each who has it, too, but until one of them has
begun, others may be sent there, all at one start. A waiting order that nobody has is left to
whoever wakes it, and a case of a trouble to whoever follows that, in sight or not.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import not_, select, text

from store.domain.dispatch.present import Joint, Present
from store.domain.lifecycle import LIVE_VISITS, STATES, State
from store.persistence.families import BORNE
from store.persistence.mapping import VISIT
from store.persistence.standings import places, standings
from store.queries.answers.crews import away_from, parts_done
from store.queries.answers.lines import ORDERS, SITES, TECHNICIANS
from store.queries.answers.people import in_sight
from store.queries.answers.replan_able import Able
from store.queries.answers.replan_crew import Crew, Stops
from store.queries.answers.scope import within
from store.queries.answers.usual_times import UsualTimes
from store.queries.replan import PersonNamed, Planning, TaskNamed

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

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
    reading = Stops(reader, times, [*held, *loose], working)
    fixed: dict[int, list[Stop]] = {who: [] for who in working}
    movable: list[Any] = [row for row in loose if row.crew == 1]
    visits = Counter(row.number for row in held)
    visits += (went := Counter(parts_done(reader)))
    some = {row.number: row for row in (*held, *loose) if row.crew > visits[row.number]}
    if crews := {row.number: row for row in held if row.crew > 1}:
        some |= {number: crews[number] for number in away_from(reader, sorted(crews))}
    # The rest of a crew is found by hand: who did their part knows the way on.
    together = _together(reader, [row for row in (*held, *loose) if row.number not in went], seen)
    for row in held:
        if row.who in seen and _may_move(reader, row, visits[row.number]):
            movable.append(row)
        elif row.who in fixed:
            fixed[row.who].append(reading.fixed(row))
    crew = Crew(reader, people)
    workers = tuple(crew.worker(who, fixed[who]) for who in working)
    able = Able(reader, workers)
    named = [*movable, *(rows[0] for rows in together)]
    lie = places(reader.conn, reader.kind, [row.number for row in named])
    tasks = [able.task(row, reading.stop(row)) for row in movable]
    return Planning(
        at=reader.at,
        pace=reader.pace,
        present=Present(
            workers=workers,
            tasks=tuple(tasks),
            upset=frozenset(who for who in working if who in reading.overrun or crew.out(who)),
            travel=crew.travel,
            joint=tuple(_joint(rows, able, reading) for rows in together),
            past=reader.pace.minutes(reader.at.replace(second=0, microsecond=0), reader.at) % 1,
        ),
        tasks={
            row.number: TaskNamed(
                number=row.number,
                title=row.title,
                priority=row.priority,
                version=row.version,
                place=lie.get(row.number, ""),
                accepted_at=getattr(row, "accepted_at", None) if row.crew == 1 else None,
                appointment_at=row.appointment_at,
                appointment_to=row.appointment_to,
                zone_there=row.zone or "",
            )
            for row in named
        },
        crews=tuple(
            number
            for number, row in sorted(some.items())
            if row.crew > 1 and reader.who.scope.covers(row.site_id)
        ),
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
        and row.crew == 1
        and row.locked_by is None
        and row.state in _NOT_BEGUN
        and row.visit in _NOT_BEGUN
        and reader.who.scope.covers(row.site_id)
    )


def _together(reader: Reader, rows: Sequence[Any], seen: Container[int]) -> list[list[Any]]:
    """The orders that take several, each with a row for everybody who has it, that may be sent to
    others: nobody has begun, and none of them is out of sight.
    """
    some: dict[int, list[Any]] = {}
    for row in rows:
        if row.crew > 1 and reader.who.scope.covers(row.site_id):
            some.setdefault(row.number, []).append(row)
    return [
        its for _number, its in sorted(some.items()) if all(_may_join(row, seen) for row in its)
    ]


def _may_join(row: Any, seen: Container[int]) -> bool:
    who = getattr(row, "who", None)
    if who is None:
        return True
    return who in seen and row.state in _NOT_BEGUN and row.visit in _NOT_BEGUN


def _joint(rows: Sequence[Any], able: Able, reading: Stops) -> Joint:
    task = able.task(rows[0], reading.stop(rows[0]))
    return Joint(
        stop=task.stop,
        wants=rows[0].crew,
        has=tuple(row.who for row in rows if hasattr(row, "who")),
        stays=rows[0].locked_by is not None,
        able=task.able,
        own=task.own,
    )


def _columns() -> tuple[Any, ...]:
    order = ORDERS.c
    return (
        *(order.number, order.version, order.title, order.kind, order.priority, order.state),
        *(order.needs, order.takes_s, order.crew, order.appointment_at, order.appointment_to),
        *(order.wake_at, order.planned_at, order.locked_by, order.site_id, order.customer_id),
        *(SITES.c.latitude, SITES.c.longitude, SITES.c.region_id, SITES.c.zone),
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
    """Open orders in sight that nobody has, nor what they stand under."""
    asked = select(*_columns()).select_from(ORDERS.outerjoin(SITES, SITES.c.id == ORDERS.c.site_id))
    mine = within(reader, ORDERS.c.site_id)
    return reader.conn.execute(
        asked.where(text("live = 1"), ORDERS.c.state.in_(_ORPHANS), mine, not_(BORNE))
    ).all()


def _in_sight(reader: Reader) -> Any:
    return select(TECHNICIANS.c.id).where(in_sight(reader, "technician", TECHNICIANS))
