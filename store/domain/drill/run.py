"""One rehearsal: calls come, people work, and a rule decides who goes where."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Final

from store.domain.dispatch.board import Travel
from store.domain.drill.calls import SHUT_DAY, VISITS
from store.domain.drill.rules import WEIGHTS, Choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.domain.drill.assumed import Assumed
    from store.domain.drill.calls import Case, Visit
    from store.domain.drill.crew import Worker
    from store.domain.drill.rules import RuleSpec

_SHUT_OUT: Final = 10.0
"""Minutes that a visit takes where nobody opens."""
_CALL, _SHIFT, _FREE = range(3)


@dataclass(frozen=True, slots=True)
class Went:
    """A visit that was made."""

    worker: int
    left_at: float
    there_at: float
    done_at: float


@dataclass(slots=True)
class Fate:
    """What became of a case."""

    due_at: float
    done_at: float | None = None
    waited: bool = False
    asked: bool = False
    visits: list[Went] = field(default_factory=list)

    @property
    def drive(self) -> float:
        """Minutes on the road to it."""
        return sum(went.there_at - went.left_at for went in self.visits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything that is the same under every rule."""

    cases: Sequence[Case]
    crew: Sequence[Worker]
    assumed: Assumed
    until: float
    down: tuple[float, float] | None = None
    """From and until when the desk's system stands still, and nobody is sent."""


def rehearse(scene: Scene, rule: RuleSpec) -> list[Fate]:
    """What becomes of every case until the end of the scene; a law of the scene and the rule."""
    run = _Run(scene, rule)
    run.play()
    return run.fates


class _Run:
    """The desk while it is rehearsed."""

    def __init__(self, scene: Scene, rule: RuleSpec) -> None:
        self._scene, self._rule = scene, rule
        self.fates = [Fate(due_at=case.call.at + case.within) for case in scene.cases]
        self._events: list[tuple[float, int, int, int]] = []
        self._count = 0
        self._waiting: set[int] = set()
        self._idle: dict[int, float] = {}
        """Who has nothing to do, and since when."""
        self._ends = [0.0] * len(scene.crew)
        """When each shift is over."""
        self._busy = [0.0] * len(scene.crew)
        """Until when each works on what was begun."""
        places = [*(c.call.place for c in scene.cases), *(w.yard for w in scene.crew)]
        how = scene.assumed
        travel = Travel(
            speed_kmh=how.speed_kmh, road_factor=how.road_factor, fixed_min=how.fixed_min
        )
        self._minutes = travel.rows(places)
        self._at = [len(scene.cases) + one for one in range(len(scene.crew))]

    def play(self) -> None:
        """From the first event to the end of the scene."""
        scene = self._scene
        self._lay_out()
        while self._events:
            now, _count, kind, which = heappop(self._events)
            if now > scene.until:
                return
            if scene.down and scene.down[0] <= now < scene.down[1]:
                self._push(scene.down[1], kind, which)
            elif kind == _CALL:
                self._comes(which, now)
            elif kind == _SHIFT:
                self._begins(which, now)
            else:
                self._seeks(which, now)

    def _lay_out(self) -> None:
        """What comes whatever the desk does."""
        for job, case in enumerate(self._scene.cases):
            self._push(case.call.at, _CALL, job)
        for one, worker in enumerate(self._scene.crew):
            for begins, _ends in worker.shifts:
                self._push(begins, _SHIFT, one)

    def _push(self, at: float, kind: int, which: int) -> None:
        self._count += 1
        heappush(self._events, (at, self._count, kind, which))

    def _comes(self, job: int, now: float) -> None:
        """A call, or an order that can be worked on again."""
        trade = self._scene.cases[job].call.trade
        able = []
        for one, since in list(self._idle.items()):
            if now >= self._ends[one]:
                del self._idle[one]
            elif trade in self._scene.crew[one].trades and self._in_time(one, job, now):
                able.append((self._drive(one, job) if self._rule.nearest else since, one))
        if able:
            self._goes(min(able)[1], job, now)
        else:
            self._waiting.add(job)

    def _begins(self, one: int, now: float) -> None:
        worker = self._scene.crew[one]
        ends = [ends for begins, ends in worker.shifts if begins <= now < ends]
        if ends:
            self._ends[one] = ends[0]
            if now >= self._busy[one]:
                self._at[one] = len(self._scene.cases) + one
                self._seeks(one, now)

    def _seeks(self, one: int, now: float) -> None:
        """Somebody is free: to the next order, or idle, or home."""
        self._idle.pop(one, None)
        if now >= self._ends[one]:
            return
        trades, cases = self._scene.crew[one].trades, self._scene.cases
        labour, pick = self._scene.assumed.labour_min, self._rule.next_job
        best: tuple[float, int] | None = None
        for job in self._waiting:
            call = cases[job].call
            if call.trade not in trades or not self._in_time(one, job, now):
                continue
            due, drive = self.fates[job].due_at, self._drive(one, job)
            choice = Choice(call.at, due, WEIGHTS[call.priority - 1], drive, labour)
            worth = (pick(choice, now), job)
            if best is None or worth < best:
                best = worth
        if best is None:
            self._idle[one] = now
        else:
            self._waiting.discard(best[1])
            self._goes(one, best[1], now)

    def _goes(self, one: int, job: int, now: float) -> None:
        """Somebody drives there and does what the dice say."""
        self._idle.pop(one, None)
        case, fate = self._scene.cases[job], self.fates[job]
        there = now + self._drive(one, job)
        visit = case.visits[len(fate.visits)]
        done = there + (visit.labour if visit.opened else _SHUT_OUT)
        fate.visits.append(Went(one, now, there, done))
        self._at[one], self._busy[one] = job, done
        self._push(done, _FREE, one)
        again = self._again(case, fate, visit)
        if again is not None:
            self._push(done + again, _CALL, job)
        elif done <= self._scene.until:
            fate.done_at = done

    def _again(self, case: Case, fate: Fate, visit: Visit) -> float | None:
        """After how many minutes it can be worked on again; None where it is done."""
        if len(fate.visits) >= VISITS:
            return None
        if not visit.opened:
            fate.due_at += SHUT_DAY
            return SHUT_DAY
        if case.wait and not fate.waited:
            fate.waited = True
            fate.due_at += case.wait
            return case.wait
        if case.asks and not fate.asked:
            fate.asked = True
            return case.asks
        return None if visit.fixed else 0.0

    def _in_time(self, one: int, job: int, now: float) -> bool:
        """Whether somebody is there before the shift ends; the work is then finished."""
        return now + self._drive(one, job) < self._ends[one]

    def _drive(self, one: int, job: int) -> float:
        return self._minutes[self._at[one]][job]
