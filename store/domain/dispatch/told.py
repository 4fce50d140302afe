"""A plan as it is shown: stops with their times, and what each part of it costs.

Reckoned anew from the board, not taken from the search.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.domain.dispatch.route import Route
    from store.domain.dispatch.routes import Kernel
    from store.domain.dispatch.standing import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """When somebody is where, in minutes."""

    job: int
    arrive: float
    start: float
    end: float
    parts: Sequence[tuple[float, float]]
    """From when to when he works there: several times where that is interrupted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What a plan costs, in minutes."""

    lateness: float
    """Each order's minutes of lateness times its weight."""
    travel: float
    overload: float
    unserved: float
    change: float
    """The price of the orders that go to another technician than has them now."""
    apart: float
    """The price of the visits that go to another technician than the one before."""
    interrupted: float
    """The price of work that is left at the end of a shift, to go on in the next."""

    @property
    def total(self) -> float:
        """All of it."""
        spent = self.lateness + self.travel + self.overload + self.unserved
        return spent + self.change + self.apart + self.interrupted


def stops_of(route: Route) -> Iterator[Stop]:
    """The stops of one technician, in order."""
    for place, job in enumerate(route.stops):
        yield Stop(
            job=job,
            arrive=route.arrival(place),
            start=route.begins[place],
            end=route.ends[place + 1],
            parts=route.parts(place),
        )


def objective(kernel: Kernel, plan: Plan) -> Objective:
    """What a plan costs, part by part."""
    late = change = apart = 0.0
    for route in plan.routes:
        for stop in stops_of(route):
            late += kernel.weight[stop.job] * max(0, stop.end - kernel.due[stop.job])
            apart += kernel.apart(route.person, stop.job)
            change += kernel.price if kernel.holder[stop.job] not in {-1, route.person} else 0
    return Objective(
        lateness=late,
        travel=sum(route.travel for route in plan.routes),
        overload=sum(max(0, -route.free) for route in plan.routes),
        unserved=sum(kernel.not_served[job] for job in plan.unserved),
        change=change,
        apart=apart,
        interrupted=sum(route.interrupted for route in plan.routes),
    )
