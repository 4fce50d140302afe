"""Jobs that are bound between moments, as the others that they hang together with want it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from store.domain.dispatch.days import DaysKernel

if TYPE_CHECKING:
    from store.domain.dispatch.board import Board, Job
    from store.domain.dispatch.route import Insertion, Route


class LinkedKernel(DaysKernel):
    """A board on which a job may be bound between moments: bound so, it has another number."""

    def __init__(self, board: Board) -> None:
        super().__init__(board)
        self.base: list[int] = [*self.base]
        self._bound: dict[tuple[int, float, float, int], int] = {}
        self.wants = [-1] * len(board.jobs)
        """By job, who had the visit before it if another costs more; -1 where that is all one."""

    def job(self, number: int) -> Job:
        """The order that a stop is for, however it is bound."""
        return super().job(self.base[number])

    def bound(self, job: int, ready: float, by: float, wants: int) -> int:
        """A job that must not begin earlier, nor later, and that is dearer for others."""
        ready, by = max(ready, self.ready[job]), min(by, self.by[job])
        if (ready, by, wants) == (self.ready[job], self.by[job], -1):
            return job
        key = job, ready, by, wants
        known = self._bound.get(key)
        if known is None:
            known = self._bound[key] = len(self.base)
            self.base.append(job)
            for row in (self.duration, self.due, self.weight, self.holder):
                cast("list[float]", row).append(row[job])
            self.ready.append(ready)
            self.by.append(by)
            self.wants.append(wants)
            travel, _ready, took, wanted, weight = self._orders[job]
            self._orders.append((travel, ready, took, wanted, weight))
        return known

    def tell(self, number: int) -> Any:
        """How a stop is bound; its number is of this process only."""
        return self.base[number], self.ready[number], self.by[number], self.wants[number]

    def heard(self, told: Any) -> int:
        """The number that it has here."""
        return self.bound(*told)

    def apart(self, person: int, number: int, /) -> float:
        """What it costs that another has a visit than had the one before."""
        return self.job(number).apart if self.wants[number] not in {-1, person} else 0.0

    def _made(self, person: int, stops: tuple[int, ...]) -> Route | None:
        made = super()._made(person, stops)
        if made is not None:
            made.cost += sum([self.apart(person, one) for one in stops])
        return made

    def _exactly(self, route: Route, job: int, at: int) -> float:
        return super()._exactly(route, job, at) - self.apart(route.person, job)

    def cheapest(self, route: Route, job: int, enough: float) -> Insertion:
        """With what it costs that another has the visit than had the one before."""
        more = self.apart(route.person, job)
        cost, where = super().cheapest(route, job, enough - more)
        return cost + more, where
