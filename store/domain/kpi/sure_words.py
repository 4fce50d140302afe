"""How the interval of each figure is reckoned, in words, and why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.kpi.ways import (
    Acknowledged,
    Answered,
    Balance,
    Complained,
    Each,
    Fall,
    Fixed,
    Heard,
    Inspected,
    Kept,
    Mean,
    Part,
    Rank,
    Renewed,
    Restricted,
    Together,
    Unit,
    Worked,
)
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.kpi.ways import Kpi, Way

_WILSON: Final = N_("Wilson's, of a share")
_MEAN: Final = N_("Student's t; none of fewer than 5")
_RANK: Final = N_("between two of the values in their order; none where so few are not sure enough")
_PEOPLE: Final = N_("Student's t over people, each with all his time; none of fewer than 5")
_METHODS: Final[Mapping[type[Way], str]] = {
    Mean: _MEAN,
    Rank: _RANK,
    Restricted: N_("Greenwood's; none where fewer than 5 ended"),
    Worked: _PEOPLE,
    Complained: N_("of a Poisson count (Byar)"),
    Balance: N_("Wilson's, of the share opened in both; none where fewer than 5 were closed"),
    Fall: N_("Donner and Zou's ratio of two shares (Wilson); none where either is of fewer than 5"),
    **dict.fromkeys((Each, Kept, Fixed, Heard, Renewed, Answered), _WILSON),
}
_SCORE: Final = N_("Wilson's, which is wide enough of any scores from 0 to 100 %")
_PROJECTS: Final = N_("Student's t over projects, each with all its parts; none of fewer than 5")

TOO_FEW: Final = N_("too few for an interval")
"""Why a figure has none that is reckoned for such figures otherwise."""


def method_of(spec: Kpi) -> str:
    """How its interval of 95 in 100 is reckoned; empty where a figure has none at all.

    What is counted is known, and has none.
    """
    match spec.way:
        case Inspected(acted):
            return "" if acted else _SCORE
        case Together(part):
            return _WILSON if part in {Part.TAKEN, Part.KEPT, Part.HANDED_ON} else _PROJECTS
        case Each() if spec.unit is Unit.TIMES:
            return _MEAN
        case Heard(times=times) if times != 1:
            return _MEAN
        case Acknowledged(tenths):
            return _MEAN if tenths is None else _RANK
        case _:
            return _METHODS.get(type(spec.way), "")
