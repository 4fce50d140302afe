"""What it costs that somebody goes to an order: in minutes, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTS: Final[Mapping[str, str]] = {
    "lateness": N_("late itself"),
    "knock_on": N_("makes others late"),
    "waiting": N_("wait until the work begins"),
    "others_wait": N_("others wait longer"),
    "travel": N_("travel"),
    "overload": N_("overload"),
    "territory": N_("another region than the own one"),
    "fairness": N_("has more than the others"),
    "usual": N_("knows the customer"),
    "asked_for": N_("asked for by the customer"),
}
"""What a score consists of, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What it costs that somebody goes, in minutes; the last two are gains."""

    lateness: float
    knock_on: float
    waiting: float
    others_wait: float
    travel: float
    overload: float
    territory: float
    fairness: float
    usual: float
    asked_for: float

    @property
    def total(self) -> float:
        """All of it."""
        return sum(float(getattr(self, name)) for name in PARTS)

    def shared(self, by: float) -> Score:
        """The same in minutes that are so many times longer."""
        return Score(**{name: getattr(self, name) / by for name in PARTS})


def why_dearer(score: Score, best: Score) -> dict[str, float]:
    """By how many minutes each part of one score is above another's; equal parts are left out."""
    gaps = {name: round(getattr(score, name) - getattr(best, name), 1) for name in PARTS}
    return dict(sorted(((n, gap) for n, gap in gaps.items() if gap), key=lambda one: -abs(one[1])))
