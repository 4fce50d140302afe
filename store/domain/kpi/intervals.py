"""How sure a share, and the change of one, can be told from so many orders; and what changed else.

Of a share Wilson's interval, of a change of two Newcombe's, made of both: neither leaves what can
be, however few there are. Both are of 95 in 100.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any, Final

from store.domain.kpi.sure import FEWEST, Interval, Z, difference

if TYPE_CHECKING:
    from collections.abc import Mapping

MIXED: Final = 0.2
"""From this part on, orders that are of other kinds, or others' work, make months unlike."""


def wilson(share: float, n: int) -> Interval:
    """Between what a share of n orders lies; all that can be where there are none."""
    if n <= 0:
        return 0.0, 1.0
    z2 = Z * Z
    middle = share + z2 / (2 * n)
    reach = Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    low, high = ((middle + sign * reach) / (1 + z2 / n) for sign in (-1, 1))
    return max(0.0, min(share, low)), min(1.0, max(share, high))


def of_score(mean: float, n: int) -> Interval:
    """Of the mean of n scores from 0 to 1.

    Whatever they are spread like, their variance is at most that of a share of the same mean:
    Wilson's interval is wide enough, also where all were scored alike.
    """
    return wilson(mean, n)


def of_counts(first: int, second: int) -> Interval | None:
    """Of one count divided by another, both of events that come by themselves.

    The first, given how many both are, is binomial (J. Przyborowski, H. Wilenski, Biometrika 31,
    1940); what is counted in both makes it wider than it need be. None where the second is below
    `FEWEST`: nothing bounds what is divided by next to nothing.
    """
    both = first + second
    if second < FEWEST:
        return None
    low, high = wilson(first / both, both)
    return low / (1 - low), high / (1 - high)


def of_fall(some: int, n: int, some_was: int, n_was: int) -> Interval | None:
    """Of by which part of what it was a share fell, from both shares' intervals.

    The ratio of two, as A. Donner, G. Y. Zou (Statistical Methods in Medical Research 21, 2012)
    make it of the limits of each. None where either is of fewer than `FEWEST`, or there was nothing
    that could fall.
    """
    if min(n, n_was) < FEWEST or not some_was:
        return None
    now, was = some / n, some_was / n_was
    (low, high), (low_was, high_was) = wilson(now, n), wilson(was, n_was)
    whole = now * was
    beyond, within = low * (2 * now - low), high_was * (2 * was - high_was)
    least = beyond / (whole + sqrt(max(0.0, whole * whole - beyond * within))) if beyond else 0.0
    beyond, within = high * (2 * now - high), low_was * (2 * was - low_was)
    most = (whole + sqrt(max(0.0, whole * whole - beyond * within))) / within
    return 1 - most, 1 - least


def change(now: float, n: int, was: float, n_was: int) -> Interval:
    """Between what the change from one share to another lies."""
    return difference(now, wilson(now, n), was, wilson(was, n_was))


def unlike(now: Mapping[Any, int], was: Mapping[Any, int]) -> float | None:
    """Which part of one mix would have to be of another kind to be the other; None of nothing."""
    n, n_was = sum(now.values()), sum(was.values())
    if not n or not n_was:
        return None
    kinds = now.keys() | was.keys()
    return sum(abs(now.get(kind, 0) / n - was.get(kind, 0) / n_was) for kind in kinds) / 2


def newcomers(now: Mapping[str, int], was: Mapping[str, int]) -> float | None:
    """Which part is of those who had no part before; None of nothing."""
    n = sum(now.values())
    return sum(count for who, count in now.items() if not was.get(who)) / n if n else None
