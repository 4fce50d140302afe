"""The whole board planned anew: no rule broken, nothing begun moved, told as it will be."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.domain.dispatch.board import Travel
from store.domain.dispatch.crew import Stop, Worker
from store.domain.dispatch.present import Present, Task
from store.domain.dispatch.replan import Replan, propose
from tests.budget import tries
from tests.domain import replan_judge as judge
from tests.domain.test_recommend import a_stop, a_table, a_worker

PLACE = (42.35, -71.06)
ROUNDS = 48


def a_board(dice: Random) -> Present:
    """People with little or much time, orders that somebody, nobody or a retired one has."""
    workers = [a_worker(dice, number) for number in range(dice.randint(1, 6))]
    for stop in (stop for worker in workers for stop in worker.stops):
        stop.until = dice.choice((inf, inf, 200.0, 600.0))
    ids = [worker.id for worker in workers]
    tasks = []
    for number in range(5000, 5000 + dice.randint(0, 14)):
        able = {who: dice.choice((inf, inf, 200.0, 600.0)) for who in ids if dice.random() < 0.6}
        able = {who: until for who, until in able.items() if workers[who].spans}
        stop = replace(a_stop(dice, number), locked=False)
        holder = dice.choice((None, *ids, *ids, 77))
        if holder in ids and stop.planned is not None:
            stop = replace(stop, ready=max(0.0, stop.planned))
        else:
            stop = replace(stop, planned=None)
        tasks.append(
            Task(
                stop=stop,
                holder=holder,
                accepted=dice.random() < 0.4,
                able=able,
                own={who: dice.choice((15.0, -20.0)) for who in able if dice.random() < 0.2},
            )
        )
    return Present(
        workers=tuple(workers),
        tasks=tuple(tasks),
        travel=Travel(table=a_table(dice)),
        upset=frozenset(who for who in ids if dice.random() < 0.1),
    )


def plans(present: Present, seed: int = 1) -> list[dict[int, int]]:
    """The repair, then every better plan."""
    replan = Replan(present, seed=seed)
    first = [replan.moves]
    search = replan.search
    better = search.run(lambda: search.rounds / ROUNDS)
    return [*first, *map(replan.moves_of, better)]


@settings(max_examples=tries(60, 300), deadline=None)
@given(st.integers(0, 2**32))
def test_no_proposal_breaks_a_rule(seed: int) -> None:
    """Neither the repair nor any later plan, whatever the desk; what is begun is no part of it."""
    present = a_board(Random(seed))
    kernel = Replan(present).kernel
    for moves in plans(present):
        assert judge.broken(present, moves) == []
        assert propose(kernel, moves).keeps_the_rules


@pytest.mark.parametrize("seed", range(100))
def test_no_plan_has_anybody_in_two_places_at_once(seed: int) -> None:
    """Before it and after it, also where what is under way overruns a gap of the day."""
    present = a_board(Random(seed))
    replan = Replan(present)
    kernel = replan.kernel
    for _plan in replan.search.run(lambda: replan.search.rounds / ROUNDS):
        pass
    for routes in (kernel.now, replan.search.best.routes):
        turns = {
            present.workers[route.person].id: {
                kernel.stops[job].number: (turn.start, turn.end)
                for job, turn in kernel.laid(route.person, route.stops).turns.items()
            }
            for route in routes
        }
        assert judge.torn(present, turns) == []


@settings(max_examples=tries(60, 300), deadline=None)
@given(st.integers(0, 2**32), st.data())
def test_what_is_told_is_what_will_be(seed: int, data: st.DataObject) -> None:
    """Also of a part of it: once that is done, the board as it stands then says the same."""
    present = a_board(Random(seed))
    kernel = Replan(present).kernel
    moves = plans(present)[-1]
    ticked = data.draw(st.sets(st.sampled_from(sorted(moves)))) if moves else set()
    told = propose(kernel, moves, ticked)
    some = {number: moves[number] for number in ticked}
    wrong = judge.broken(present, some) + judge.interrupted(present, some)
    assert told.keeps_the_rules == (wrong == [])
    tasks = tuple(judge.moved(present, task, some) for task in present.tasks)
    after = replace(present, tasks=tasks)
    then = judge.holders(after, {})
    ends: dict[int, tuple[float, bool]] = {}
    travel = 0.0
    for worker in present.workers:
        his, way = judge.laid(after, worker, then)
        ends |= his
        travel += way
    for row in told.rows:
        if row.ticked and row.after is not None:
            assert row.after.end == pytest.approx(ends[row.number][0])
    assert told.after.travel_min == pytest.approx(travel)
    if told.keeps_the_rules:
        assert propose(Replan(after).kernel, {}).before == pytest.approx(told.after)


@settings(max_examples=tries(25, 120), deadline=None)
@given(st.integers(0, 2**32))
def test_a_repair_moves_only_what_needs_somebody(seed: int) -> None:
    """An order whose technician comes to it stays with him; better plans only cost less."""
    present = a_board(Random(seed))
    replan = Replan(present)
    kernel, needy = replan.kernel, replan.kernel.needy
    numbers = {kernel.stops[job].number for job in needy}
    for number in replan.moves:
        task = next(task for task in present.tasks if task.stop.number == number)
        assert number in numbers or task.holder not in kernel.places_of
    better = replan.search.run(lambda: replan.search.rounds / ROUNDS)
    costs = [replan.search.best.cost, *(replan.search.best.cost for _plan in better)]
    assert costs == sorted(costs, reverse=True)


@settings(max_examples=tries(25, 120), deadline=None)
@given(st.integers(0, 2**32))
@example(1687664)  # what is locked to a time comes later where another is only taken out
def test_a_plan_goes_on_from_the_one_before(seed: int) -> None:
    """Whatever became of the board: what still may be of it is kept, where that is better."""
    dice = Random(seed)
    present = a_board(dice)
    before = Replan(present)
    for _plan in before.search.run(lambda: before.search.rounds / ROUNDS):
        pass
    again = Replan(present, start=before.moves)
    assert again.search.best.cost <= before.search.best.cost + 1e-6
    gone = [worker for worker in present.workers if dice.random() < 0.8]
    tasks = tuple(task for task in present.tasks if dice.random() < 0.8)
    other = replace(present, workers=tuple(gone), tasks=tasks)
    moves = Replan(other, start=before.moves).moves
    assert judge.broken(other, moves) == []


def test_the_same_seed_and_rounds_give_the_same() -> None:
    """A drill replays identically."""
    present = a_board(Random(3))
    assert plans(present, seed=5) == plans(present, seed=5)


WANG = Worker(id=1, at=PLACE, base=PLACE, spans=((0, 480),))
LI = replace(WANG, id=2)
TASK = Task(stop=Stop(number=1042, at=PLACE, takes=60, due=240, weight=8.0), able={1: inf, 2: inf})


def test_who_drops_out_is_replaced_and_the_rest_stays() -> None:
    """The orders of somebody who is not there go to who is; the other's stay with him."""
    gone = replace(LI, spans=())
    his = replace(TASK, holder=2, able={1: inf})
    others = replace(TASK, stop=replace(TASK.stop, number=7), holder=1, able={1: inf})
    replan = Replan(Present(workers=(WANG, gone), tasks=(his, others)))
    told = propose(replan.kernel, replan.moves)
    (row,) = told.rows
    assert (row.number, row.loses, row.gains, row.before) == (1042, 2, 1, None)
    assert (told.before.nobody, told.after.nobody) == (1, 0)


