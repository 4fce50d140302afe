"""A board to be planned as JSON tells it the process that plans it.

Only what the search reckons with: who may go where is decided before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.domain.dispatch.crew import Stop, Worker
from store.domain.dispatch.present import Present, Task

if TYPE_CHECKING:
    from collections.abc import Mapping


def plain(present: Present) -> dict[str, Any]:
    """The board as plain values; orders that the same people may go to share the list of them."""
    able: dict[tuple[Any, ...], int] = {}
    tasks = []
    for task in present.tasks:
        key = tuple(sorted(task.able.items())), tuple(sorted(task.own.items()))
        tasks.append([_stop(task.stop), task.holder, able.setdefault(key, len(able))])
    return {
        "workers": [
            [one.id, one.at, one.base, one.spans, one.worked_until, [*map(_stop, one.stops)]]
            for one in present.workers
        ],
        "tasks": tasks,
        "able": list(able),
        "upset": sorted(present.upset),
    }


def read(told: Mapping[str, Any]) -> Present:
    """What `plain` told."""
    able = [(dict(may), dict(own)) for may, own in told["able"]]
    return Present(
        workers=tuple(
            Worker(
                id=who,
                at=_place(at),
                base=_place(base),
                spans=tuple((begins, ends) for begins, ends in spans),
                worked_until=worked,
                stops=tuple(map(_read_stop, stops)),
            )
            for who, at, base, spans, worked, stops in told["workers"]
        ),
        tasks=tuple(
            Task(stop=_read_stop(stop), holder=holder, able=able[key][0], own=able[key][1])
            for stop, holder, key in told["tasks"]
        ),
        upset=frozenset(told["upset"]),
    )


def _stop(one: Stop) -> list[Any]:
    times = one.takes, one.due, one.weight, one.ready
    return [one.number, one.at, *times, one.under_way, one.planned, one.locked]


def _read_stop(told: list[Any]) -> Stop:
    number, at, takes, due, weight, ready, under_way, planned, locked = told
    return Stop(
        number=number,
        at=_place(at),
        takes=takes,
        due=due,
        weight=weight,
        ready=ready,
        under_way=under_way,
        planned=planned,
        locked=locked,
    )


def _place(told: list[float] | None) -> tuple[float, float] | None:
    return None if told is None else (told[0], told[1])
