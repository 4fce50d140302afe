"""Intervals hold what they say: against the laws they come from, counted out in whole."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction
from math import comb, exp, factorial
from statistics import fmean, stdev

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.domain.kpi.baseline import (
    CLAIMS,
    LESS_IS_BETTER,
    MORE_IS_BETTER,
    Change,
    Period,
    Sure,
    change_of,
    unlikes,
    year_before,
)
from store.domain.kpi.intervals import change, wilson
from store.domain.kpi.sure import difference, of_count, of_mean, rank_places
from store.domain.kpi.table import KPIS
from tests.store.desk import NINE

DAY = NINE.date()


def held(n: int, low: int, high: int, share: Fraction) -> Fraction:
    """How likely a rank lies between two places, by the binomial law, counted out exactly."""
    terms = (comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(low, high))
    return sum(terms, Fraction(0))


@given(st.integers(0, 60), st.sampled_from([5, 9]))
@example(34, 9)
@example(35, 9)
def test_places_hold_the_rank_in_95_of_100(n: int, tenths: int) -> None:
    """Never less; one place nearer on either side, it would miss more than half of the rest."""
    places, share = rank_places(n, tenths / 10), Fraction(tenths, 10)
    if places is None:
        ends = held(n, 0, 1, share), held(n, n, n + 1, share)
        assert n == 0 or max(ends) > Fraction(25, 1000), "the least and the most are sure enough"
        return
    low, high = places
    assert 1 <= low < high <= n
    assert held(n, low, high, share) >= Fraction(95, 100)
    below = held(n, 0, low + 1, share)
    above = held(n, high - 1, n + 1, share)
    assert below > Fraction(25, 1000)
    assert above > Fraction(25, 1000)


@pytest.mark.parametrize("tenths", [5, 9])
def test_of_many_places_are_those_of_few_drawn_out(tenths: int) -> None:
    """On both sides of the change of ways they lie by each other."""
    few, many = rank_places(1000, tenths / 10), rank_places(1001, tenths / 10)
    assert few is not None
    assert many is not None
    assert all(abs(one - other) <= 2 for one, other in zip(few, many, strict=True))


@given(st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=40))
def test_a_mean_lies_amid_its_interval(values: list[float]) -> None:
    """As far on each side as Student says; of 5 in the table 2.776, of 30 2.045."""
    found = of_mean(len(values), sum(values), sum(x * x for x in values))
    assert found is not None
    middle, spread = fmean(values), stdev(values)
    assert (found[0] + found[1]) / 2 == pytest.approx(middle, abs=1e-3)
    table = {5: 2.776, 10: 2.262, 20: 2.093, 30: 2.045}
    if len(values) in table and spread > 1:
        reach = table[len(values)] * spread / len(values) ** 0.5
        assert (found[1] - found[0]) / 2 == pytest.approx(reach, rel=0.01, abs=1)


def test_a_mean_of_few_has_none() -> None:
    """Four values say too little of how they are spread."""
    assert of_mean(4, 4.0, 4.0) is None


@given(st.integers(0, 60))
def test_a_count_is_that_of_poisson(count: int) -> None:
    """At each end no more than 2.5 in 100, and a little, lie beyond what was counted."""
    low, high = of_count(count)
    upto = sum(high**k / factorial(k) for k in range(count + 1)) * exp(-high)
    assert upto == pytest.approx(0.025, abs=0.004)
    if count:
        under = sum(low**k / factorial(k) for k in range(count)) * exp(-low)
        assert 0.01 < 1 - under < 0.029


@given(*[st.integers(1, 200)] * 2, *[st.floats(0, 1)] * 2)
def test_of_shares_it_is_newcombes(n: int, n_was: int, now: float, was: float) -> None:
    """One way for all."""
    found = difference(now, wilson(now, n), was, wilson(was, n_was))
    assert found == change(now, n, was, n_was)
    assert found[0] <= now - was <= found[1]


def test_the_difference_of_medians_is_found_where_it_is() -> None:
    """Drawn a hundred times from two laws whose medians lie one apart: 95 intervals, or nearly."""
    dice, hits = random.Random(7), 0
    for _ in range(100):
        told = []
        for middle in (3.0, 2.0):
            values = sorted(middle + dice.expovariate(1) - 0.6931 for _ in range(101))
            places = rank_places(101, 0.5)
            assert places is not None
            told.append((values[50], (values[places[0] - 1], values[places[1] - 1])))
        low, high = difference(*told[0], *told[1])
        hits += low <= 1 <= high
    assert hits >= 90


def test_each_figure_knows_which_way_is_better_or_that_neither_is() -> None:
    """No name is of both kinds, and none is misspelled; claims are of figures that there are."""
    assert KPIS.keys() >= MORE_IS_BETTER | LESS_IS_BETTER
    assert not MORE_IS_BETTER & LESS_IS_BETTER
    assert {claim.name for claim in CLAIMS} <= MORE_IS_BETTER | LESS_IS_BETTER


def sure(name: str, value: float | None, low: float | None, high: float | None) -> Sure:
    """A figure with its interval."""
    return Sure(name=name, value=value, n=9, unit="s", low=low, high=high)


def test_better_is_said_only_where_nothing_else_can_be() -> None:
    """Shorter is better for times, more for shares; an interval with nothing in it says neither."""
    name = "resolve_wall_median_s"
    was = sure(name, 100.0, 90.0, 110.0)
    assert change_of(sure(name, 50.0, 45.0, 60.0), was)[0] is Change.BETTER
    assert change_of(sure(name, 150.0, 140.0, 160.0), was)[0] is Change.WORSE
    assert change_of(sure(name, 99.0, 80.0, 120.0), was)[0] is Change.NONE_SEEN
    assert change_of(sure(name, 50.0, None, None), was) == (Change.NOT_JUDGED, None)
    csat = [sure("csat", 0.9, 0.85, 0.95), sure("csat", 0.5, 0.4, 0.6)]
    assert change_of(*csat)[0] is Change.BETTER
    opened = [sure("orders_closed", 9.0, 8.0, 10.0), sure("orders_closed", 1.0, 0.0, 2.0)]
    assert change_of(*opened)[0] is Change.NOT_JUDGED


def period(first: str, last: str, **mixes: dict[str, int]) -> Period:
    """Days with their work."""
    days = {"first": DAY.fromisoformat(first), "last": DAY.fromisoformat(last)}
    return Period(**days, zone="UTC", figures={}, mixes=mixes)


def test_what_else_was_unlike_is_told() -> None:
    """Season, crew and what the work was; nothing of what was alike."""
    was = period("2025-10-01", "2025-10-31", kind={"a": 8, "b": 2}, person={"T1": 5, "T2": 5})
    same = period("2026-10-01", "2026-10-31", kind={"a": 80, "b": 20}, person={"T1": 5, "T2": 6})
    assert unlikes(same, was) == ()
    other = period("2026-11-01", "2026-11-30", kind={"a": 2, "b": 8}, person={"T9": 9, "T1": 1})
    found = {one.what: round(one.part, 2) for one in unlikes(other, was)}
    assert found == {"crew": 0.9, "kind": 0.6}, "November is of the same season"
    gone = period("2026-10-01", "2026-10-31", kind={"a": 8, "b": 2}, person={"T1": 10})
    assert [one.what for one in unlikes(gone, was)] == ["crew"]


@given(st.dates(DAY.replace(year=2000), DAY.replace(year=2100)), st.integers(0, 800))
def test_the_same_days_of_any_year_are_of_one_season(first: date, more: int) -> None:
    """And the year before is fair: it is never said to be another season."""
    last = first + timedelta(days=more)
    fair = year_before(first, last)
    now, was = period(str(first), str(last)), period(str(fair[0]), str(fair[1]))
    assert unlikes(now, was) == ()
    assert timedelta(days=-1) <= (fair[1] - fair[0]) - (last - first) <= timedelta(days=1)


def test_only_another_season_is_called_so() -> None:
    """Months of one season, or whole years, are not; a part of one counts as such."""
    september = period("2026-09-01", "2026-09-30")
    for first, last in (("2026-10-01", "2026-10-31"), ("2026-11-01", "2026-11-30")):
        assert unlikes(period(first, last), september) == ()
    winter = period("2026-12-01", "2026-12-31")
    (found,) = unlikes(winter, september)
    assert (found.what, found.part) == ("season", 1.0)
    assert unlikes(period("2026-01-01", "2026-12-31"), period("2025-01-01", "2025-12-31")) == ()
    (half,) = unlikes(period("2026-11-16", "2026-12-15"), september)
    assert half.part == 0.5
    assert year_before(date(2028, 2, 1), date(2028, 2, 29))[1] == date(2027, 2, 28)
    assert year_before(date(2025, 2, 1), date(2025, 2, 28))[1] == date(2024, 2, 29)
