"""Plans for a whole board: cheapest insertion first, then ruin and recreate.

After Christiaens and Vanden Berghe, Slack Induction by String Removals for Vehicle Routing Problems
(Transportation Science 54, 2020): stops that lie together are taken out of a few routes, and put
back one after another where they cost least; a worse plan is kept for a while, ever more rarely.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf, log
from typing import TYPE_CHECKING

from store.domain.dispatch.days import kernel_for
from store.domain.dispatch.route import AT_LEAST, NOWHERE
from store.domain.dispatch.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from store.domain.dispatch.board import Board
    from store.domain.dispatch.route import Route
    from store.domain.dispatch.routes import Kernel
    from store.domain.dispatch.standing import Plan

_DEAR = 20.0
"""Minutes; where those who are about would cost more for an order, all are asked."""
_WARM = 1.0
"""Temperature at the beginning of a search that has time enough, as a part of what an order costs
on average."""
_AMPLE = 15
"""Rounds for each order that are time enough."""
_TRIES = 2
"""How often it is tried to put back what was taken out, each time in another order."""
_TOGETHER = 16
"""Rounds, or orders of the first plan, between two looks at whether it may go on, where they are
short."""


Choice = tuple[float, int, int]
"""What an order adds to the cost, who does it, and before which stop; who is -1 for nobody."""


class Search(Standing):
    """One board, and the best plan so far; the same seed and rounds give the same."""

    _tepid, _cold = 0.2, 0.002
    """Temperatures at the beginning of a short search, and at the end of any."""
    _passed_by = 0.0
    """How often a technician is not looked at, so that not every round ends alike: that the orders
    come in another sequence each time is enough, where none hangs together with others."""
    _linked: Collection[int] = frozenset()
    """Orders that are not put back by themselves."""

    def __init__(
        self,
        board: Board,
        *,
        seed: int = 1,
        over: Callable[[], bool] = lambda: False,
        kernel: Kernel | None = None,
        held: Mapping[int, tuple[int, ...]] | None = None,
    ) -> None:
        """Begin with what technicians hold, as far as it can be done; then each order at its best.

        When it is `over` before all are looked at, the others stay outside.
        """
        super().__init__(kernel or kernel_for(board), seed)
        kernel = self.kernel
        for person, stops in (held or {}).items():
            self._hold(person, stops)
        loose = [job for job, whom in enumerate(self._home) if whom < 0]
        loose.sort(key=lambda job: (-kernel.weight[job], kernel.due[job], job))
        unasked = self._begin(loose, over)
        self._cost = self._worth()
        self.best = replace(self._plan(), unasked=unasked)
        self._each = max(1.0, self._cost / max(1, len(board.jobs)))
        """What an order costs at the beginning, about."""
        self.rounds = 0

    def _begin(self, jobs: Sequence[int], over: Callable[[], bool]) -> frozenset[int]:
        """The first plan, as far as there is time; the orders that were not looked at."""
        together = _TOGETHER if self.kernel.quick else 1
        for at in range(0, len(jobs), together):
            if over():
                self._unserved += jobs[at:]
                return frozenset(jobs[at:])
            some = jobs[at : at + together]
            self._unserved += self._put_back(some, {}, passed_by=0.0, budget=inf) or []
        return frozenset()

    def run(self, done: Callable[[], float], *, until: float = 1.0) -> Iterator[Plan]:
        """Go on until `done` says so, the part of the way that is behind; yields better plans."""
        together = _TOGETHER if self.kernel.quick else 1
        start, before = None, self.rounds
        while (part := done()) < until:
            start = part if start is None else start
            warm = self._warm(self.rounds - before, (part - start) / (until - start))
            heat = self._each * warm * (self._cold / warm) ** part
            best = self.best.cost
            for _ in range(together):
                self._round(heat)
            if self.best.cost < best:
                yield self.best

    def _warm(self, rounds: int, part: float) -> float:
        """How warm a search begins of which so many rounds are that part."""
        whole = rounds / part if part > 0 else 0.0
        return min(_WARM, max(self._tepid, _WARM * whole / (_AMPLE * max(1, len(self._home)))))

    def _round(self, heat: float) -> None:
        """Ruin, recreate; then keep it or not."""
        self.rounds += 1
        before: dict[int, Route] = {}
        out = self._ruin(before)
        cut = {person: self._routes[person] for person in before}
        for tried in range(_TRIES if out or self._unserved else 0):
            if tried:
                for job in out:
                    self._home[job] = -1
                for person, route in cut.items():
                    self._routes[person] = route
            if self._recreate(out, before.copy(), heat):
                return

    def _recreate(self, out: Sequence[int], before: dict[int, Route], heat: float) -> bool:
        """Put all back where it costs least; false where it is not kept, and as it was before."""
        routes, missed = self._routes, self.kernel.not_served
        loose = [*out, *self._unserved]
        self._sort(loose)
        # What is won by taking out, and how much worse it may become: more must not be spent.
        won = sum([route.cost - routes[person].cost for person, route in before.items()])
        won += sum([missed[job] for job in self._unserved])
        worse = -heat * log(1 - self._dice.random())
        left = self._put_back(loose, before, passed_by=self._passed_by, budget=won + worse)
        if left is not None:
            change = sum([routes[person].cost - route.cost for person, route in before.items()])
            change += sum([missed[job] for job in left])
            change -= sum([missed[job] for job in self._unserved])
            if change < worse:
                self._unserved = left
                self._cost += change
                if self._cost < self.best.cost - 1e-9:
                    self.best = self._plan()
                return True
        self._restore(loose, before)
        return False

    def _put_back(
        self, loose: Sequence[int], before: dict[int, Route], *, passed_by: float, budget: float
    ) -> list[int] | None:
        """Put orders where they cost least, one after another, and say which stay outside.

        None where that costs more than the budget: then the rest is not looked at.
        """
        missed, linked = self.kernel.not_served, self._linked
        left: list[int] = []
        for job in loose:
            if job in linked:
                budget -= self._put_linked(job, left, before, passed_by)
                continue
            most = missed[job]
            cost, whom, where = self._whom(job, min(most, budget), passed_by)
            budget -= cost
            if whom >= 0 and self._put(job, whom, where, before):
                continue
            if cost < most and whom < 0:
                return None
            left.append(job)
        return left

    def _put_linked(
        self, job: int, left: list[int], before: dict[int, Route], passed_by: float
    ) -> float:
        """Put an order where it costs least together with those that it is linked to."""
        raise NotImplementedError  # a search that has linked orders knows how

    def _put(self, job: int, whom: int, where: int, before: dict[int, Route]) -> bool:
        """Put an order among somebody's stops; false where it does not fit after all."""
        route = self._routes[whom]
        stops = route.stops
        made = self.kernel.route(whom, (*stops[:where], job, *stops[where:]))
        if made is None:  # parts of minutes, added up from the other end, come to more
            route.memo[job] = NOWHERE
            return False
        before.setdefault(whom, route)
        self._routes[whom] = made
        self._home[job] = whom
        return True

    def _whom(self, job: int, most: float, passed_by: float) -> Choice:
        """Who does an order for least, and for less than `most`: of many those who are about."""
        able = self._may[job]
        if self._few:
            return self._cheapest(job, able, most, passed_by)
        some = self._near.about(job, self._routes, self._home)
        found = self._cheapest(job, some, most, passed_by)
        if found[0] > _DEAR and len(some) < len(able):
            other = self._cheapest(job, able, found[0], passed_by)
            return found if other[1] < 0 else other
        return found

    # A call for each technician would take as long as the look.
    def _cheapest(  # noqa: C901
        self, job: int, people: Sequence[int], best: float, passed_by: float
    ) -> Choice:
        """Of these, those whose cost is known come first: it bounds what the others may cost."""
        kernel, routes, random = self.kernel, self._routes, self._dice.random
        cheapest, took = kernel.cheapest, kernel.duration[job] if kernel.direct else -inf
        whom = where = -1
        unknown = []
        for person in people:
            known = routes[person].memo.get(job)
            if known is None:
                route = routes[person]
                if took > route.spare:
                    route.memo[job] = NOWHERE
                else:
                    unknown.append(route)
            elif known[0] < best:
                if known[1] == AT_LEAST:
                    unknown.append(routes[person])
                elif not passed_by or random() >= passed_by:
                    best, where = known
                    whom = person
        for route in unknown:
            known = route.memo.get(job)
            if known is not None and known[0] >= best:
                continue
            known = route.memo[job] = cheapest(route, job, best)
            if known[1] >= 0 and (not passed_by or random() >= passed_by):
                best, where = known
                whom = route.person
        return best, whom, where
