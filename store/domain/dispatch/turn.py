"""One technician's stops with when he comes to each, and what the search looks up of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from store.domain.dispatch.laid import parted
from store.domain.dispatch.route import Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.domain.dispatch.crew import Worker
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
