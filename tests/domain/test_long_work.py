"""Work that is longer than any span of somebody's time is laid over several."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from random import Random

import pytest

from store.domain.dispatch.board import Travel
from store.domain.dispatch.crew import Stop, Worker
from store.domain.dispatch.laid import lay
from store.domain.dispatch.present import Present, Task
from store.domain.dispatch.replan import Replan, propose
from store.domain.dispatch.ways import ways_of
from tests.domain import replan_judge as judge
from tests.domain.test_replan import ROUNDS, a_board

PLACE, BASE = (42.35, -71.06), (42.36, -71.06)
HOP = 7
"""Minutes from the base to the place."""
LONG = Stop(number=1042, at=PLACE, takes=600, due=2000, weight=3.0)
ANA = Worker(id=1, at=PLACE, base=BASE, spans=((0, 480), (1440, 1920)))


def parts(worker: Worker) -> list[list[tuple[int, float, float]]]:
    """Span by span, what is done from when to when."""
    return [
        [(s.number, a, b) for s, a, b in zip(one.stops, one.starts, one.dones[1:], strict=True)]
        for one in lay(worker, ways_of(Travel()))
    ]


def test_long_work_goes_on_in_the_next_span() -> None:
    """After another trip; it is late by its end alone."""
    first, second = lay(replace(ANA, stops=(LONG,)), ways_of(Travel()))
    assert [(first.starts, first.dones[1:])] == [([0], [480])]
    assert (second.starts, second.dones[1:]) == ([1440 + HOP], [1440 + HOP + 120])
    assert first.stops[0].due == inf
    assert second.stops[0].due == 2000


def test_what_fits_into_a_span_is_not_split() -> None:
    """Today's rest is too short for it, tomorrow is not."""
    busy = Stop(number=1, at=PLACE, takes=300, due=10, weight=20.0)
    worker = replace(ANA, stops=(busy, replace(LONG, takes=400)))
    assert parts(worker) == [[(1, 0, 300)], [(1042, 1440 + HOP, 1840 + HOP)]]


@pytest.mark.parametrize(("takes", "today"), [(455, None), (440, 40)])
def test_the_last_minutes_are_not_worth_beginning(takes: float, today: float | None) -> None:
    """Half an hour is; what goes on comes before what is less urgent."""
    busy = Stop(number=1, at=PLACE, takes=takes, due=10, weight=20.0)
    after = Stop(number=2, at=PLACE, takes=60, due=3000, weight=1.0)
    long = replace(LONG, takes=500)
    first, second = parts(replace(ANA, stops=(busy, long, after)))
    assert [number for number, _start, _end in first] == ([1, 1042] if today else [1])
    assert second[0][0] == 1042


def test_more_than_all_of_his_time_stays_whole() -> None:
    """It can be begun, but nobody knows when it ends: it does not eat the days of the others."""
    endless = replace(LONG, takes=5000)
    assert parts(replace(ANA, stops=(endless,))) == [
        [],
        [(1042, 1440 + HOP, 6440 + HOP)],
    ]


def test_a_plan_gives_long_work_to_whoever_has_the_days() -> None:
    """Shown from its first beginning to its end, and no rule is broken."""
    short = Worker(id=2, at=PLACE, base=BASE, spans=((0, 480),))
    task = Task(stop=LONG, able={1: inf, 2: inf})
    present = Present(workers=(ANA, short), tasks=(task,))
    replan = Replan(present)
    assert replan.moves == {1042: 1}
    assert judge.broken(present, replan.moves) == []
    (row,) = propose(replan.kernel, replan.moves).rows
    assert row.after is not None
    assert (row.after.start, row.after.end, row.after.fits) == (0, 1560 + HOP, True)


@pytest.mark.parametrize("seed", range(150))
def test_a_plan_and_the_desk_lay_the_same_days(seed: int) -> None:
    """What a plan shows is what the desk reckons once it is taken, long work too."""
    present = a_board(Random(seed))
    replan = Replan(present)
    for _plan in replan.search.run(lambda: replan.search.rounds / ROUNDS):
        pass
    kernel = replan.kernel
    for worker, route in zip(present.workers, replan.search.best.routes, strict=True):
        jobs = kernel.in_order((*kernel.fixed[route.person], *route.stops))
        tasks = {task.stop.number: task for task in present.tasks}
        laid = (kernel.stops[job] for job in jobs)
        stops = tuple(
            judge.stop_of(present, tasks[one.number], worker) if one.number in tasks else one
            for one in laid
        )
        days = lay(replace(worker, stops=stops), ways_of(present.travel))
        ends = {
            s.number: end for one in days for s, end in zip(one.stops, one.dones[1:], strict=True)
        }
        starts: dict[int, float] = {}
        for one in days:
            for stop, start in zip(one.stops, one.starts, strict=True):
                starts.setdefault(stop.number, start)
        made = kernel.laid(route.person, route.stops)
        assert {kernel.stops[job].number: turn.start for job, turn in made.turns.items()} == starts
        assert {kernel.stops[job].number: turn.end for job, turn in made.turns.items()} == ends
