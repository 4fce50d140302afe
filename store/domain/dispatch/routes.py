"""A board ready to be reckoned on: when somebody is where, and what one more order would add."""

from __future__ import annotations

from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

from store.domain.dispatch.able import Skilled
from store.domain.dispatch.route import AT_LEAST, NOWHERE, Route

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.domain.dispatch.board import Board, Job, Row
    from store.domain.dispatch.route import Insertion

Times = tuple[list[float], list[float], list[int], float]
"""When each stop begins and ends, the minutes of travel to it, and what lateness costs."""

_A_TRIFLE = 1e-6
"""Minutes; parts of minutes that are added up in another order come to no more."""
_KEPT = 200_000
"""Routes that are remembered: the same few come again and again."""
_KEPT_OF_MANY = 30_000_000
"""The same times the orders of a board: a route remembers where each of them went in, too."""


class Kernel:
    """A board ready to be reckoned on: orders and technicians by their places in it."""

    first: frozenset[int] = frozenset()
    """Orders that are put back before others: what comes in their place must be worth it."""
    direct = False
    """Whether no way is shorter by a third place: then more may be ruled out at a glance."""
    quick = True
    """Whether a round takes no more than some thousandths of a second."""

    def __init__(self, board: Board) -> None:
        self.board = board
        jobs, people = board.jobs, board.people
        self.base: Sequence[int] = range(len(jobs))
        """By the number of a stop, the place of its order."""
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
        self.direct = board.travel.is_direct
        self._orders = list(
            zip(self.travel, self.ready, self.duration, self.due, self.weight, strict=False)
        )
        """What most is asked about an order: the minutes from it, and what it wants."""
        known = {person.id: place for place, person in enumerate(people)}
        self.holder = [known.get(job.held_by or "", -1) for job in jobs]
        self.price = board.change_price
        yards = {person.at: len(jobs) + place for place, person in enumerate(people)}
        self.home = [yards[person.at] for person in people]
        """Where each shift begins, by its number as a place; the same for those of one yard."""
        self.skilled = {
            skill: frozenset(
                place
                for place, person in enumerate(people)
                if skill is None or skill in person.skills
            )
            for skill in {job.skill for job in jobs}
        }
        skilled = {skill: Skilled(board, some) for skill, some in self.skilled.items()}
        self.able = [skilled[job.skill].able(job) for job in jobs]
        self._kept = min(_KEPT, _KEPT_OF_MANY // max(1, len(jobs)))
        self._routes: dict[tuple[int, tuple[int, ...]], Route | None] = {}

    def job(self, number: int) -> Job:
        """The order that a stop is for."""
        return self.board.jobs[number]

    def tell(self, number: int) -> Any:
        """The number of a stop as a plain value that another process understands."""
        return number

    def heard(self, told: Any) -> int:
        """The number of a stop that another process told."""
        return int(told)

    def forget(self) -> None:
        """Forget the routes that were seen."""
        self._routes = {}

    def apart(self, _person: int, _number: int, /) -> float:
        """What it costs that another has a visit than had the one before; here none is linked."""
        return 0.0

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
        times = self._times(person, stops)
        if times is None:
            return None
        route = Route()
        route.person, route.stops = person, stops
        route.begins, route.ends, route.hops, cost = times
        if self.price:
            cost += self.price * sum(self.holder[job] not in {-1, person} for job in stops)
        route.travel = travel = sum(route.hops)
        used = travel + sum([self.duration[job] for job in stops])
        route.free = free = self.limit[person] - used
        route.spare = self.ends[person] - self.begins[person] - used + _A_TRIFLE
        route.cost = cost + travel - (free if free < 0 else 0.0)
        route.memo = {}
        route.legs = self._legs(person, stops)
        route.latest = []
        return route

    def _times(self, person: int, stops: tuple[int, ...]) -> Times | None:
        """When somebody begins and ends his stops, how far he goes, and what lateness costs."""
        orders, cost = self._orders, 0.0
        begins: list[float] = []
        hops: list[int] = []
        place = self.home[person]
        now = self.begins[person]
        ends = [now]
        for job in stops:
            row, opens, took, wanted, weight = orders[job]
            hop = row[place]
            now += hop
            if now < opens:
                now = opens
            begins.append(now)
            now += took
            ends.append(now)
            hops.append(hop)
            if now > wanted:
                cost += weight * (now - wanted)
            place = job
        if now > self.ends[person]:
            return None
        return begins, ends, hops, cost

    def _legs(self, person: int, stops: tuple[int, ...]) -> Callable[[Row], tuple[int, ...]]:
        home = self.home[person]
        return itemgetter(home, *stops) if stops else itemgetter(home, home)

    def _look_back(self, route: Route) -> None:
        """What each stop knows of those after it."""
        orders, ends, hops, begins = self._orders, route.ends, route.hops, route.begins
        latest, slack, burden = [], [], []
        last, spare, heavy = self.ends[route.person], inf, 0.0
        end = ends[-1]
        for at in range(len(hops) - 1, -1, -1):
            _row, _opens, took, wanted, weight = orders[route.stops[at]]
            last -= took
            latest.append(last)
            last -= hops[at]
            early = wanted - end
            if early <= 0:
                spare = 0.0
                heavy += weight
            elif early < spare:
                spare = early
            slack.append(spare)
            burden.append(heavy)
            end = ends[at]
            waited = begins[at] - end - hops[at]
            if waited > 0:
                spare += waited
                heavy = 0.0
        latest.reverse()
        slack.reverse()
        burden.reverse()
        route.latest, route.slack, route.burden = latest, slack, burden

    def insertion(self, route: Route, job: int, enough: float = inf) -> Insertion:
        """The cheapest place for an order among somebody's stops, if it costs less than `enough`.

        Where it does not, what is answered costs no less than that, and may be no place at all.
        """
        known = route.memo.get(job)
        if known is None or (known[1] == AT_LEAST and known[0] < enough):
            known = route.memo[job] = self.cheapest(route, job, enough)
        return known

    # Each call a place would take as long as the reckoning itself: this is where the time goes.
    def cheapest(self, route: Route, job: int, enough: float) -> Insertion:  # noqa: C901, PLR0912, PLR0915
        person, ends, hops, free = route.person, route.ends, route.hops, route.free
        row, opens, took, wanted, weight = self._orders[job]
        fixed = self.price if self.price and self.holder[job] not in {-1, person} else 0.0
        heavy = took - free if free > 0 else took  # all above it is overload
        if heavy > 0:
            fixed += heavy
        last = self.ends[person]
        best, where, room, until = enough, AT_LEAST, enough - fixed, last - took
        left = route.spare - took  # a longer way than that is not within the shift
        if self.direct:
            if left < 0:
                return NOWHERE
            if room <= 0:
                return fixed, AT_LEAST
            if weight:  # it would be too dear that late
                until = min(until, wanted + room / weight - took)
        if hops and not route.latest:
            self._look_back(route)
        if left < room:
            room = left
        legs = route.legs(row)
        for at, hop in enumerate(hops):
            free_at = ends[at]
            if free_at > until:
                break
            there, onward = legs[at], legs[at + 1]
            extra = there + onward - hop
            if extra >= room:
                continue
            if extra < 0:  # a short cut: what comes after may begin earlier
                cost = self._exactly(route, job, at)
                if cost < best:
                    best, where = cost, at
                    if cost - fixed < room:
                        room = cost - fixed
                continue
            end = free_at + there
            if end < opens:
                end = opens
            end += took
            begin = end + onward
            if begin > route.latest[at]:
                continue
            cost = fixed + extra
            if heavy + extra > 0:
                cost += extra if heavy > 0 else heavy + extra
            if end > wanted:
                cost += weight * (end - wanted)
            delay = begin - route.begins[at]
            if delay > route.slack[at]:
                if cost + delay * route.burden[at] >= best:
                    continue
                cost += self._knock_on(route, at, delay, best - cost)
            if cost < best:
                best, where = cost, at
                if cost - fixed < room:
                    room = cost - fixed
        else:
            at, extra = len(hops), legs[len(hops)]
            end = max(ends[at] + extra, opens) + took
            if end <= last:
                cost = fixed + extra
                if heavy + extra > 0:
                    cost += extra if heavy > 0 else heavy + extra
                if end > wanted:
                    cost += weight * (end - wanted)
                if cost < best:
                    best, where = cost, at
        if where == AT_LEAST and enough == inf:
            return NOWHERE
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
