"""Breaks and fixed appointments: kept in every plan, and never in the way of a cheaper one."""

from __future__ import annotations

from itertools import combinations_with_replacement, pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.commands_plan import told
from console.intake.board_file import board_of
from store.domain.dispatch.days import kernel_for
from store.domain.dispatch.route import AT_LEAST
from store.domain.dispatch.search import Search
from tests.budget import tries
from tests.domain.dispatch_judge import judged
from tests.domain.test_dispatch_plans import a_board, after

LUNCH = {"window": [150, 190], "length_min": 30}
TEA = {"window": [60, 195], "length_min": 15}
LATE = {"window": [190, 198], "length_min": 1.5}


def a_timed_board(seed: int, *, orders: int, people: int) -> dict[str, Any]:
    """Some with a break or more, and some orders with an appointment."""
    values, dice = a_board(seed, orders=orders, people=people), Random(seed)
    for one in values["technicians"]:
        one["shift"] = dice.choice([[0, 480], [120, 600], [-60, 200]])
        one["breaks"] = dice.choice([[], [LUNCH], [TEA], [TEA, LATE], [LATE]])
        if one["shift"] == [-60, 200] and LUNCH in one["breaks"]:
            one["breaks"] = [LUNCH | {"window": [150, 165]}]
    for one in values["orders"]:
        if dice.random() < 0.3:
            opens = dice.choice((0, 30, 120, 300))
            one |= {"appointment": [opens, opens + dice.choice((0, 20, 60))], "ready": 0}
    return values


@settings(max_examples=tries(25, 120))
@given(st.integers(0, 10**9), st.integers(0, 25), st.integers(1, 6))
def test_a_plan_keeps_breaks_and_appointments(seed: int, orders: int, people: int) -> None:
    """Judged by other code, beside all other rules and the cost."""
    values = a_timed_board(seed, orders=orders, people=people)
    search = Search(board_of(values), seed=seed)
    first = search.best.cost
    after(search, 60)
    plan = told(search.kernel, search.best)
    assert judged(values, plan) == pytest.approx(search.best.cost)
    assert search.best.cost <= first


@settings(max_examples=tries(30, 160))
@given(st.integers(0, 10**9), st.integers(1, 7))
def test_the_cheapest_insertion_is_the_cheapest(seed: int, stops: int) -> None:
    """As reckoning every place anew says, whatever the breaks do; and with a bound no less."""
    kernel = kernel_for(board_of(a_timed_board(seed, orders=stops + 1, people=4)))
    for person in range(4):
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
        bounded, where = kernel.cheapest(route, stops, least)
        assert where in {AT_LEAST, -1} or bounded == pytest.approx(least)
        assert bounded <= least + 1e-6


@settings(max_examples=tries(30, 160))
@given(st.integers(0, 10**9), st.integers(0, 5))
def test_breaks_lie_where_they_cost_least(seed: int, stops: int) -> None:
    """None of all ways to put them between the stops is cheaper, and one that exists is found."""
    values = a_timed_board(seed, orders=stops, people=3)
    for one in values["orders"][1:]:  # so that most routes can be done
        one |= {"duration_min": one["duration_min"] / 2, "at": [42.34, -71.05]}
        one.pop("appointment", None)
    kernel = kernel_for(board_of(values))
    for person, who in enumerate(values["technicians"]):
        route = kernel.route(person, tuple(range(stops)))
        gaps = combinations_with_replacement(range(stops + 1), len(who["breaks"]))
        costs = [
            cost for some in gaps if (cost := _lateness(values, kernel, person, some)) is not None
        ]
        assert (route is not None) == bool(costs)
        if route is not None:
            late = sum(
                kernel.weight[job] * max(0, end - kernel.due[job])
                for job, end in zip(route.stops, route.ends[1:], strict=True)
            )
            assert late == pytest.approx(min(costs))


def _lateness(values: Any, kernel: Any, person: int, gaps: tuple[int, ...]) -> float | None:
    """What it costs to be late if each break is taken before the stop so numbered."""
    who, jobs = values["technicians"][person], values["orders"]
    now, (_begins, ends) = who["shift"][0], who["shift"]
    late, place = 0.0, kernel.home[person]
    for at in range(len(jobs) + 1):
        job = jobs[at] if at < len(jobs) else None
        leg = kernel.travel[at][place] if job else 0
        free, arrive = now, now + leg
        for gap, rest in zip(gaps, who["breaks"], strict=True):
            if gap == at:
                start = max(free, rest["window"][0])
                if start > rest["window"][1]:
                    return None
                free = start + rest["length_min"]
                arrive = arrive + rest["length_min"] if start < arrive else free
        if job is None:
            return late if max(free, now) <= ends else None
        opens, closes = job.get("appointment", (job["ready"], float("inf")))
        now = max(arrive, opens, job["ready"])
        if now > closes:
            return None
        now += job["duration_min"]
        late += job["weight"] * max(0, now - job["due"])
        place = at
        if now > ends:
            return None
    return late


