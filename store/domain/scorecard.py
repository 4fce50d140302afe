"""Score cards: shares of orders per technician, fair to the kind of work and to small numbers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, inf
from typing import TYPE_CHECKING, Final, NamedTuple

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Measure(StrEnum):
    """What is looked at; each is a share of orders, and more is better."""

    CONTENT = "csat"
    FIRST_TIME = "first_time_fix"
    IN_TIME = "deadlines_kept"
    NOT_BACK = "not_returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureSpec:
    """What a measure is called, and of which orders it is."""

    label: str
    short: str
    means: str


MEASURES: Final[Mapping[Measure, MeasureSpec]] = {
    Measure.CONTENT: MeasureSpec(
        label=N_("customers content"),
        short=N_("content"),
        means=N_("answers of 4 or 5 of 5, of all answers to surveys due in the month"),
    ),
    Measure.FIRST_TIME: MeasureSpec(
        label=N_("fixed the first time"),
        short=N_("1st time"),
        means=N_(
            "done on the first visit, never reopened and without the same fault within 7 days, of"
            " repairs closed in the month at least 7 days ago"
        ),
    ),
    Measure.IN_TIME: MeasureSpec(
        label=N_("promises kept"),
        short=N_("in time"),
        means=N_("every settled clock kept, of orders closed in the month that had one"),
    ),
    Measure.NOT_BACK: MeasureSpec(
        label=N_("not sent back"),
        short=N_("not back"),
        means=N_("never reopened, of orders closed in the month"),
    ),
}
MOST_STRENGTH: Final = 50.0
"""Orders that the group's mean weighs as at the most.

That people seem alike in one month is no proof that they are: whoever did hundreds of orders is
told by his own, not by the mean of all.
"""
LEAST_SHARE: Final = 3
"""Measures with a figure, without which there is no score."""


class Case(NamedTuple):
    """Orders alike of one technician that count for a measure."""

    technician: int
    stratum: tuple[str, int]
    """Kind of work and priority: what they are compared with."""
    good: int
    """How many of them are good."""
    n: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measure of one technician; without an order there is none."""

    n: int
    own: float
    """The share as it is."""
    expected: float
    """The share that the group has over the same mix of kinds and priorities."""
    adjusted: float
    """`own`, moved by how much harder or easier his mix is than the group's."""
    fair: float
    """`adjusted`, drawn towards the group the more the smaller `n` is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A measure over everybody."""

    n: int
    mean: float
    strength: float
    """How many orders of the group each figure is drawn by, at most `MOST_STRENGTH`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A measure of everybody and of each."""

    group: Group | None
    """None where no order counts."""
    people: Mapping[int, Figure]


def shrunk(own: float, n: int, mean: float, strength: float) -> float:
    """A share of `n` orders drawn towards the group's mean.

    B·mean + (1 − B)·own with B = strength / (strength + n): the posterior mean of a beta-binomial,
    whose prior weighs as much as `strength` orders (empirical Bayes; Efron and Morris, "Data
    analysis using Stein's estimator and its generalizations", JASA 70, 1975).
    """
    if strength == inf:
        return mean
    return (n * own + strength * mean) / (n + strength)


def strength_of(shares: Iterable[tuple[float, int]], mean: float) -> float:
    """How many orders the group's mean weighs as, from how much people differ more than by luck.

    mean·(1 − mean) / τ², where τ² is the variance between people by the method of moments
    (DerSimonian and Laird, "Meta-analysis in clinical trials", 1986): Q over n − Σn²/n, where Q is
    Σ n·(share − mean)² less (people − 1)·mean·(1 − mean). Infinite where that is not above 0.
    """
    told = [(share, n) for share, n in shares if n]
    total = sum(n for _share, n in told)
    spread = mean * (1 - mean)
    among = total - sum(n * n for _share, n in told) / total if total else 0.0
    if among <= 0 or spread <= 0:
        return inf
    over = fsum(n * (share - mean) ** 2 for share, n in told) - (len(told) - 1) * spread
    return spread * among / over if over > 0 else inf


def figures_of(cases: Iterable[Case]) -> Figures:
    """Each technician's share over his orders, adjusted for his mix, then shrunk.

    The adjustment is the group's mean less what the group has over his mix (indirect
    standardisation, as a difference; Breslow and Day, "Statistical methods in cancer research" II,
    1987): it is nothing where everybody has the same mix.
    """
    strata: defaultdict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    his: defaultdict[int, list[Case]] = defaultdict(list)
    for case in cases:
        counts = strata[case.stratum]
        counts[0] += case.n
        counts[1] += case.good
        his[case.technician].append(case)
    total = sum(n for n, _good in strata.values())
    if not total:
        return Figures(group=None, people={})
    mean = sum(good for _n, good in strata.values()) / total
    rates = {stratum: good / n for stratum, (n, good) in strata.items()}
    bare = {}
    for technician, mine in his.items():
        n = sum(case.n for case in mine)
        own = sum(case.good for case in mine) / n
        expected = fsum(case.n * rates[case.stratum] for case in mine) / n
        bare[technician] = (n, own, expected, min(1.0, max(0.0, own + mean - expected)))
    found = strength_of(((one[3], one[0]) for one in bare.values()), mean)
    strength = min(found, MOST_STRENGTH)
    people = {
        technician: Figure(
            n=n,
            own=own,
            expected=expected,
            adjusted=adjusted,
            fair=shrunk(adjusted, n, mean, strength),
        )
        for technician, (n, own, expected, adjusted) in bare.items()
    }
    return Figures(group=Group(n=total, mean=mean, strength=strength), people=people)


def score_of(figures: Iterable[Figure | None]) -> float | None:
    """The mean of the fair figures; None where fewer than `LEAST_SHARE` measures have one."""
    known = [one.fair for one in figures if one is not None]
    return fsum(known) / len(known) if len(known) >= LEAST_SHARE else None
