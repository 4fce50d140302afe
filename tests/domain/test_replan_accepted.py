"""What somebody has said yes to is taken from him only for what is more urgent."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.domain.dispatch.crew import Stop
from store.domain.dispatch.present import Present, Task
from store.domain.dispatch.replan import Replan
from tests.domain.replan_judge import holders, laid
from tests.domain.test_recommend import a_worker
from tests.domain.test_replan import PLACE, TASK, a_board, plans

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.dispatch.crew import Worker


def interrupted(present: Present, moves: Mapping[int, int]) -> list[int]:
    """Accepted orders that somebody loses who could do them, for nothing that is more urgent."""
    tasks = {task.stop.number: task for task in present.tasks}
    now = holders(present, {})
    found = []
    for worker in present.workers:
        ends, _travel = laid(present, worker, now)
        gained = [tasks[n].stop.weight for n, who in moves.items() if who == worker.id]
        for number in moves:
            task = tasks[number]
            if not task.accepted or task.holder != worker.id:
                continue
            end, fits = ends.get(number, (inf, False))
            helped = not fits or (worker.id in present.upset and end > task.stop.due)
            if not helped and not (gained and min(gained) > task.stop.weight):
                found.append(number)
    return found


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_no_accepted_order_gives_way_to_what_is_no_more_urgent(seed: int) -> None:
    """Neither in the repair nor in any later plan."""
    present = a_board(Random(seed))
    for moves in plans(present):
        assert interrupted(present, moves) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_the_same_board_gives_the_same_plans(seed: int) -> None:
    """Also where something is put back before the rest."""
    present = a_board(Random(seed))
    assert plans(present) == plans(present)


def _two(weight: float, *, accepted: bool) -> Present:
    """One has an order; a new one, that only he can do, would make it late by hours."""
    old = Stop(number=1, at=PLACE, takes=60, due=70, weight=4.0)
    new = Stop(number=2, at=PLACE, takes=60, due=60, weight=weight)
    here = replace(a_worker(Random(1), 1), id=1, at=PLACE, stops=())
    people = tuple(_free(replace(here, id=who)) for who in (1, 2))
    return Present(
        workers=people,
        tasks=(
            Task(stop=old, holder=1, accepted=accepted, able={1: inf, 2: inf}),
            Task(stop=new, able={1: inf}),
        ),
    )


def _free(worker: Worker) -> Worker:
    span = ((0.0, 900.0),)
    return replace(worker, spans=span, site=None, base=PLACE, base_site=None, worked_until=None)


@pytest.mark.parametrize(("weight", "accepted", "moves"), [
    (8.0, False, {1: 2, 2: 1}), (8.0, True, {1: 2, 2: 1}),
    (4.0, False, {1: 2, 2: 1}), (4.0, True, {2: 1}),
    (1.0, True, {2: 1}),
])  # fmt: skip
def test_only_the_more_urgent_takes_it(
    weight: float, accepted: bool, moves: dict[int, int]
) -> None:
    """Of the same priority he does both, one of them late; who has not said yes gives way."""
    assert plans(_two(weight, accepted=accepted))[-1] == moves


def test_taking_it_costs_more() -> None:
    """By the price of an accepted order beside that of any order that changes hands."""
    present, costs = _two(8.0, accepted=False), []
    for accepted in (False, True):
        task = replace(TASK, holder=1, accepted=accepted)
        kernel = Replan(replace(present, tasks=(task,))).kernel
        costs.append(kernel.laid(1, (0,)).cost)
    assert costs[1] - costs[0] == present.accepted_price


def test_who_cannot_come_is_helped_as_if_he_had_not_said_yes() -> None:
    """Nobody is interrupted: it costs what any order costs, also where no promise presses."""
    stop = replace(TASK.stop, due=inf, weight=1.0)
    tasks = (Task(stop=stop, holder=1, accepted=True, able={1: inf, 2: inf}),)
    present = replace(_two(8.0, accepted=False), tasks=tasks)
    gone = replace(present.workers[0], spans=())
    present = replace(present, workers=(gone, present.workers[1]))
    assert Replan(present).moves == {stop.number: 2}
