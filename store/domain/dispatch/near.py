"""What lies near an order: other orders, and so the technicians who may be about."""

from __future__ import annotations

from math import cos, hypot, radians
from typing import TYPE_CHECKING, Final

from store.domain.distance import EARTH_KM

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from store.domain.dispatch.route import Route
    from store.domain.dispatch.routes import Kernel

_NEAR: Final = 60
"""Neighbours of an order that are known."""
_SPAN: Final = 5.0
"""Minutes that are added to how far they are: next door or in the next street is all one."""
_LATER: Final = 0.03
"""Minutes of the way that a minute between what two orders are due is as good as."""
_DAY, _NEVER = 1440.0, 1e9
"""Minutes between them after which it makes no difference, and when is due what has no due time."""
_STRANGE: Final = 0.1
"""How alike orders are that nobody can do both of: of ten times the way is as good."""
_MANY: Final = 800
"""Orders; of more than these only those in the cells around are measured."""
FEW: Final = 100
"""Technicians; on a board of no more all are asked who may go."""
_CROWD: Final = 32
"""Technicians; where more may go to an order, only those who are about are asked."""


class Near:
    """The neighbours of each order, found when they are first asked for."""

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel
        self.able: Sequence[Sequence[int]] | Mapping[int, Sequence[int]] = kernel.able
        """By order, who may go; in a territory, who of it."""
        self.mine: AbstractSet[int] | None = None
        """Technicians of a territory; None where all are looked at."""
        self._known: dict[int, list[int]] = {}
        self._shared: dict[str | None, list[float]] = {}
        self._cells: dict[tuple[int, int], list[int]] = {}
        self._flat: list[tuple[float, float]] = []
        jobs = kernel.board.jobs
        if len(jobs) > _MANY:
            self._spread([job.at for job in jobs])

    def neighbours(self, job: int) -> list[int]:
        """The nearest orders, the order itself first."""
        known = self._known.get(job)
        if known is None:
            known = self._known[job] = self._by_cell(job) if self._flat else self._by_row(job)
        return known

    def about(self, job: int, routes: Sequence[Route], home: Sequence[int]) -> Sequence[int]:
        """Who may go and is not far: who goes to a neighbour, and some who have nothing to do."""
        able = self.able[job]
        if len(able) <= _CROWD:
            return able
        skilled = self._kernel.skilled[self._kernel.board.jobs[job].skill]
        found = {home[one] for one in self.neighbours(job)} & skilled
        if self.mine is not None:
            found &= self.mine
        yards = set()
        for person in able:
            if not routes[person].stops:
                begins, ends = self._kernel.begins[person], self._kernel.ends[person]
                yard = self._kernel.home[person], begins, ends
                if yard not in yards:
                    yards.add(yard)
                    found.add(person)
        return sorted(found)

    def _by_row(self, job: int) -> list[int]:
        row, count = self._kernel.travel[job], len(self._kernel.board.jobs)
        # Of many that are as near, as in one building, each has others, and itself.
        around = [*range(job, count), *range(job)]
        return self._related(job, around, row.__getitem__, later=_LATER)

    def _related(
        self, job: int, some: list[int], far: Callable[[int], float], *, later: float
    ) -> list[int]:
        """Those that are near and that the same technicians can do; the order itself first.

        Near is not enough: where nobody can do both, neither can take the other's place, and what
        is due at another time of the day does so less often.
        """
        alike, due = self._alike(self._kernel.board.jobs[job].skill), self._kernel.due
        mine = min(due[job], _NEVER)
        apart = [
            (far(one) + _SPAN + later * min(abs(due[one] - mine), _DAY)) / alike[one]
            for one in some
        ]
        apart[some.index(job)] = -1.0
        order = sorted(range(len(some)), key=apart.__getitem__)
        return [some[at] for at in order[:_NEAR]]

    def _alike(self, skill: str | None) -> list[float]:
        """By order: which part of those who have the rarer skill have both, and a little."""
        known = self._shared.get(skill)
        if known is None:
            mine, part = self._kernel.skilled[skill], {}
            for other, theirs in self._kernel.skilled.items():
                fewer = max(1, min(len(mine), len(theirs)))
                part[other] = _STRANGE + len(mine & theirs) / fewer
            known = self._shared[skill] = [part[one.skill] for one in self._kernel.board.jobs]
        return known

    def _spread(self, places: Sequence[tuple[float, float]]) -> None:
        """Lay the places flat, and into cells of which each holds some."""
        middle = places[len(places) // 2][0]
        narrow = cos(radians(middle))
        self._flat = [(north, east * narrow) for north, east in places]
        norths, easts = zip(*self._flat, strict=True)
        self._least = min(norths), min(easts)
        how = self._kernel.board.travel
        self._scale = radians(1) * EARTH_KM * how.road_factor / how.speed_kmh * 60
        area = max(max(norths) - self._least[0], 1e-6) * max(max(easts) - self._least[1], 1e-6)
        self._side = (area / len(places) * 16) ** 0.5
        for job, place in enumerate(self._flat):
            self._cells.setdefault(self._cell(place), []).append(job)

    def _cell(self, place: tuple[float, float]) -> tuple[int, int]:
        north, east = place
        return int((north - self._least[0]) / self._side), int((east - self._least[1]) / self._side)

    def _by_cell(self, job: int) -> list[int]:
        north, east = self._flat[job]
        up, right = self._cell((north, east))
        count, flat = len(self._flat), self._flat
        found: list[int] = []
        for wide in (1, 2, 4, 8):
            found = [
                one
                for row in range(up - wide, up + wide + 1)
                for column in range(right - wide, right + wide + 1)
                for one in self._cells.get((row, column), ())
            ]
            if len(found) >= 4 * _NEAR:
                break

        def far(one: int) -> float:
            north2, east2 = flat[one]
            return hypot(north2 - north, east2 - east) * self._scale

        around = sorted(found, key=lambda one: (one - job) % count)
        return self._related(job, around, far, later=0.0)  # so many lie in the same street
