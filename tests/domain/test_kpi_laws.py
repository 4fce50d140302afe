"""Laws of the figures' arithmetic, for all inputs."""

from __future__ import annotations

import statistics
from itertools import pairwise
from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from store.domain.kpi.intervals import change, newcomers, unlike, wilson
from store.domain.kpi.reckon import between, mean, ranks, restricted_mean, watched
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


lived = st.lists(st.tuples(st.integers(0, 100), st.booleans()), min_size=1, max_size=30)


@given(lived, st.integers(1, 120))
def test_a_mean_looks_no_farther_than_somebody_was_watched(
    lasted: list[tuple[int, bool]], horizon: int
) -> None:
    """Within it the mean is that of Efron's weights, where each that is open hands his on.

    To look farther would be to say that whoever is open stays so: that, and nothing else, makes the
    mean up to the whole horizon greater.
    """
    told = watched(lasted, horizon)
    longest = max(ms for ms, _ in lasted)
    open_at_last = any(ms == longest and not ended for ms, ended in lasted)
    assert told == (horizon if longest >= horizon or not open_at_last else longest or None)
    if told is None:
        return
    found = restricted_mean(lasted, told)
    assert found is not None
    assert isclose(found, _handed_on(lasted, told), rel_tol=1e-9, abs_tol=1e-9)
    assert found <= min(told, longest) + 1e-9


def _handed_on(lasted: list[tuple[int, bool]], horizon: int) -> float:
    """Weights from the left to the right: what an open one has goes to all that outlast it."""
    each = sorted(lasted, key=lambda one: (one[0], not one[1]))
    weights = [1 / len(each)] * len(each)
    for place, (_ms, ended) in enumerate(each):
        if not ended:
            after = len(each) - place - 1
            for later in range(place + 1, len(each)):
                weights[later] += weights[place] / after
            if after:
                weights[place] = 0.0
    return sum(weight * min(ms, horizon) for weight, (ms, _) in zip(weights, each, strict=True))


def test_orders_of_an_hour_tell_nothing_of_a_month() -> None:
    """Two were done in a minute, two are open: within the hour that anybody saw, 30 minutes."""
    lasted = [(60, True), (60, True), (3_600, False), (3_500, False)]
    assert watched(lasted, 30 * 86_400) == 3_600
    assert restricted_mean(lasted, 3_600) == (60 + 3_600) / 2
    assert watched([(60, True), (60, True)], 30 * 86_400) == 30 * 86_400
    assert watched([(0, False)], 100) is None
    assert watched([], 100) is None


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


counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts, counts)
def test_an_interval_holds_its_share_and_leaves_nothing_that_can_be(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    """However few there are; ten times as many tell more, and the other way round is the same."""
    (some, n), (some_was, n_was) = one, other
    low, high = wilson(some / n, n)
    assert 0 <= low <= some / n <= high <= 1
    closer = wilson(some / n, 10 * n)
    assert closer[1] - closer[0] <= high - low + 1e-12
    least, most = change(some / n, n, some_was / n_was, n_was)
    assert -1 - 1e-9 <= least <= some / n - some_was / n_was <= most <= 1 + 1e-9
    back = change(some_was / n_was, n_was, some / n, n)
    assert isclose(least, -back[1], abs_tol=1e-12)
    assert isclose(most, -back[0], abs_tol=1e-12)


def test_a_change_is_that_of_the_published_example() -> None:
    """56 of 70 against 48 of 80, as Newcombe (1998) reckons it by his tenth method."""
    least, most = change(56 / 70, 70, 48 / 80, 80)
    assert (round(least, 4), round(most, 4)) == (0.0524, 0.3339)


mixes = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 50))


@given(mixes, mixes)
def test_how_unlike_two_mixes_are_is_a_part(now: dict[str, int], was: dict[str, int]) -> None:
    """None of the same, all of another, nothing of nothing."""
    found = unlike(now, was)
    assert (found is None) == (not sum(now.values()) or not sum(was.values()))
    assert found is None or 0 <= found <= 1 + 1e-9
    assert unlike(now, now) in {None, 0}
    new = newcomers(now, was)
    assert new is None or (0 <= new <= 1 and newcomers(now, now) == 0)
    assert unlike({"a": 2}, {"b": 5}) == newcomers({"a": 2}, {"b": 5}) == 1
