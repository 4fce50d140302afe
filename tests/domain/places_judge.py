"""Whether somebody is told to be in two places at once; shares no code with what plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.domain.recommend_judge import hop

if TYPE_CHECKING:
    from store.domain.dispatch.crew import Worker
    from tests.domain.recommend_judge import Spot, Told


@dataclass
class Visit:
    """Work that somebody is told to do."""

    where: Spot
    start: float
    end: float


def in_two_places(worker: Worker, visits: list[Visit], told: Told) -> list[str]:
    """Visits that begin before somebody can be back from the one before, or in the middle of it.

    Over a gap in which he is free nobody knows where he is: he begins the next span at his base.
    """
    said = []
    before: Visit | None = None
    for visit in sorted(visits, key=lambda one: (one.start, one.end)):
        if before is not None:
            free = any(before.end <= begins <= visit.start for begins, _ends in worker.spans)
            leg = 0 if free else hop(before.where, visit.where, told)
            if visit.start < before.end + leg:
                said.append(
                    f"at {visit.start} he is at work or on the way until {before.end + leg}"
                )
        before = visit if before is None or visit.end >= before.end else before
    return said
