"""Visits that follow one another and crews of two: together, in time, and in every plan."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.commands_plan import told
from console.intake.board_file import board_of
from store.domain.dispatch.linked import search_for
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
    return values


@settings(max_examples=100)
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
    assert search.best.cost <= first


@pytest.mark.parametrize("seed", range(12))
def test_a_small_board_gets_its_best_plan(seed: int) -> None:
    """All orders to all technicians in all sequences: none is cheaper by more than a hundredth."""
    values = a_linked_board(seed, orders=4, people=3)
    for one in values["technicians"]:
        one["breaks"] = []
    search = after(search_for(board_of(values)), 1500)
    judged(values, told(search.kernel, search.best))
    assert search.best.cost <= least_cost(values) * 1.01 + 1e-6
