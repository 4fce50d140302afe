"""One technician's stops with when he comes to each, and what the search looks up of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from store.domain.dispatch.board import Board, Job, Person
from store.domain.dispatch.laid import parted
from store.domain.dispatch.route import Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.domain.dispatch.crew import Worker
    from store.domain.dispatch.present import Present
    from store.domain.dispatch.ways import Row


class Turn(NamedTuple):
    """When somebody comes to an order, in minutes."""

    arrive: float
    start: float
    end: float
    late: float
    """Minutes after what is promised."""
    fits: bool
    """Whether it is done within a span of his time, and while his papers hold."""


class Turns(Route):
    """What one technician has, with when he comes to it; `stops` are those that may be moved."""

    __slots__ = ("lateness", "overload", "short", "turns")

    turns: dict[int, Turn]
    """By the number of the job, those that no plan moves too; none that he never comes to."""
    short: frozenset[int]
    """Jobs that he comes to too late in his day, or never."""
    lateness: float
    overload: float

    def overdue(self, _due: Sequence[float]) -> Iterator[int]:
        """Stops that are done later than they are due, and those that he comes to too late."""
        turns = self.turns
        for stop in self.stops:
            if stop in self.short or turns[stop].late > 0:
                yield stop


class Near:
    """Minutes from one job to each other, looked up when they are asked for."""

    __slots__ = ("_places", "_row")

    def __init__(self, row: Row, places: Sequence[int]) -> None:
        self._row = row
        self._places = places

    def __getitem__(self, job: int) -> int:
        return self._row[self._places[job]]


def spans_of(worker: Worker) -> Iterator[tuple[float, float, bool]]:
    """When somebody is there: from when, by when work is to be done, whether he rests before."""
    spans = list(parted(worker.spans))
    for turn, (begins, ends, new_day) in enumerate(spans):
        until = ends
        if turn + 1 < len(spans) and spans[turn + 1][2]:
            until = min(ends, spans[turn + 1][0] - worker.rest)
        yield begins, until, new_day


def apart(
    jobs: Sequence[int], timed: frozenset[int], meant: Sequence[tuple[float, int]]
) -> tuple[list[int], list[int]]:
    """Those without a planned time and those with one, each with the first at its end."""
    if not timed or timed.isdisjoint(jobs):
        return list(reversed(jobs)), []
    some = [job for job in jobs if job in timed]
    some.sort(key=meant.__getitem__)
    return [job for job in jobs if job not in timed][::-1], some[::-1]


def as_board(
    present: Present,
    skills: Sequence[str],
    spans: Sequence[Sequence[tuple[float, float]]],
    not_served: Sequence[float],
) -> Board:
    """The board that a search asks where everybody and everything is."""
    tasks = present.tasks
    somewhere = next((task.stop.at for task in tasks if task.stop.at is not None), (0.0, 0.0))
    return Board(
        people=tuple(
            Person(
                id=str(worker.id),
                skills=frozenset(),
                at=worker.at or somewhere,
                begins=his[0][0],
                ends=his[-1][1],
            )
            for worker, his in zip(present.workers, spans, strict=True)
        ),
        jobs=tuple(
            Job(
                id=str(task.stop.number),
                skill=skill,
                at=task.stop.at or somewhere,
                duration=task.stop.takes,
                ready=task.stop.ready,
                due=task.stop.due,
                weight=task.stop.weight,
                not_served=missed,
            )
            for task, skill, missed in zip(tasks, skills, not_served, strict=True)
        ),
        travel=present.travel,
        change_price=present.change_price,
    )
