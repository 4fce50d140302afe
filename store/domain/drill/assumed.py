"""What a rehearsal takes for given, each figure with its source; an operator may change them all.

What no log tells is marked as assumed. The logs: requests of the City of Boston (2015), the UCI
incident log of an IT department, and the help desk log of 4TU.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from store.domain.errors import Refusal
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


class Basis(StrEnum):
    """Where a figure comes from."""

    MEASURED = "measured"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """The figures of a rehearsal; minutes and hours are of the clock on the wall."""

    labour_min: float = 45.0
    labour_spread: float = 0.7
    first_fix: float = 0.85
    wait_share: float = 0.12
    wait_hours: float = 48.0
    wait_tail: float = 0.0
    no_access: float = 0.04
    answer_hours: float = 4.0
    speed_kmh: float = 24.0
    road_factor: float = 1.35
    fixed_min: float = 3.0
    hours_p1: float = 4.0
    hours_p2: float = 12.0
    hours_p3: float = 36.0
    hours_p4: float = 72.0

    def hours(self, priority: int) -> float:
        """Within how many hours an order is to be resolved."""
        return (self.hours_p1, self.hours_p2, self.hours_p3, self.hours_p4)[priority - 1]


@dataclass(frozen=True, slots=True)
class Figure:
    """What one of the figures means, what it may be, and who says so."""

    means: str
    basis: Basis
    source: str
    least: float
    most: float


FIGURES: Final[Mapping[str, Figure]] = {
    "labour_min": Figure(
        N_("minutes of work a visit, on average"),
        Basis.ASSUMED,
        N_("no public log has it; 30 to 70 by trade"),
        1,
        600,
    ),
    "labour_spread": Figure(
        N_("its spread: standard deviation by mean, lognormal"),
        Basis.ASSUMED,
        N_("no public log has it"),
        0,
        3,
    ),
    "first_fix": Figure(
        N_("share of visits that need no other"),
        Basis.ASSUMED,
        N_("8.4 % of a help desk's cases were resolved more than once"),
        0.05,
        1,
    ),
    "wait_share": Figure(
        N_("share of orders that wait for a part or the customer"),
        Basis.ASSUMED,
        N_("27 % of a help desk's cases waited, the most one can expect"),
        0,
        1,
    ),
    "wait_hours": Figure(
        N_("hours of such a wait, on average"), Basis.ASSUMED, N_("no public log has it"), 0, 2000
    ),
    "wait_tail": Figure(
        N_("its tail: 0 falls off as chance does; 1 to 2 is as heavy as real logs are"),
        Basis.ASSUMED,
        N_("means of real logs are five to eight times their medians"),
        0,
        3,
    ),
    "no_access": Figure(
        N_("share of visits where nobody opens; another one a day later"),
        Basis.ASSUMED,
        N_("no public log has it"),
        0,
        0.9,
    ),
    "answer_hours": Figure(
        N_("hours until another department has answered, or a change is decided, on average"),
        Basis.ASSUMED,
        N_("no public log has it"),
        0,
        2000,
    ),
    "speed_kmh": Figure(
        N_("kilometres an hour on the road"), Basis.ASSUMED, N_("a city by day"), 1, 200
    ),
    "road_factor": Figure(
        N_("the road's length by that of the straight line"),
        Basis.ASSUMED,
        N_("usual for city streets"),
        1,
        5,
    ),
    "fixed_min": Figure(
        N_("minutes of every drive for parking and walking"),
        Basis.ASSUMED,
        N_("no public log has it"),
        0,
        60,
    ),
    "hours_p1": Figure(
        N_("hours to resolve the first priority"), Basis.ASSUMED, N_("as a desk sets it"), 0.1, 1000
    ),
    "hours_p2": Figure(
        N_("hours to resolve the second"), Basis.ASSUMED, N_("as a desk sets it"), 0.1, 1000
    ),
    "hours_p3": Figure(
        N_("hours to resolve the third"), Basis.ASSUMED, N_("as a desk sets it"), 0.1, 1000
    ),
    "hours_p4": Figure(
        N_("hours to resolve the fourth"), Basis.ASSUMED, N_("as a desk sets it"), 0.1, 1000
    ),
}
"""By the field's name, in the order in which a report lists them."""

OTHERWISE: Final[Mapping[str, Mapping[str, float]]] = {
    N_("nobody waits for parts"): {"wait_share": 0.0},
    N_("27 % wait, 48 hours"): {"wait_share": 0.27},
    N_("27 % wait, heavy tail, 120 hours"): {
        "wait_share": 0.27,
        "wait_hours": 120.0,
        "wait_tail": 1.5,
    },
    N_("40 % wait, heavy tail, 400 hours"): {
        "wait_share": 0.4,
        "wait_hours": 400.0,
        "wait_tail": 1.8,
    },
    N_("seven of ten visits suffice"): {"first_fix": 0.7},
    N_("work takes a fifth less"): {"labour_min": 36.0},
    N_("work takes a sixth more"): {"labour_min": 52.0},
}
"""Other figures that are as plausible: a report shows how far the result moves under them."""


class FigureUnknown(Refusal):
    """No such figure."""

    sentence = N_("no figure {name} in a drill; there are {known}")


class FigureOutside(Refusal):
    """A figure that makes no sense."""

    sentence = N_("{name} is a number from {least} to {most}")


def changed(assumed: Assumed, names: Mapping[str, float]) -> Assumed:
    """The same with other figures.

    Raises `FigureUnknown` for a name that is none, `FigureOutside` for what makes no sense.
    """
    for name, value in names.items():
        figure = FIGURES.get(name)
        if figure is None:
            raise FigureUnknown(name=name, known=", ".join(FIGURES))
        if not figure.least <= value <= figure.most:
            raise FigureOutside(name=name, least=figure.least, most=figure.most)
    chosen: dict[str, Any] = dict(names)
    return replace(assumed, **chosen)


def told(assumed: Assumed) -> dict[str, float]:
    """Every figure by its name."""
    return {field.name: getattr(assumed, field.name) for field in fields(assumed)}
