"""The arithmetic of figures; of nothing nothing is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def mean(total: int, count: int) -> float | None:
    """One whole number divided by another; None by nothing."""
    return total / count if count else None


def ranks(count: int, tenths: int) -> tuple[int, int]:
    """Between which two places from 0, the first taken lowest, so many tenths of them lie."""
    low = (count - 1) * tenths // 10
    return low, min(low + 1, count - 1)


def between(low: int, high: int, count: int, tenths: int) -> float:
    """The value there: as far from the lower one as the place is, in proportion."""
    return low + (high - low) * ((count - 1) * tenths % 10) / 10


def watched(lasted: Iterable[tuple[int, bool]], horizon: int) -> int | None:
    """How far a mean up to a horizon may look; None where nothing was watched at all.

    The estimate of Kaplan and Meier says nothing past the longest that was seen, unless nobody is
    left there: a mean is restricted to a time within it (J. P. Klein, M. L. Moeschberger, Survival
    Analysis, 2nd edition, 4.5; P. Royston, M. K. B. Parmar, BMC Medical Research Methodology 13,
    2013, 152). So the whole horizon where somebody was watched to it, or all who lasted longest
    have ended; else the longest time that anybody was watched.
    """
    told = list(lasted)
    if not told:
        return None
    longest = max(ms for ms, _ended in told)
    if longest >= horizon or all(ended for ms, ended in told if ms == longest):
        return horizon
    return longest or None


def restricted_mean(lasted: Iterable[tuple[int, bool]], horizon: int) -> float | None:
    """The mean duration up to a horizon, of (duration, whether it had ended); None of nothing.

    The area under the estimate of Kaplan and Meier: what has not ended yet counts among those that
    might for as long as it has lasted, and no longer. Where all are seen to the horizon this is the
    plain mean of the durations, cut there. Beyond what was watched (`watched`) it would go on as if
    nothing ended any more: cut it there first.
    """
    told = sorted((min(ms, horizon), ended and ms <= horizon) for ms, ended in lasted)
    left = len(told)
    if not left:
        return None
    area, share, since, place = 0.0, 1.0, 0, 0
    while place < len(told):
        ms = told[place][0]
        area, since = area + share * (ms - since), ms
        same = place
        while same < len(told) and told[same][0] == ms:
            same += 1
        ended = sum(one[1] for one in told[place:same])
        share *= 1 - ended / left
        left, place = left - (same - place), same
    return area + share * (horizon - since)
