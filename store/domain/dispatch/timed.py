"""Routes of those who take breaks, and to orders with a fixed appointment.

A break lies wherever it costs least between two orders, so that a route has several ways to go on:
with the break behind it and later, or without and sooner. Those that may still be best are kept.
"""

from __future__ import annotations

from math import inf
from operator import add, sub
from typing import TYPE_CHECKING

from store.domain.dispatch.route import AT_LEAST, NOWHERE, Route
from store.domain.dispatch.routes import Kernel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.domain.dispatch.board import Board, Person, Row
    from store.domain.dispatch.route import Insertion
    from store.domain.dispatch.routes import Times

Way = tuple[float, float, int, "Way | None"]
"""When the last stop is done, the lateness so far, the breaks taken, and the way before it."""

Pause = tuple[float, float]
"""From when a break may begin, and how long it is."""


class TimedRoute(Route):
    """What one technician with breaks has to do."""

    __slots__ = ("arrivals", "late", "pauses", "ways")

    arrivals: list[float]
    late: float
    """The part of the cost that is lateness."""
    pauses: tuple[tuple[float, float], ...]
    ways: list[list[Way]]
    """At the beginning and after each stop."""

    @property
    def rests(self) -> tuple[tuple[float, float], ...]:
        """From when to when each break is."""
        return self.pauses

    def arrival(self, place: int) -> float:
        """When somebody comes to a stop; a break on the way makes it later."""
        return self.arrivals[place]


def is_timed(board: Board) -> bool:
    """Whether there are breaks or appointments on a board."""
    return any(one.breaks for one in board.people) or any(job.begin_by < inf for job in board.jobs)


def deadlines(person: Person) -> list[float]:
    """By how many breaks are behind somebody, until when he must be free for the next."""
    by = [person.ends]
    for pause in reversed(person.breaks):
        by.append(min(pause.closes, by[-1] - pause.length))
    return by[::-1]


def can_take_breaks(person: Person) -> bool:
    """Whether there is time in the shift for one after another, if nothing else is to be done."""
    now = person.begins
    for pause in person.breaks:
        if max(now, pause.opens) > pause.closes:
            return False
        now = max(now, pause.opens) + pause.length
    return now <= person.ends


