"""Between what a figure lies, of 95 in 100, where there is a way to say so; pure.

Of a share Wilson's interval (`intervals`). Of a median or another rank the interval between two of
the values in their order, which holds whatever they are spread like (H. A. David, H. N. Nagaraja,
Order Statistics, 3rd edition, 7.1). Of a mean the interval of Student's t; of a share of time, or
the mean of several shares, that of what people's times, or projects' parts, lie apart from it, each
with all his own (W. G. Cochran, Sampling Techniques, 3rd edition, 6.4); of a mean up to a horizon,
while some still go on, Greenwood's (J. P. Klein, M. L. Moeschberger, Survival Analysis, 2nd
edition, 4.5). Of a count for each hundred that of a Poisson count (Byar's approximation). A
difference of two is told by the limits of both, as Newcombe does for shares and G. Y. Zou,
A. Donner (Statistics in Medicine 27, 2008) for whatever has an interval.
"""

from __future__ import annotations

from math import ceil, exp, floor, lgamma, log, sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Interval = tuple[float, float]

Z: Final = 1.959963984540054
FEWEST: Final = 5
"""A mean of fewer has no interval."""
_TAIL: Final = 0.025
_NOTHING: Final = 1e-18
_EXACT: Final = 1000
"""Up to so many, places are told by the binomial law itself; beyond, by its limit."""


def rank_places(n: int, share: float) -> tuple[int, int] | None:
    """Between which places of n in their order, from 1, that share of what they are drawn from
    lies; None where even the least and the most of so few are not sure enough."""
    if n <= 0:
        return None
    if n > _EXACT:
        reach = Z * sqrt(n * share * (1 - share))
        return max(1, floor(n * share - reach)), min(n, ceil(n * share + reach) + 1)
    low, high, below = 0, n + 1, 0.0
    for k in range(n + 1):
        upto = below + _binomial(n, k, share)
        if below <= _TAIL:
            low = k  # fewer than `k` below: place k is no higher than the rank, but for the tail
        if upto >= 1 - _TAIL:
            high = k + 1
            break
        below = upto
    return (low, high) if 1 <= low < high <= n else None


def _binomial(n: int, k: int, share: float) -> float:
    told = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return exp(told + k * log(share) + (n - k) * log(1 - share))


def of_mean(n: int, total: float, squares: float) -> Interval | None:
    """Of a mean from the sum of n values and that of their squares; None of fewer than `FEWEST`."""
    if n < FEWEST:
        return None
    middle = total / n
    spread = max(0.0, squares - n * middle * middle) / (n - 1)
    reach = _student(n - 1) * sqrt(spread / n)
    return middle - reach, middle + reach


def of_ratio(pairs: Sequence[tuple[float, float]]) -> Interval | None:
    """Of a share of time, from each one's part and his whole; None of fewer people than `FEWEST`.

    What one person did at different times hangs together, so that he counts as one.
    """
    n, whole = len(pairs), sum(whole for _part, whole in pairs)
    if n < FEWEST or not whole:
        return None
    share = sum(part for part, _whole in pairs) / whole
    apart = sum((part - share * his) ** 2 for part, his in pairs) / (n - 1)
    reach = _student(n - 1) * sqrt(n * apart) / whole
    return max(0.0, share - reach), min(1.0, share + reach)


def of_ratios(each: Sequence[Sequence[tuple[float, float]]]) -> Interval | None:
    """Of the mean of several shares, from what each one has of every share and of its whole.

    The same as `of_ratio` for one share; by how much each moves the mean, to the first order (the
    same book, 6.4), so that what one has of one share and of another hangs together, too. A share
    of nothing is left out. None of fewer than `FEWEST`, and where nothing is apart at all: then its
    spread is not seen, which is not that there is none.
    """
    n = len(each)
    if n < FEWEST:
        return None
    sums = [
        (sum(good for good, _ in column), sum(whole for _, whole in column))
        for column in zip(*each, strict=True)
    ]
    there = [place for place, (_good, whole) in enumerate(sums) if whole]
    shares = {place: sums[place][0] / sums[place][1] for place in there}
    moved = [
        sum((one[place][0] - shares[place] * one[place][1]) / sums[place][1] for place in there)
        / max(1, len(there))
        for one in each
    ]
    apart = sum(one * one for one in moved) * n / (n - 1)
    if apart <= _NOTHING:
        return None
    middle, reach = sum(shares.values()) / len(there), _student(n - 1) * sqrt(apart)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def of_restricted(lasted: Iterable[tuple[int, bool]], horizon: int) -> Interval | None:
    """Of `reckon.restricted_mean`; None where fewer than `FEWEST` ended within the horizon.

    Where all are seen to the horizon it is that of the plain mean of the durations, cut there.
    """
    told = sorted((min(ms, horizon), ended and ms <= horizon) for ms, ended in lasted)
    n = left = len(told)
    steps, share, place, seen = list[tuple[int, float, int, int]](), 1.0, 0, 0
    while place < n:
        same, ms = place, told[place][0]
        while same < n and told[same][0] == ms:
            same += 1
        ended = sum(one[1] for one in told[place:same])
        share *= 1 - ended / left
        steps.append((ms, share, ended, left))
        seen, left, place = seen + ended, left - (same - place), same
    if seen < FEWEST:
        return None
    area, variance, until = 0.0, 0.0, horizon
    for ms, after, ended, there in reversed(steps):
        area += after * (until - ms)
        until = ms
        if ended < there:  # whom nobody outlasts has nothing after him
            variance += area * area * ended / (there * (there - ended))
    middle = area + until
    reach = _student(n - 1) * sqrt(variance * n / (n - 1))
    return max(0.0, middle - reach), min(float(horizon), middle + reach)


def _student(free: int) -> float:
    """Student's t of 97.5 in 100, by its series in one over the degrees of freedom."""
    z = Z
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / free + second / free**2 + third / free**3


def of_count(count: int) -> Interval:
    """Of how many there are to be expected, where so many came."""
    low = 0.0 if count == 0 else count * (1 - 1 / (9 * count) - Z / (3 * sqrt(count))) ** 3
    more = count + 1
    high = more * (1 - 1 / (9 * more) + Z / (3 * sqrt(more))) ** 3
    return max(0.0, low), high


def difference(now: float, here: Interval, was: float, there: Interval) -> Interval:
    """Between what the change from one figure to another lies, each with its own interval."""
    less = sqrt((now - here[0]) ** 2 + (there[1] - was) ** 2)
    more = sqrt((here[1] - now) ** 2 + (was - there[0]) ** 2)
    return now - was - less, now - was + more
