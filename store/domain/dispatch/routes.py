"""One technician's stops in their order, with all that an insertion asks of them."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from store.domain.dispatch.board import Board, Job, Person

Insertion = tuple[float, int]
"""What it adds to the cost, and before which stop; `inf` and -1 where it does not fit."""

NOWHERE: Insertion = (inf, -1)
_KEPT = 200_000
"""Routes that are remembered: the same few come again and again."""
_KEPT_OF_MANY = 30_000_000
"""The same times the orders of a board: a route remembers where each of them went in, too."""


class Route:
    """Immutable; what was found out about it stays with it."""

    __slots__ = (
        "begins", "burden", "cost", "ends", "free", "hops", "latest", "memo", "person", "slack",
        "stops", "travel",
    )  # fmt: skip

    person: int
    stops: tuple[int, ...]
    begins: list[float]
    """When work begins at each stop."""
    ends: list[float]
    """When the shift begins, then when each stop is done."""
    hops: list[int]
    """Minutes of travel to each stop."""
    latest: list[float]
    """When work must begin at each stop so that the last is done within the shift."""
    slack: list[float]
    """By how much each stop may begin later at no cost of lateness."""
    burden: list[float]
    """What a minute's delay of each stop costs at least: all stops up to the next wait are late."""
    travel: int
    free: float
    """Minutes of work and travel before they count as overload; negative above that."""
    cost: float
    memo: dict[int, Insertion]


