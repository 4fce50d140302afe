"""Plans for a whole board: cheapest insertion first, then ruin and recreate.

After Christiaens and Vanden Berghe, Slack Induction by String Removals for Vehicle Routing Problems
(Transportation Science 54, 2020): stops that lie together are taken out of a few routes, and put
back one after another where they cost least; a worse plan is kept for a while, ever more rarely.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest
from math import inf, log
from random import Random
from typing import TYPE_CHECKING

from store.domain.dispatch.routes import NOWHERE, Kernel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from store.domain.dispatch.board import Board
    from store.domain.dispatch.routes import Route

_REMOVED = 8.0
"""Stops taken out at a time, about."""
_LONGEST = 6
"""Of one route, at most."""
_NEAR = 60
"""Neighbours of an order that are known."""
_PASSED_BY = 0.02
"""How often a technician is not looked at, so that not every round ends alike."""
_WARM, _COLD = 0.3, 0.005
"""Temperatures at the beginning and at the end, as parts of what an order costs on average."""
_TOGETHER = 16
"""Rounds between two looks at how long it may go on."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Each technician's route, the orders that nobody goes to, and what that costs."""

    routes: tuple[Route, ...]
    unserved: tuple[int, ...]
    cost: float


class Search:
    """One board, and the best plan so far; the same seed and rounds give the same."""

    def __init__(self, board: Board, *, seed: int = 1) -> None:
        self.kernel = kernel = Kernel(board)
        self._dice = Random(seed)
        self._near: dict[int, list[int]] = {}
        self._routes: list[Route] = [kernel.empty(person) for person in range(len(board.people))]
        self._home = [-1] * len(board.jobs)
        """Who has each order; -1 for nobody."""
        urgent = sorted(range(len(board.jobs)), key=lambda j: (-kernel.weight[j], kernel.due[j], j))
        self._unserved = self._put_back(urgent, {}, passed_by=0.0)
        self._cost = self._worth()
        self.best = self._plan()
        self.rounds = 0

    def run(self, done: Callable[[], float]) -> Iterator[Plan]:
        """Go on until `done` says 1.0, the part of the way that is behind; yields better plans."""
        each = max(1.0, self._cost / max(1, len(self._home)))
        while (part := done()) < 1.0:
            heat = each * _WARM * (_COLD / _WARM) ** part
            best = self.best.cost
            for _ in range(_TOGETHER):
                self._round(heat)
            if self.best.cost < best:
                yield self.best

    def _round(self, heat: float) -> None:
        """Ruin, recreate; then keep it or not."""
        kernel, dice = self.kernel, self._dice
        routes, home, missed = self._routes, self._home, kernel.not_served
        self.rounds += 1
        before: dict[int, Route] = {}
        out = self._ruin(before)
        if not out:
            return
        loose = out + self._unserved
        self._sort(loose)
        left = self._put_back(loose, before, passed_by=_PASSED_BY)
        change = sum([routes[person].cost for person in before])
        change -= sum([route.cost for route in before.values()])
        change += sum([missed[job] for job in left]) - sum([missed[job] for job in self._unserved])
        if change < -heat * log(1 - dice.random()):
            self._unserved = left
            self._cost += change
            if self._cost < self.best.cost - 1e-9:
                self.best = self._plan()
            return
        for job in loose:
            home[job] = -1
        for person, route in before.items():
            routes[person] = route
            for job in route.stops:
                home[job] = person

    def _ruin(self, before: dict[int, Route]) -> list[int]:
        """Take strings of neighbouring stops out of some routes; `before` gets what these were."""
        kernel, dice, routes, home = self.kernel, self._dice, self._routes, self._home
        random = dice.random
        if not home:
            return []
        seed = int(random() * len(home))
        most = 2 * _REMOVED / (1 + _LONGEST) * 2 - 1
        strings = int(random() * most) + 1
        out: list[int] = []
        for job in self._neighbours(seed):
            person = home[job]
            if person < 0 or person in before:
                continue
            route = routes[person]
            stops = route.stops
            count = len(stops)
            long = int(random() * min(_LONGEST, count)) + 1
            at = stops.index(job)
            first = max(0, at - long + 1)
            start = first + int(random() * (min(at, count - long) - first + 1))
            made = kernel.route(person, stops[:start] + stops[start + long :])
            if made is None:
                continue  # a short cut was taken out
            before[person] = route
            routes[person] = made
            gone = stops[start : start + long]
            for one in gone:
                home[one] = -1
            out += gone
            if len(before) >= strings:
                break
        return out

    def _put_back(
        self, loose: Sequence[int], before: dict[int, Route], *, passed_by: float
    ) -> list[int]:
        """Put orders where they cost least, one after another; those that stay outside."""
        kernel, routes, home, random = self.kernel, self._routes, self._home, self._dice.random
        able, missed, insertion, price = kernel.able, kernel.not_served, kernel.insertion, inf
        left = []
        for job in loose:
            best, whom, where = missed[job], -1, -1
            for person in able[job]:
                route = routes[person]
                known = route.memo.get(job)
                if known is None:
                    known = insertion(route, job)
                price = known[0]
                if price < best and (not passed_by or random() >= passed_by):
                    best, where = known
                    whom = person
            if whom < 0:
                left.append(job)
                continue
            route = routes[whom]
            stops = route.stops
            made = kernel.route(whom, (*stops[:where], job, *stops[where:]))
            if made is None:  # parts of minutes, added up from the other end, come to more
                route.memo[job] = NOWHERE
                left.append(job)
                continue
            before.setdefault(whom, route)
            routes[whom] = made
            home[job] = whom
        return left

    def _sort(self, loose: list[int]) -> None:
        """In one of several orders: by chance, the weightiest, the soonest due, the longest."""
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

    def _neighbours(self, job: int) -> list[int]:
        known = self._near.get(job)
        if known is None:
            row, count = self.kernel.travel[job], len(self._home)
            # Of many that are as near, as in one building, each has others, and itself.
            known = nsmallest(_NEAR, range(count), key=lambda one: (row[one], (one - job) % count))
            self._near[job] = known
        return known

    def _worth(self) -> float:
        missed = self.kernel.not_served
        return sum(route.cost for route in self._routes) + sum(missed[j] for j in self._unserved)

    def _plan(self) -> Plan:
        return Plan(tuple(self._routes), tuple(self._unserved), self._cost)
