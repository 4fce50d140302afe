"""A plan at present and the best so far, of a whole board or kept to a territory for a while.

What is found out in a territory is told by stops, so that another process can find it and this one
join it; since nobody else has a hand in it, it fits to whatever the other territories are like.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, Final

from store.domain.dispatch import territory
from store.domain.dispatch.near import FEW
from store.domain.dispatch.ruin import Ruin
from store.domain.dispatch.territory import Together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from store.domain.dispatch.route import Route
    from store.domain.dispatch.routes import Kernel
    from store.domain.dispatch.territory import Territory

_BESIDE: Final = 8
"""Neighbours of an order; where somebody of another territory has one of them, it lies at a border.
"""

Told = list[tuple[int, list[Any]]]
"""Technicians with their stops, as plain values."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Each technician's route, the orders that nobody goes to, and what that costs."""

    routes: tuple[Route, ...]
    unserved: tuple[int, ...]
    cost: float
    unasked: frozenset[int] = frozenset()
    """Of those, the ones for which there was no time to look."""


class Standing(Ruin):
    """One board with the plan at present and the best one."""

    best: Plan

    def __init__(self, kernel: Kernel, seed: int) -> None:
        super().__init__(kernel, seed)
        self._seed = seed
        self._aside: list[int] = []
        """Orders that nobody does and that are not looked at for a while."""
        self._cost = 0.0

    def _worth(self) -> float:
        missed, left = self.kernel.not_served, (*self._unserved, *self._aside)
        return sum(route.cost for route in self._routes) + sum(missed[job] for job in left)

    def _plan(self) -> Plan:
        left = (*self._unserved, *self._aside)
        return Plan(tuple(self._routes), left, self._cost)

    def _stand(self, plan: Plan) -> None:
        """Go back to a plan, or on to one."""
        self._routes = [*plan.routes]
        self._home = [-1] * len(self._home)
        for route in plan.routes:
            self._take_back(route)
        self._unserved, self._aside, self._cost = sorted(plan.unserved), [], plan.cost

    def _take_back(self, route: Route) -> None:
        """Let somebody have the stops of a route again."""
        self._routes[route.person] = route
        for job in route.stops:
            self._home[job] = route.person

    def _kin(self, job: int) -> Sequence[int]:
        """The orders that hang together with one, itself among them."""
        return (job,)

    # -- territories --------------------------------------------------------------------------

    def territories(self, turn: int, *, most: int | None = None) -> list[Territory]:
        """Those of a turn, as the best plan lies, with at most so many technicians in each."""
        self._stand(self.best)
        for job in range(len(self._home)):
            self._near.neighbours(job)  # each process would have to find them anew
        home, left = self._home, set(self._unserved)
        loose: list[Together] = []
        for job in self._unserved:
            if job in left:
                kin = {job, *self._kin(job)}
                whose = frozenset(home[one] for one in kin if home[one] >= 0)
                loose.append(Together([one for one in sorted(kin) if home[one] < 0], whose))
                left -= kin
        most = territory.MOST if most is None else most
        return territory.territories(self.kernel, self._routes, home, loose, turn=turn, most=most)

    @contextmanager
    def within(
        self, some: Territory, turn: int, seeds: Sequence[int] | None = None
    ) -> Iterator[None]:
        """Keep to a territory, beginning with the best plan; at the end the best of it stands.

        Stops are taken out around all its orders, or only around those that are `seeds`.
        """
        self._stand(self.best)
        self._afresh(some.people, f"{self._seed} {turn} {some.people[0]}")
        near, mine = self._near, frozenset(some.people)
        was = self._dice, self._seeds, self._free, self._mine, self._may, self._few
        self._unserved, self._aside = (
            [job for job in sorted(self.best.unserved) if (job in some.jobs) is here]
            for here in (True, False)
        )
        self._seeds, self._free = sorted(some.jobs) if seeds is None else seeds, some.jobs
        self._few, self._mine, near.mine = len(mine) <= FEW, mine, mine
        self._may = near.able = {
            job: [one for one in self.kernel.able[job] if one in mine] for job in some.jobs
        }
        try:
            yield
        finally:
            self._dice, self._seeds, self._free, self._mine, self._may, self._few = was
            near.mine, near.able = None, self.kernel.able
            self._stand(self.best)

    @contextmanager
    def across(self, some: Sequence[Territory], turn: int) -> Iterator[None]:
        """Look, on the whole board, only for what a border may be in the way of."""
        self._stand(self.best)
        self._afresh(range(len(self._routes)), f"{self._seed} {turn}")
        dice, seeds = self._dice, self._seeds
        self._seeds = self.troubled(some)
        try:
            yield
        finally:
            self._dice, self._seeds = dice, seeds
            self._stand(self.best)

    def troubled(self, some: Sequence[Territory]) -> Sequence[int]:
        """Orders that nobody does, that are late, or that have a neighbour in another territory."""
        kernel, home = self.kernel, self._home
        of = {person: place for place, one in enumerate(some) for person in one.people}
        late = {kernel.base[stop] for one in self._routes for stop in one.overdue(kernel.due)}
        found = []
        for job, person in enumerate(home):
            if person < 0 or job in late:
                found.append(job)
                continue
            near = self._near.neighbours(job)[:_BESIDE]
            if any(home[one] >= 0 and of[home[one]] != of[person] for one in near):
                found.append(job)
        return found

    def _afresh(self, people: Iterable[int], seed: str) -> None:
        """Forget what came to be known by the way here, so that any way here goes on alike."""
        self._dice = Random(seed)
        self.kernel.forget()
        for person in people:
            route = self.kernel.route(person, self._routes[person].stops)
            assert route is not None, "it stood a moment ago"
            self._routes[person] = route

    def told(self, some: Territory) -> Told:
        """The stops of a territory in the best plan, for another process."""
        kernel, routes = self.kernel, self.best.routes
        return [(one, [*map(kernel.tell, routes[one].stops)]) for one in some.people]

    def join(self, some: Territory, told: Told) -> bool:
        """Take over what a search of another process found in a territory; whether it is better."""
        kernel, routes = self.kernel, [*self.best.routes]
        for person, stops in told:
            route = kernel.route(person, tuple(map(kernel.heard, stops)))
            if route is None:
                return False
            routes[person] = route
        done = {kernel.base[stop] for person, _stops in told for stop in routes[person].stops}
        left = sorted({*self.best.unserved} - some.jobs | some.jobs - done)
        cost = sum(route.cost for route in routes) + sum(kernel.not_served[job] for job in left)
        if cost >= self.best.cost - 1e-9:
            return False
        self.best = Plan(tuple(routes), tuple(left), cost)
        return True
