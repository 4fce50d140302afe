"""The board as it stands, ready for the search: what it costs that somebody has some orders.

Each technician's stops lie over all spans of his time as `laid` lays them, so that a plan that is
taken is reckoned afterwards as it was before.
"""

from __future__ import annotations

from bisect import bisect
from math import inf
from typing import TYPE_CHECKING, Final

from store.domain.dispatch.accepted import accepted_of, interruptions, needy_of
from store.domain.dispatch.laid import Long, spare
from store.domain.dispatch.placed import (
    keeps,
    kept_in_time,
    kept_of,
    own_times,
    placed_of,
    usual_times,
)
from store.domain.dispatch.present import urgency
from store.domain.dispatch.route import AT_LEAST, NOWHERE, Insertion, Route
from store.domain.dispatch.routes import Kernel
from store.domain.dispatch.turn import Near, Turn, Turns, apart, as_board, spans_of
from store.domain.dispatch.ways import ways_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.domain.dispatch.crew import Stop
    from store.domain.dispatch.present import Present, Sent

NEVER: Final = 1e12
"""What it would cost to take an order from somebody and give it to nobody."""
_KEPT: Final = 100_000
"""Routes that are remembered."""


class TurnsKernel(Kernel):
    """A board as `Search` wants it; what somebody has stays in the agreed order.

    Jobs are numbered: first the tasks, then the stops that no plan moves.
    """

    def __init__(self, present: Present) -> None:
        self.present = present
        self.workers = present.going()
        known = {worker.id: place for place, worker in enumerate(self.workers)}
        self.places_of = known
        tasks = present.tasks
        self.stops: list[Stop] = [task.stop for task in tasks]
        self.fixed: list[tuple[int, ...]] = []
        for worker in self.workers:
            first = len(self.stops)
            self.stops += worker.stops
            self.fixed.append(tuple(range(first, len(self.stops))))
        self.left_out = [task.left_out(present.prices) for task in tasks]
        held = [task.holder in known for task in tasks]
        self.not_served = [NEVER if kept else self.left_out[no] for no, kept in enumerate(held)]
        self.holder = [known.get(-1 if task.holder is None else task.holder, -1) for task in tasks]
        self.placed = placed_of(present, known)
        self._take_times()
        self._times_of = own_times(self.placed, self.holder, self.stops, self._usual)
        self.accepted = [frozenset[int]()] * len(self.workers)
        self.until = [
            {known[who]: until for who, until in task.able.items() if who in known}
            for task in tasks
        ]
        self.own = [
            {known[who]: cost for who, cost in task.own.items() if who in known} for task in tasks
        ]
        self.able = [
            sorted({*until} if holder < 0 else {*until, holder})
            for until, holder in zip(self.until, self.holder, strict=True)
        ]
        self.base, self._kept = range(len(self.stops)), _KEPT
        self._routes: dict[tuple[int, tuple[int, ...]], Route | None] = {}
        self.others: dict[tuple[Sent, ...], TurnsKernel] = {}  # with others sent to several
        self._take_places()
        self.now = [self.laid(person, some) for person, some in enumerate(self.held())]
        """What everybody has at present."""
        self.now_short = frozenset(job for route in self.now for job in route.short)
        """Jobs that whoever has them cannot do in his time."""
        self.needy = needy_of(present, self.now)
        for job in self.placed - self.needy:
            self.able[job] = [self.holder[job]]
        self._take_board()
        self.accepted = accepted_of(present, self.now, self.needy)
        self.first = frozenset[int]().union(*self.accepted)
        more, every = present.accepted_price, present.change_price
        self.prices = [every + more * (job in self.first) for job in range(len(tasks))]
        self.urgent = kept_in_time(self.now, self.weight, self.stops)
        self.kept = [kept_of(made, self.timed, self.stops) for made in self.now]
        """By technician, what is locked to a time, or must be done while his papers hold."""

    def _take_times(self) -> None:
        self.duration = [stop.takes for stop in self.stops]
        self._usual = usual_times(self.stops, self.placed)
        self.due = [stop.due for stop in self.stops]
        self.weight = [stop.weight for stop in self.stops]
        self.ready, self.timed, _meant = self._usual
        """Jobs whose work is meant to begin at a time, whoever comes to it."""
        order = sorted(range(len(self.stops)), key=lambda job: urgency(self.stops[job]))
        self.rank = [0] * len(order)
        """By job, where it comes among all."""
        for rank, job in enumerate(order):
            self.rank[job] = rank

    def _take_places(self) -> None:
        ways = ways_of(self.present.travel)
        self._where = [ways.number(stop.at, stop.site) for stop in self.stops]
        self.home = [ways.number(worker.at, worker.site) for worker in self.workers]
        self._base = [ways.number(worker.base, worker.base_site) for worker in self.workers]
        places = {*self._where, *self.home, *self._base}
        self._rows = {place: ways.onward(place) for place in places}
        self._spans = [tuple(spans_of(worker)) for worker in self.workers]
        self._long = [Long(worker.spans) for worker in self.workers]

    def _take_board(self) -> None:
        """What the search asks of the board itself: who can do the same, and what lies near."""
        tasks = self.present.tasks
        skills = [",".join(map(str, able)) for able in self.able]
        self.skilled = {
            skill: frozenset(able) for skill, able in zip(skills, self.able, strict=True)
        }
        spans = [worker.spans or ((0.0, 0.0),) for worker in self.workers]
        self.begins = [some[0][0] for some in spans]
        self.ends = [some[-1][1] for some in spans]
        self.board = as_board(self.present, skills, spans, self.not_served)
        self.travel = [
            Near(self._rows[self._where[job]], self._where)  # type: ignore[misc]  # asked by job only
            for job in range(len(tasks))
        ]

    def held(self, moved: Mapping[int, int] | None = None) -> list[tuple[int, ...]]:
        """What each has, in its order: at present, or with some jobs moved to somebody else."""
        some: list[list[int]] = [[] for _ in self.workers]
        for job, holder in enumerate(self.holder):
            person = (moved or {}).get(job, holder)
            if person >= 0:
                some[person].append(job)
        return [self.in_order(jobs) for jobs in some]

    def in_order(self, jobs: Sequence[int]) -> tuple[int, ...]:
        """Jobs as whoever has them comes to them."""
        return tuple(sorted(jobs, key=self.rank.__getitem__))

    # -- what the search asks -----------------------------------------------------------------

    def _made(self, person: int, stops: tuple[int, ...]) -> Route | None:
        made = self.laid(person, stops)
        return made if self.holds(made) else None

    def empty(self, person: int) -> Turns:
        """Somebody with what no plan moves, whether that keeps the rules without the rest."""
        return self.laid(person, ())

    def holds(self, made: Turns) -> bool:
        """Whether nothing is too late in somebody's day that is not so already, and there."""
        person, holder = made.person, self.holder
        if any(made.turns[job].late for job in self.urgent & made.turns.keys()):
            return False
        if not keeps(made, self.kept[person]):
            return False
        return all(
            job in self.now_short and (job >= len(holder) or holder[job] == person)
            for job in made.short
        )

    def cheapest(self, route: Route, job: int, enough: float) -> Insertion:
        """The one place that it has among somebody's stops."""
        rank, stops = self.rank, route.stops
        where = bisect(stops, rank[job], key=rank.__getitem__)
        made = self.route(route.person, (*stops[:where], job, *stops[where:]))
        if made is None:
            return NOWHERE
        cost = made.cost - route.cost
        return (cost, where) if cost < enough else (cost, AT_LEAST)

    # One step for all that lies in somebody's time: this is where the time of a search goes.
    def laid(self, person: int, stops: tuple[int, ...]) -> Turns:  # noqa: C901, PLR0912, PLR0915
        """Somebody's stops over his time, whether that keeps the rules or not."""
        where, rows, holder = self._where, self._rows, self.holder
        ready, fixed, meant = self._times_of.get(person, self._usual)
        takes, due, weight = self.duration, self.due, self.weight
        tasks, share = len(holder), self.present.prices.overload_share
        pending = self.in_order((*self.fixed[person], *stops)) if self.fixed[person] else stops
        home, ended = self.home[person], self.workers[person].worked_until
        place, now, rested = home, -inf, -inf
        turns: dict[int, Turn] = {}
        begun: dict[int, tuple[float, float]] = {}
        rest: dict[int, float] = {}
        long = self._long[person]
        short: list[int] = []
        travel, late, overload, waits, cost = 0, 0.0, 0.0, 0.0, 0.0
        spans = self._spans[person]
        for span, (opens, shuts, rests) in enumerate(spans):
            if rests and ended is not None:
                rested = ended + self.workers[person].rest
            free = max(opens, rested)
            if rests or now <= free:  # else he is still at work when it opens
                now, place = free, home
            began, load, last = now, 0.0, span + 1 == len(spans)
            left: list[int] = []
            plain, timed = apart(pending, fixed - rest.keys(), meant)
            while plain or timed:
                if timed and not (
                    plain
                    and self._before(
                        plain[-1], timed[-1], meant[timed[-1]][0], now, place, shuts, last, rest
                    )
                ):
                    job = timed.pop()
                else:
                    job = plain.pop()
                there = where[job]
                hop = rows[place][there]
                start = now + hop
                if start < ready[job]:
                    start = ready[job]
                took = rest.get(job, takes[job]) if rest else takes[job]
                end = start + took
                under_way = job not in begun and self.stops[job].under_way
                if end > shuts and not last:
                    if part := long.part(took, shuts - start):
                        begun.setdefault(job, (now + hop, start))
                        rest[job] = took - part
                        left.insert(0, job)
                        travel += hop
                        load += hop + part
                        now, place = start + part, there
                        continue
                    if not under_way:
                        left.append(job)
                        continue
                until = self._until(job, person)
                fits = under_way or (end <= shuts and end <= until)
                over = end - due[job] if end > due[job] else 0.0
                arrive, first = begun.get(job, (now + hop, start)) if begun else (now + hop, start)
                turns[job] = Turn(arrive, first, end, over, fits)
                if fits:
                    late += weight[job] * over
                    waits += weight[job] * (first - ready[job])
                else:
                    short.append(job)
                travel += hop
                load += hop + took
                now, place = end, there
            if len(left) < len(pending) or now > began:
                ended = now
                overload += max(0.0, load - share * max(0.0, shuts - began))
            pending, home = tuple(left), self._base[person]
            if not pending:
                break
        short += pending
        for job in short:
            if job < tasks:
                cost += self.left_out[job]
        for job in stops:
            cost += self.own[job].get(person, 0.0)
            if holder[job] not in {-1, person}:
                cost += self.prices[job]
        if lost := self.accepted[person].difference(stops):
            cost += interruptions(lost, weight, [job for job in stops if holder[job] != person])
        route = Turns()
        route.person, route.stops, route.memo = person, stops, {}
        route.spare = inf
        route.turns, route.short = turns, frozenset(short)
        route.travel, route.lateness, route.overload = travel, late, overload
        route.cost = cost + late + travel + overload + self.present.prices.waiting * waits
        return route

    def _before(
        self,
        job: int,
        timed: int,
        meant: float,
        now: float,
        place: int,
        shuts: float,
        last: bool,
        rest: Mapping[int, float],
    ) -> bool:
        """Whether a job comes before one that has a time: under way, or done before in time."""
        if self.stops[job].under_way and job not in rest:
            return True
        here, took = self._where[job], rest.get(job, self.duration[job])
        done = max(now + self._rows[place][here], self.ready[job]) + took
        if done > shuts:  # it takes no time of this span, where there is another one for it
            return not last
        return done + self._rows[here][self._where[timed]] - spare(self.stops[timed], took) <= meant

    def _until(self, job: int, person: int) -> float:
        """By when it must be done there; what he has already, he was given by somebody who knew."""
        if job >= len(self.holder):
            return inf
        until = self.until[job].get(person)
        return until if until is not None else inf if self.holder[job] == person else -inf
