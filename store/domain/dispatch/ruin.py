"""What is planned at present, and how some is taken out: strings of stops that lie together."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from store.domain.dispatch.near import FEW, Near

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from store.domain.dispatch.route import Route
    from store.domain.dispatch.routes import Kernel

_REMOVED = 8.0
"""Stops taken out at a time, about."""
_LONGEST = 6
"""Of one route, at most."""


class Ruin:
    """One board with who has what; the same seed and rounds take out the same."""

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
        random, home, mine, seeds = self._dice.random, self._home, self._mine, self._seeds
        if not seeds:
            return []
        seed = seeds[int(random() * len(seeds))]
        most = 2 * _REMOVED / (1 + _LONGEST) * 2 - 1
        strings = int(random() * most) + 1
        out: list[int] = []
        for job in self._near.neighbours(seed):
            person = home[job]
            if person not in mine or person in before:
                continue
            gone = self._cut(person, job, before)
            for one in gone:
                home[one] = -1
            out += gone
            if len(before) >= strings:
                break
        return out

    def _cut(self, person: int, job: int, before: dict[int, Route]) -> Sequence[int]:
        """Take a string of stops out of somebody's route, an order among them."""
        random, route = self._dice.random, self._routes[person]
        stops = route.stops
        count = len(stops)
        long = int(random() * min(_LONGEST, count)) + 1
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
        """By chance, the weightiest, the soonest due, the longest."""
        kernel, dice = self.kernel, self._dice
        dice.shuffle(loose)
        way = dice.random()
        if way < 0.4:
            return
        if way < 0.6:
            weight = kernel.weight
            loose.sort(key=lambda job: -weight[job])
        elif way < 0.8:
            loose.sort(key=kernel.due.__getitem__)
        elif way < 0.9:
            duration = kernel.duration
            loose.sort(key=lambda job: -duration[job])
        else:
            able = kernel.able
            loose.sort(key=lambda job: len(able[job]))
