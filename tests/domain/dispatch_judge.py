"""Judges what `paidan plan` printed; shares no code with what made it."""

from __future__ import annotations

from itertools import pairwise
from math import asin, ceil, cos, radians, sin, sqrt
from typing import Any

Values = dict[str, Any]


def minutes(travel: Values, one: list[float], other: list[float]) -> int:
    """Minutes from place to place by the formula that the command's help promises."""
    if one == other:
        return 0
    north, north2 = radians(one[0]), radians(other[0])
    turn = sin((north2 - north) / 2) ** 2
    turn += cos(north) * cos(north2) * sin(radians(other[1] - one[1]) / 2) ** 2
    km = 2 * 6371.0088 * asin(min(1.0, sqrt(turn)))
    slow: float = travel["road_factor"] / travel["speed_kmh"] * 60
    fixed: float = travel["fixed_min"]
    return ceil(km * slow + fixed)


def judged(board: Values, plan: Values) -> float:
    """The total cost of a plan; AssertionError where it breaks a rule or tells a wrong time."""
    orders = {order["id"]: order for order in board["orders"]}
    people = {person["id"]: person for person in board["technicians"]}
    seen = [stop["order"] for route in plan["routes"] for stop in route["stops"]]
    seen += [one["order"] for one in plan["unserved"]]
    assert sorted(seen) == sorted(orders), "each order is somewhere, once"
    assert sorted(r["technician"] for r in plan["routes"]) == sorted(people)
    late = travel = overload = 0.0
    for route in plan["routes"]:
        person = people[route["technician"]]
        stops = [orders[stop["order"]] for stop in route["stops"]]
        begins, ends = person["shift"]
        now, legs, work = begins, 0, 0.0
        rests = _breaks(person, route.get("breaks", []))
        for (before, order), stop in zip(pairwise([person, *stops]), route["stops"], strict=True):
            assert order.get("skill") in {None, *person["skills"]}
            assert order.get("locked_to") in {None, person["id"]}
            leg = minutes(board["travel"], before["at"], order["at"])
            arrive = now + leg
            opens, closes = order.get("appointment", (0, float("inf")))
            start = max(order["ready"], opens)
            while rests and rests[0]["start"] < stop["start"]:  # on the way, or there before work
                rest = rests.pop(0)
                assert rest["start"] >= now, "a break begins after the work before it"
                if rest["start"] < arrive:
                    arrive += rest["end"] - rest["start"]
                start = max(start, rest["end"])
            start = max(start, arrive)
            end = start + order["duration_min"]
            assert (stop["arrive"], stop["start"], stop["end"]) == (arrive, start, end)
            assert start <= closes
            late += order["weight"] * max(0, end - order["due"])
            now, legs, work = end, legs + leg, work + order["duration_min"]
        assert now <= ends or not stops
        assert not rests or rests[0]["start"] >= now, "no break within work"
        travel += legs
        overload += max(0.0, work + legs - board["overload_share"] * (ends - begins))
    missed: float = sum(orders[one["order"]]["not_served_cost"] for one in plan["unserved"])
    told = plan["objective"]
    ours = {"lateness": late, "travel": travel, "overload": overload, "unserved": missed}
    for name, value in ours.items():
        assert abs(told[name] - value) < 1e-6, (name, told[name], value)
    assert abs(told["total"] - sum(ours.values())) < 1e-6
    return late + travel + overload + missed


def _breaks(person: Values, taken: list[Values]) -> list[Values]:
    """The breaks that were taken, each as long as it is to be, in its window and the shift."""
    wanted = person.get("breaks", [])
    assert len(taken) == len(wanted), "each break is taken, once"
    free = person["shift"][0]
    for rest, want in zip(taken, wanted, strict=True):
        assert abs(rest["end"] - rest["start"] - want["length_min"]) < 1e-6
        assert want["window"][0] <= rest["start"] <= want["window"][1]
        assert free <= rest["start"]
        free = rest["end"]
    assert not wanted or free <= person["shift"][1] + 1e-6
    return [*taken]
