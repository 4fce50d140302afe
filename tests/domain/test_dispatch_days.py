"""Several shifts of a technician, and work that is longer than what is left of one."""

from __future__ import annotations

from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.commands_plan import told
from console.intake.board_file import board_of
from store.domain.dispatch.days import kernel_for
from store.domain.dispatch.linked import search_for
from tests.budget import tries
from tests.domain.dispatch_judge import judged
from tests.domain.test_dispatch_linked import a_linked_board
from tests.domain.test_dispatch_plans import a_board, after


def over_days(values: dict[str, Any], seed: int) -> dict[str, Any]:
    """The same board for some days: some have several shifts, some orders take long."""
    dice = Random(seed)
    for one in values["technicians"]:
        one["breaks"] = []
        days = dice.randint(1, 3)
        begins, ends = one.pop("shift")
        one["shifts"] = [[begins + 1440 * day, ends + 1440 * day] for day in range(days)]
    for one in values["orders"]:
        if "crew" not in one and dice.random() < 0.4:
            one |= {"duration_min": dice.choice((100, 250, 500, 900, 1300.5)), "splittable": True}
            one |= {"split_cost": dice.choice((0, 10, 60)), "due": dice.randint(0, 3000)}
            one |= {"not_served_cost": 9000}
    return values


@settings(max_examples=tries(25, 120), deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 14), st.integers(1, 4), st.booleans())
def test_a_plan_over_days_keeps_every_rule(
    seed: int, orders: int, people: int, linked: bool
) -> None:
    """Judged by other code: where each part of the work lies, and what all of it costs."""
    make = a_linked_board if linked else a_board
    values = over_days(make(seed, orders=orders, people=people), seed)
    search = search_for(board_of(values), seed=seed)
    first = search.best.cost
    after(search, 40)
    plan = told(search.kernel, search.best)
    assert judged(values, plan) == pytest.approx(search.best.cost)
    assert search.best.cost <= first


@settings(max_examples=tries(25, 120), deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 6))
def test_the_cheapest_insertion_is_the_cheapest(seed: int, stops: int) -> None:
    """As reckoning every place anew says."""
    kernel = kernel_for(board_of(over_days(a_board(seed, orders=stops + 1, people=3), seed)))
    for person in range(3):
        route = kernel.route(person, tuple(range(stops)))
        if route is None:
            continue
        made = [
            kernel.route(person, (*route.stops[:at], stops, *route.stops[at:]))
            for at in range(stops + 1)
        ]
        least = min((one.cost - route.cost for one in made if one), default=float("inf"))
        assert kernel.insertion(route, stops)[0] == pytest.approx(least)


@pytest.mark.parametrize("seed", range(6))
def test_a_small_board_gets_its_best_plan(seed: int) -> None:
    """One technician, every sequence of every choice: none is cheaper."""
    values = over_days(a_board(seed, orders=5, people=1), seed)
    search = after(search_for(board_of(values)), 800)
    kernel = kernel_for(board_of(values))
    jobs = [job for job in range(5) if kernel.able[job]]
    missed = kernel.not_served
    costs = [
        route.cost + sum(missed) - sum(missed[job] for job in some)
        for count in range(len(jobs) + 1)
        for some in permutations(jobs, count)
        if (route := kernel.route(0, some))
    ]
    assert search.best.cost == pytest.approx(min(costs))


def _one(**order: Any) -> dict[str, Any]:
    """A technician with two days, and an order an hour away that is done in ten hours."""
    wanted = {"id": "1042", "at": [42.3, -71.1], "duration_min": 600, "ready": 0, "due": 2000}
    return {
        "travel": {"speed_kmh": 24, "road_factor": 1.35, "fixed_min": 60},
        "overload_share": 1.0,
        "technicians": [
            {"id": "T1", "skills": [], "at": [42.3, -71.1001], "shifts": [[0, 480], [1440, 1920]]}
        ],
        "orders": [{**wanted, "weight": 3, "not_served_cost": 900, **order}],
    }


def planned(values: dict[str, Any]) -> dict[str, Any]:
    search = search_for(board_of(values))
    plan = told(search.kernel, search.best)
    judged(values, plan)
    return plan


def test_long_work_goes_on_in_the_next_shift() -> None:
    """He is there at 61, works till the shift ends, and comes again the next day."""
    plan = planned(_one(splittable=True, split_cost=25))
    (stop,) = plan["routes"][0]["stops"]
    assert stop["parts"] == [{"start": 61, "end": 480}, {"start": 1501, "end": 1682}]
    assert (stop["arrive"], stop["start"], stop["end"]) == (61, 61, 1682)
    assert plan["objective"]["interrupted"] == 25
    assert plan["objective"]["travel"] == 122


def test_work_that_may_not_be_split_is_left_out() -> None:
    """It fits into no shift, and that is said."""
    (left,) = planned(_one())["unserved"]
    assert left["order"] == "1042"
    assert "fits into no shift" in left["why"]


def test_what_fits_no_more_today_is_done_tomorrow() -> None:
    """Whole, and on one trip: today's last minutes are not worth beginning."""
    plan = planned(_one(duration_min=300, ready=200, splittable=False))
    (stop,) = plan["routes"][0]["stops"]
    assert (stop["arrive"], stop["end"]) == (1501, 1801)
    assert plan["objective"]["travel"] == 61
    plan = planned(_one(duration_min=300, ready=451, splittable=True))
    assert plan["routes"][0]["stops"][0]["start"] == 1501


def test_one_shift_of_a_list_is_the_shift() -> None:
    """A plain board told so gets the plan of a plain board."""
    values = a_board(7, orders=20, people=4)
    plain = planned(values)
    for one in values["technicians"]:
        one["shifts"] = [one["shift"]]
    assert planned(values) == plain