def test_to_leave_one_undone_is_told_as_no_better() -> None:
    """What nobody comes to counts among what is late: else a plan without it would look better."""
    loose = replace(TASK, stop=replace(TASK.stop, due=30))
    replan = Replan(Present(workers=(WANG,), tasks=(loose,)))
    assert replan.moves == {1042: 1}
    whole, nothing = (propose(replan.kernel, replan.moves, some) for some in ({1042}, set()))
    assert [(one.after.late, one.after.nobody) for one in (whole, nothing)] == [(1, 0), (1, 1)]
    assert (whole.before.late, whole.after.late_min) == (1, 30)


def test_what_fits_is_given_out_whatever_the_way_costs() -> None:
    """Also without a promise that is near, and though whoever goes has work at home later on."""
    later = Stop(number=1, at=PLACE, takes=180, due=2400, weight=20.0, ready=2280, planned=2280)
    far = Stop(number=2, at=(42.85, -71.56), takes=60, due=inf, weight=1.0)
    both = tuple(replace(one, spans=((0, 2880),), stops=(later,)) for one in (WANG, LI))
    board = Present(workers=both, tasks=(Task(stop=far, able={1: inf, 2: inf}),))
    replan = Replan(board)
    told = propose(replan.kernel, replan.moves)
    assert ([*replan.moves], told.left) == ([2], ())
    assert told.after.travel_min > 120