class Kernel:
    """A board ready to be reckoned on: orders and technicians by their places in it."""

    def __init__(self, board: Board) -> None:
        self.board = board
        jobs, people = board.jobs, board.people
        self.duration = [job.duration for job in jobs]
        self.ready = [job.ready for job in jobs]
        self.due = [job.due for job in jobs]
        self.weight = [job.weight for job in jobs]
        self.not_served = [job.not_served for job in jobs]
        self.begins = [person.begins for person in people]
        self.ends = [person.ends for person in people]
        self.limit = [board.overload_share * (one.ends - one.begins) for one in people]
        places = [*(job.at for job in jobs), *(one.at for one in people)]
        self.travel = board.travel.rows(places)
        known = {person.id: place for place, person in enumerate(people)}
        self.holder = [known.get(job.held_by or "", -1) for job in jobs]
        self.price = board.change_price
        self.able = [
            [place for place, person in enumerate(people) if _may(person, job)] for job in jobs
        ]
        self._kept = min(_KEPT, _KEPT_OF_MANY // max(1, len(jobs)))
        self._routes: dict[tuple[int, tuple[int, ...]], Route | None] = {}

    def empty(self, person: int) -> Route:
        """Somebody who has nothing to do."""
        return cast("Route", self.route(person, ()))

    def route(self, person: int, stops: tuple[int, ...]) -> Route | None:
        """Somebody's stops with their times; None where the shift ends before them."""
        key = (person, stops)
        try:
            return self._routes[key]
        except KeyError:
            if len(self._routes) > self._kept:
                self._routes.clear()
            made = self._routes[key] = self._made(person, stops)
            return made

    def _made(self, person: int, stops: tuple[int, ...]) -> Route | None:
        duration, ready, due, weight = self.duration, self.ready, self.due, self.weight
        travel, cost, work = 0, 0.0, 0.0
        begins: list[float] = []
        hops: list[int] = []
        place, now = len(duration) + person, self.begins[person]
        ends = [now]
        for job in stops:
            hop = self.travel[job][place]
            travel += hop
            now = max(now + hop, ready[job])
            begins.append(now)
            now += duration[job]
            work += duration[job]
            ends.append(now)
            hops.append(hop)
            if now > due[job]:
                cost += weight[job] * (now - due[job])
            place = job
        if now > self.ends[person]:
            return None
        if self.price:
            cost += self.price * sum(self.holder[job] not in {-1, person} for job in stops)
        route = Route()
        route.person, route.stops = person, stops
        route.begins, route.ends, route.hops, route.travel = begins, ends, hops, travel
        route.free = self.limit[person] - travel - work
        route.cost = cost + travel + max(0.0, -route.free)
        route.memo = {}
        self._look_back(route)
        return route

    def _look_back(self, route: Route) -> None:
        """What each stop knows of those after it."""
        count = len(route.stops)
        latest, slack, burden = [0.0] * count, [0.0] * count, [0.0] * count
        last, spare, heavy = self.ends[route.person], inf, 0.0
        for at in range(count - 1, -1, -1):
            job, arrived = route.stops[at], route.ends[at] + route.hops[at]
            last -= self.duration[job]
            latest[at] = last
            last -= route.hops[at]
            early = self.due[job] - route.ends[at + 1]
            if early <= 0:
                spare = 0.0
                heavy += self.weight[job]
            else:
                spare = min(spare, early)
            slack[at], burden[at] = spare, heavy
            if route.begins[at] > arrived:
                spare += route.begins[at] - arrived
                heavy = 0.0
        route.latest, route.slack, route.burden = latest, slack, burden

    def insertion(self, route: Route, job: int) -> Insertion:
        """The cheapest place for an order among somebody's stops."""
        known = route.memo.get(job)
        if known is None:
            known = route.memo[job] = self._cheapest(route, job)
        return known

    # Each call a place would take as long as the reckoning itself: this is where the time goes.
    def _cheapest(self, route: Route, job: int) -> Insertion:  # noqa: C901, PLR0912, PLR0915
        person, stops, ends, hops = route.person, route.stops, route.ends, route.hops
        begins, latest, free = route.begins, route.latest, route.free
        slack, burden, ready = route.slack, route.burden, self.ready
        row = self.travel[job]
        weight, took, opens, wanted = (
            self.weight[job],
            self.duration[job],
            ready[job],
            self.due[job],
        )
        last = self.ends[person]
        fixed = self.price if self.holder[job] not in {-1, person} else 0.0
        count, home = len(stops), len(self.due) + person
        best, where = inf, -1
        for at in range(count, -1, -1):  # from the end, where there is no knock-on to reckon
            there = row[stops[at - 1] if at else home]
            end = ends[at] + there
            if end < opens:
                end = opens
            end += took
            if end > last:
                continue
            cost = fixed
            if end > wanted:
                cost += weight * (end - wanted)
            extra = delay = 0.0
            if at < count:
                after = stops[at]
                begin = end + row[after]
                extra = row[after] - hops[at]
                if begin < ready[after]:
                    begin = ready[after]
                if begin > latest[at]:
                    continue
                delay = begin - begins[at]
            extra += there
            if extra < 0:  # a short cut: what comes after may begin earlier
                cost = self._exactly(route, job, at)
            else:
                cost += extra
                if took + extra > free:
                    cost += took + extra - free
                if free < 0:
                    cost += free
                if cost >= best:
                    continue
                if delay > 0 and delay > slack[at]:
                    if cost + delay * burden[at] >= best:
                        continue
                    cost += self._knock_on(route, at, delay, best - cost)
            if cost < best:
                best, where = cost, at
        return best, where

    def _knock_on(self, route: Route, at: int, delay: float, enough: float) -> float:
        """What it costs that a stop and those after it begin so much later; or `enough` of it."""
        stops, ends, hops, begins = route.stops, route.ends, route.hops, route.begins
        due, ready, weight = self.due, self.ready, self.weight
        cost, count = 0.0, len(stops)
        while True:
            job = stops[at]
            end = ends[at + 1] + delay
            late = end - due[job]
            if late > 0:
                cost += weight[job] * min(late, delay)
                if cost >= enough:
                    return cost
            at += 1
            if at == count:
                return cost
            begin = end + hops[at]
            if begin < ready[stops[at]]:
                begin = ready[stops[at]]
            delay = begin - begins[at]
            if delay <= 0:
                return cost

    def _exactly(self, route: Route, job: int, at: int) -> float:
        """What an order adds there, by reckoning the whole route."""
        made = self._made(route.person, (*route.stops[:at], job, *route.stops[at:]))
        return inf if made is None else made.cost - route.cost


def _may(person: Person, job: Job) -> bool:
    """Whether somebody may go: by skill, lock and the length of the shift."""
    return (
        (job.skill is None or job.skill in person.skills)
        and (job.locked_to is None or job.locked_to == person.id)
        and max(person.begins, job.ready) + job.duration <= person.ends
    )
