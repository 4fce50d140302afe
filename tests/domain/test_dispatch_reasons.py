"""Why nobody goes: each reason is true, as trying everything on small boards shows."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.commands_plan import told
from console.intake.board_file import board_of
from store.domain.dispatch.linked import search_for
from tests.budget import tries
from tests.domain.plan_reasons import check_reasons
from tests.domain.test_dispatch_breaks import a_timed_board
from tests.domain.test_dispatch_days import over_days
from tests.domain.test_dispatch_linked import a_linked_board
from tests.domain.test_dispatch_plans import a_board, after

if TYPE_CHECKING:
    from collections.abc import Callable


def hard(values: dict[str, Any], seed: int) -> dict[str, Any]:
    """Some orders far off, some that take longer than a shift, some that are ready too late."""
    dice = Random(seed)
    for one in values["orders"]:
        kind = dice.random()
        if kind < 0.2:
            one["at"] = [one["at"][0] + dice.choice((0.3, 1, 3)), one["at"][1]]
        elif kind < 0.35 and "duration_min" in one:
            one["duration_min"] = dice.choice((170, 260, 479, 480, 481, 620.5))
        elif kind < 0.45 and "appointment" not in one:
            one["ready"] = dice.choice((190, 440, 470, 599, 900))
    return values


def _planned(values: dict[str, Any], seed: int, rounds: int) -> dict[str, Any]:
    search = search_for(board_of(values), seed=seed)
    if rounds:
        after(search, rounds)
    return told(search.kernel, search.best)


MAKERS: list[Callable[..., dict[str, Any]]] = [
    a_board,
    a_timed_board,
    lambda seed, **how: over_days(a_board(seed, **how), seed),
]


@settings(max_examples=tries(60, 300))
@given(
    st.integers(0, 10**9),
    st.integers(1, 7),
    st.integers(1, 3),
    st.sampled_from(MAKERS),
    st.sampled_from([0, 3, 40]),
)
def test_each_reason_is_true(
    seed: int, orders: int, people: int, make: Callable[..., dict[str, Any]], rounds: int
) -> None:
    """Too far, too long, no room, too dear: tried on every technician at every place."""
    values = hard(make(seed, orders=orders, people=people), seed)
    check_reasons(values, _planned(values, seed, rounds), alone=True)


@settings(max_examples=tries(40, 200))
@given(st.integers(0, 10**9), st.integers(2, 8), st.integers(1, 3), st.sampled_from([0, 40]))
def test_each_reason_of_what_hangs_together_is_true(
    seed: int, orders: int, people: int, rounds: int
) -> None:
    """Visits, crews of two, and orders beside them."""
    values = hard(a_linked_board(seed, orders=orders, people=people), seed)
    check_reasons(values, _planned(values, seed, rounds), alone=False)


@pytest.mark.parametrize(
    "why",
    [
        "the skill",
        "fits into no shift: the longest",
        "wherever they are",
        "too far away",
        "could get there",
        "has room for it",
        "free at its appointment",
        "to leave it _",
        "only one may go",
        "only one could",
        "no two who may go",
        "nobody goes to",
        "both this and",
        "for its visits",
    ],
)
def test_every_reason_comes_up(why: str) -> None:
    """Among a few hundred boards: none is proven only because it is never given."""
    for seed in range(600):
        make = a_linked_board if seed % 2 else a_timed_board
        values = hard(make(seed, orders=7, people=2 + seed % 2), seed)
        found = check_reasons(values, _planned(values, seed, 3), alone=make is a_timed_board)
        if any(why in one for one in found):
            return
    pytest.fail(f"never said: {why}")
