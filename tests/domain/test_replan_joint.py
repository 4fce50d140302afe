"""Orders that several do together in a plan for the whole board: all at one start, or nobody."""

from __future__ import annotations

import json
from dataclasses import replace
from math import inf
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.replan.wire import plain, read
from store.domain.dispatch.crew import Stop, Worker
from store.domain.dispatch.present import Joint, Present, Sent, Task
from store.domain.dispatch.replan import Replan, propose
from tests.budget import tries
from tests.domain import joint_judge
from tests.domain import replan_judge as judge
from tests.domain.test_recommend import a_stop
from tests.domain.test_replan import ROUNDS, a_board

if TYPE_CHECKING:
    from store.domain.dispatch.replan import Moves


def with_joint(dice: Random, present: Present) -> Present:
    """The board with orders for two or three that some, or nobody, or a retired one has."""
    workers = {worker.id: worker for worker in present.workers}
    joint = []
    for number in range(7000, 7000 + dice.randint(1, 3)):
        wants, stop = dice.choice((2, 2, 3)), replace(a_stop(dice, number), locked=False)
        has = tuple(dice.sample([*workers, 77], min(dice.randint(0, wants), len(workers) + 1)))
        stays = bool(has) and dice.random() < 0.2
        if not has:
            met = dice.choice((None, None, 120.0))
            ready = met or 0.0
            stop = replace(stop, planned=met, appointed=met, ready=ready)
        stop = replace(stop, locked=stays or (stop.planned or -1.0) >= 0)
        able = {who: dice.choice((inf, inf, 600.0)) for who in workers if dice.random() < 0.8}
        able = {who: until for who, until in able.items() if workers[who].spans}
        own = {who: 15.0 for who in able if dice.random() < 0.2}
        joint.append(Joint(stop=stop, wants=wants, has=has, stays=stays, able=able, own=own))
        for who in has:
            if who in workers:
                workers[who] = replace(workers[who], stops=(*workers[who].stops, stop))
    some = tuple(workers.values())
    return replace(present, workers=some, joint=tuple(joint), past=dice.choice((0.0, 0.25)))


def planned(present: Present) -> tuple[Replan, Moves]:
    replan = Replan(present)
    for _plan in replan.search.run(lambda: replan.search.rounds / ROUNDS):
        pass
    return replan, replan.moves


@settings(max_examples=tries(40, 200), deadline=None)
@given(st.integers(0, 2**32))
def test_no_plan_for_several_breaks_a_rule(seed: int) -> None:
    """As many as it takes, all at one start; nothing gives way, and no lock is touched."""
    present = with_joint(Random(seed), a_board(Random(seed)))
    replan, moves = planned(present)
    sent = replan.kernel.present.sent
    assert joint_judge.broken(present, sent, moves) == []
    told = propose(replan.kernel, moves)
    assert told.keeps_the_rules
    assert told.sent == {one.number for one in sent}


@settings(max_examples=tries(25, 120), deadline=None)
@given(st.integers(0, 2**32), st.data())
def test_a_part_is_told_as_it_will_be(seed: int, data: st.DataObject) -> None:
    """With some of it ticked; once that is accepted, the board as it stands then says the same."""
    present = with_joint(Random(seed), a_board(Random(seed)))
    replan, moves = planned(present)
    sent = replan.kernel.present.sent
    every = sorted({*moves, *(one.number for one in sent)})
    ticked = data.draw(st.sets(st.sampled_from(every))) if every else set()
    told = propose(replan.kernel, moves, ticked)
    part = [one for one in sent if one.number in ticked]
    some = {number: who for number, who in moves.items() if number in ticked}
    wrong = joint_judge.broken(present, part, some)
    if told.keeps_the_rules:
        assert wrong == []
    after = joint_judge.landed(present, part, some)
    again = Replan(after)
    assert not {one.number for one in part} & {one.number for one in again.kernel.present.sent}
    assert propose(Replan(replace(after, joint=())).kernel, {}).before.travel_min == pytest.approx(
        told.after.travel_min
    )
    holders = judge.holders(after, {})
    for row in told.rows:
        if row.ticked and row.after is not None:
            worker = next(one for one in after.workers if one.id == row.gains)
            ends, _way = judge.laid(after, worker, holders)
            assert row.after.end == pytest.approx(ends[row.number][0])


@pytest.mark.parametrize("seed", range(40))
def test_nobody_is_in_two_places_at_once(seed: int) -> None:
    """With what several do among the rest."""
    present = with_joint(Random(seed), a_board(Random(seed)))
    replan, moves = planned(present)
    kernel = replan.kernel
    after = joint_judge.landed(present, kernel.present.sent, moves)
    turns = {
        worker.id: {
            kernel.stops[job].number: (turn.start, turn.end)
            for job, turn in kernel.laid(route.person, route.stops).turns.items()
        }
        for worker, route in zip(after.workers, replan.search.best.routes, strict=True)
    }
    assert judge.torn(after, turns) == []


