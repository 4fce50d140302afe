"""Intervals of time hold what they say: of simulated days they seldom miss the truth.

Each law is looked at over some hundred desks drawn from a truth that is known.
"""

from __future__ import annotations

import random
from math import exp
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.kpi.reckon import restricted_mean
from store.domain.kpi.sure import FEWEST, of_mean, of_ratio, of_restricted, rank_places
from tests.budget import tries

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.domain.kpi.sure import Interval

DAY = 86_400_000
HORIZON = 30 * DAY
DESKS = tries(400, 4_000)


def covered(draw: Callable[[random.Random], tuple[Interval | None, float]]) -> float:
    """In which part of the desks the truth lies within."""
    dice, held = random.Random(11), 0
    for _desk in range(DESKS):
        found, truth = draw(dice)
        assert found is not None
        held += found[0] <= truth <= found[1]
    return held / DESKS


def orders(dice: random.Random, n: int, mean_days: float) -> list[tuple[int, bool]]:
    """How long each took, or is open already: all were opened within forty days up to now."""
    found = []
    for _order in range(n):
        lasts, seen = dice.expovariate(1 / mean_days) * DAY, dice.uniform(0, 40) * DAY
        found.append((round(min(lasts, seen)), lasts <= seen))
    return found


@pytest.mark.parametrize("mean_days", [3, 15])
def test_the_restricted_mean_lies_where_its_interval_says(mean_days: float) -> None:
    """Though a part of the orders is open: of these nobody knows how long they will be."""
    truth = mean_days * (1 - exp(-30 / mean_days)) * DAY

    def draw(dice: random.Random) -> tuple[Interval | None, float]:
        return of_restricted(orders(dice, 80, mean_days), HORIZON), truth

    assert 0.92 <= covered(draw) <= 0.985


def test_time_at_work_lies_where_its_interval_says() -> None:
    """Though each person works in a way of his own, on more days or fewer, longer or shorter."""
    mine, days = (0.3, 0.9), (4, 20)

    def draw(dice: random.Random) -> tuple[Interval | None, float]:
        pairs = []
        for _person in range(14):
            way = dice.uniform(*mine)
            shifts = [dice.choice((4.0, 8.0)) for _day in range(dice.randint(*days))]
            work = sum(hours * min(1.0, max(0.0, dice.gauss(way, 0.1))) for hours in shifts)
            pairs.append((work, sum(shifts)))
        return of_ratio(pairs), sum(mine) / 2

    assert 0.92 <= covered(draw) <= 0.985


def test_acknowledging_lies_where_its_interval_says() -> None:
    """The mean and the median of waits, most of which are short and some of which are very long."""
    middle, n = 120.0, 120

    def waits(dice: random.Random) -> list[float]:
        return sorted(dice.lognormvariate(0, 1) * middle for _alarm in range(n))

    def rank(dice: random.Random) -> tuple[Interval | None, float]:
        told, places = waits(dice), rank_places(n, 0.5)
        assert places is not None
        return (told[places[0] - 1], told[places[1] - 1]), middle

    def mean(dice: random.Random) -> tuple[Interval | None, float]:
        told = waits(dice)
        squares = sum(one * one for one in told)
        return of_mean(n, sum(told), squares), middle * exp(0.5)

    assert 0.93 <= covered(rank) <= 0.985
    assert 0.88 <= covered(mean) <= 0.97


lasting = st.integers(0, 2 * HORIZON)


@given(st.lists(lasting, min_size=FEWEST + 1, max_size=30))
def test_where_all_are_seen_it_is_that_of_the_plain_mean(durations: list[int]) -> None:
    """Of the durations, cut at the horizon."""
    found = of_restricted([(ms, True) for ms in durations], HORIZON)
    if sum(ms <= HORIZON for ms in durations) < FEWEST:
        assert found is None
        return
    cut = [min(ms, HORIZON) for ms in durations]
    plain = of_mean(len(cut), sum(cut), sum(ms * ms for ms in cut))
    assert found is not None
    assert plain is not None
    assert found == pytest.approx((max(0, plain[0]), min(HORIZON, plain[1])), abs=HORIZON * 1e-6)


@given(st.lists(st.tuples(lasting, st.booleans()), max_size=40))
def test_an_interval_holds_its_figure(lasted: list[tuple[int, bool]]) -> None:
    """And never leaves what can be: not below nothing, not beyond the horizon."""
    found, value = of_restricted(lasted, HORIZON), restricted_mean(lasted, HORIZON)
    if found is not None:
        assert value is not None
        assert -1 <= found[0] <= value + 1
        assert value - 1 <= found[1] <= HORIZON + 1


people = st.tuples(st.integers(0, 1000), st.integers(1, 1000)).map(lambda two: (min(two), max(two)))


@given(st.lists(people, max_size=20))
def test_a_share_of_time_is_between_none_and_all(pairs: list[tuple[int, int]]) -> None:
    """Of a few people nothing is said; who all work alike are told exactly."""
    found = of_ratio(pairs)
    assert (found is None) == (len(pairs) < FEWEST)
    if found is not None:
        share = sum(part for part, _whole in pairs) / sum(whole for _part, whole in pairs)
        assert 0 <= found[0] <= share + 1e-9
        assert share - 1e-9 <= found[1] <= 1
        alike = of_ratio([(1, 4)] * len(pairs))
        assert alike == pytest.approx((0.25, 0.25))
