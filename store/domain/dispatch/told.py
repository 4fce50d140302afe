"""A plan as it is shown: stops with their times, what each part of it costs, and why some stay out.

Reckoned anew from the board, not taken from the search.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.domain.dispatch.routes import Kernel, Route
    from store.domain.dispatch.search import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """When somebody is where, in minutes."""

    job: int
    arrive: float
    start: float
    end: float


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

    @property
    def total(self) -> float:
        """All of it."""
        return self.lateness + self.travel + self.overload + self.unserved + self.change


def stops_of(route: Route) -> Iterator[Stop]:
    """The stops of one technician, in order."""
    for place, job in enumerate(route.stops):
        yield Stop(
            job=job,
            arrive=route.arrival(place),
            start=route.begins[place],
            end=route.ends[place + 1],
        )


def objective(kernel: Kernel, plan: Plan) -> Objective:
    """What a plan costs, part by part."""
    late = change = 0.0
    for route in plan.routes:
        for stop in stops_of(route):
            late += kernel.weight[stop.job] * max(0, stop.end - kernel.due[stop.job])
            change += kernel.price if kernel.holder[stop.job] not in {-1, route.person} else 0
    return Objective(
        lateness=late,
        travel=sum(route.travel for route in plan.routes),
        overload=sum(max(0, -route.free) for route in plan.routes),
        unserved=sum(kernel.not_served[job] for job in plan.unserved),
        change=change,
    )


def why_out(kernel: Kernel, plan: Plan, job: int) -> str:
    """Why nobody goes to an order."""
    wanted = kernel.board.jobs[job]
    people = kernel.board.people
    if wanted.skill is not None and not any(wanted.skill in one.skills for one in people):
        return N_("nobody on the board has the skill {skill}").format(skill=wanted.skill)
    if not kernel.able[job]:
        if wanted.locked_to is None:
            return N_("it fits into no shift of those who have the skill")
        return N_("it is locked to {who}, who lacks the skill or has no such shift").format(
            who=wanted.locked_to
        )
    if job in plan.unasked:
        return N_("there was no time to look for somebody")
    least = min(kernel.insertion(plan.routes[person], job)[0] for person in kernel.able[job])
    if least == inf:
        fixed = wanted.begin_by < inf
        free = N_("nobody who may go is free at its appointment")
        return free if fixed else N_("the shifts of those who may go are full")
    return N_("to go there would cost {more} minutes, to leave it {less}").format(
        more=round(least), less=round(kernel.not_served[job])
    )
