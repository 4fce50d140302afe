"""A board to be planned as JSON tells it the process that plans it.

Only what the search reckons with: who may go where is decided before, and so is who goes to what
several do together: to the search that is a stop that it does not move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.domain.dispatch.board import Travel
from store.domain.dispatch.crew import Stop, Worker
from store.domain.dispatch.present import Present, Task
from store.domain.dispatch.travel_table import TravelTable

if TYPE_CHECKING:
    from collections.abc import Mapping


def plain(present: Present) -> dict[str, Any]:
    """The board as plain values; orders that the same people may go to share the list of them."""
    able: dict[tuple[Any, ...], int] = {}
    tasks = []
    for task in present.tasks:
        key = tuple(sorted(task.able.items())), tuple(sorted(task.own.items()))
        tasks.append(
            [_stop(task.stop), task.holder, task.accepted, able.setdefault(key, len(able))]
        )
    return {
        "workers": [
            [
                *(one.id, one.at, one.site, one.base, one.base_site, one.spans),
                *(one.worked_until, one.rest, [*map(_stop, one.stops)]),
            ]
            for one in present.going()
        ],
        "tasks": tasks,
        "able": list(able),
        "upset": sorted(present.upset),
        "travel": _travel(present),
    }


def read(told: Mapping[str, Any]) -> Present:
    """What `plain` told."""
    able = [(dict(may), dict(own)) for may, own in told["able"]]
    return Present(
        workers=tuple(
            Worker(
                id=who,
                at=_place(at),
                site=site,
                base=_place(base),
                base_site=base_site,
                spans=tuple((begins, ends) for begins, ends in spans),
                worked_until=worked,
                rest=rest,
                stops=tuple(map(_read_stop, stops)),
            )
            for who, at, site, base, base_site, spans, worked, rest, stops in told["workers"]
        ),
        tasks=tuple(
            Task(
                stop=_read_stop(stop),
                holder=holder,
                accepted=accepted,
                able=able[key][0],
                own=able[key][1],
            )
            for stop, holder, accepted, key in told["tasks"]
        ),
        upset=frozenset(told["upset"]),
        travel=_read_travel(told["travel"]),
    )


def _travel(present: Present) -> list[Any]:
    """Of the table what lies between places of this board."""
    how = present.travel
    figures = [how.speed_kmh, how.road_factor, how.fixed_min]
    if how.table is None:
        return [*figures, None]
    rows, places = how.table.rows, how.table.places
    asked = {site for one in present.workers for site in (one.site, one.base_site)}
    asked |= {stop.site for one in present.going() for stop in one.stops}
    asked |= {task.stop.site for task in present.tasks}
    asked |= {how.table.site(one.at, None) for one in present.workers if one.site is None}
    known = sorted(one for one in asked if one is not None and how.table.knows(one))
    some = []
    for one in known:
        row = rows.get(one, {})
        some.append([one, [[to, row[to]] for to in known if to in row]])
    return [*figures, [some, [[one, places[one]] for one in known if one in places]]]


def _read_travel(told: list[Any]) -> Travel:
    speed_kmh, road_factor, fixed_min, table = told
    found = None
    if table is not None:
        minutes = {one: dict(row) for one, row in table[0]}
        found = TravelTable(minutes, {site: (at[0], at[1]) for site, at in table[1]})
    return Travel(speed_kmh=speed_kmh, road_factor=road_factor, fixed_min=fixed_min, table=found)


def _stop(one: Stop) -> list[Any]:
    times = one.takes, one.due, one.weight, one.ready
    kept = one.under_way, one.planned, one.appointed, one.locked, one.until
    return [one.number, one.at, one.site, *times, *kept]


def _read_stop(told: list[Any]) -> Stop:
    number, at, site, takes, due, weight, ready, *kept = told
    under_way, planned, appointed, locked, until = kept
    return Stop(
        number=number,
        at=_place(at),
        site=site,
        takes=takes,
        due=due,
        weight=weight,
        ready=ready,
        under_way=under_way,
        planned=planned,
        appointed=appointed,
        locked=locked,
        until=until,
    )


def _place(told: list[float] | None) -> tuple[float, float] | None:
    return None if told is None else (told[0], told[1])