class TimedKernel(Kernel):
    """A board with breaks or fixed appointments."""

    quick = False

    def __init__(self, board: Board) -> None:
        super().__init__(board)
        self.by = [job.begin_by for job in board.jobs]
        self._pauses: list[tuple[Pause, ...]] = [
            tuple((one.opens, one.length) for one in person.breaks) for person in board.people
        ]
        self._free_by = [deadlines(person) for person in board.people]

    def _made(self, person: int, stops: tuple[int, ...]) -> Route | None:
        if self._pauses[person]:
            return self._by_ways(person, stops)
        return super()._made(person, stops)

    def _times(self, person: int, stops: tuple[int, ...]) -> Times | None:
        orders, by, base = self._orders, self.by, self.base
        begins: list[float] = []
        hops: list[int] = []
        place, now, cost = self.home[person], self.begins[person], 0.0
        ends = [now]
        for job in stops:
            row, opens, took, wanted, weight = orders[job]
            hop = row[place]
            now = max(now + hop, opens)
            if now > by[job]:
                return None
            begins.append(now)
            now += took
            ends.append(now)
            hops.append(hop)
            if now > wanted:
                cost += weight * (now - wanted)
            place = base[job]
        if now > self.ends[person]:
            return None
        return begins, ends, hops, cost

    def _legs(self, person: int, stops: tuple[int, ...]) -> Callable[[Row], tuple[int, ...]]:
        return super()._legs(person, tuple([self.base[job] for job in stops]))

    def _look_back(self, route: Route) -> None:
        """An appointment bounds how late all before it may begin."""
        super()._look_back(route)
        latest, by, last = route.latest, self.by, inf
        for at in range(len(latest) - 1, -1, -1):
            job = route.stops[at]
            last = latest[at] = min(latest[at], by[job], last - self.duration[job])
            last -= route.hops[at]

    def _by_ways(self, person: int, stops: tuple[int, ...]) -> Route | None:
        """Somebody's stops, with the breaks where they cost least."""
        place, hops = self.home[person], []
        ways: list[list[Way]] = [[(self.begins[person], 0.0, 0, None)]]
        for job in stops:
            hops.append(self._orders[job][0][place])
            ways.append(self._onward(person, ways[-1], hops[-1], job))
            if not ways[-1]:
                return None
            place = self.base[job]
        route = TimedRoute()
        route.person, route.stops, route.hops, route.ways = person, stops, hops, ways
        way = min(ways[-1], key=lambda way: (way[1], way[0]))
        route.late, route.travel = way[1], sum(hops)
        self._tell(route, way)
        work = sum([self.duration[job] for job in stops])
        route.free = self.limit[person] - route.travel - work
        route.spare = inf
        route.cost = route.late + route.travel - min(0.0, route.free)
        if self.price:
            route.cost += self.price * sum(self.holder[job] not in {-1, person} for job in stops)
        route.memo = {}
        route.legs = self._legs(person, stops)
        return route

    def _onward(self, person: int, ways: Sequence[Way], hop: int, job: int) -> list[Way]:
        """Each way to go on to an order, with no break on it, one, or more."""
        _row, opens, took, wanted, weight = self._orders[job]
        pauses, free_by, by = self._pauses[person], self._free_by[person], self.by[job]
        found: list[Way] = []
        for way in ways:
            end, late, taken, _before = way
            there = end + hop
            while True:
                begin = max(there, opens)
                end = begin + took
                if begin <= by and end <= free_by[taken]:
                    over = end - wanted
                    found.append((end, late + weight * over if over > 0 else late, taken, way))
                if taken == len(pauses):
                    break
                may, length = pauses[taken]
                if end <= may and begin <= by:
                    break  # after the order it comes no later
                there = max(there, may) + length
                taken += 1  # it begins in time: he was free by then when the way was kept
        return found if len(found) < 2 else _worthwhile(found)

    def _tell(self, route: TimedRoute, way: Way) -> None:
        """The times of the way that is gone."""
        taken = [way[2]]
        while (before := way[3]) is not None:
            way = before
            taken.append(way[2])
        pauses, now = self._pauses[route.person], self.begins[route.person]
        route.begins, route.ends, route.arrivals = [], [now], []
        rests: list[tuple[float, float]] = []
        for at, (first, last) in enumerate(zip(taken[::-1], taken[-2::-1], strict=False)):
            job, free = route.stops[at], now
            arrive = there = now + route.hops[at]
            for may, length in pauses[first:last]:
                start = max(free, may)
                free = start + length
                rests.append((start, free))
                if start < arrive:
                    arrive += length
                there = max(there, may) + length
            begin = max(there, self.ready[job])
            now = begin + self.duration[job]
            route.arrivals.append(arrive)
            route.begins.append(begin)
            route.ends.append(now)
        for may, length in pauses[taken[0] :]:
            start = max(now, may)
            now = start + length
            rests.append((start, now))
        route.pauses = tuple(rests)

    def cheapest(self, route: Route, job: int, enough: float) -> Insertion:
        """The same as on other boards, by all ways that the breaks leave."""
        legs = route.legs(self._orders[job][0])
        if not isinstance(route, TimedRoute):
            found = super().cheapest(route, job, enough)
            at, by = found[1], self.by[job]
            if at < 0 or by == inf or route.ends[at] + legs[at] <= by:
                return found
        took, free = self.duration[job], route.free
        extras = [*map(sub, map(add, legs, legs[1:]), route.hops), legs[len(route.hops)]]
        fixed = min(0.0, free)
        if self.price and self.holder[job] not in {-1, route.person}:
            fixed += self.price
        best, where = enough, AT_LEAST
        for at in sorted(range(len(extras)), key=extras.__getitem__):
            extra = extras[at]
            cost = fixed + extra - min(0.0, free - took - extra)
            if extra >= 0 and cost >= best:
                break  # nor do those after it, which are longer ways
            cost += self._late(route, job, at, legs, best - cost)
            if cost < best:
                best, where = cost, at
        if where == AT_LEAST and enough == inf:
            return NOWHERE
        return best, where

    def _late(self, route: Route, job: int, at: int, legs: Sequence[int], enough: float) -> float:
        """The lateness that an order adds there; or what is no less than `enough` of it."""
        person, stops, hops = route.person, route.stops, route.hops
        if isinstance(route, TimedRoute):
            ways, late = route.ways[at], route.late
        else:
            ways, late = [(route.ends[at], 0.0, 0, None)], self._lateness(route, at)
        longer = at == len(hops) or legs[at] + legs[at + 1] >= hops[at]
        most = enough + late
        ways = self._onward(person, ways, legs[at], job)
        for after in range(at, len(stops)):
            if longer:
                ways = [way for way in ways if way[1] < most]
            hop = legs[after + 1] if after == at else hops[after]
            ways = self._onward(person, ways, hop, stops[after])
        return min([way[1] for way in ways], default=inf) - late

    def _lateness(self, route: Route, at: int) -> float:
        """What it costs that a stop and those after it are late."""
        due, weight = self.due, self.weight
        ended = zip(route.stops[at:], route.ends[at + 1 :], strict=True)
        return sum([weight[job] * (end - due[job]) for job, end in ended if end > due[job]])


def _worthwhile(ways: list[Way]) -> list[Way]:
    """Those that may still be the best: none other is as soon, as cheap, and has as much behind."""
    ways.sort(key=lambda way: (way[0], way[1], -way[2]))
    kept: list[Way] = []
    for way in ways:
        if not any(one[1] <= way[1] and one[2] >= way[2] for one in kept):
            kept.append(way)
    return kept
