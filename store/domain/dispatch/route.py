"""One technician's stops in their order, with what is known of them."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from store.domain.dispatch.board import Row

Insertion = tuple[float, int]
"""What it adds to the cost, and before which stop; `inf` and -1 where it does not fit."""

NOWHERE: Insertion = (inf, -1)
AT_LEAST: Final = -2
"""In place of a stop: where it is cheapest is not known, only that it costs no less."""


class Route:
    """Immutable; what was found out about it stays with it."""

    __slots__ = (
        "begins", "burden", "cost", "ends", "free", "hops", "latest", "legs", "memo", "person",
        "slack", "spare", "stops", "travel",
    )  # fmt: skip

    person: int
    stops: tuple[int, ...]
    begins: list[float]
    """When work begins at each stop."""
    ends: list[float]
    """When the shift begins, then when each stop is done."""
    hops: list[int]
    """Minutes of travel to each stop."""
    latest: list[float]
    """When work must begin at each stop so that the last is done within the shift.

    This and what follows from the end is reckoned when it is first wanted; empty until then."""
    slack: list[float]
    """By how much each stop may begin later at no cost of lateness."""
    burden: list[float]
    """What a minute's delay of each stop costs at least: all stops up to the next wait are late."""
    legs: Callable[[Row], tuple[int, ...]]
    """From a row of travel those minutes that lead to the start of the shift and to each stop."""
    travel: int
    spare: float
    """Minutes of the shift that are neither work nor travel: longer work fits nowhere."""
    free: float
    """Minutes of work and travel before they count as overload; negative above that."""
    cost: float
    memo: dict[int, Insertion]

    @property
    def rests(self) -> tuple[tuple[float, float], ...]:
        """From when to when each break is."""
        return ()

    @property
    def interrupted(self) -> float:
        """What it costs that work is left at the end of a shift, to go on in the next."""
        return 0.0

    def parts(self, place: int) -> Sequence[tuple[float, float]]:
        """From when to when somebody works at a stop; several times where that is interrupted."""
        return ((self.begins[place], self.ends[place + 1]),)

    def arrival(self, place: int) -> float:
        """When somebody comes to a stop."""
        return self.ends[place] + self.hops[place]

    def overdue(self, due: Sequence[float]) -> Iterator[int]:
        """Stops that are done later than they are due, which is told by their numbers."""
        for stop, end in zip(self.stops, self.ends[1:], strict=True):
            if end > due[stop]:
                yield stop