def test_one_that_cannot_be_helped_keeps_nobody_else_from_help() -> None:
    """It had its place before a more urgent one came into the same day: it stays, others go."""
    short = replace(LI, spans=((0, 100),))
    third, fourth = replace(WANG, id=3, spans=()), replace(WANG, id=4, spans=())
    late = replace(TASK, stop=replace(TASK.stop, number=1, takes=90, due=10), holder=2)
    late = replace(late, able={2: inf})
    urgent = replace(TASK, stop=replace(TASK.stop, number=2, weight=20.0), holder=3, able={2: inf})
    other = replace(TASK, stop=replace(TASK.stop, number=3), holder=4, able={1: inf})
    board = Present(
        workers=(WANG, short, third, fourth),
        tasks=(late, urgent, other),
        upset=frozenset({2, 3, 4}),
    )
    assert Replan(board).moves == {3: 1}


@settings(max_examples=tries(40, 200), deadline=None)
@given(st.integers(0, 2**32))
def test_every_repair_helps_whoever_can_be_helped_alone(seed: int) -> None:
    """However much else of the board cannot be helped: what finds somebody free is not left."""
    present = a_board(Random(seed))
    helper = Worker(id=90, at=PLACE, base=PLACE, spans=((0, 9000),))
    gone = replace(helper, id=91, spans=())
    his = replace(TASK, stop=replace(TASK.stop, number=9000), holder=91, able={90: inf})
    board = replace(present, workers=(*present.workers, helper, gone), tasks=(*present.tasks, his))
    assert Replan(board).moves[9000] == 90


def test_a_part_that_does_not_fit_alone_says_so() -> None:
    """What comes in the place of another that goes is not taken without that."""
    short = replace(LI, spans=((0, 70),))
    stays = replace(TASK, holder=2, stop=replace(TASK.stop, number=7))
    comes = replace(TASK, holder=1)
    kernel = Replan(Present(workers=(WANG, short), tasks=(stays, comes))).kernel
    moves = {7: 1, 1042: 2}
    assert propose(kernel, moves).keeps_the_rules
    part = propose(kernel, moves, {1042})
    assert not part.keeps_the_rules
    assert [row.fits for row in part.rows if row.number == 1042] == [False]


def test_who_loses_an_order_still_comes_to_the_others() -> None:
    """With one less a long one fits into today, and may push another out of it."""
    his = replace(LI, spans=((0, 100), (1440, 2000)))
    made = ((1, 40, 1.0), (2, 90, 2.0), (3, 50, 3.0))
    first, long, short = (
        replace(TASK, holder=2, stop=replace(TASK.stop, number=n, takes=takes, due=due))
        for n, takes, due in made
    )
    papers = replace(short, able={1: inf, 2: 100.0})
    kernel = Replan(Present(workers=(WANG, his), tasks=(first, long, papers))).kernel
    assert kernel.now[1].short == frozenset()
    assert not propose(kernel, {1: 1}).keeps_the_rules
    assert propose(kernel, {1: 1, 3: 1}).keeps_the_rules


def test_a_start_that_was_given_stays_with_whoever_comes_to_it() -> None:
    """However near another one is; of who drops out it goes to another, who comes in his turn."""
    near, far = (42.36, -71.06), (42.352, -71.06)
    given_start = replace(TASK.stop, at=near, planned=200.0, ready=200.0)
    task = replace(TASK, stop=given_start, holder=1)
    worker = replace(WANG, at=far, base=far)
    present = Present(workers=(worker, replace(LI, at=near)), tasks=(task,), change_price=0.0)
    assert plans(present)[-1] == {}
    gone = replace(present, workers=(replace(worker, spans=()), present.workers[1]))
    replan = Replan(gone)
    told = propose(replan.kernel, replan.moves)
    (row,) = told.rows
    assert (row.loses, row.gains) == (1, 2)
    assert row.after is not None
    assert row.after.start == 0


def test_an_order_changes_hands_only_for_its_price() -> None:
    """A few minutes of travel are not worth another technician."""
    near, far = (42.36, -71.06), (42.352, -71.06)
    task = replace(TASK, stop=replace(TASK.stop, at=near), holder=1)
    present = Present(
        workers=(replace(WANG, at=far, base=far), replace(LI, at=near)), tasks=(task,)
    )
    assert plans(present)[-1] == {}
    assert plans(replace(present, change_price=0.0))[-1] == {1042: 2}
