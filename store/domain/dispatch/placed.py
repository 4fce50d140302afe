"""Orders that were given a start: at that time they stay with whom they are, if he comes to them.

Whoever else gets one comes to it in his turn: the start was of another's day. An appointment of the
customer is no such start: it holds for whoever goes.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from store.domain.dispatch.crew import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Mapping, Sequence

    from store.domain.dispatch.crew import Stop
    from store.domain.dispatch.present import Present
    from store.domain.dispatch.turn import Turns

Times = tuple[list[float], frozenset[int], list[tuple[float, int]]]
"""By job, when work begins at the earliest; the jobs whose work is meant to begin at a time; and by
job, when that is, with the order's number.
"""


def placed_of(present: Present, known: Container[int]) -> frozenset[int]:
    """Tasks of somebody known that were given a start."""
    return frozenset(
        job
        for job, task in enumerate(present.tasks)
        if task.stop.planned not in {None, task.stop.appointed} and task.holder in known
    )


def usual_times(stops: Sequence[Stop], placed: Container[int]) -> Times:
    """The times as they are for whoever has not what was given a start."""
    planned = [one.appointed if job in placed else one.planned for job, one in enumerate(stops)]
    return (
        [
            max(0.0, one.appointed or 0.0) if job in placed else one.ready
            for job, one in enumerate(stops)
        ],
        frozenset(
            job for job, at in enumerate(planned) if at is not None and not stops[job].under_way
        ),
        [(at or 0.0, one.number) for at, one in zip(planned, stops, strict=True)],
    )


def kept_in_time(
    now: Sequence[Turns], weight: Sequence[float], stops: Sequence[Stop]
) -> frozenset[int]:
    """Jobs of the first priority, and those that the customer was promised a time for, that are in
    time now: no plan makes them late.
    """
    return frozenset(
        job
        for route in now
        for job, turn in route.turns.items()
        if (weight[job] >= WEIGHTS[1] or stops[job].appointed is not None)
        and (turn.fits and not turn.late)
    )


def own_times(
    placed: Collection[int], holder: Sequence[int], stops: Sequence[Stop], usual: Times
) -> dict[int, Times]:
    """By technician, the times as they are for him; those without such an order are left out."""
    found: dict[int, Times] = {}
    for job in sorted(placed):
        ready, timed, meant = found.get(holder[job], usual)
        ready, meant = [*ready], [*meant]
        ready[job], meant[job] = stops[job].ready, (stops[job].planned or 0.0, stops[job].number)
        found[holder[job]] = ready, timed | {job}, meant
    return found


class Kept(NamedTuple):
    """What may not come later in somebody's day, by job."""

    starts: Mapping[int, float]
    """When that begins now which is locked to a time."""
    ends: Mapping[int, float]
    """By when what no plan moves must be done for his papers, where it now is."""


def kept_of(made: Turns, timed: frozenset[int], stops: Sequence[Stop]) -> Kept:
    """Of somebody's day as it is now."""
    turns = {job: turn for job, turn in made.turns.items() if turn.fits}
    starts = {job: one.start for job, one in turns.items() if job in timed and stops[job].locked}
    ends = {
        job: stops[job].until for job, one in turns.items() if one.end <= stops[job].until < inf
    }
    return Kept(starts, ends)


def keeps(made: Turns, kept: Kept) -> bool:
    """Whether nothing of that comes later in another day of his."""
    turns, short = made.turns, made.short
    if any(job in short or turns[job].start > start for job, start in kept.starts.items()):
        return False
    return not any(job in short or turns[job].end > end for job, end in kept.ends.items())
