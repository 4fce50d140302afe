"""A board to be planned: who works when and from where, and what is to be done by when.

Times are minutes from a common moment, and the cost of a plan is in minutes too: for each order its
weight times the minutes by which it is done late, the minutes of travel, the minutes of work and
travel above a part of each shift, and for each order that nobody goes to what that costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, ceil, cos, inf, radians, sin, sqrt
from threading import Lock
from typing import TYPE_CHECKING, Final

from store.domain.distance import EARTH_KM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.domain.dispatch.travel_table import TravelTable
    from store.domain.distance import Position

Row = list[int] | dict[int, int]
"""Minutes of travel from one place to each other by its number."""

_Place = tuple[float, float, float, float]
"""How far north and east in degrees, how far north in radians, and the cosine of that."""

_MANY: Final = 800
"""Places; of more than these, minutes are reckoned where they are asked for."""
_FARTHEST: Final = 1e9
"""Minutes of travel after which it makes no difference: nobody gets there within a shift."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A pause that somebody takes between two orders, on the way too, but never within an order."""

    opens: float
    """It begins no earlier."""
    closes: float
    """It begins no later."""
    length: float


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
    breaks: tuple[Break, ...] = ()
    """Each is taken once, in this order, within the shift."""
    shifts: tuple[tuple[float, float], ...] = ()
    """Where there are several, from when to when each is; each begins at the same place."""


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
    begin_by: float = inf
    """Work must not begin later: a fixed appointment."""
    after: int | None = None
    """The job, by its place in the board, that must be done before, with a gap."""
    gap: float = 0.0
    same: bool = False
    """Whether it is for whoever does the one before."""
    apart: float = 0.0
    """What it costs if another than whoever does the one before does it."""
    twin_of: int | None = None
    """Another job of the same order: somebody else does it, at the same time."""
    splittable: bool = False
    """Whether work at it may be left at the end of a shift, to go on in the next."""
    split_cost: float = 0.0
    """What it costs each time that it is left so."""
    held_by: str | None = None
    """Who has it now: a plan that gives it to another pays the price of a change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """How long it takes from place to place, none to the same one, whole minutes otherwise."""

    speed_kmh: float = 24.0
    road_factor: float = 1.35
    fixed_min: float = 3.0
    table: TravelTable | None = None
    """What counts instead between its sites, where orders are known by their sites."""

    @property
    def is_direct(self) -> bool:
        """Whether it is never shorter by way of a third place."""
        return self.fixed_min > 0  # what is rounded up is; else parts of minutes may tip over

    def knows(self, place: Position | None, site: int | None) -> bool:
        """Whether it can be told how far from a place, or from a site, others are."""
        return place is not None or (self.table is not None and self.table.knows(site))

    def rows(self, places: Sequence[Position]) -> Sequence[Row]:
        """Minutes between places by their numbers."""
        reckoned = _Reckoned(self, places)
        if len(places) > _MANY:
            return [_Lazy(reckoned, here) for here in range(len(places))]
        rows: list[list[int]] = []
        for here in range(len(places)):  # as far there as back
            rows.append([row[here] for row in rows] + reckoned.onward(here))
        return rows


def _ready(place: Position) -> _Place:
    north, east = place
    return north, east, radians(north), cos(radians(north))


class _Reckoned:
    """The places of a board, ready to reckon how far they lie apart, as `distance_km` does."""

    def __init__(self, travel: Travel, places: Sequence[Position]) -> None:
        self.travel = travel
        self.places = [_ready(place) for place in places]

    def onward(self, here: int) -> list[int]:
        """Minutes from a place to itself and to all after it, each as `minutes` reckons it.

        A call for each of them, or for the lesser of two, would take most of the time.
        """
        how = self.travel
        road_factor, speed, fixed = how.road_factor, how.speed_kmh, how.fixed_min
        (north, east, lat, wide), found = self.places[here], []
        for north2, east2, lat2, wide2 in self.places[here:]:
            if north == north2 and east == east2:
                found.append(0)
                continue
            half = sin((lat2 - lat) / 2) ** 2 + wide * wide2 * sin(radians(east2 - east) / 2) ** 2
            km = 2 * EARTH_KM * asin(sqrt(half if half < 1.0 else 1.0))  # noqa: FURB136
            reckoned = km * road_factor / speed * 60 + fixed
            found.append(ceil(reckoned if reckoned < _FARTHEST else _FARTHEST))  # noqa: FURB136
        return found

    def minutes(self, one: _Place, other: _Place) -> int:
        """Minutes from one place to another."""
        how, (north, east, lat, wide), (north2, east2, lat2, wide2) = self.travel, one, other
        if north == north2 and east == east2:
            return 0
        half = sin((lat2 - lat) / 2) ** 2 + wide * wide2 * sin(radians(east2 - east) / 2) ** 2
        km = 2 * EARTH_KM * asin(sqrt(min(1.0, half)))
        reckoned = km * how.road_factor / how.speed_kmh * 60 + how.fixed_min
        return ceil(min(_FARTHEST, reckoned))  # so for what is no number


_alone: Final = Lock()
"""Held while a place gets its number: several threads may ask the same ways."""


class Known:
    """Places that become known one by one, each by its number; minutes only where asked for."""

    def __init__(self, travel: Travel) -> None:
        self._reckoned = _Reckoned(travel, ())
        self._numbers: dict[Position, int] = {}

    def number(self, place: Position) -> int:
        """The number of a place, the next one where it is new."""
        known = self._numbers.get(place)
        return self._add(place) if known is None else known

    def _add(self, place: Position) -> int:
        places = self._reckoned.places
        with _alone:
            if place not in self._numbers:
                places.append(_ready(place))
                self._numbers[place] = len(places) - 1  # whoever finds it finds the place, too
            return self._numbers[place]

    def __len__(self) -> int:
        return len(self._numbers)

    def onward(self, here: int) -> dict[int, int]:
        """Minutes from a place to each other."""
        return _Lazy(self._reckoned, here)


class _Lazy(dict[int, int]):
    """Minutes from one place; a plan asks for few of the pairs, and for those again and again."""

    __slots__ = ("_here", "_reckoned")

    def __init__(self, reckoned: _Reckoned, here: int) -> None:
        self._reckoned = reckoned
        self._here = reckoned.places[here]

    def __missing__(self, there: int) -> int:
        reckoned = self._reckoned
        minutes = self[there] = reckoned.minutes(self._here, reckoned.places[there])
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