def test_whoever_takes_many_breaks_is_planned_no_longer_than_there_is_time() -> None:
    """Each order and each round takes long with them: it is asked before each whether to go on."""
    values = a_board(1, orders=30, people=1)
    values["technicians"][0] |= {"skills": ["lift"], "shift": [0, 480]}
    values["technicians"][0]["breaks"] = [{"window": [0, 479], "length_min": 1}] * 8
    left = iter([False] * 5 + [True] * 30)
    search = Search(board_of(values), over=lambda: next(left))
    assert len(search.best.unasked) == 25
    assert after(search, 3).rounds == 3


def test_a_break_falls_on_the_way_or_into_a_wait() -> None:
    """It makes nothing later that waits anyway, and what is on the way by its length."""
    values = a_board(1, orders=2, people=1)
    values["technicians"][0] |= {"at": [42.3, -71.1], "shift": [0, 480], "skills": ["lift"]}
    values["technicians"][0]["breaks"] = [{"window": [10, 100], "length_min": 30}]
    for one, ready in zip(values["orders"], (0, 100), strict=True):
        one |= {"skill": "lift", "at": [42.4, -71.1], "duration_min": 5, "due": 480, "weight": 1}
        one |= {"locked_to": None, "not_served_cost": 900, "ready": ready}
    plan = told(*_planned(values))
    assert plan["routes"][0]["breaks"] == [{"start": 10, "end": 40}]
    assert [one["arrive"] for one in plan["routes"][0]["stops"]] == [71, 105]
    values["technicians"][0]["breaks"][0]["window"] = [60, 100]
    values["orders"][0]["due"] = 46
    plan = told(*_planned(values))
    assert plan["routes"][0]["breaks"] == [{"start": 60, "end": 90}]
    assert [one["start"] for one in plan["routes"][0]["stops"]] == [41, 100]


def test_a_break_may_make_an_order_later_to_make_the_next_sooner() -> None:
    """Who waits anyway takes it then, though it is longer than the wait."""
    values = a_board(1, orders=3, people=1)
    rest = {"window": [80, 118], "length_min": 30}
    values["technicians"][0] |= {"skills": ["lift"], "shift": [0, 480], "breaks": [rest]}
    for one, ready in zip(values["orders"], (0, 100, 110), strict=True):
        one |= {"skill": "lift", "locked_to": None, "duration_min": 10, "not_served_cost": 900}
        one |= {"ready": ready, "due": ready, "weight": 1, "at": [42.3, -71.1]}
    values["technicians"][0]["at"] = [42.3, -71.1]
    route = kernel_for(board_of(values)).route(0, (0, 1, 2))
    assert route is not None
    assert route.begins == [0, 110, 120]


def _planned(values: dict[str, Any]) -> Any:
    search = after(Search(board_of(values)), 32)
    judged(values, told(search.kernel, search.best))
    return search.kernel, search.best


def test_an_appointment_that_nobody_can_meet_is_left_out() -> None:
    """And the reason is told."""
    values = a_board(1, orders=2, people=1)
    values["technicians"][0] |= {"at": [42.3, -71.1], "shift": [0, 480], "skills": ["lift"]}
    for one in values["orders"]:
        one |= {"skill": "lift", "at": [42.4, -71.1], "duration_min": 60, "due": 480}
        one |= {"locked_to": None, "not_served_cost": 900, "appointment": [100, 130], "ready": 0}
    plan = told(*_planned(values))
    assert [one["why"] for one in plan["unserved"]] == [
        "nobody who may go is free at its appointment"
    ]


@pytest.mark.parametrize(
    ("board", "orders", "people", "seed", "rounds", "cost"),
    [(3, 90, 12, 5, 320, 20560.0), (8, 60, 5, 1, 640, 8327.0), (5, 900, 110, 2, 64, 158967.0)],
)
def test_a_plain_board_gets_the_plan_that_it_always_got(
    board: int, orders: int, people: int, seed: int, rounds: int, cost: float
) -> None:
    """What other boards have more costs nothing here."""
    values = a_board(board, orders=orders, people=people)
    search = after(Search(board_of(values), seed=seed), rounds)
    assert search.best.cost == pytest.approx(cost)


def test_each_stop_of_a_plan_comes_after_the_one_before() -> None:
    """On a board of many with breaks, nobody is in two places at once."""
    values = a_timed_board(4, orders=60, people=8)
    plan = told(*_planned(values))
    for route in plan["routes"]:
        assert all(one["end"] <= other["arrive"] for one, other in pairwise(route["stops"]))
