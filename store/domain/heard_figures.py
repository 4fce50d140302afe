"""What answers of customers come to: CSAT, NPS and the response rate; pure.

An empty set has no rate: nobody asked is not everybody pleased.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

CSAT_LEAST, CSAT_MOST = 1, 5
NPS_LEAST, NPS_MOST = 0, 10
CONTENT: Final = 4
"""From which of the five answers on somebody counts as content: the top two."""
PROMOTER, DETRACTOR = 9, 6
"""From nine on somebody would recommend us, up to six he would advise against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a whole, with how many both are."""

    count: int
    of: int

    @property
    def rate(self) -> float | None:
        """From 0 to 1; None where there is nothing to be a part of."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The net promoter score, with the three groups that it is made of."""

    promoters: int
    passives: int
    detractors: int

    @property
    def of(self) -> int:
        """How many answered."""
        return self.promoters + self.passives + self.detractors

    @property
    def value(self) -> float | None:
        """From -100 to 100; None where nobody answered."""
        return 100 * (self.promoters - self.detractors) / self.of if self.of else None


def csat_of(answers: Iterable[int]) -> Share:
    """The share of those who chose one of the top two of five; never a mean of stars."""
    held = tuple(answers)
    return Share(count=sum(answer >= CONTENT for answer in held), of=len(held))


def nps_of(answers: Iterable[int]) -> Score:
    """Who would recommend us, and who would not, of answers from 0 to 10."""
    held = tuple(answers)
    promoters = sum(answer >= PROMOTER for answer in held)
    detractors = sum(answer <= DETRACTOR for answer in held)
    passives = len(held) - promoters - detractors
    return Score(promoters=promoters, passives=passives, detractors=detractors)


def response_of(*, answered: int, refused: int, expired: int) -> Share:
    """How many of those whose survey is over answered it; one that expired is no answer.

    Whoever is still to be asked is in neither part, and whoever was spared was not asked.
    """
    return Share(count=answered, of=answered + refused + expired)