@pytest.mark.parametrize("seed", range(20))
def test_another_process_plans_around_it(seed: int) -> None:
    """What is sent to several it is told as stops that stay; the rest it plans as here."""
    replan, moves = planned(with_joint(Random(seed), a_board(Random(seed))))
    told = json.loads(json.dumps(plain(replan.kernel.present)))
    assert planned(read(told))[1] == moves


PLACE = (42.35, -71.06)
WANG = Worker(id=1, at=PLACE, base=PLACE, spans=((0, 480),))
LI, CHEN = replace(WANG, id=2), replace(WANG, id=3)
STOP = Stop(number=1042, at=PLACE, takes=60, due=240, weight=8.0)
BOTH = Joint(stop=STOP, wants=2, able={1: inf, 2: inf, 3: inf})


def has(worker: Worker, *stops: Stop) -> Worker:
    return replace(worker, stops=(*worker.stops, *stops))


def test_two_go_at_one_start() -> None:
    """When both are free, and have some minutes in hand, not when the first is; who is busy longest
    is not asked.
    """
    work = replace(STOP, number=7, takes=50, weight=20.0)
    longer = replace(work, number=8, takes=200)
    present = Present(workers=(has(WANG, work), LI, has(CHEN, longer)), tasks=(), joint=(BOTH,))
    (row,) = propose(Replan(present).kernel, {}).rows
    assert row.sent == Sent(number=1042, start=60.0, had=(), have=(1, 2))
    assert (row.losing, set(row.gaining), row.before) == ((), {1, 2}, None)


def test_the_second_comes_when_the_first_does() -> None:
    """Who has it stays, also at the start that it was given; locked or not."""
    timed = replace(STOP, planned=90.0, ready=90.0)
    for stop, stays, start in ((STOP, False, 10.0), (timed, False, 90.0), (timed, True, 90.0)):
        joint = replace(BOTH, stop=stop, has=(1,), stays=stays)
        present = Present(workers=(has(WANG, stop), LI), tasks=(), joint=(joint,))
        (row,) = propose(Replan(present).kernel, {}).rows
        assert row.sent == Sent(number=1042, start=start, had=(1,), have=(1, 2))
        assert (row.losing, row.gaining) == ((), (2,))


def test_what_is_locked_is_given_no_start() -> None:
    """It is told that it lacks somebody; who locked it unlocks it, or says when it begins."""
    joint = replace(BOTH, has=(1,), stays=True)
    present = Present(workers=(has(WANG, STOP), LI), tasks=(), joint=(joint,))
    assert Replan(present).kernel.present.sent == ()


def test_who_drops_out_is_replaced_beside_the_other() -> None:
    """The one who can come stays; at the start that was given."""
    stop = replace(STOP, planned=90.0, ready=90.0)
    gone = replace(has(LI, stop), spans=())
    joint = replace(BOTH, stop=stop, has=(1, 2), able={1: inf, 3: inf})
    present = Present(workers=(has(WANG, stop), gone, CHEN), tasks=(), joint=(joint,))
    told = propose(Replan(present).kernel, {})
    (row,) = told.rows
    assert row.sent == Sent(number=1042, start=90.0, had=(1, 2), have=(1, 3))
    assert (row.losing, row.gaining, row.loses, row.gains) == ((2,), (3,), 2, 3)


def test_it_is_late_once_and_nobody_comes_once() -> None:
    """However many do it."""
    late = replace(BOTH, stop=replace(STOP, due=30))
    present = Present(workers=(WANG, LI), tasks=(), joint=(late,))
    told = propose(Replan(present).kernel, {})
    assert [(one.late, one.nobody) for one in (told.before, told.after)] == [(1, 1), (1, 0)]
    assert told.after.late_min == 40
    nothing = propose(Replan(present).kernel, {}, set())
    assert (nothing.after, nothing.sent) == (told.before, frozenset())


def test_one_alone_is_not_sent() -> None:
    """All of them, or nobody: the order is left as it is."""
    present = Present(workers=(WANG, replace(LI, spans=())), tasks=(), joint=(BOTH,))
    assert propose(Replan(present).kernel, {}).rows == ()


def test_the_rest_is_planned_around_it() -> None:
    """What either of them has afterwards comes before or behind it, never in its time."""
    loose = tuple(
        Task(stop=replace(STOP, number=n, weight=20.0, due=100), able={1: inf}) for n in (1, 2, 3)
    )
    present = Present(workers=(WANG, LI), tasks=loose, joint=(BOTH,))
    replan, moves = planned(present)
    assert moves == {1: 1, 2: 1, 3: 1}
    (sent,) = replan.kernel.present.sent
    assert joint_judge.broken(present, (sent,), moves) == []
    assert sent.start == 190
