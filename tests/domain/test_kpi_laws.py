"""Laws of the figures' arithmetic, for all inputs."""

from __future__ import annotations

import statistics
from itertools import pairwise
from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from store.domain.kpi.reckon import between, mean, ranks, restricted_mean
from store.domain.kpi.spans import joined, length, shared, without
from store.domain.kpi.sums import ASKED, SUMS, bounds, bucket, month_of, month_starts
from store.persistence.kpi_sql import ADDS, HEARD

durations = st.integers(0, 10**12)
several = st.lists(durations, min_size=1, max_size=60)


@given(several)
def test_a_median_is_that_of_statistics(values: list[int]) -> None:
    """Between the two in the middle, where there are two."""
    assert isclose(_ranked(values, 5), statistics.median(values))


@given(several.filter(lambda values: len(values) > 1))
def test_nine_tenths_are_those_of_statistics(values: list[int]) -> None:
    """The ninth of the nine cuts of the whole population."""
    wanted = statistics.quantiles(values, n=10, method="inclusive")[8]
    assert isclose(_ranked(values, 9), wanted, rel_tol=1e-9, abs_tol=1e-6)


def _ranked(values: list[int], tenths: int) -> float:
    ordered = sorted(values)
    low, high = ranks(len(ordered), tenths)
    return between(ordered[low], ordered[high], len(ordered), tenths)


@given(durations, durations)
def test_a_bucket_holds_what_falls_into_it(one: int, other: int) -> None:
    """It is never wider than a sixteenth of what it holds, and longer ones fall no lower."""
    least, most = bounds(bucket(one))
    assert least <= one <= most
    assert most - least <= least / 16
    assert bucket(min(one, other)) <= bucket(max(one, other))


@given(st.integers(-(10**12), 4 * 10**12))
def test_an_instant_lies_in_its_month(ms: int) -> None:
    """Before 1970, too."""
    month = month_of(ms)
    assert month_starts(month) <= ms < month_starts(month + 1)


@given(several, durations.filter(bool))
def test_where_all_have_ended_the_restricted_mean_is_the_mean_cut(
    values: list[int], horizon: int
) -> None:
    """Nothing is guessed then."""
    found = restricted_mean([(ms, True) for ms in values], horizon)
    assert found is not None
    wanted = sum(min(ms, horizon) for ms in values) / len(values)
    assert isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-3)


@given(st.lists(st.tuples(durations, st.booleans()), min_size=1, max_size=60), durations)
def test_open_orders_never_better_the_restricted_mean(
    lasted: list[tuple[int, bool]], horizon: int
) -> None:
    """To take an open order for done at this moment is never less favourable than to wait."""
    found = restricted_mean(lasted, horizon)
    at_best = restricted_mean([(ms, True) for ms, _ in lasted], horizon)
    assert found is not None
    assert at_best is not None
    assert at_best - 1e-3 <= found * (1 + 1e-9)
    assert found <= horizon * (1 + 1e-9)


def test_of_nothing_there_is_no_mean() -> None:
    """Neither nought nor a hundred."""
    assert mean(0, 0) is None
    assert restricted_mean([], 1000) is None


moments = st.integers(0, 60)
some = st.lists(st.tuples(moments, moments), max_size=8)


def _ticks(held: list[tuple[int, int]]) -> set[int]:
    return {tick for begins, ends in held for tick in range(begins, ends)}


@given(some, some)
def test_time_taken_from_time_and_shared_is_that_of_sets(
    held: list[tuple[int, int]], others: list[tuple[int, int]]
) -> None:
    """Tick by tick, whatever overlaps, touches or is empty."""
    assert _ticks(without(held, others)) == _ticks(held) - _ticks(others)
    assert shared(held, others) == len(_ticks(held) & _ticks(others))
    assert length(held) == len(_ticks(held))
    told = joined(held)
    assert all(one[1] < other[0] for one, other in pairwise(told))


def test_each_sum_is_said_in_both_tongues() -> None:
    """In Python for an order at a time, in SQL for many."""
    assert tuple(ADDS) == SUMS
    assert tuple(HEARD) == ASKED
