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
from store.domain.dispatch.replan import Replan, propose
from store.domain.dispatch.ticked import toggled
from tests.budget import tries
from tests.domain.replan_judge import interrupted
from tests.domain.test_recommend import a_worker
from tests.domain.test_replan import PLACE, TASK, a_board, plans

if TYPE_CHECKING:
    from store.domain.dispatch.crew import Worker
    from store.domain.dispatch.proposal import Proposal


@settings(max_examples=tries(80, 400), deadline=None)
@given(st.integers(0, 2**32))
def test_no_accepted_order_gives_way_to_what_is_no_more_urgent(seed: int) -> None:
    """Neither in the repair nor in any later plan."""
    present = a_board(Random(seed))
    for moves in plans(present):
        assert interrupted(present, moves) == []


@settings(max_examples=tries(25, 120), deadline=None)
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


def _all_of(present: Present) -> Proposal:
    return propose(Replan(present).kernel, plans(present)[-1])


def test_an_interruption_says_for_what_it_is() -> None:
    """The more urgent order that comes to whom it is taken from; a fresh one interrupts nobody."""
    told = {row.number: row.reasons for row in _all_of(_two(8.0, accepted=True)).rows}
    assert told == {1: (2,), 2: ()}
    fresh = _all_of(_two(8.0, accepted=False)).rows
    assert [row.reasons for row in fresh] == [(), ()]


def test_without_its_reason_an_interruption_is_refused() -> None:
    """Ticked alone it would take an accepted order away for nothing."""
    present = _two(8.0, accepted=True)
    kernel, moves = Replan(present).kernel, plans(present)[-1]
    told = propose(kernel, moves, {1})
    assert [(row.number, row.groundless) for row in told.rows if not row.fits] == [(1, True)]
    assert not told.keeps_the_rules
    for ticked in ({2}, {1, 2}, ()):
        assert propose(kernel, moves, ticked).keeps_the_rules


@settings(max_examples=tries(60, 300), deadline=None)
@given(st.integers(0, 2**32), st.data())
def test_ticking_leaves_no_interruption_without_a_reason(seed: int, data: st.DataObject) -> None:
    """Whatever is ticked and unticked in whatever turn; what was chosen does as it is told."""
    present = a_board(Random(seed))
    kernel, moves = Replan(present).kernel, plans(present)[-1]
    off = set[int]()
    reasons = {row.number: row.reasons for row in propose(kernel, moves).rows}
    chosen = data.draw(st.lists(st.sampled_from(sorted(moves)), max_size=6)) if moves else []
    for number in chosen:
        was = number in off
        off = toggled(reasons, off, number)
        assert (number in off) is not was
        told = propose(kernel, moves, moves.keys() - off)
        assert not any(row.groundless for row in told.rows)


def test_an_interruption_goes_and_comes_with_its_reason() -> None:
    """Also where that is an interruption itself; a reason goes alone where another is left."""
    rows: dict[int, tuple[int, ...]] = {1: (2,), 2: (3, 4), 3: (), 4: ()}
    assert toggled(rows, set(), 3) == {3}
    assert toggled(rows, {3}, 4) == {1, 2, 3, 4}
    assert toggled(rows, {1, 2, 3, 4}, 1) == set()
    assert toggled(rows, {1, 2, 3, 4}, 4) == {1, 2, 3}
    assert toggled(rows, set(), 1) == {1}
