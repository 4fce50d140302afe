"""Star of the month and gold service engineer: published rules, with the least numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from store.domain.scorecard import Measure
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STAR_ORDERS: Final = 10
"""Orders closed in the month, without which nobody is the star."""
STAR_ANSWERS: Final = 3
"""Answers of customers in the month."""
GOLD_MONTHS: Final = 3
GOLD_ORDERS: Final = 30
GOLD_ANSWERS: Final = 10
GOLD_LEAST: Final[Mapping[Measure, float]] = {
    Measure.CONTENT: 0.90,
    Measure.FIRST_TIME: 0.85,
    Measure.IN_TIME: 0.90,
    Measure.NOT_BACK: 0.95,
}
"""What each fair figure over `GOLD_MONTHS` months must come to."""
GOLD_BESIDES: Final[Mapping[Measure, float]] = {Measure.INSPECTED: 0.75, Measure.PROCEDURE: 0.90}
"""The same of whoever has such a figure: not all work is drawn, nor has it a procedure."""
SAME: Final = 5e-4
"""Scores that differ by less are a tie: they are shown alike."""

STAR_RULE: Final = N_(
    "the highest score of the month (mean of the fair figures, at least {measures} of the first"
    " {base}; inspections and procedures where anybody has them), of those with at least {orders}"
    " closed orders and {answers} answers; of those within {same} points whoever was praised more,"
    " and whoever is alike there too shares it"
)
GOLD_RULE: Final = N_(
    "over {months} months at least {orders} closed orders and {answers} answers, and fair figures"
    " of at least: {figures}; and where there is such a figure: {besides}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What the rules look at of one technician."""

    technician: int
    closed: int
    answers: int
    score: float | None
    fair: Mapping[Measure, float]


def stars(candidates: Iterable[Candidate]) -> tuple[int, ...]:
    """Who is the star: one, several where they are alike, or nobody; the best first."""
    able = sorted(
        (-one.score, one.technician, one.fair.get(Measure.PRAISED, 0.0))
        for one in candidates
        if one.score is not None and one.closed >= STAR_ORDERS and one.answers >= STAR_ANSWERS
    )
    if not able:
        return ()
    alike = [one for one in able if one[0] - able[0][0] < SAME]
    most = max(praised for _score, _technician, praised in alike)
    return tuple(technician for _score, technician, praised in alike if most - praised < SAME)


def golden(candidate: Candidate) -> bool:
    """Whether somebody is a gold service engineer: every figure is there, and high enough.

    Those of `GOLD_BESIDES` need not be there.
    """
    if candidate.closed < GOLD_ORDERS or candidate.answers < GOLD_ANSWERS:
        return False
    fair = candidate.fair
    return all(fair.get(measure, -1.0) >= least for measure, least in GOLD_LEAST.items()) and all(
        fair.get(measure, least) >= least for measure, least in GOLD_BESIDES.items()
    )
