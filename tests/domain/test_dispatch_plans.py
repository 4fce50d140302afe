"""Plans for a board: every rule kept, every cost told as it is, and none cheaper left unseen."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations, product
from math import inf
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.commands_plan import told
from console.intake.board_file import board_of
from store.domain.dispatch.routes import Kernel
from store.domain.dispatch.search import Search
from tests.budget import tries
from tests.domain.dispatch_judge import judged

TRADES = ("lift", "water", "power")
TRAVEL = {"speed_kmh": 24, "road_factor": 1.35, "fixed_min": 3}


def a_board(seed: int, *, orders: int, people: int) -> dict[str, Any]:
    """Places of one town, some of them the same; promises of which not all can be kept."""
    dice = Random(seed)
    places = [[42.3 + dice.random() / 9, -71.1 + dice.random() / 9] for _ in range(orders + 2)]
    return {
        "travel": TRAVEL,
        "overload_share": 0.85,
        "technicians": [
            {
                "id": f"T{n}",
                "skills": dice.sample(TRADES, dice.randint(1, 3)),
                "at": dice.choice(places),
                "shift": dice.choice([[0, 480], [120, 600], [-60, 200]]),
            }
            for n in range(people)
        ],
        "orders": [
            {
                "id": f"O{n}",
                "skill": dice.choice((*TRADES, None)),
                "at": dice.choice(places),
                "duration_min": dice.choice((0, 15, 30, 45, 90, 33.5)),
                "ready": dice.choice((0, 0, 0, 60, 300)),
                "due": dice.randint(-60, 500),
                "weight": dice.choice((0, 1, 3, 8, 20)),
                "not_served_cost": dice.choice((0, 60, 900, 5000)),
                "locked_to": dice.choice((None, None, None, f"T{dice.randrange(people)}")),
            }
            for n in range(orders)
        ],
    }


def after(search: Search, rounds: int) -> Search:
    for _better in search.run(lambda: search.rounds / rounds):
        pass
    return search


@settings(max_examples=40)
@given(st.integers(0, 10**9), st.integers(0, 25), st.integers(1, 6))
def test_a_plan_keeps_every_rule_and_tells_its_cost(seed: int, orders: int, people: int) -> None:
    """Judged by other code: each order once, skills, shifts, locks, times, and the sum."""
    values = a_board(seed, orders=orders, people=people)
    search = Search(board_of(values), seed=seed)
    first = search.best.cost
    after(search, 60)
    plan = told(search.kernel, search.best)
    assert judged(values, plan) == pytest.approx(search.best.cost)
    assert search.best.cost <= first


@settings(max_examples=tries(25, 120))
@given(st.integers(0, 10**9), st.integers(1, 9))
def test_the_cheapest_insertion_is_the_cheapest(seed: int, stops: int) -> None:
    """As reckoning every place anew says, wherever it is late, waits, or cuts short."""
    kernel = Kernel(board_of(a_board(seed, orders=stops + 1, people=3)))
    for person in range(3):
        route = kernel.route(person, tuple(range(stops)))
        if route is None:
            continue
        made = [
            kernel.route(person, (*route.stops[:at], stops, *route.stops[at:]))
            for at in range(stops + 1)
        ]
        least = min((one.cost - route.cost for one in made if one), default=float("inf"))
        cost, at = kernel.insertion(route, stops)
        assert cost == pytest.approx(least)
        if one := made[at] if at >= 0 else None:
            assert one.cost - route.cost == pytest.approx(least)


@pytest.mark.parametrize("seed", range(8))
def test_a_small_board_gets_its_best_plan(seed: int) -> None:
    """All orders to all technicians in all sequences: none is cheaper."""
    values = a_board(seed, orders=6, people=2)
    search = after(Search(board_of(values)), 1500)
    assert search.best.cost == pytest.approx(_least(Kernel(board_of(values))))


def _least(kernel: Kernel) -> float:
    """The cost of the best plan, by trying all."""
    best: dict[tuple[int, frozenset[int]], float] = {}
    jobs = range(len(kernel.due))
    for person, some in product((0, 1), range(1 << len(jobs))):
        mine = frozenset(job for job in jobs if some >> job & 1)
        if all(person in kernel.able[job] for job in mine):
            routes = (kernel.route(person, order) for order in permutations(mine))
            costs = [route.cost for route in routes if route]
            if costs:
                best[person, mine] = min(costs)
    everything = frozenset(jobs)
    return min(
        cost + other + sum(kernel.not_served[job] for job in everything - mine - theirs)
        for (person, mine), cost in best.items()
        if person == 0
        for (whose, theirs), other in best.items()
        if whose == 1 and not mine & theirs
    )


def test_the_same_seed_and_rounds_give_the_same_plan() -> None:
    """A drill can be played again."""
    board = board_of(a_board(3, orders=90, people=12))
    one, two, other = (after(Search(board, seed=seed), 32) for seed in (5, 5, 6))
    assert told(one.kernel, one.best) == told(two.kernel, two.best)
    assert told(one.kernel, one.best) != told(other.kernel, other.best)


def test_parts_of_minutes_may_add_up_to_more() -> None:
    """Reckoned from one end a shift just holds all, from the other it does not; nothing breaks."""
    dice = Random(3)
    for _ in range(12):
        values = a_board(1, orders=12, people=2)
        for one in values["technicians"]:
            one["shift"] = [0.1 * dice.randint(0, 3), 0.1 * dice.randint(10, 40)]
        for one in values["technicians"] + values["orders"]:
            one["at"] = [42.3, -71.1]
        for one in values["orders"]:
            one |= {"duration_min": 0.1 * dice.randint(1, 9), "ready": 0.1 * dice.randint(0, 9)}
            one |= {"skill": None, "locked_to": None, "not_served_cost": 900}
        search = after(Search(board_of(values)), 300)
        assert judged(values, told(search.kernel, search.best)) == pytest.approx(search.best.cost)


def test_orders_of_one_building_are_all_looked_at() -> None:
    """As near as each other are more than an order knows as neighbours; none is passed by."""
    values = a_board(1, orders=90, people=3)
    for one in values["technicians"] + values["orders"]:
        one["at"] = [42.3, -71.1]
    search = Search(board_of(values))
    seen = [search._near.neighbours(job) for job in range(90)]
    assert all(job in near for job, near in enumerate(seen))
    assert set().union(*seen) == set(range(90))


def test_orders_that_change_hands_have_a_price() -> None:
    """With one, a plan leaves more of them where they are."""
    values = a_board(11, orders=40, people=6)
    moved = []
    for price in (0.0, 60.0):
        plain = board_of(values)
        jobs = tuple(replace(job, held_by=f"T{n % 6}") for n, job in enumerate(plain.jobs))
        search = after(Search(replace(plain, jobs=jobs, change_price=price)), 400)
        moved.append(sum(job % 6 != one.person for one in search.best.routes for job in one.stops))
    assert moved[1] < moved[0]


def test_of_many_technicians_those_who_are_about_are_asked_first() -> None:
    """A board with more places than are measured beforehand keeps every rule, and gets better."""
    values = a_board(5, orders=900, people=110)
    search = Search(board_of(values))
    first = search.best.cost
    after(search, 200)
    assert judged(values, told(search.kernel, search.best)) == pytest.approx(search.best.cost)
    assert search.best.cost < first


def test_nobody_is_left_out_because_he_is_not_about() -> None:
    """The only one who may go is far from all neighbours, and is found."""
    values = a_board(6, orders=40, people=120)
    for one in values["technicians"]:
        one |= {"skills": ["water"], "at": [42.3, -71.1], "shift": [0, 480]}
    for one in values["orders"]:
        one |= {"skill": "water", "locked_to": None, "not_served_cost": 5000, "due": 400}
        one |= {"ready": 0, "duration_min": 30}
    values["technicians"][77] |= {"skills": ["lift"], "at": [42.4, -71.0]}
    values["orders"][3]["skill"] = "lift"
    search = Search(board_of(values))
    assert search.best.routes[77].stops == (3,)
    assert search.best.unserved == ()


def test_a_search_begins_with_what_is_held() -> None:
    """Unless the holder cannot do it; the rest is put where it costs least."""
    values = a_board(11, orders=20, people=3)
    plain = after(Search(board_of(values)), 300).best
    held = {route.person: route.stops for route in plain.routes}
    assert Search(board_of(values), held=held).best.cost == pytest.approx(plain.cost)
    for one in values["technicians"]:
        one["skills"] = []
    nothing = Search(board_of(values), held=held)
    assert judged(values, told(nothing.kernel, nothing.best)) == pytest.approx(nothing.best.cost)


def test_related_are_orders_that_the_same_people_can_do() -> None:
    """One next door that nobody can do together with it comes after one farther away."""
    values = a_board(1, orders=3, people=2)
    for one, skills in zip(values["technicians"], (["lift"], ["water"]), strict=True):
        one |= {"skills": skills, "shift": [0, 480]}
    for one, skill, north in zip(
        values["orders"], ("lift", "water", "lift"), (42.3, 42.301, 42.31), strict=True
    ):
        one |= {"skill": skill, "at": [north, -71.1], "locked_to": None}
    assert Search(board_of(values))._near.neighbours(0) == [0, 2, 1]


def test_of_orders_as_far_away_the_one_that_is_due_at_the_same_time_is_related_more() -> None:
    """The one can take the other's place; what has no due time at all comes last."""
    values = a_board(1, orders=4, people=1)
    values["technicians"][0]["skills"] = ["lift"]
    for one, due in zip(values["orders"], (100, 400, 0, 120), strict=True):
        one |= {"skill": "lift", "at": [42.31, -71.1], "locked_to": None, "due": due}
    board = board_of(values)
    never = replace(board.jobs[2], due=inf)
    board = replace(board, jobs=(*board.jobs[:2], never, board.jobs[3]))
    assert Search(board)._near.neighbours(0) == [0, 3, 1, 2]


