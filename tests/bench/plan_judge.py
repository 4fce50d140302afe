"""What a peer's sequences are worth in our objective, reckoned by none of the solver's code."""

from __future__ import annotations

from functools import cached_property
from math import inf
from typing import TYPE_CHECKING, Any

from tests.domain.dispatch_judge import judged, minutes

if TYPE_CHECKING:
    from collections.abc import Sequence

Values = dict[str, Any]


class Judge:
    """One board as the judge sees it: orders and technicians by their numbers."""

    def __init__(self, board: Values) -> None:
        self.board = board
        self.orders: list[Values] = board["orders"]
        self.people: list[Values] = board["technicians"]

    @cached_property
    def minutes(self) -> list[list[int]]:
        """Between all places, orders before technicians."""
        travel = self.board["travel"]
        places = [one["at"] for one in (*self.orders, *self.people)]
        return [[minutes(travel, here, there) for there in places] for here in places]

    def able(self, who: int, order: int) -> bool:
        """By skill alone: these boards have no locks."""
        return self.orders[order]["skill"] in self.people[who]["skills"]

    def cost(self, who: int, stops: Sequence[int]) -> float:
        """Of one technician's sequence; `inf` where it ends after the shift."""
        person, place = self.people[who], len(self.orders) + who
        (now, ends), late, travel, work = person["shift"], 0.0, 0, 0.0
        begins = now
        for one in stops:
            order, leg = self.orders[one], self.minutes[place][one]
            now = max(now + leg, order["ready"]) + order["duration_min"]
            late += order["weight"] * max(0, now - order["due"])
            travel, work, place = travel + leg, work + order["duration_min"], one
        if stops and now > ends:
            return inf
        limit: float = self.board["overload_share"] * (ends - begins)
        return late + travel + max(0.0, travel + work - limit)

    def greedy(self) -> list[list[int]]:
        """The soonest due first, each to whoever is done with it first; a peer to begin from."""
        routes: list[list[int]] = [[] for _ in self.people]
        free = [(one["shift"][0], len(self.orders) + who) for who, one in enumerate(self.people)]
        for order in sorted(range(len(self.orders)), key=lambda one: self.orders[one]["due"]):
            wanted, ends = self.orders[order], {}
            for who, (now, place) in enumerate(free):
                begin = max(now + self.minutes[place][order], wanted["ready"])
                if self.able(who, order):
                    ends[who] = begin + wanted["duration_min"]
            ends = {who: end for who, end in ends.items() if end <= self.people[who]["shift"][1]}
            if ends:
                whom = min(ends, key=ends.__getitem__)
                routes[whom].append(order)
                free[whom] = ends[whom], order
        return routes

    def mended(self, routes: Sequence[Sequence[int]]) -> list[list[int]]:
        """What was left out, put where it costs least if that is less than to leave it out."""
        mended = [list(stops) for stops in routes]
        there = {order for stops in mended for order in stops}
        left = [one for one in range(len(self.orders)) if one not in there]
        for order in sorted(left, key=lambda one: -self.orders[one]["not_served_cost"]):
            best, place = float(self.orders[order]["not_served_cost"]), None
            for who, stops in enumerate(mended):
                if not self.able(who, order):
                    continue
                now = self.cost(who, stops)
                for at in range(len(stops) + 1):
                    more = self.cost(who, [*stops[:at], order, *stops[at:]]) - now
                    if more < best:
                        best, place = more, (who, at)
            if place:
                mended[place[0]].insert(place[1], order)
        return mended

    def worth(self, routes: Sequence[Sequence[int]]) -> float:
        """The total of a peer's answer, mended; AssertionError where it breaks a rule."""
        mended = self.mended(routes)
        there = {order for stops in mended for order in stops}
        left = [one for one in range(len(self.orders)) if one not in there]
        parts = dict.fromkeys(("lateness", "travel", "overload"), 0.0)
        shown = [self._shown(who, stops, parts) for who, stops in enumerate(mended)]
        parts["unserved"] = sum(self.orders[one]["not_served_cost"] for one in left)
        plan = {
            "routes": shown,
            "unserved": [{"order": self.orders[one]["id"]} for one in left],
            "objective": {**parts, "total": sum(parts.values())},
        }
        return judged(self.board, plan)

    def _shown(self, who: int, stops: Sequence[int], parts: dict[str, float]) -> Values:
        person, place = self.people[who], len(self.orders) + who
        (now, ends), used, told = person["shift"], 0.0, []
        limit = self.board["overload_share"] * (ends - now)
        for one in stops:
            order, leg = self.orders[one], self.minutes[place][one]
            arrive = now + leg
            start = max(arrive, order["ready"])
            now = start + order["duration_min"]
            told.append({"order": order["id"], "arrive": arrive, "start": start, "end": now})
            parts["lateness"] += order["weight"] * max(0, now - order["due"])
            parts["travel"] += leg
            used, place = used + leg + order["duration_min"], one
        parts["overload"] += max(0.0, used - limit)
        return {"technician": person["id"], "stops": told}
