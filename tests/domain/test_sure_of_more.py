"""Intervals of scores, of one count by another, of a fall and of the index: laws, and the dice."""

from __future__ import annotations

import random
from math import exp, isclose
from statistics import fmean, stdev
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.kpi.intervals import of_counts, of_fall, of_score, wilson
from store.domain.kpi.sure import FEWEST, of_ratio, of_ratios
from store.domain.kpi.sure_words import method_of
from store.domain.kpi.table import KPIS
from tests.budget import tries

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.domain.kpi.sure import Interval

DESKS = tries(400, 4_000)


def covered(draw: Callable[[random.Random], tuple[Interval | None, float]]) -> float:
    """In which part of the desks that have an interval the truth lies within."""
    dice, held = random.Random(7), list[bool]()
    for _desk in range(DESKS):
        found, truth = draw(dice)
        if found is not None:
            held.append(found[0] <= truth <= found[1])
    assert len(held) > DESKS // 2
    return sum(held) / len(held)


def test_a_score_lies_where_its_interval_says() -> None:
    """Also where most are perfect and some are dreadful, which Student's t would miss."""

    def draw(dice: random.Random) -> tuple[Interval | None, float]:
        scores = [1.0 if dice.random() < 0.93 else 0.1 for _ in range(20)]
        return of_score(fmean(scores), 20), 0.93 + 0.07 * 0.1

    assert covered(draw) >= 0.92


def poisson(dice: random.Random, mean: float) -> int:
    """How many came, where so many are to be expected."""
    count, left = 0, dice.random()
    while left > exp(-mean):
        left *= dice.random()
        count += 1
    return count


@pytest.mark.parametrize(("opened", "closed"), [(12.0, 10.0), (60.0, 80.0)])
def test_one_count_by_another_lies_where_its_interval_says(opened: float, closed: float) -> None:
    """Both come by themselves."""

    def draw(dice: random.Random) -> tuple[Interval | None, float]:
        return of_counts(poisson(dice, opened), poisson(dice, closed)), opened / closed

    assert 0.92 <= covered(draw) <= 0.99


@pytest.mark.parametrize(("now", "was"), [(0.1, 0.2), (0.3, 0.3), (0.02, 0.15)])
def test_a_fall_lies_where_its_interval_says(now: float, was: float) -> None:
    """Of shares that fell by half, not at all, and by much."""

    def draw(dice: random.Random) -> tuple[Interval | None, float]:
        some = sum(dice.random() < now for _ in range(120))
        some_was = sum(dice.random() < was for _ in range(90))
        return of_fall(some, 120, some_was, 90), 1 - now / was

    assert 0.92 <= covered(draw) <= 0.995


def test_an_index_lies_where_its_interval_says() -> None:
    """Though each project has its own way in all parts, and some have no part in one."""

    def draw(dice: random.Random) -> tuple[Interval | None, float]:
        each = []
        for _project in range(30):
            good = dice.choice((0.5, 0.7, 0.9))
            handoffs = dice.randint(0, 4)
            taken = sum(dice.random() < good for _ in range(handoffs))
            hours = dice.uniform(50, 400)
            each.append([(taken, handoffs), (hours * dice.uniform(good - 0.1, good + 0.1), hours)])
        return of_ratios(each), 0.7

    assert 0.92 <= covered(draw) <= 0.985


counts = st.integers(0, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_ratio_lies_in_its_interval_which_shrinks(first: int, second: int) -> None:
    """Of ten times as many it is narrower; of fewer than five below there is none."""
    found = of_counts(first, second)
    assert (found is None) == (second < FEWEST)
    if found is not None:
        closer = of_counts(10 * first, 10 * second)
        assert closer is not None
        assert 0 <= found[0] <= first / second <= found[1] * (1 + 1e-9)
        assert closer[1] - closer[0] < found[1] - found[0]


@given(counts, counts)
def test_a_fall_lies_in_its_interval_which_shrinks(
    now: tuple[int, int], was: tuple[int, int]
) -> None:
    """It never falls by more than all of it; of fewer than five, or of nothing, there is none."""
    (some, n), (some_was, n_was) = now, was
    found = of_fall(some, n, some_was, n_was)
    assert (found is None) == (min(n, n_was) < FEWEST or not some_was)
    if found is None:
        return
    fall = 1 - some * n_was / (some_was * n)
    assert found[0] <= fall + 1e-9
    assert fall - 1e-9 <= found[1] <= 1 + 1e-9
    closer = of_fall(10 * some, 10 * n, 10 * some_was, 10 * n_was)
    assert closer is not None
    assert closer[1] - closer[0] < found[1] - found[0] + 1e-9


@given(counts)
def test_that_nothing_changed_lies_in_the_interval_of_like_shares(same: tuple[int, int]) -> None:
    """Both ways round it is one over the other: a ratio has no right way up."""
    some, n = same
    found = of_fall(some, n, some, n)
    if found is not None:
        assert found[0] <= 1e-9
        assert found[1] >= -1e-9
        assert isclose((1 - found[0]) * (1 - found[1]), 1, rel_tol=1e-6) or some == n


pairs = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda two: (min(two), max(two)))
projects = st.lists(st.lists(pairs, min_size=3, max_size=3), max_size=15)


@given(projects)
def test_an_index_lies_in_its_interval_which_shrinks(each: list[list[tuple[int, int]]]) -> None:
    """Of one part it is that of the share; the order of projects is nothing to it."""
    found = of_ratios(each)
    assert of_ratios(each[::-1]) == (None if found is None else pytest.approx(found))
    sums = [(sum(g for g, _ in part), sum(w for _, w in part)) for part in zip(*each, strict=True)]
    there = [good / whole for good, whole in sums if whole]
    if found is not None:
        assert len(each) >= FEWEST
        assert 0 <= found[0] <= fmean(there) + 1e-9
        assert fmean(there) - 1e-9 <= found[1] <= 1
        closer = of_ratios(each * 4)
        assert closer is not None
        assert closer[1] - closer[0] < found[1] - found[0] + 1e-12
    alone = of_ratio([one[0] for one in each])
    first = of_ratios([[one[0]] for one in each])
    assert first is None or first == pytest.approx(alone)


def test_an_index_of_one_part_of_each_alike_is_students() -> None:
    """Where all parts are as long, a mean of shares is a mean."""
    shares = [0.2, 0.9, 0.4, 0.6, 0.8, 0.7]
    found = of_ratios([[(10 * share, 10)] for share in shares])
    reach = 2.5706 * stdev(shares) / len(shares) ** 0.5
    assert found == pytest.approx((fmean(shares) - reach, fmean(shares) + reach), abs=1e-3)


def test_every_figure_says_how_sure_it_is_or_that_it_is_counted() -> None:
    """What has no method is a count, which is known."""
    counted = {name for name, spec in KPIS.items() if not method_of(spec)}
    assert {KPIS[name].unit for name in counted} <= {"orders", "cases"}
    named = ("inspection_score", "repeat_failure_fall", "created_closed_ratio")
    assert not counted & {*named, "collaboration_index", "projects_not_waiting"}
    assert of_score(1.0, 3) == wilson(1.0, 3)
