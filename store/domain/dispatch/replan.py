"""The whole board planned again: the repair at once, then better plans; and what each changes.

The same board, seed and rounds give the same plans. A plan is told as moves: which order goes to
whom who does not have it now. Nothing here moves anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.dispatch.search import Search
from store.domain.dispatch.turns import TurnsKernel

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from store.domain.dispatch.present import Present
    from store.domain.dispatch.standing import Plan
    from store.domain.dispatch.turn import Turn, Turns

Moves = dict[int, int]
"""By order the technician whom it goes to; others stay where they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What a board comes to, in minutes and orders."""

    late: int
    """Orders that are done after their promise."""
    late_min: float
    weighted_min: float
    """The same, each minute times the weight of its order."""
    travel_min: float
    overload_min: float
    nobody: int
    """Orders that nobody has, or that whoever has them cannot come to in his time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """An order that would go to somebody, or to somebody else."""

    number: int
    loses: int | None
    gains: int
    before: Turn | None
    """When it is come to now; None where nobody comes."""
    after: Turn | None
    ticked: bool
    fits: bool
    """Whether that keeps every rule together with just those that are ticked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What would change, and what that comes to."""

    rows: tuple[Handed, ...]
    before: Sums
    after: Sums
    """With those that are ticked."""
    left: tuple[int, ...]
    """Orders for which there is nobody, then, too."""

    @property
    def keeps_the_rules(self) -> bool:
        """Whether all that is ticked may be done together."""
        return all(row.fits for row in self.rows if row.ticked)


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

        `start` are moves of a plan for the board as it was: what still may be of it is kept, if
        that is the better beginning.
        """
        self.kernel = kernel = TurnsKernel(present)
        self.search = self._repaired(seed, over)
        jobs = {task.stop.number: job for job, task in enumerate(present.tasks)}
        kept = {
            jobs[number]: kernel.places_of[who]
            for number, who in (start or {}).items()
            if number in jobs and kernel.places_of.get(who) in kernel.until[jobs[number]]
        }
        for loose in () if start is None else (kernel.needy - kept.keys(), frozenset[int]()):
            other = self._search(loose, kept, seed, over)
            if self._is_whole(other) and other.best.cost < self.search.best.cost:
                self.search = other

    def _repaired(self, seed: int, over: Callable[[], bool]) -> Search:
        needy, holder = self.kernel.needy, self.kernel.holder
        search = self._search(needy, {}, seed, over)
        moved = {
            job
            for route in search.best.routes
            for job in route.stops
            if holder[job] not in {-1, route.person}
        }
        # Where one that was taken out finds no way back, or what is left without it does not fit as
        # it stands, all stay with whom they are.
        calm = self._is_whole(search) and moved <= needy
        return search if calm else self._search(frozenset(), {}, seed, over)

    def _is_whole(self, search: Search) -> bool:
        """Whether everything that somebody has stays with somebody, and every day holds."""
        kept = all(self.kernel.holder[job] < 0 for job in search.best.unserved)
        days = (self.kernel.laid(one.person, one.stops) for one in search.best.routes)
        return kept and all(map(self.kernel.holds, days))

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
        """What a plan that was found changes."""
        kernel = self.kernel
        found = {
            job: route.person
            for route in plan.routes
            for job in route.stops
            if kernel.holder[job] != route.person
        }
        order = kernel.in_order(tuple(found))
        return {kernel.stops[job].number: kernel.workers[found[job]].id for job in order}


def propose(
    kernel: TurnsKernel, moves: Mapping[int, int], ticked: Collection[int] | None = None
) -> Proposal:
    """What moves come to when those of the orders that are ticked are done; all, if not said."""
    tasks = kernel.present.tasks
    jobs = {task.stop.number: job for job, task in enumerate(tasks) if task.stop.number in moves}
    asked = {job: kernel.places_of[moves[number]] for number, job in jobs.items()}
    some = asked if ticked is None else {jobs[n]: asked[jobs[n]] for n in ticked if n in jobs}
    whole = _routes(kernel, asked)
    after = whole if some == asked else _routes(kernel, some)
    rows = []
    for job in kernel.in_order(tuple(asked)):
        person, is_ticked = asked[job], job in some
        routes, holder = after if is_ticked else whole, kernel.holder[job]
        # Also whoever loses one may then come to the others at another time.
        concerned = [routes[one] for one in (person, holder) if one >= 0]
        rows.append(
            Handed(
                number=tasks[job].stop.number,
                loses=tasks[job].holder,
                gains=kernel.workers[person].id,
                before=kernel.now[holder].turns.get(job) if holder >= 0 else None,
                after=routes[person].turns.get(job),
                ticked=is_ticked,
                fits=person in kernel.able[job] and all(map(kernel.holds, concerned)),
            )
        )
    return Proposal(
        rows=tuple(rows),
        before=_sums(kernel, kernel.now, {}),
        after=_sums(kernel, after, some),
        left=tuple(sorted(tasks[job].stop.number for job in _nobody(kernel, after, some))),
    )


def _routes(kernel: TurnsKernel, moved: Mapping[int, int]) -> list[Turns]:
    return [
        now if jobs == now.stops else kernel.laid(now.person, jobs)
        for now, jobs in zip(kernel.now, kernel.held(moved), strict=True)
    ]


def _nobody(kernel: TurnsKernel, routes: list[Turns], moved: Mapping[int, int]) -> set[int]:
    """Tasks that nobody has, or that whoever has them cannot come to."""
    tasks = range(len(kernel.holder))
    lone = {job for job in tasks if moved.get(job, kernel.holder[job]) < 0}
    return lone | {job for route in routes for job in route.short if job in tasks}


def _sums(kernel: TurnsKernel, routes: list[Turns], moved: Mapping[int, int]) -> Sums:
    late = [turn.late for route in routes for turn in route.turns.values() if turn.fits]
    return Sums(
        late=sum(minutes > 0 for minutes in late),
        late_min=sum(late),
        weighted_min=sum(route.lateness for route in routes),
        travel_min=sum(route.travel for route in routes),
        overload_min=sum(route.overload for route in routes),
        nobody=len(_nobody(kernel, routes, moved)),
    )
