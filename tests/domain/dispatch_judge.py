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
    done = [stop["order"] for route in plan["routes"] for stop in route["stops"]]
    left = [one["order"] for one in plan["unserved"]]
    crew = {name: order.get("crew", 1) for name, order in orders.items()}
    wanted = [name for name in orders for _one in range(1 if name in left else crew[name])]
    assert sorted(done + left) == sorted(wanted), "each order is somewhere, once"
    _linked(orders, plan)
    assert sorted(r["technician"] for r in plan["routes"]) == sorted(people)
    late = travel = overload = 0.0
    for route in plan["routes"]:
        person = people[route["technician"]]
        for stop in route["stops"]:
            order = orders[stop["order"]]
            assert order.get("skill") in {None, *person["skills"]}
            assert order.get("locked_to") in {None, *_who(plan, order["id"])}
            over = max(0, stop["end"] - order["due"])
            late += order["weight"] * over / order.get("crew", 1)  # once for a crew
        for begins, ends, legs, work in _days(board["travel"], person, route, orders):
            travel += legs
            overload += max(0.0, work + legs - board["overload_share"] * (ends - begins))
    missed: float = sum(orders[one["order"]]["not_served_cost"] for one in plan["unserved"])
    told = plan["objective"]
    ours = {"lateness": late, "travel": travel, "overload": overload, "unserved": missed}
    if any(order.get("other_technician_cost") for order in orders.values()):
        ours["other_technician"] = _apart(orders, plan)
    if any(order.get("split_cost") for order in orders.values()):
        ours["interrupted"] = sum(
            orders[stop["order"]].get("split_cost", 0) * (len(stop.get("parts", [0])) - 1)
            for route in plan["routes"]
            for stop in route["stops"]
        )
    for name, value in ours.items():
        assert abs(told[name] - value) < 1e-6, (name, told[name], value)
    assert abs(told["total"] - sum(ours.values())) < 1e-6
    return sum(ours.values())


def _apart(orders: Values, plan: Values) -> float:
    """What it costs that visits go to others than those before them."""
    done = {stop["order"] for route in plan["routes"] for stop in route["stops"]}
    costs = [
        order.get("other_technician_cost", 0)
        for name, order in orders.items()
        if name in done and "after" in order and _who(plan, name) != _who(plan, order["after"])
    ]
    return float(sum(costs))


def _days(
    travel: Values, person: Values, route: Values, orders: Values
) -> list[tuple[float, float, int, float]]:
    """Each shift of somebody with the minutes of travel and of work in it, all times as told."""
    if len(person.get("shifts", [])) < 2:
        (shift,) = person.get("shifts", [person.get("shift")])
        return [(*shift, *_day(travel, {**person, "shift": shift}, route, orders))]
    told = [
        (stop["order"], part["start"], part["end"])
        for stop in route["stops"]
        for part in stop.get("parts", [{"start": stop["start"], "end": stop["end"]}])
    ]
    found = []
    done: dict[str, float] = {}
    for begins, ends in person["shifts"]:
        now, place, legs, work = begins, person["at"], 0, 0.0
        while told:
            name, start, end = told[0]
            order = orders[name]
            leg = minutes(travel, place, order["at"])
            opens, closes = order.get("appointment", (order["ready"], float("inf")))
            soonest = max(now + leg, order["ready"], opens)
            if order.get("crew", 1) == 2 or "after" in order:  # may wait for others
                soonest = max(soonest, start if name not in done else soonest)
            left, room = order["duration_min"] - done.get(name, 0.0), ends - soonest
            worth = order.get("splittable") and room >= 30
            if left > room + 1e-9 and not worth:
                break  # not in this shift
            assert abs(start - soonest) < 1e-9, "he begins as soon as he is there"
            assert name in done or start <= closes
            assert abs(end - (soonest + left if left <= room + 1e-9 else ends)) < 1e-9
            stop = next(one for one in route["stops"] if one["order"] == name)
            if name not in done:
                assert (stop["arrive"], stop["start"]) == (now + leg, start)
            done[name] = done.get(name, 0.0) + end - start
            now, place, legs, work = end, order["at"], legs + leg, work + end - start
            told.pop(0)
            if left > room + 1e-9:
                break  # it goes on in the next
            assert stop["end"] == end
        found.append((begins, ends, legs, work))
    assert not told, "all of it is done in his shifts"
    return found


def _day(travel: Values, person: Values, route: Values, orders: Values) -> tuple[int, float]:
    """Minutes of travel and of work of somebody, all times of whom are found as told."""
    stops = [orders[stop["order"]] for stop in route["stops"]]
    now, legs, work = person["shift"][0], 0, 0.0
    rests = _breaks(person, route.get("breaks", []))
    for (before, order), stop in zip(pairwise([person, *stops]), route["stops"], strict=True):
        leg = minutes(travel, before["at"], order["at"])
        arrive = now + leg
        opens, closes = order.get("appointment", (order["ready"], float("inf")))
        start = max(order["ready"], opens)
        while rests and rests[0]["start"] < stop["start"]:  # on the way, or there before work
            rest = rests.pop(0)
            assert rest["start"] >= now, "a break begins after the work before it"
            if rest["start"] < arrive:
                arrive += rest["end"] - rest["start"]
            start = max(start, rest["end"])
        start = max(start, arrive)
        if order.get("crew", 1) == 2 or "after" in order:  # may wait for others
            assert stop["start"] >= start
            start = stop["start"]
        end = start + order["duration_min"]
        assert (stop["arrive"], stop["start"], stop["end"]) == (arrive, start, end)
        assert start <= closes
        now, legs, work = end, legs + leg, work + order["duration_min"]
    assert now <= person["shift"][1] or not stops
    assert not rests or rests[0]["start"] >= now, "no break within work"
    return legs, work


def _who(plan: Values, order: str) -> list[str]:
    return [
        route["technician"]
        for route in plan["routes"]
        if order in [stop["order"] for stop in route["stops"]]
    ]


def _linked(orders: Values, plan: Values) -> None:
    """Two of a crew work at one moment; a visit comes after the one before it and its gap."""
    when: dict[str, list[Values]] = {}
    for route in plan["routes"]:
        for stop in route["stops"]:
            when.setdefault(stop["order"], []).append(stop)
    for name, stops in when.items():
        order, who = orders[name], _who(plan, name)
        assert len(set(who)) == len(stops) == order.get("crew", 1), "as many as it takes"
        assert len({stop["start"] for stop in stops}) == 1, "at the same time"
        if (first := order.get("after")) is not None:
            assert first in when, "nobody goes to a visit if not to the one before"
            soonest = when[first][0]["end"] + order.get("gap_min", 0)
            assert stops[0]["start"] >= soonest - 1e-6
            assert not order.get("same_technician") or who == _who(plan, first)


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
