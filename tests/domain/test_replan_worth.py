"""A plan leaves out what is worth no more than its price, and says which orders hang together."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from store.domain.dispatch.crew import Stop, Worker
from store.domain.dispatch.present import Present, Task
from store.domain.dispatch.replan import Replan, propose
from store.domain.dispatch.turns import TurnsKernel
from store.domain.dispatch.worth import hanging, worth_it
from tests.budget import tries
from tests.domain import replan_judge as judge
from tests.domain.test_replan import a_board, plans

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = (42.35, -71.06)


def _cost(kernel: TurnsKernel, moved: Mapping[int, int]) -> float:
    """Of a whole board, reckoned anew."""
    days = [kernel.laid(who, jobs) for who, jobs in enumerate(kernel.held(moved))]
    left = [job for job, who in enumerate(kernel.holder) if moved.get(job, who) < 0]
    return sum(day.cost for day in days) + sum(kernel.not_served[job] for job in left)


def _keeps(kernel: TurnsKernel, moved: Mapping[int, int]) -> bool:
    days = (kernel.laid(who, jobs) for who, jobs in enumerate(kernel.held(moved)))
    return all(map(kernel.holds, days))


@settings(max_examples=tries(40, 200), deadline=None)
@given(st.integers(0, 2**32))
def test_every_move_is_worth_its_price(seed: int) -> None:
    """Without it the board would cost more, or break a rule; but whoever needs help gets it."""
    present = a_board(Random(seed))
    kernel = Replan(present).kernel
    for moves in plans(present):
        assert judge.broken(present, moves) == []
        moved = _jobs(kernel, moves)
        for job in moved:
            rest = {one: who for one, who in moved.items() if one != job}
            if kernel.holder[job] >= 0 and job not in kernel.needy and _keeps(kernel, rest):
                assert _cost(kernel, rest) > _cost(kernel, moved)


@settings(max_examples=tries(40, 200), deadline=None)
@given(st.integers(0, 2**32))
def test_what_hangs_on_another_one_is_worse_without_it(seed: int) -> None:
    """Where that other one stays as it is, it is better that both do."""
    present = a_board(Random(seed))
    kernel = Replan(present).kernel
    moved = _jobs(kernel, plans(present)[-1])
    for job, others in hanging(kernel, moved).items():
        alone = [_hangs(kernel, moved, job, {other}) for other in others]
        assert all(alone) or _hangs(kernel, moved, job, {*others})


def _hangs(kernel: TurnsKernel, moved: Mapping[int, int], job: int, others: set[int]) -> bool:
    rest = {one: who for one, who in moved.items() if one not in others}
    both = {one: who for one, who in rest.items() if one != job}
    if not _keeps(kernel, both):
        return False
    return not _keeps(kernel, rest) or _cost(kernel, both) < _cost(kernel, rest)


def _jobs(kernel: TurnsKernel, moves: Mapping[int, int]) -> dict[int, int]:
    jobs = {task.stop.number: job for job, task in enumerate(kernel.present.tasks)}
    return {jobs[number]: kernel.places_of[who] for number, who in moves.items()}


def _chain(price: float) -> Present:
    """One who is full and alone may do a third order; the other may have what he has."""

    def stop(number: int, weight: float) -> Stop:
        return Stop(number=number, at=HERE, takes=60.0, due=60.0, weight=weight)

    one, two = (Worker(id=who, at=HERE, base=HERE, spans=((0.0, 60.0),)) for who in (1, 2))
    able = {1: 1e9, 2: 1e9}
    return Present(
        workers=(one, two),
        tasks=(
            Task(stop=stop(11, 1.0), holder=1, able=able),
            Task(stop=stop(12, 20.0), able={1: 1e9}),
        ),
        change_price=price,
    )


def test_what_makes_room_and_what_it_is_for_hang_together() -> None:
    """Neither is of use alone: the one is told beside the other."""
    present = _chain(20.0)
    kernel = Replan(present).kernel
    told = propose(kernel, {11: 2, 12: 1})
    assert {row.number: row.hangs_on for row in told.rows} == {12: (11,), 11: (12,)}


def test_what_is_of_no_use_any_more_is_left_out() -> None:
    """An order that was taken away to make room for what goes elsewhere after all."""
    present = _chain(20.0)
    kernel = TurnsKernel(replace(present, tasks=present.tasks[:1]))
    assert worth_it(kernel, {0: 1}) == {}
    assert worth_it(TurnsKernel(present), {0: 1, 1: 0}) == {0: 1, 1: 0}
