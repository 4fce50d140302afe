"""Why nobody goes to an order of a plan: each reason is one that can be shown to be true."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from store.domain.dispatch.days import LEAST_PART
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.domain.dispatch.board import Job, Person
    from store.domain.dispatch.routes import Kernel
    from store.domain.dispatch.standing import Plan

_A_TRIFLE = 1e-6


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
        return free if fixed else N_("nobody who may go has room for it beside the other orders")
    costs = {"more": round(least), "less": round(kernel.not_served[job])}
    if least < kernel.not_served[job] - _A_TRIFLE:  # its place came free after the last look
        said = N_(
            "to go there would cost {more} minutes, to leave it {less}: with more rounds somebody"
            " may go"
        )
        return said.format(**costs)
    return N_("to go there would cost {more} minutes, to leave it {less}").format(**costs)


def _why_never(kernel: Kernel, job: int) -> str | None:
    """Why nobody could go whatever else is planned; None where somebody could."""
    wanted, people = kernel.board.jobs[job], kernel.board.people
    may = sorted(kernel.skilled[wanted.skill])
    if not may:
        if wanted.skill is None:
            return N_("there is no technician on the board")
        return N_("nobody on the board has the skill {skill}").format(skill=wanted.skill)
    lock = wanted.locked_to
    if lock is not None:
        may = [one for one in may if people[one].id == lock]
        if not may:
            said = N_("it is locked to {who}, who lacks the skill {skill}")
            return said.format(who=lock, skill=wanted.skill)
    if any(_alone(kernel, one, job) for one in may):
        return None
    why = _why_not_alone(wanted, [people[one] for one in may])
    return why if lock is None else N_("it is locked to {who}: {why}").format(who=lock, why=why)


def _alone(kernel: Kernel, person: int, job: int) -> bool:
    """Whether somebody could go if he had nothing else to do."""
    return kernel.insertion(kernel.empty(person), job)[0] < inf


def _why_not_alone(wanted: Job, may: Sequence[Person]) -> str:
    """Why none of those who may go could, if they had nothing else to do."""
    longest = max(ends - begins for one in may for begins, ends in _shifts(one))
    if wanted.duration > longest and not wanted.splittable:
        said = N_(
            "it takes {takes} min and fits into no shift: the longest of those who may go is {most}"
        )
        return said.format(takes=f"{wanted.duration:g}", most=f"{longest:g}")
    there = [one for one in may if any(_fits(wanted, *shift) for shift in _shifts(one))]
    if not there:
        return N_("it fits into no shift of those who may go, wherever they are")
    if any(one.breaks for one in there) or wanted.splittable:
        return N_(
            "nobody who may go could get there and be done within the shifts, even with nothing"
            " else to do"
        )
    return N_(
        "it is too far away: nobody who may go gets there in time and is done within a shift, even"
        " with nothing else to do"
    )


def _shifts(one: Person) -> Sequence[tuple[float, float]]:
    return one.shifts or ((one.begins, one.ends),)


def _fits(wanted: Job, begins: float, ends: float) -> bool:
    """Whether it could begin and, but for what may be split, be done in a shift with no way."""
    start = max(begins, wanted.ready)
    takes = min(wanted.duration, LEAST_PART) if wanted.splittable else wanted.duration
    return start <= wanted.begin_by and start + takes <= ends


def _why_linked(kernel: Kernel, plan: Plan, job: int) -> str | None:
    """Why nobody goes to an order that hangs together with others; None for one that does not."""
    jobs = kernel.board.jobs
    wanted, twin = jobs[job], next((n for n, one in enumerate(jobs) if one.twin_of == job), None)
    if wanted.after in plan.unserved:
        said = N_("nobody goes to {order}, which comes before it")
        return said.format(order=jobs[wanted.after].id)
    if twin is not None:
        return _why_not_two(kernel, job, twin)
    if wanted.after is not None and wanted.same:
        both = {*_may(kernel, job)} & {*_may(kernel, wanted.after)}
        if not both:
            said = N_("nobody may do both this and {order}, which comes before it")
            return said.format(order=jobs[wanted.after].id)
    followed = any(one.after == job for one in jobs)
    if wanted.after is not None or followed:
        return N_("nobody who may go is free for its visits, or not for what they are worth")
    return None


def _why_not_two(kernel: Kernel, job: int, twin: int) -> str:
    """Why no two go to an order that takes two."""
    if len({*_may(kernel, job), *_may(kernel, twin)}) < 2:
        return N_("it takes two technicians, and only one may go")
    if len({*_could(kernel, job), *_could(kernel, twin)}) < 2:
        return N_("it takes two technicians, and only one could be there and done within a shift")
    return N_("no two who may go are free at the same time, or not for what it is worth")


def _may(kernel: Kernel, job: int) -> Iterator[int]:
    """Those who have the skill, and the lock where there is one."""
    wanted, people = kernel.board.jobs[job], kernel.board.people
    for one in kernel.skilled[wanted.skill]:
        if wanted.locked_to in {None, people[one].id}:
            yield one


def _could(kernel: Kernel, job: int) -> Iterator[int]:
    """Those of them who could go if they had nothing else to do."""
    return (one for one in _may(kernel, job) if _alone(kernel, one, job))
