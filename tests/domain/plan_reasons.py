"""Judges why a plan leaves orders out, by trying all; shares no code with who gives the reasons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement
from math import inf
from typing import TYPE_CHECKING, Any

import pytest

from tests.domain.dispatch_judge import minutes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Values = dict[str, Any]


def check_reasons(board: Values, plan: Values, *, alone: bool) -> set[str]:
    """Each reason is true, `alone` also what is said of room and cost; which were met."""
    left = {one["order"]: one["why"] for one in plan["unserved"]}
    orders = {one["id"]: one for one in board["orders"]}
    for name, why in left.items():
        case = _Case(board, plan, orders[name], left, alone=alone)
        lock = f"it is locked to {orders[name].get('locked_to')}"
        begin = next(begin for begin in CHECKS if why.removeprefix(f"{lock}: ").startswith(begin))
        assert CHECKS[begin](case, why.removeprefix(f"{lock}: ")), (why, orders[name])
    return {re.sub(r"[-\d.]+|\bO\S+", "_", why) for why in left.values()}


@dataclass(frozen=True)
class _Case:
    """An order that nobody goes to."""

    board: Values
    plan: Values
    order: Values
    left: Values
    alone: bool

    @cached_property
    def skilled(self) -> list[Values]:
        """Those who can do it."""
        return [one for one in self.board["technicians"] if _able(one, self.order)]

    @cached_property
    def may(self) -> list[Values]:
        """Those of them whom the lock lets go."""
        return [one for one in self.skilled if self.order.get("locked_to") in {None, one["id"]}]

    @cached_property
    def first(self) -> Values:
        """The order before it."""
        orders: list[Values] = self.board["orders"]
        return next(one for one in orders if one["id"] == self.order["after"])

    def could(self, some: list[Values], *, near: bool = False, rests: bool = True) -> list[Values]:
        """Those who could go if they had nothing else to do, or it were where they are."""
        return [
            one
            for one in some
            if _ways(
                self.board,
                one if rests else one | {"breaks": []},
                [self.order | ({"at": one["at"]} if near else {})],
            )
        ]

    def too_long(self, why: str) -> bool:
        """Whether it takes longer than any shift, both as told."""
        longest = max(ends - begins for one in self.may for begins, ends in _shifts(one))
        takes = self.order["duration_min"]
        said = f"it takes {takes:g} min and fits into no shift"
        told = why.startswith(said) and why.endswith(f" {longest:g}")
        return told and takes > longest and not self.order.get("splittable")

    def both(self) -> list[Values]:
        """Those who may do it and the one before it."""
        lock = self.first.get("locked_to")
        return [one for one in self.may if _able(one, self.first) and lock in {None, one["id"]}]

    def full(self, why: str) -> bool:
        """Whether somebody could go, and nobody at any place in the plan as it stands."""
        fixed = "appointment" in self.order
        if not self.could(self.may) or ("appointment" in why) != fixed:
            return False
        return not self.alone or not [*self.prices()]

    def dear(self, why: str) -> bool:
        """Whether the cheapest place in the plan costs as much as is told."""
        more, less = map(int, re.findall(r"-?\d+", why))
        leave: float = self.order["not_served_cost"]
        assert less == pytest.approx(leave, abs=0.51)
        if not self.alone:
            return True
        price = min(self.prices())
        assert price == pytest.approx(more, abs=0.51)
        return ("more rounds" in why) == (price < leave - 1e-6)

    def prices(self) -> Iterator[float]:
        """What it costs at each place of the plan where it fits."""
        orders = {one["id"]: one for one in self.board["orders"]}
        for one in self.may:
            (route,) = (r for r in self.plan["routes"] if r["technician"] == one["id"])
            stops = [orders[stop["order"]] for stop in route["stops"]]
            before = min(_ways(self.board, one, stops))
            for at in range(len(stops) + 1):
                ways = _ways(self.board, one, [*stops[:at], self.order, *stops[at:]])
                yield from [min(ways) - before] if ways else []


CHECKS: Mapping[str, Callable[[_Case, str], object]] = {
    "nobody on the board has the skill": lambda case, _why: not case.skilled,
    "it is locked to": lambda case, _why: case.skilled and not case.may,
    "it takes two technicians, and only one may": lambda case, _why: len(case.skilled) < 2,
    "it takes two technicians": lambda case, _why: len(case.could(case.skilled)) < 2,
    "no two who may go are free": lambda case, _why: len(case.could(case.skilled)) >= 2,
    "it takes": lambda case, why: case.too_long(why) and not case.could(case.may),
    "it fits into no shift": lambda case, _why: not case.could(case.may, near=True, rests=False),
    "it is too far away": lambda case, _why: (
        case.could(case.may, near=True) and not case.could(case.may)
    ),
    "nobody who may go could get there": lambda case, _why: not case.could(case.may),
    "nobody goes to": lambda case, why: case.first["id"] in case.left and case.first["id"] in why,
    "nobody may do both": lambda case, _why: case.order["same_technician"] and not case.both(),
    "nobody who may go is free for its visits": lambda case, _why: case.could(case.may),
    "nobody who may go": lambda case, why: case.full(why),
    "to go there would cost": lambda case, why: case.dear(why),
}
"""By how a reason begins, whether it is true; the first that fits counts."""


def _able(person: Values, order: Values) -> bool:
    return order.get("skill") in {None, *person["skills"]}


def _shifts(person: Values) -> list[list[float]]:
    return person.get("shifts") or [person["shift"]]


def _ways(board: Values, person: Values, stops: list[Values]) -> list[float]:
    """What it costs to do stops in this order, wherever the breaks may lie; nothing: it cannot."""
    breaks = person.get("breaks", [])
    gaps = combinations_with_replacement(range(len(stops) + 1), len(breaks))
    days = (_Days(board, person, gap) for gap in gaps)
    return [one.cost() for one in days if one.go(stops)]


class _Days:
    """Somebody who goes from stop to stop."""

    def __init__(self, board: Values, person: Values, gaps: tuple[int, ...]) -> None:
        self.board, self.person, self.shifts = board, person, _shifts(person)
        self.rests = [*zip(gaps, person.get("breaks", []), strict=True)]
        self.at, self.now, self.place = 0, self.shifts[0][0], person["at"]
        self.used = [0.0] * len(self.shifts)
        self.price = 0.0

    def go(self, stops: list[Values]) -> bool:
        """Whether all can be done so."""
        for turn, order in enumerate(stops):
            hop = minutes(self.board["travel"], self.place, order["at"])
            there = self.rested(turn, hop)
            if there is None or not self.work(order, hop, there):
                return False
            self.price += order["weight"] * max(0.0, self.now - order["due"])
        last = self.rested(len(stops), 0)
        return last is not None and max(last, self.now) <= self.shifts[self.at][1] + 1e-9

    def rested(self, turn: int, hop: float) -> float | None:
        """When he is there, with the breaks before that; None where one would begin too late."""
        free, there = self.now, self.now + hop
        for gap, rest in self.rests:
            if gap == turn:
                opens, closes = rest["window"]
                if max(free, opens) > closes:
                    return None
                free = max(free, opens) + rest["length_min"]
                there = max(there, opens) + rest["length_min"]
        return there

    def work(self, order: Values, hop: float, there: float) -> bool:
        """Do an order, in the next shift where this one is too short; whether he can."""
        opens, closes = order.get("appointment", (-inf, inf))
        left, begun = order["duration_min"], False
        while True:
            start = max(there, order["ready"], opens)
            room = self.shifts[self.at][1] - start
            if not begun and start > closes:
                return False
            if left <= room + 1e-9:
                self.now, self.place = start + left, order["at"]
                self.spend(hop, left)
                return True
            if len(self.shifts) > 1 and order.get("splittable") and room >= 30:
                self.spend(hop, room)
                left, begun = left - room, True
                self.price += order.get("split_cost", 0)
            self.at += 1
            if self.at == len(self.shifts):
                return False
            hop = minutes(self.board["travel"], self.person["at"], order["at"])
            there = self.shifts[self.at][0] + hop

    def spend(self, hop: float, work: float) -> None:
        """Minutes on the road and at work in the shift that he is in."""
        self.used[self.at] += hop + work
        self.price += hop

    def cost(self) -> float:
        """All of it."""
        share, each = self.board["overload_share"], zip(self.used, self.shifts, strict=True)
        over = sum(max(0.0, used - share * (ends - begins)) for used, (begins, ends) in each)
        return float(self.price + over)
