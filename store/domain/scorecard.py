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
    """What is looked at; each is a share over orders, and more is better."""

    CONTENT = "csat"
    FIRST_TIME = "first_time_fix"
    IN_TIME = "deadlines_kept"
    NOT_BACK = "not_returned"
    INSPECTED = "inspected"
    PROCEDURE = "procedure_kept"
    PRAISED = "praised"


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
    Measure.INSPECTED: MeasureSpec(
        label=N_("score of inspections"),
        short=N_("inspection"),
        means=N_(
            "score of the sheet, of orders that were drawn and were inspected in the month; of two"
            " sheets of one order the later counts"
        ),
    ),
    Measure.PROCEDURE: MeasureSpec(
        label=N_("procedure kept"),
        short=N_("procedure"),
        means=N_(
            "mandatory steps that were done with what they ask for and not skipped, each order"
            " alike, of orders closed in the month that had such steps"
        ),
    ),
    Measure.PRAISED: MeasureSpec(
        label=N_("praised"),
        short=N_("praised"),
        means=N_(
            "a customer's praise of this technician for the order, of orders closed in the month"
        ),
    ),
}
BASE: Final = (Measure.CONTENT, Measure.FIRST_TIME, Measure.IN_TIME, Measure.NOT_BACK)
"""What a score is of in any case."""
BESIDES: Final = (Measure.INSPECTED, Measure.PROCEDURE)
"""What it is of besides where anybody has it. Praise stands beside the score: it is so rare that
it tells no more than who of those that are alike was praised more.
"""
MOST_STRENGTH: Final = 50.0
"""Orders that the group's mean weighs as at the most.

That people seem alike in one month is no proof that they are: whoever did hundreds of orders is
told by his own, not by the mean of all.
"""
LEAST_SHARE: Final = 3
"""Measures of `BASE` with a figure, without which there is no score."""


class Case(NamedTuple):
    """Orders alike of one technician that count for a measure."""

    technician: int
    stratum: tuple[str, int]
    """Kind of work and priority: what they are compared with."""
    good: float
    """How many of them are good. One may be so in part: steps of an order, or questions of a sheet,
    are not as many proofs as there are of them."""
    n: int = 1
    squares: float | None = None
    """The squares of how good each is, added up; None where each is good or not."""


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


def strength_of(
    shares: Iterable[tuple[float, int]], mean: float, spread: float | None = None
) -> float:
    """How many orders the group's mean weighs as, from how much people differ more than by luck.

    `spread` / τ², where τ² is the variance between people by the method of moments
    (DerSimonian and Laird, "Meta-analysis in clinical trials", 1986): Q over n − Σn²/n, where Q is
    Σ n·(share − mean)² less (people − 1)·`spread`. Infinite where that is not above 0. `spread` is
    the variance of single orders, mean·(1 − mean) where each is good or not.
    """
    told = [(share, n) for share, n in shares if n]
    total = sum(n for _share, n in told)
    spread = mean * (1 - mean) if spread is None else spread
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
    strata: defaultdict[tuple[str, int], list[float]] = defaultdict(lambda: [0, 0.0])
    his: defaultdict[int, list[Case]] = defaultdict(list)
    total, squares = 0, 0.0
    for case in cases:
        counts = strata[case.stratum]
        counts[0] += case.n
        counts[1] += case.good
        total += case.n
        squares += case.good if case.squares is None else case.squares
        his[case.technician].append(case)
    if not total:
        return Figures(group=None, people={})
    mean = fsum(good for _n, good in strata.values()) / total
    rates = {stratum: good / n for stratum, (n, good) in strata.items()}
    bare = {}
    for technician, mine in his.items():
        n = sum(case.n for case in mine)
        own = fsum(case.good for case in mine) / n
        expected = fsum(case.n * rates[case.stratum] for case in mine) / n
        bare[technician] = (n, own, expected, min(1.0, max(0.0, own + mean - expected)))
    found = strength_of(
        ((one[3], one[0]) for one in bare.values()), mean, squares / total - mean * mean
    )
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


def score_of(figures: Mapping[Measure, Figure], group: Mapping[Measure, Group]) -> float | None:
    """The mean of the fair figures; None where fewer than `LEAST_SHARE` of `BASE` are known.

    Who has none of a measure of `BESIDES` that others have stands as the group does, which is what
    shrinking makes of no order: whose work is drawn, or has a procedure, gains or loses nothing by
    that alone.
    """
    known = [figures[one].fair for one in BASE if one in figures]
    if len(known) < LEAST_SHARE:
        return None
    for one in BESIDES:
        if one in figures:
            known.append(figures[one].fair)
        elif one in group:
            known.append(group[one].mean)
    return fsum(known) / len(known)
