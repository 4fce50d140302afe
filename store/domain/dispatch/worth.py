"""What each move of a plan is worth besides its price, and which others it hangs on.

A move hangs on another one where it would not be made without it: as that would break a rule, or
cost more than it is worth. A search leaves some moves behind that were of use only on its way, and
are worth less than the price of an order that changes hands: these are dropped.
"""

from __future__ import annotations

from collections import defaultdict
from math import inf
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Mapping

    from store.domain.dispatch.turns import TurnsKernel

MOST_PAIRS: Final = 5_000
"""So many are compared in a fraction of a second: of some hundred moves."""
_NOTHING: Final = 1e-6
"""Minutes; parts of minutes that are added up in another order come to no more."""


class Worth:
    """The moves of one plan: which job goes to whom, each by their places."""

    def __init__(self, kernel: TurnsKernel, moved: Mapping[int, int]) -> None:
        self._kernel = kernel
        self.moved = dict(moved)
        self._jobs = [*map(set, kernel.held(moved))]
        """By technician, what he has by the plan."""
        self._gained: defaultdict[int, set[int]] = defaultdict(set)
        self._lost: defaultdict[int, set[int]] = defaultdict(set)
        for job, who in moved.items():
            self._gained[who].add(job)
            self._lost[kernel.holder[job]].add(job)

    @property
    def pairs(self) -> int:
        """How many moves may hang on one another."""
        lost = ((who, len(some)) for who, some in self._lost.items() if who >= 0)
        return sum(count * len(self._gained[who]) for who, count in lost)

    def of(self, jobs: Collection[int]) -> float:
        """By how much the plan is dearer without these moves; `inf` where a rule forbids that."""
        holder, gone = self._kernel.holder, {*jobs}
        now = then = 0.0
        for who in {self.moved[job] for job in jobs} | {holder[job] for job in jobs} - {-1}:
            back = {job for job in jobs if holder[job] == who}
            now += self._cost(who, self._jobs[who])
            then += self._cost(who, (self._jobs[who] - gone) | back)
        then += sum(self._kernel.not_served[job] for job in jobs if holder[job] < 0)
        return then - now if then < inf else inf

    def hangs_on(self, job: int) -> set[int]:
        """The moves that it is made for, or that make it possible.

        These take something from whom it goes to, or give something to whom it is taken from; where
        it is for none of them alone, but for all together, all of them.
        """
        room = self._lost[self.moved[job]]
        holder = self._kernel.holder[job]
        instead = self._gained[holder] if holder >= 0 else set[int]()
        others = (room | instead) - {job}
        found = {one for one in others if self._needs(job, {one})}
        return found or (others if len(others) > 1 and self._needs(job, others) else set())

    def drop(self, jobs: Iterable[int]) -> None:
        """Leave these where they are."""
        for job in jobs:
            who, holder = self.moved.pop(job), self._kernel.holder[job]
            self._jobs[who].discard(job)
            self._gained[who].discard(job)
            self._lost[holder].discard(job)
            if holder >= 0:
                self._jobs[holder].add(job)

    def _needs(self, job: int, others: set[int]) -> bool:
        return self.of({job, *others}) < self.of(others) - _NOTHING

    def _cost(self, who: int, jobs: Collection[int]) -> float:
        route = self._kernel.route(who, self._kernel.in_order([*jobs]))
        return inf if route is None else route.cost


def worth_it(kernel: TurnsKernel, moved: Mapping[int, int]) -> dict[int, int]:
    """The moves of a plan without those that are worth no more than their price.

    What needs somebody is helped whatever that costs; nobody pays for what nobody had.
    """
    worth, before = Worth(kernel, moved), -1
    priced = [job for job in moved if kernel.holder[job] >= 0 and job not in kernel.needy]
    few = worth.pairs <= MOST_PAIRS
    while before != len(worth.moved):
        before = len(worth.moved)
        for job in kernel.in_order(priced)[::-1]:  # the least urgent first
            if job in worth.moved and (some := _worthless(worth, job, kernel.needy, few=few)):
                worth.drop(some)
    return worth.moved


def _worthless(worth: Worth, job: int, needy: Container[int], *, few: bool) -> set[int]:
    """The job, alone or with those that it hangs on, where that is worth no more than its price."""
    if worth.of({job}) <= _NOTHING:
        return {job}
    some = {job} | worth.hangs_on(job) if few else {job}
    if len(some) == 1 or any(one in needy for one in some) or worth.of(some) > _NOTHING:
        return set()
    return some


def hanging(kernel: TurnsKernel, moved: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    """By job, the others without which it would not be moved; of none where there are too many."""
    worth = Worth(kernel, moved)
    if worth.pairs > MOST_PAIRS:
        return {}
    return {job: kernel.in_order([*worth.hangs_on(job)]) for job in moved}
