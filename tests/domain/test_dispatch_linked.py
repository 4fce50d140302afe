"""Visits that follow one another and crews of two: together, in time, and in every plan."""

from __future__ import annotations

from math import inf
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.commands_plan import told
from console.intake.board_file import board_of
from store.domain.dispatch.bound import LinkedKernel
from store.domain.dispatch.linked import search_for
from tests.budget import tries
from tests.domain.dispatch_all import least_cost
from tests.domain.dispatch_judge import judged
from tests.domain.test_dispatch_breaks import a_timed_board
from tests.domain.test_dispatch_plans import after


def a_linked_board(seed: int, *, orders: int, people: int) -> dict[str, Any]:
    """Some orders after others, some for two; some of those who go take breaks."""
    values, dice = a_timed_board(seed, orders=orders, people=people), Random(seed)
    several = values["orders"]
    for place, one in enumerate(several):
        kind = dice.random()
        if kind < 0.35:
            one["crew"] = 2
        if place and 0.25 < kind < 0.6:
            first = several[dice.randrange(place)]
            one |= {"after": first["id"], "gap_min": dice.choice((0, 0, 20, 60.5))}
            if "crew" not in one and "crew" not in first:
                one["same_technician"] = dice.random() < 0.4
                one["other_technician_cost"] = dice.choice((0, 15, 200))
    return values


@settings(max_examples=tries(40, 200))
@given(st.integers(0, 10**9), st.integers(0, 25), st.integers(1, 6))
def test_a_plan_keeps_what_hangs_together(seed: int, orders: int, people: int) -> None:
    """Judged by other code, beside all other rules and the cost; at first and at last."""
    values = a_linked_board(seed, orders=orders, people=people)
    search = search_for(board_of(values), seed=seed)
    first = search.best.cost
    judged(values, told(search.kernel, search.best))
    after(search, 60)
    plan = told(search.kernel, search.best)
    assert judged(values, plan) == pytest.approx(search.best.cost)
    assert search.best.cost <= first <= sum(one["not_served_cost"] for one in values["orders"])


SMALL = [
    *((seed, 4, 3) for seed in range(12)),
    *((seed, 3, 2) for seed in range(12)),
    (251, 4, 3),  # nobody is there at once with whoever is next door: at first nothing is done
    (80, 2, 3),
    (266, 4, 3),  # of two visits after another the later on the list comes first
    (61, 5, 2),
    (221, 4, 3),  # one order lies between two visits of another
    (215, 5, 2),
]
"""Seeds, orders and technicians."""


@pytest.mark.parametrize(("seed", "orders", "people"), SMALL)
def test_a_small_board_gets_its_best_plan(seed: int, orders: int, people: int) -> None:
    """All orders to all technicians in all sequences: none is cheaper by more than a hundredth."""
    values = a_linked_board(seed, orders=orders, people=people)
    for one in values["technicians"]:
        one["breaks"] = []
    search = after(search_for(board_of(values)), 1500)
    judged(values, told(search.kernel, search.best))
    assert search.best.cost <= least_cost(values) * 1.01 + 1e-6


def test_two_do_not_go_where_it_costs_more_than_it_is_worth() -> None:
    """The first is next door and would go alone; the second is far."""
    values = a_linked_board(1, orders=1, people=2)
    for one, place in zip(values["technicians"], (42.3, 42.6), strict=True):
        one |= {"skills": ["lift"], "shift": [0, 480], "breaks": [], "at": [place, -71.1]}
    (order,) = values["orders"]
    order |= {"skill": "lift", "locked_to": None, "duration_min": 10, "not_served_cost": 60}
    order |= {"ready": 0, "due": 400, "crew": 2, "at": [42.3, -71.1]}
    order.pop("appointment", None)
    search = search_for(board_of(values))
    assert judged(values, told(search.kernel, search.best)) == 60


def test_a_visit_goes_to_whoever_had_the_one_before_unless_that_costs_more() -> None:
    """Another who lives next door to both is free for the second: a price says which it is."""
    values = a_linked_board(1, orders=2, people=2)
    for one, place in zip(values["technicians"], (42.3, 42.34), strict=True):
        one |= {"skills": ["lift"], "shift": [0, 480], "breaks": [], "at": [place, -71.1]}
    for one, place in zip(values["orders"], (42.3, 42.34), strict=True):
        one |= {"skill": "lift", "locked_to": None, "duration_min": 10, "not_served_cost": 900}
        one |= {"ready": 0, "due": 400, "crew": 1, "at": [place, -71.1]}
        one.pop("appointment", None)
    whose = []
    for price in (0, 10, 60):
        values["orders"][1] |= {"after": "O0", "gap_min": 0, "same_technician": False}
        values["orders"][1]["other_technician_cost"] = price
        search = after(search_for(board_of(values)), 64)
        plan = told(search.kernel, search.best)
        judged(values, plan)
        whose.append([len(route["stops"]) for route in plan["routes"]])
    assert whose[:2] == [[1, 1], [1, 1]]
    assert sorted(whose[2]) == [0, 2]


def test_an_insertion_knows_what_another_costs() -> None:
    """As reckoning the route anew says."""
    values = a_linked_board(1, orders=2, people=2)
    for one in values["technicians"]:
        one |= {"skills": ["lift"], "shift": [0, 480], "breaks": []}
    values["orders"][1] = values["orders"][1] | {
        "skill": "lift", "ready": 0, "due": 400, "crew": 1, "after": "O0",
        "same_technician": False, "other_technician_cost": 60,
    }  # fmt: skip
    values["orders"][0]["crew"] = 1
    values["orders"][1].pop("appointment", None)
    kernel = LinkedKernel(board_of(values))
    visit = kernel.bound(1, -inf, inf, 0)
    plain, dear = (kernel.insertion(kernel.empty(1), job)[0] for job in (1, visit))
    assert dear == plain + 60
    assert kernel.insertion(kernel.empty(0), visit) == kernel.insertion(kernel.empty(0), 1)
