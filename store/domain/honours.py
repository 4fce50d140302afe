"""Star of the month and gold service engineer: published rules, with the least numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from store.domain.scorecard import Measure
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.domain.dispatch.figures import Figures

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
class Rules:
    """By what both are found; as the desk had set it at some time."""

    star_orders: int
    """Orders closed in the month, without which nobody is the star."""
    star_answers: int
    """Answers of customers in the month."""
    gold_months: int
    gold_orders: int
    gold_answers: int
    gold_least: Mapping[Measure, float]
    """What each fair figure over `gold_months` months must come to."""
    gold_besides: Mapping[Measure, float]
    """The same of whoever has such a figure: not all work is drawn, nor has it a procedure."""


def rules_of(figures: Figures) -> Rules:
    """Those that a desk has set."""
    return Rules(
        star_orders=figures.star_orders,
        star_answers=figures.star_answers,
        gold_months=figures.gold_months,
        gold_orders=figures.gold_orders,
        gold_answers=figures.gold_answers,
        gold_least={
            Measure.CONTENT: figures.gold_content / 100,
            Measure.FIRST_TIME: figures.gold_first / 100,
            Measure.IN_TIME: figures.gold_in_time / 100,
            Measure.NOT_BACK: figures.gold_back / 100,
        },
        gold_besides={
            Measure.INSPECTED: figures.gold_inspected / 100,
            Measure.PROCEDURE: figures.gold_procedure / 100,
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What the rules look at of one technician."""

    technician: int
    closed: int
    answers: int
    score: float | None
    fair: Mapping[Measure, float]


def stars(candidates: Iterable[Candidate], rules: Rules) -> tuple[int, ...]:
    """Who is the star: one, several where they are alike, or nobody; the best first."""
    able = sorted(
        (-one.score, one.technician, one.fair.get(Measure.PRAISED, 0.0))
        for one in candidates
        if one.score is not None
        and one.closed >= rules.star_orders
        and one.answers >= rules.star_answers
    )
    if not able:
        return ()
    alike = [one for one in able if one[0] - able[0][0] < SAME]
    most = max(praised for _score, _technician, praised in alike)
    return tuple(technician for _score, technician, praised in alike if most - praised < SAME)


def golden(candidate: Candidate, rules: Rules) -> bool:
    """Whether somebody is a gold service engineer: every figure is there, and high enough.

    Those of `gold_besides` need not be there.
    """
    if candidate.closed < rules.gold_orders or candidate.answers < rules.gold_answers:
        return False
    fair = candidate.fair
    return all(
        fair.get(measure, -1.0) >= least for measure, least in rules.gold_least.items()
    ) and all(fair.get(measure, least) >= least for measure, least in rules.gold_besides.items())
