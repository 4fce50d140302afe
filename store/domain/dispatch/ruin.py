"""What is planned at present, and how some is taken out: strings of stops that lie together."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from store.domain.dispatch.near import FEW, Near

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from store.domain.dispatch.route import Route
    from store.domain.dispatch.routes import Kernel

_STRINGS = (1, 2, 2, 3)
"""Of how many routes, as the dice fall: two take longer than one, and three find little more."""
_SKIPPED = 0.3
"""How often a neighbour is gone by, so that around an order it is not the same routes each time."""
_LEFT, _LATE = 0.1, 0.4
"""How often it is where nobody goes to an order, and up to there where one is late: what is dear
there can be won."""
_BY_CHANCE = 0.1
"""How often orders are put back as they come."""
_LONG_FIRST, _HEAVY_FIRST = 10.0, 3.0
"""By how much sooner than it is due an order is put back, at most: in its minutes of work, and for
its weight, where that of all is 1, in minutes of what an order takes."""


class Ruin:
    """One board with who has what; the same seed and rounds take out the same."""

    _longest = 5
    """Stops taken out of one route, at most."""

    def __init__(self, kernel: Kernel, seed: int) -> None:
        """Begin with nobody doing anything."""
        jobs, people = len(kernel.board.jobs), len(kernel.board.people)
        self.kernel = kernel
        self._dice = Random(seed)
        self._near = Near(kernel)
        self._few = people <= FEW
        """Whether all who may go are asked."""
        self._routes: list[Route] = [kernel.empty(person) for person in range(people)]
        self._home = [-1] * jobs
        """Who has each order; -1 for nobody."""
        self._unserved: list[int] = []
        self._seeds: Sequence[int] = range(jobs)
        """Orders around which stops are taken out."""
        self._mine: Container[int] = range(people)
        """Technicians whose stops are."""
        self._free: Container[int] = range(jobs)
        """Orders that may go from one to another."""
        self._may: Sequence[Sequence[int]] | Mapping[int, Sequence[int]] = kernel.able
        """By order, who of them may go."""
        weight = sum(kernel.weight)
        self._heavy = _HEAVY_FIRST * sum(kernel.duration) / weight if weight else 0.0
        """Minutes by which an order is put back sooner for its weight, at most."""

    def _hold(self, person: int, stops: tuple[int, ...]) -> None:
        route = self.kernel.route(person, stops)
        if route is not None and all(person in self.kernel.able[job] for job in stops):
            self._routes[person] = route
            for job in stops:
                self._home[job] = person

    def _restore(self, loose: Sequence[int], before: dict[int, Route]) -> None:
        """All as it was before the round."""
        routes, home = self._routes, self._home
        for job in loose:
            home[job] = -1
        for person, route in before.items():
            routes[person] = route
            for job in route.stops:
                home[job] = person

    def _ruin(self, before: dict[int, Route]) -> list[int]:
        """Take strings of neighbouring stops out of some routes; `before` gets what these were."""
        random, home, mine = self._dice.random, self._home, self._mine
        if not self._seeds:
            return []
        strings = _STRINGS[int(random() * len(_STRINGS))]
        out: list[int] = []
        seed = self._seed_order()
        for job in self._near.neighbours(seed):
            person = home[job]
            if person not in mine or person in before:
                continue
            if job != seed and random() < _SKIPPED:
                continue
            gone = self._cut(person, job, before)
            for one in gone:
                home[one] = -1
            out += gone
            if len(before) >= strings:
                break
        return out

    def _seed_order(self) -> int:
        """An order around which stops are taken out, oftener one that costs more than it must."""
        random, seeds, left = self._dice.random, self._seeds, self._unserved
        what = random()
        if what < _LEFT and left:
            return left[int(random() * len(left))]
        seed = seeds[int(random() * len(seeds))]
        person = self._home[seed]
        if what < _LATE and person >= 0:
            late = [*self._routes[person].overdue(self.kernel.due)]
            if late:
                return self.kernel.base[late[int(random() * len(late))]]
        return seed

    def _cut(self, person: int, job: int, before: dict[int, Route]) -> Sequence[int]:
        """Take a string of stops out of somebody's route, an order among them."""
        random, route = self._dice.random, self._routes[person]
        stops = route.stops
        count = len(stops)
        long = int(random() * min(self._longest, count)) + 1
        at = stops.index(job)
        first = max(0, at - long + 1)
        start = first + int(random() * (min(at, count - long) - first + 1))
        made = self.kernel.route(person, stops[:start] + stops[start + long :])
        if made is None:
            return ()  # a short cut was taken out
        before[person] = route
        self._routes[person] = made
        return stops[start : start + long]

    def _sort(self, loose: list[int]) -> None:
        """In one of several orders, those before all others that are to be put back first."""
        self._sort_any(loose)
        if first := self.kernel.first:
            loose.sort(key=lambda job: job not in first)

    def _sort_any(self, loose: list[int]) -> None:
        """The soonest due, the longer and the weightier the sooner, as much so as the dice say.

        What is long or weighty finds a place only while there is room; what has time has it later.
        """
        kernel, dice = self.kernel, self._dice
        dice.shuffle(loose)
        if dice.random() < _BY_CHANCE:
            return
        due, duration, weight = kernel.due, kernel.duration, kernel.weight
        long, heavy = _LONG_FIRST * dice.random(), self._heavy * dice.random()
        loose.sort(key=lambda job: due[job] - long * duration[job] - heavy * weight[job])
