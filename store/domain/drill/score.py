"""What a rehearsal came to, and two of them beside each other, run by run."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from statistics import fmean, median, stdev
from typing import TYPE_CHECKING, Final

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.domain.drill.calls import Case
    from store.domain.drill.run import Fate, Scene

URGENT: Final = 2
"""Up to this priority."""
_HOUR: Final = 60.0
_T: Final = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
"""Student's t, two-sided 95 %, for 1 to 30 degrees of freedom."""
_Z: Final = 1.959964
"""Of the normal distribution."""

IN_PARTS: Final = frozenset({"drive", "mean", "median", "p90", "restricted", "open"})
"""Measures whose change is told in percent; that of the others in points."""
MEASURES: Final[Mapping[str, str]] = {
    "urgent_kept": N_("first and second priority resolved in time, %"),
    "kept": N_("all orders resolved in time, %"),
    "drive": N_("driving an order, minutes"),
    "median": N_("hours to resolve, median of the closed"),
    "p90": N_("hours to resolve, nine of ten of the closed"),
    "mean": N_("hours to resolve, mean of the closed"),
    "restricted": N_(
        "hours to resolve, mean with open ones, each followed a week or half the days"
    ),
    "open": N_("orders open at the end"),
}
"""What is told of each run, in the order of a report."""
_WEEK_H: Final = 168.0


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure over several runs."""

    median: float
    p90: float


@dataclass(frozen=True, slots=True)
class Change:
    """The mean difference between two rules over the same runs, with its 95 % interval."""

    mean: float
    least: float
    most: float


def measured(scene: Scene, fates: Sequence[Fate]) -> dict[str, float]:
    """Each of `MEASURES`."""
    hours: list[float] = []
    capped: list[float] = []
    drives, visited = 0.0, 0
    most = min(_WEEK_H, scene.until / _HOUR / 2)
    for case, fate in zip(scene.cases, fates, strict=True):
        drives += fate.drive
        visited += bool(fate.visits)
        spent = ((fate.done_at or scene.until) - case.call.at) / _HOUR
        if fate.done_at is not None:
            hours.append(spent)
        if case.call.at + most * _HOUR <= scene.until:
            capped.append(min(spent, most))
    verdicts = judged(scene, fates)
    kept = [in_time for _case, in_time in verdicts]
    urgent = [in_time for case, in_time in verdicts if case.call.priority <= URGENT]
    return {
        "urgent_kept": 100 * _part(urgent),
        "kept": 100 * _part(kept),
        "drive": drives / visited if visited else 0.0,
        "mean": fmean(hours) if hours else 0.0,
        "median": median(hours) if hours else 0.0,
        "p90": quantile(hours, 0.9),
        "restricted": fmean(capped) if capped else 0.0,
        "open": float(sum(fate.done_at is None for fate in fates)),
    }


def judged(scene: Scene, fates: Sequence[Fate]) -> list[tuple[Case, bool]]:
    """The calls that were due by the end under any rule, and whether each was resolved in time.

    Of others what is done already would count as kept, and what is open would not count: the
    faster rule would be judged by more of them.
    """
    return [
        (case, fate.done_at is not None and fate.done_at <= fate.due_at)
        for case, fate in zip(scene.cases, fates, strict=True)
        if case.last_due <= scene.until
    ]


def spread(values: Sequence[float]) -> Spread:
    """Median and ninth tenth of one figure over the runs."""
    return Spread(median(values), quantile(values, 0.9))


def change(ours: Sequence[float], theirs: Sequence[float]) -> Change:
    """How far ours lies from theirs, run by run: paired, so that a hard day is hard for both."""
    differences = [one - other for one, other in zip(ours, theirs, strict=True)]
    mean = fmean(differences)
    if len(differences) < 2:
        return Change(mean, mean, mean)
    freedom = len(differences) - 1
    half = _t(freedom) * stdev(differences) / sqrt(len(differences))
    return Change(mean, mean - half, mean + half)


def _t(freedom: int) -> float:
    """Student's t; beyond the table by its expansion (Abramowitz and Stegun, 26.7.5)."""
    if freedom <= len(_T):
        return _T[freedom - 1]
    first, second = (_Z**3 + _Z) / 4, (5 * _Z**5 + 16 * _Z**3 + 3 * _Z) / 96
    return _Z + first / freedom + second / freedom**2


def change_in_parts(ours: Sequence[float], theirs: Sequence[float]) -> Change:
    """The same in percent of theirs, run by run; none where theirs is nothing."""
    parts = [
        100 * (one / other - 1) if other else 0.0 for one, other in zip(ours, theirs, strict=True)
    ]
    return change(parts, [0.0] * len(parts))


def quantile(values: Sequence[float], part: float) -> float:
    """The value that this part of all does not pass; 0 of none."""
    ordered = sorted(values)
    return ordered[max(0, ceil(part * len(ordered)) - 1)] if ordered else 0.0


def _part(kept: Sequence[bool]) -> float:
    return sum(kept) / len(kept) if kept else 1.0
