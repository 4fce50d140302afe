"""A board to be planned: who works when and from where, and what is to be done by when.

Times are minutes from a common moment, and the cost of a plan is in minutes too: for each order its
weight times the minutes by which it is done late, the minutes of travel, the minutes of work and
travel above a part of each shift, and for each order that nobody goes to what that costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

from store.domain.distance import distance_km

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.domain.distance import Position

_FARTHEST: Final = 1e9
"""Minutes of travel after which it makes no difference: nobody gets there within a shift."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A technician on a shift."""

    id: str
    skills: frozenset[str]
    at: Position
    """Where the shift begins."""
    begins: float
    ends: float
    """The last order must be done by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An order, or a visit of one."""

    id: str
    skill: str | None
    """What its technician must be able to do; None if anybody can do it."""
    at: Position
    duration: float
    ready: float
    """Work does not begin earlier."""
    due: float
    weight: float
    """The cost of each minute by which it is done late."""
    not_served: float
    """What it costs if nobody goes to it."""
    locked_to: str | None = None
    """Nobody else may go to it."""
    held_by: str | None = None
    """Who has it now: a plan that gives it to another pays the price of a change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """How long it takes from place to place, none to the same one, whole minutes otherwise."""

    speed_kmh: float = 24.0
    road_factor: float = 1.35
    fixed_min: float = 3.0

    def rows(self, places: Sequence[Position]) -> list[dict[int, int]]:
        """Minutes between places by their numbers; each is worked out when it is first asked."""
        return [_Row(self, place, places) for place in places]


class _Row(dict[int, int]):
    """Minutes from one place; a plan asks for few of the pairs, and for those again and again."""

    __slots__ = ("_here", "_places", "_travel")

    def __init__(self, travel: Travel, here: Position, places: Sequence[Position]) -> None:
        self._travel = travel
        self._here = here
        self._places = places

    def __missing__(self, there: int) -> int:
        minutes, place, how = 0, self._places[there], self._travel
        if place != self._here:
            km = distance_km(self._here, place)
            reckoned = km * how.road_factor / how.speed_kmh * 60 + how.fixed_min
            minutes = ceil(min(_FARTHEST, reckoned))  # this way round for what is no number
        self[there] = minutes
        return minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What a plan is made for."""

    people: tuple[Person, ...]
    jobs: tuple[Job, ...]
    travel: Travel = Travel()
    overload_share: float = 0.85
    """Work and travel above this part of a shift cost a minute each."""
    change_price: float = 0.0
    """What it costs to give an order to another technician than has it now."""
