"""The whole board planned again: the repair at once, then better plans; and what each changes.

The same board, seed and rounds give the same plans. A plan is told as moves: which order goes to
whom who does not have it now. Nothing here moves anything.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store.domain.dispatch.joint import Pairing
from store.domain.dispatch.proposing import Proposing
from store.domain.dispatch.search import Search
from store.domain.dispatch.turns import TurnsKernel
from store.domain.dispatch.worth import worth_it

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from store.domain.dispatch.present import Present
    from store.domain.dispatch.proposal import Proposal
    from store.domain.dispatch.route import Route
    from store.domain.dispatch.standing import Plan
    from store.domain.dispatch.turn import Turns

Moves = dict[int, int]
"""By order the technician whom it goes to; others stay where they are."""


class Replan:
    """One board, repaired, then planned better for as long as there is time."""

    def __init__(
        self,
        present: Present,
        *,
        seed: int = 1,
        over: Callable[[], bool] = lambda: False,
        start: Mapping[int, int] | None = None,
    ) -> None:
        """Begin with the repair: what needs somebody gets somebody, the rest stays as it is.

        What several do together they all begin at once; the rest is planned around that. `start`
        are moves of a plan for the board as it was: what still may be of it is kept, if that is the
        better beginning.
        """
        self.kernel = kernel = TurnsKernel(present)
        self.search = self._repaired(seed, over)
        if present.joint:
            pairing = Pairing(kernel, self.search.best.routes)
            sent = pairing.sent(over)
            if sent or pairing.apart:
                apart = tuple(pairing.apart)
                self.kernel = kernel = TurnsKernel(replace(present, sent=sent, apart=apart))
                self.search = self._repaired(seed, over)
        jobs = {task.stop.number: job for job, task in enumerate(present.tasks)}
        kept = {
            jobs[number]: kernel.places_of[who]
            for number, who in (start or {}).items()
            if number in jobs and self._may_have(jobs[number], kernel.places_of.get(who))
        }
        for loose in () if start is None else (kernel.needy - kept.keys(), frozenset[int]()):
            other = self._search(loose, kept, seed, over)
            if self._is_whole(other) and other.best.cost < self.search.best.cost:
                self.search = other

    def _may_have(self, job: int, who: int | None) -> bool:
        return who in self.kernel.until[job] and who in self.kernel.able[job]

    def _repaired(self, seed: int, over: Callable[[], bool]) -> Search:
        """What can be helped is; what cannot be stays with whom it is, and nothing else does so."""
        needy, holder = self.kernel.needy, self.kernel.holder
        loose, kept = needy, dict[int, int]()
        while True:
            search = self._search(loose, kept, seed, over)
            stuck, shut = self._stuck(search, needy)
            if not stuck:
                return search
            needy -= stuck
            routes = (one for one in search.best.routes if one.person not in shut)
            found = {job: one.person for one in routes for job in one.stops}
            loose = needy - found.keys()
            kept = {job: who for job, who in found.items() if job in needy or holder[job] < 0}

    def _stuck(
        self, search: Search, needy: frozenset[int]
    ) -> tuple[frozenset[int], frozenset[int]]:
        """Of what was taken out, what has to stay, and whose days are to be as they were for it.

        One that finds no way back has to; where what is left without them does not fit as it
        stands, all have to that were taken out of it.
        """
        holder, routes = self.kernel.holder, search.best.routes
        lost = {job for job in search.best.unserved if holder[job] >= 0}
        moved = {job for one in routes for job in one.stops if holder[job] not in {-1, one.person}}
        shut = {holder[job] for job in (lost | moved) - needy}
        shut |= {one.person for one in routes if not self.kernel.holds(self._day(one))}
        stuck = {job for job in needy if job in lost or holder[job] in shut}
        return frozenset(stuck), frozenset(shut | {holder[job] for job in stuck})

    def _is_whole(self, search: Search) -> bool:
        """Whether everything that somebody has stays with somebody, and every day holds."""
        kept = all(self.kernel.holder[job] < 0 for job in search.best.unserved)
        return kept and all(map(self.kernel.holds, map(self._day, search.best.routes)))

    def _day(self, route: Route) -> Turns:
        return self.kernel.laid(route.person, route.stops)

    def _search(
        self,
        loose: frozenset[int],
        moved: Mapping[int, int],
        seed: int,
        over: Callable[[], bool],
    ) -> Search:
        kernel = self.kernel
        held = {
            person: tuple(job for job in jobs if job not in loose)
            for person, jobs in enumerate(kernel.held(moved))
            if jobs
        }
        return Search(kernel.board, seed=seed, over=over, kernel=kernel, held=held)

    @property
    def moves(self) -> Moves:
        """Those of the best plan so far."""
        return self.moves_of(self.search.best)

    def moves_of(self, plan: Plan) -> Moves:
        """What a plan that was found changes, as far as that is worth its price."""
        kernel = self.kernel
        every = {
            job: route.person
            for route in plan.routes
            for job in route.stops
            if kernel.holder[job] != route.person
        }
        found = worth_it(kernel, every)
        order = kernel.in_order(tuple(found))
        return {kernel.stops[job].number: kernel.workers[found[job]].id for job in order}


def propose(
    kernel: TurnsKernel, moves: Mapping[int, int], ticked: Collection[int] | None = None
) -> Proposal:
    """What a plan comes to when those of its orders that are ticked are done; all, if not said.

    Its moves, and those orders that the board of its kernel sends several to.
    """
    return Proposing(kernel, moves, ticked).told()
