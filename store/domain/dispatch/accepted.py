"""Orders to which somebody has said yes: only what is more urgent takes them from him.

Unless he cannot do them: then another one helps him, and nobody is interrupted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.domain.dispatch.present import Present
    from store.domain.dispatch.turn import Turns

INTERRUPTED: Final = 1e9
"""What it would cost to take one away for what is not more urgent."""


def needy_of(present: Present, now: Sequence[Turns]) -> frozenset[int]:
    """Jobs that whoever has them comes to never, or, where his day is upset, too late."""
    return frozenset(
        job
        for worker, route in zip(present.workers, now, strict=True)
        for job in route.stops
        if job in route.short or (worker.id in present.upset and route.turns[job].late > 0)
    )


def accepted_of(
    present: Present, now: Sequence[Turns], needy: frozenset[int]
) -> list[frozenset[int]]:
    """By technician, the jobs that he has accepted and comes to."""
    accepted = {job for job, task in enumerate(present.tasks) if task.accepted} - needy
    return [frozenset(accepted.intersection(route.stops)) for route in now]


def interruptions(lost: frozenset[int], weight: Sequence[float], gained: Sequence[int]) -> float:
    """What it costs that somebody loses accepted jobs, by what comes to him."""
    least = min((weight[job] for job in gained), default=0.0)
    return INTERRUPTED * sum(weight[job] >= least for job in lost)
