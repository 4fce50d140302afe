"""What orders of a board have to do with one another, read from JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store.domain.calendar_spec import shown
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.domain.dispatch.board import Job


def linked(jobs: Sequence[Job], given: Sequence[Mapping[str, Any]]) -> tuple[Job, ...]:
    """Orders with the visits before them, and a job more for each that takes two technicians."""
    known = {job.id: place for place, job in enumerate(jobs)}
    made: list[Job] = []
    for place, (job, one) in enumerate(zip(jobs, given, strict=True), start=1):
        made.append(_after(job, one, known, f"orders {place}"))
    twins: list[Job] = []
    for place, (job, one) in enumerate(zip(made, given, strict=True)):
        if _crew(one, f"orders {place + 1} crew") == 2:
            alone = replace(job, locked_to=None, held_by=None, after=None, same=False, apart=0.0)
            twins.append(replace(alone, twin_of=place, weight=0.0, not_served=0.0))
    _no_circles(made)
    paired = {twin.twin_of for twin in twins}
    for place, job in enumerate(made):
        _not_for_two(job, f"orders {place + 1}", twins=place in paired, first=job.after in paired)
    return (*made, *twins)


def _not_for_two(job: Job, where: str, *, twins: bool, first: bool) -> None:
    """What cannot be said of an order for two, or of a visit after one."""
    wrong, right = (
        N_("a crew of two is not one technician"),
        N_("leave it out, or give a crew of 1"),
    )
    if (job.same or job.apart) and (twins or first):
        name = "same_technician" if job.same else "other_technician_cost"
        raise BadInput(where=f"{where} {name}", wrong=wrong, right=right)
    if job.splittable and twins:
        wrong = N_("the shifts of two may end at different times")
        raise BadInput(where=f"{where} splittable", wrong=wrong, right=right)


def _after(job: Job, one: Mapping[str, Any], known: Mapping[str, int], where: str) -> Job:
    first = one.get("after")
    if first is None:
        _nothing_before(one, where)
        return job
    name = str(first) if isinstance(first, int) and not isinstance(first, bool) else first
    if not isinstance(name, str) or name not in known:
        raise BadInput(
            where=f"{where} after",
            wrong=N_("{name} is no order of this board").format(name=shown(first)),
            right=N_("give the id of one of them, or leave it out"),
        )
    same = one.get("same_technician", False)
    if not isinstance(same, bool):
        raise BadInput(
            where=f"{where} same_technician",
            wrong=N_("{value} will not do").format(value=shown(same)),
            right=N_("give true or false"),
        )
    return replace(job, after=known[name], same=same)


def _nothing_before(one: Mapping[str, Any], where: str) -> None:
    """What is said of the order before, where there is none, was meant for one."""
    for name in ("gap_min", "same_technician", "other_technician_cost"):
        if one.get(name):
            raise BadInput(
                where=f"{where} {name}",
                wrong=N_("it says nothing without {key}").format(key="after"),
                right=N_("give that too, or leave this out"),
            )


def _crew(one: Mapping[str, Any], where: str) -> int:
    crew = one.get("crew", 1)
    if isinstance(crew, bool) or crew not in (1, 2):  # not a set: a list cannot be looked up
        raise BadInput(
            where=where,
            wrong=N_("{value} will not do").format(value=shown(crew)),
            right=N_("give 1 or 2"),
        )
    return int(crew)


def _no_circles(jobs: Sequence[Job]) -> None:
    fine: set[int] = set()
    for place in range(len(jobs)):
        seen: set[int] = set()
        at: int | None = place
        while at is not None and at not in fine:
            if at in seen:
                raise BadInput(
                    where=f"orders {place + 1} after",
                    wrong=N_("this order would come after itself"),
                    right=N_("give an order that does not come after this one"),
                )
            seen.add(at)
            at = jobs[at].after
        fine |= seen