def test_a_long_search_begins_warmer_than_a_short_one() -> None:
    """What there is no time to mend again is not spoilt first."""
    search = Search(board_of(a_board(1, orders=10, people=2)))
    warm = [search._warm(rounds, 0.5) for rounds in (0, 12, 50, 2000)]
    assert warm == sorted(warm)
    assert warm[0] == warm[1] < warm[2] < warm[3]


@settings(max_examples=tries(25, 120))
@given(st.integers(0, 10**9), st.sampled_from((0.0, 0.2, 3.0)))
def test_no_way_is_shorter_by_a_third_place(seed: int, fixed: float) -> None:
    """Where that is said: then a glance at who has too little time left is enough."""
    values = a_board(seed, orders=12, people=1)
    kernel = Kernel(board_of({**values, "travel": {**TRAVEL, "fixed_min": fixed}}))
    rows = kernel.travel
    assert kernel.direct is (fixed > 0)
    places = range(len(rows))
    if kernel.direct:
        for one, by, other in product(places, places, places):
            assert rows[one][by] + rows[by][other] >= rows[one][other]


@settings(max_examples=30)
@given(st.integers(0, 10**9))
def test_what_is_ruled_out_at_a_glance_fits_nowhere(seed: int) -> None:
    """Looked at place by place, as where ways may be cut short, the same plan is found."""
    board = board_of(a_board(seed, orders=25, people=4))
    slow, fast = Kernel(board), Kernel(board)
    slow.direct = False
    looked = after(Search(board, seed=seed, kernel=slow), 60).best
    assert after(Search(board, seed=seed, kernel=fast), 60).best.cost == looked.cost
