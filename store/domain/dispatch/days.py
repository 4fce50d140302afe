"""Routes over several shifts: each begins at home, and long work goes on in the next one.

An order comes in the first shift in which it can be done whole. One that may be split is begun as
soon as somebody is there, if there is time enough to be worth it, and goes on in his next shift.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

from store.domain.dispatch.route import AT_LEAST, NOWHERE, Route
from store.domain.dispatch.routes import Kernel
from store.domain.dispatch.timed import TimedKernel, is_timed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.domain.dispatch.board import Board
    from store.domain.dispatch.route import Insertion

LEAST_PART: Final = 30.0
"""Minutes; for less nobody begins work that he must leave for the next shift."""

Part = tuple[float, float]
"""From when to when somebody works at an order within one shift."""


class Reached(NamedTuple):
    """How far somebody is in his shifts."""

    shift: int
    now: float
    place: int
    load: float
    """Minutes of work and travel of this shift."""
    travel: int
    late: float
    over: float
    """Minutes of overload of the shifts that are behind."""
    split: float
    """What it cost so far that work was interrupted."""


class DaysRoute(Route):
    """What one technician has to do in several shifts."""

    __slots__ = ("arrivals", "parted", "plain", "reached", "split")

    arrivals: list[float]
    parted: list[list[Part]]
    plain: float
    """The cost without that of orders that go from one technician to another."""
    reached: list[Reached]
    """At the beginning and after each stop."""
    split: float

    @property
    def interrupted(self) -> float:
        """What it costs that work is interrupted."""
        return self.split

    def arrival(self, place: int) -> float:
        """When somebody first comes to a stop."""
        return self.arrivals[place]

    def parts(self, place: int) -> Sequence[Part]:
        """When somebody works at a stop, shift after shift."""
        return self.parted[place]


def kernel_for(board: Board) -> Kernel:
    """A board ready to be reckoned on; a plain one is so faster."""
    if any(one.shifts for one in board.people):
        return DaysKernel(board)
    return TimedKernel(board) if is_timed(board) else Kernel(board)


class DaysKernel(TimedKernel):
    """A board on which some have several shifts."""

    def __init__(self, board: Board) -> None:
        super().__init__(board)
        self._shifts = [person.shifts for person in board.people]
        self._split = [job.split_cost if job.splittable else inf for job in board.jobs]

    def _made(self, person: int, stops: tuple[int, ...]) -> Route | None:
        if self._shifts[person]:
            return self._by_days(person, stops)
        return super()._made(person, stops)

    def _by_days(self, person: int, stops: tuple[int, ...]) -> DaysRoute | None:
        reached = [self._morning(person)]
        route = DaysRoute()
        route.person, route.stops, route.memo = person, stops, {}
        route.spare = inf
        route.arrivals, route.parted = [], []
        for job in stops:
            parts: list[Part] = []
            arrive, then = self._go(person, reached[-1], job, parts)
            if then is None:
                return None
            reached.append(then)
            route.arrivals.append(arrive)
            route.parted.append(parts)
        last = reached[-1]
        route.reached, route.travel, route.split = reached, last.travel, last.split
        route.begins = [parts[0][0] for parts in route.parted]
        route.ends = [self.begins[person], *(parts[-1][1] for parts in route.parted)]
        route.free = -self._over(person, last)
        route.cost = route.plain = self._cost(person, last)
        if self.price:
            route.cost += self.price * sum(self.holder[job] not in {-1, person} for job in stops)
        return route

    def _morning(self, person: int) -> Reached:
        begins = self._shifts[person][0][0]
        return Reached(0, begins, self.home[person], 0.0, 0, 0.0, 0.0, 0.0)

    def _over(self, person: int, here: Reached) -> float:
        """Minutes of overload, those of the shift that is not behind too."""
        begins, ends = self._shifts[person][here.shift]
        return here.over + max(0.0, here.load - self.board.overload_share * (ends - begins))

    def _cost(self, person: int, here: Reached) -> float:
        return here.late + here.travel + self._over(person, here) + here.split

    def _go(
        self, person: int, here: Reached, job: int, parts: list[Part]
    ) -> tuple[float, Reached | None]:
        """On to an order and through it: when somebody comes to it, and how far he is then."""
        row, opens, left, wanted, weight = self._orders[job]
        shifts, price = self._shifts[person], self._split[self.base[job]]
        shift, now, place, load, travel, late, over, split = here
        arrive, end = inf, now
        while True:
            begins, ends = shifts[shift]
            hop = row[place]
            start = max(now + hop, opens)
            if not parts and start > self.by[job]:
                return arrive, None
            room = ends - start
            if left <= room or (price < inf and room >= LEAST_PART):
                end = start + left if left <= room else ends
                arrive = now + hop if not parts else arrive
                parts.append((start, end))
                travel, load = travel + hop, load + hop + end - start
                if left <= room:
                    break
                left -= room
                split += price
            over += max(0.0, load - self.board.overload_share * (ends - begins))
            shift += 1
            if shift == len(shifts):
                return arrive, None
            now, place, load = shifts[shift][0], self.home[person], 0.0
        if end > wanted:
            late += weight * (end - wanted)
        return arrive, Reached(shift, end, self.base[job], load, travel, late, over, split)

    def cheapest(self, route: Route, job: int, enough: float) -> Insertion:
        """The cheapest place among the stops of all shifts, each reckoned to its end."""
        if not isinstance(route, DaysRoute):
            return super().cheapest(route, job, enough)
        fixed = self.price if self.price and self.holder[job] not in {-1, route.person} else 0.0
        best, where = enough, AT_LEAST
        for at in range(len(route.stops), -1, -1):
            more = fixed - route.plain
            cost = self._through(route, at, (job, *route.stops[at:]), best - more) + more
            if cost < best:
                best, where = cost, at
        if where == AT_LEAST and enough == inf:
            return NOWHERE
        return best, where

    def _through(self, route: DaysRoute, at: int, jobs: Iterable[int], enough: float) -> float:
        """What a route costs that goes on so after some stops; or what is no less than enough."""
        here: Reached | None = route.reached[at]
        for job in jobs:
            assert here is not None
            _arrive, here = self._go(route.person, here, job, [])
            if here is None or here.late + here.travel + here.over + here.split >= enough:
                return inf
        assert here is not None
        return self._cost(route.person, here)
