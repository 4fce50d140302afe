"""All plans of a small board with visits and crews, tried one after another; without breaks."""

from __future__ import annotations

from itertools import combinations, permutations, product
from typing import Any

from tests.domain.dispatch_judge import minutes


def least_cost(values: dict[str, Any]) -> float:
    """The cost of the best plan, by trying all."""
    people, orders = values["technicians"], values["orders"]
    choices = [
        [(), *combinations([n for n, one in enumerate(people) if _may(one, order)], _crew(order))]
        for order in orders
    ]
    best = float("inf")
    for who in product(*choices):
        if not _is_kept(values, who):
            continue
        mine = [[n for n, some in enumerate(who) if one in some] for one in range(len(people))]
        missed = _apart(orders, who) + sum(
            one["not_served_cost"] for one, some in zip(orders, who, strict=True) if not some
        )
        for routes in product(*map(permutations, mine)):
            best = min(best, missed + _cost(values, routes, best - missed))
    return best


def _apart(orders: list[dict[str, Any]], who: Any) -> float:
    """What it costs that visits go to others than those before them."""
    names = {order["id"]: n for n, order in enumerate(orders)}
    return sum(
        float(order.get("other_technician_cost", 0))
        for n, order in enumerate(orders)
        if who[n] and "after" in order and who[n] != who[names[order["after"]]]
    )


def _crew(order: dict[str, Any]) -> int:
    return int(order.get("crew", 1))


def _may(one: dict[str, Any], order: dict[str, Any]) -> bool:
    return order["skill"] in {None, *one["skills"]}


def _cost(values: dict[str, Any], routes: Any, most: float) -> float:
    """What sequences cost if each order begins as soon as all that it waits for allows."""
    people, orders = values["technicians"], values["orders"]
    who = {n: [p for p, route in enumerate(routes) if n in route] for n in range(len(orders))}
    travel = overload = 0.0
    legs: dict[tuple[int, int], int] = {}
    for p, route in enumerate(routes):
        at, work = people[p]["at"], 0.0
        for n in route:
            legs[p, n] = minutes(values["travel"], at, orders[n]["at"])
            at = orders[n]["at"]
            work += legs[p, n] + orders[n]["duration_min"]
            travel += legs[p, n]
        begins, ends = people[p]["shift"]
        overload += max(0.0, work - 0.85 * (ends - begins))
    if travel + overload >= most:
        return float("inf")
    return travel + overload + _lateness(values, routes, who, legs)


def _lateness(values: dict[str, Any], routes: Any, who: Any, legs: Any) -> float:
    """The lateness, of which there is no end where a rule is broken."""
    people, orders = values["technicians"], values["orders"]
    names = {order["id"]: n for n, order in enumerate(orders)}
    done: dict[int, float] = {}
    late, left = 0.0, [n for n in who if who[n]]
    while left:
        ready = [n for n in left if _is_next(n, routes, who, done, orders, names)]
        if not ready:
            return float("inf")  # each waits for another
        n = ready[0]
        left.remove(n)
        order = orders[n]
        begin = max(order["ready"], order.get("appointment", (order["ready"], 0))[0])
        for p in who[n]:
            at = routes[p].index(n)
            before = done[routes[p][at - 1]] if at else people[p]["shift"][0]
            begin = max(begin, before + legs[p, n])
        if "after" in order:
            begin = max(begin, done[names[order["after"]]] + order["gap_min"])
        done[n] = begin + order["duration_min"]
        by = [*order.get("appointment", (0, float("inf")))][1]
        if begin > by or any(done[n] > people[p]["shift"][1] for p in who[n]):
            return float("inf")
        late += order["weight"] * max(0, done[n] - order["due"])
    return late


def _is_kept(values: dict[str, Any], who: Any) -> bool:
    """Whether locks are, and each visit of one technician is for whoever did the one before."""
    orders, people = values["orders"], values["technicians"]
    names = {order["id"]: n for n, order in enumerate(orders)}
    for n, order in enumerate(orders):
        if who[n] and order.get("same_technician") and who[n] != who[names[order["after"]]]:
            return False
        ids = [people[p]["id"] for p in who[n]]
        if who[n] and order["locked_to"] not in {None, *ids}:
            return False
    return True


def _is_next(n: int, routes: Any, who: Any, done: Any, orders: Any, names: Any) -> bool:
    first = orders[n].get("after")
    if first is not None and names[first] not in done:
        return False
    return all(one in done for p in who[n] for one in routes[p][: routes[p].index(n)])
