"""Plans with orders that hang together: a visit after another, and two technicians at one place.

What hangs together is taken out and put back together. As it is put back, each gets bounds between
which it may be moved without touching the others: the visit before ends by then, the one after
begins no earlier, and two who work together begin at one moment.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final

from store.domain.dispatch.bound import LinkedKernel
from store.domain.dispatch.kin import followers, groups, in_turn
from store.domain.dispatch.search import Search

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from store.domain.dispatch.board import Board
    from store.domain.dispatch.route import Route


_PASSED_BY: Final = 0.2
"""How often a technician is not looked at for one of several: the best for it may be dear later."""
_MIXED, _MOST_MIXED = 0.3, 4
"""How often the visits of several are put back in turn, so that one lies between two of another;
and of how many."""
_LEFT_OUT: Final = 0.05
"""How often one of several is left out though it could be done: another may have its place."""


def search_for(board: Board, *, seed: int = 1, over: Callable[[], bool] = lambda: False) -> Search:
    """A search that knows what the board has."""
    if any(job.after is not None or job.twin_of is not None for job in board.jobs):
        return LinkedSearch(board, seed=seed, over=over)
    return Search(board, seed=seed, over=over)


class LinkedSearch(Search):
    """A search that puts back together what hangs together."""

    _longest = 6
    _tepid, _cold, _passed_by = 0.3, 0.005, 0.02
    kernel: LinkedKernel

    def __init__(self, board: Board, *, seed: int, over: Callable[[], bool]) -> None:
        self._jobs = board.jobs
        self._groups = groups(board)
        self._linked = self._groups.keys()
        self._twins = {
            job.twin_of: twin for twin, job in enumerate(board.jobs) if job.twin_of is not None
        }
        self._after = followers(board)
        self._mixed: Mapping[int, Sequence[int]] = {}
        """By job, what is put back in turn with it, visit by visit, though it hangs together with
        nothing of it."""
        self._as = [*range(len(board.jobs))]
        """How each job is bound at present."""
        super().__init__(board, seed=seed, over=over, kernel=LinkedKernel(board))

    def _begin(self, jobs: Sequence[int], over: Callable[[], bool]) -> frozenset[int]:
        """Of what hangs together, one job stands for all."""
        first = {group[0] for group in self._groups.values()}
        some = [job for job in jobs if job not in self._groups or job in first]
        unasked = super()._begin(some, over)
        others = [other for job in unasked for other in self._all(job) if other != job]
        self._unserved += others
        return unasked.union(others)

    def _kin(self, job: int) -> Sequence[int]:
        return self._all(job)

    def _all(self, job: int) -> Sequence[int]:
        """The jobs that hang together with a job, twins too."""
        return self._paired(self._groups.get(job, ()))

    def _paired(self, leads: Sequence[int]) -> Sequence[int]:
        return [*leads, *(self._twins[lead] for lead in leads if lead in self._twins)]

    # -- taking out ---------------------------------------------------------------------------

    def _cut(self, person: int, job: int, before: dict[int, Route]) -> Sequence[int]:
        base = self.kernel.base
        return [base[one] for one in super()._cut(person, self._as[job], before)]

    def _ruin(self, before: dict[int, Route]) -> list[int]:
        """What hangs together with those that are taken out comes out, too."""
        out = super()._ruin(before)
        for job in [*out]:
            for other in self._all(job):
                if other in self._free and self._home[other] < 0:
                    continue
                if other not in self._free or not self._drop(other, before):
                    self._restore(out, before)
                    return []
                self._home[other] = -1
                out.append(other)
        return out

    def _drop(self, job: int, before: dict[int, Route]) -> bool:
        """Take a job out of the stops of whoever has it, if he can keep to the others."""
        person = self._home[job]
        return self._swap(person, _without(self._routes[person].stops, self._as[job]), before)

    def _restore(self, loose: Sequence[int], before: dict[int, Route]) -> None:
        for job in loose:
            self._home[job] = -1
        for route in before.values():
            self._take_back(route)

    def _take_back(self, route: Route) -> None:
        self._routes[route.person] = route
        for bound in route.stops:
            job = self.kernel.base[bound]
            self._home[job], self._as[job] = route.person, bound

    def _swap(self, person: int, stops: tuple[int, ...], before: dict[int, Route]) -> bool:
        """Give somebody other stops, if he can keep to them."""
        made = self.kernel.route(person, stops)
        if made is None:
            return False
        before.setdefault(person, self._routes[person])
        self._routes[person] = made
        return True

    # -- putting back -------------------------------------------------------------------------

    def _put_back(
        self, loose: Sequence[int], before: dict[int, Route], *, passed_by: float, budget: float
    ) -> list[int] | None:
        self._mixed = {}
        if passed_by and self._dice.random() < _MIXED:
            some = {self._groups[job][0]: self._groups[job] for job in loose if job in self._groups}
            mixed = [lead for group in [*some.values()][:_MOST_MIXED] for lead in group]
            self._mixed = dict.fromkeys(self._paired(mixed), mixed)
        return super()._put_back(loose, before, passed_by=passed_by, budget=budget)

    def _put_linked(
        self, job: int, left: list[int], before: dict[int, Route], passed_by: float
    ) -> float:
        """All that hang together, one visit after another; those that nobody can do stay outside.

        None of them is put anywhere if that costs more than to leave them.
        """
        home, missed = self._home, self.kernel.not_served
        group = self._mixed.get(job) or self._groups[job]
        loose = [one for one in self._paired(group) if home[one] < 0]
        if not loose or loose[0] in left:
            return 0.0
        was: dict[int, Route] = {}
        least = sum([missed[one] for one in loose])
        self._put_in_turn(group, was, passed_by)
        self._bind(group, was)
        cost = sum([self._routes[person].cost - route.cost for person, route in was.items()])
        out = [one for one in loose if home[one] < 0]
        cost += sum([missed[one] for one in out])
        if cost > least:
            self._restore(loose, was)
            cost, out = least, loose
        for person, route in was.items():
            before.setdefault(person, route)
        left += out
        return cost

    def _put_in_turn(self, group: Sequence[int], was: dict[int, Route], passed_by: float) -> None:
        """One job after another where it costs least, none before what it follows is put."""
        home, dice, jobs = self._home, self._dice, self._jobs
        worth = self._worths(group)
        for lead in in_turn(group, self._after, dice) if passed_by else group:
            follows = jobs[lead].after
            if home[lead] >= 0 or (follows is not None and home[follows] < 0):
                continue
            if passed_by and dice.random() < _LEFT_OUT:
                continue
            if follows is not None:  # from now on it must not be moved
                self._keep(follows, was)
            self._put_order(lead, worth[lead], was, _PASSED_BY if passed_by else 0.0)
            if lead in self._twins and home[lead] >= 0:
                self._keep(lead, was)

    def _worths(self, group: Sequence[int]) -> Mapping[int, float]:
        """By job that nobody does: what it costs to leave it and all that come after it."""
        missed, home, worth = self.kernel.not_served, self._home, dict.fromkeys(group, 0.0)
        for lead in reversed(group):
            worth[lead] += missed[lead] if home[lead] < 0 else 0.0
            if (follows := self._jobs[lead].after) is not None:
                worth[follows] += worth[lead]
        return worth

    def _keep(self, lead: int, was: dict[int, Route]) -> None:
        """Bound an order, and who goes there with it, to begin when it does now."""
        begin, _end = self._times(lead)
        self._bind_order(lead, begin, begin, was)

    def _put_order(self, lead: int, most: float, was: dict[int, Route], passed_by: float) -> None:
        """One order, and who goes there at the same time, after the visit before it."""
        job = self._jobs[lead]
        ready, wants, people = -inf, -1, self._may[lead]
        if job.after is not None:
            ready = self._times(job.after)[1] + job.gap
            wants = self._home[job.after] if job.apart else -1
            if job.same:
                people = [one for one in people if one == self._home[job.after]]
        if not self._put_bound(lead, (ready, inf, wants), people, (most, passed_by), was):
            return
        twin = self._twins.get(lead)
        if twin is None:
            return
        mine, begin = self._home[lead], self._times(lead)[0]
        others = [one for one in self._may[twin] if one != mine]
        if not self._put_bound(twin, (begin, inf, -1), others, (inf, passed_by), was):
            self._take(lead, was)
            return
        theirs, then = self._home[twin], self._times(twin)[0]
        if then > begin:  # the first waits for the second, or another is there in time
            self._take(lead, was)
            people = [one for one in people if one != theirs]
            if not self._put_bound(lead, (then, then, -1), people, (inf, 0.0), was):
                self._take(twin, was)

    def _put_bound(
        self,
        job: int,
        window: tuple[float, float, int],
        people: Sequence[int],
        how: tuple[float, float],
        was: dict[int, Route],
    ) -> bool:
        """One job, to whom it costs least; the window says from when, by when, after whom."""
        bound = self.kernel.bound(job, *window)
        _cost, whom, where = self._cheapest(bound, people, *how)
        if whom < 0:
            return False
        stops = self._routes[whom].stops
        if not self._swap(whom, (*stops[:where], bound, *stops[where:]), was):
            return False
        self._home[job], self._as[job] = whom, bound
        return True

    def _take(self, job: int, was: dict[int, Route]) -> None:
        """Take a job out again that was put in just now."""
        self._drop(job, was)
        self._home[job] = -1

    def _times(self, job: int) -> tuple[float, float]:
        """When a job that somebody does begins and ends."""
        route = self._routes[self._home[job]]
        at = route.stops.index(self._as[job])
        return route.begins[at], route.ends[at + 1]

    def _bind(self, group: Sequence[int], was: dict[int, Route]) -> None:
        """Bound each of those that are put, so that it may be moved without the others."""
        home, dice = self._home, self._dice
        put = [lead for lead in group if home[lead] >= 0]
        ready = dict.fromkeys(put, -inf)
        by = dict.fromkeys(put, inf)
        for lead in put:
            begin, _end = self._times(lead)
            if lead in self._twins:
                ready[lead] = by[lead] = begin
            if (first := self._jobs[lead].after) is None:
                continue
            gap, (sooner, end) = self._jobs[lead].gap, self._times(first)
            room = begin - gap - end
            if room > 0 and dice.random() < 0.5:  # who goes first has it, or who comes after
                by[first] = min(by[first], sooner + room)
                ready[lead] = max(ready[lead], begin)
            else:
                by[first] = min(by[first], sooner)
                ready[lead] = max(ready[lead], min(begin, end + gap))
        for lead in put:
            self._bind_order(lead, ready[lead], by[lead], was)

    def _bind_order(self, lead: int, ready: float, by: float, was: dict[int, Route]) -> None:
        """Bound an order between moments, one of which is when it is done now."""
        for job in (lead, self._twins.get(lead, lead)):
            old = self._as[job]
            bound = self.kernel.bound(job, ready, by, self.kernel.wants[old])
            person = self._home[job]
            stops = tuple(bound if one == old else one for one in self._routes[person].stops)
            if bound != old and self._swap(person, stops, was):
                self._as[job] = bound


def _without(stops: tuple[int, ...], gone: int) -> tuple[int, ...]:
    return tuple(one for one in stops if one != gone)
