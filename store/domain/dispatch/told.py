"""A plan as it is shown: stops with their times, what each part of it costs, and why some stay out.

Reckoned anew from the board, not taken from the search.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from store.domain.words import N_

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


def why_out(kernel: Kernel, plan: Plan, job: int) -> str:
    """Why nobody goes to an order."""
    if (never := _why_never(kernel, job)) is not None:
        return never
    if job in plan.unasked:
        return N_("there was no time to look for somebody")
    if (linked := _why_linked(kernel, plan, job)) is not None:
        return linked
    least = min(kernel.insertion(plan.routes[person], job)[0] for person in kernel.able[job])
    if least == inf:
        fixed = kernel.board.jobs[job].begin_by < inf
        free = N_("nobody who may go is free at its appointment")
        return free if fixed else N_("the shifts of those who may go are full")
    return N_("to go there would cost {more} minutes, to leave it {less}").format(
        more=round(least), less=round(kernel.not_served[job])
    )


def _why_never(kernel: Kernel, job: int) -> str | None:
    """Why nobody could go whatever else is planned; None where somebody could."""
    wanted, people = kernel.board.jobs[job], kernel.board.people
    if wanted.skill is not None and not any(wanted.skill in one.skills for one in people):
        return N_("nobody on the board has the skill {skill}").format(skill=wanted.skill)
    if kernel.able[job]:
        return None
    if wanted.locked_to is None:
        return N_("it fits into no shift of those who have the skill")
    return N_("it is locked to {who}, who lacks the skill or has no such shift").format(
        who=wanted.locked_to
    )


def _why_linked(kernel: Kernel, plan: Plan, job: int) -> str | None:
    """Why nobody goes to an order that hangs together with others; None for one that does not."""
    jobs = kernel.board.jobs
    wanted, twins = jobs[job], [place for place, one in enumerate(jobs) if one.twin_of == job]
    if wanted.after in plan.unserved:
        return N_("nobody goes to {order}, which comes before it").format(
            order=jobs[wanted.after].id
        )
    if twins and len({*kernel.able[job], *kernel.able[twins[0]]}) < 2:
        return N_("it takes two technicians, and only one may go")
    if twins:
        return N_("no two who may go are free at the same time, or not for what it is worth")
    followed = any(one.after == job for one in jobs)
    if wanted.after is not None or followed:
        return N_("nobody who may go is free for its visits, or not for what they are worth")
    return None
