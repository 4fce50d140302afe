"""Other planners on one board; runs in their own environment, and asks nothing of ours.

Reads {"peer", "seconds", "board", "minutes", "first"} from standard input: `minutes` between all
places, orders before technicians; `first`, a plan to begin from. Answers {"routes", "cpu"}: for
each technician the numbers of the orders, in their sequence.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from importlib import import_module
from time import process_time
from typing import Any

Values = dict[str, Any]
Routes = list[list[int]]


def windows(asked: Values) -> list[tuple[int, int]]:
    """When work on each order may begin so that it is not late; all day where it must be late."""
    found = []
    board, minutes = asked["board"], asked["minutes"]
    orders, people = board["orders"], board["technicians"]
    for place, order in enumerate(orders):
        soonest = min(
            max(one["shift"][0] + minutes[len(orders) + who][place], order["ready"])
            for who, one in enumerate(people)
            if order["skill"] in one["skills"]
        )
        latest = order["due"] - order["duration_min"]
        found.append((order["ready"], latest if latest >= soonest else 100_000))
    return found


def ortools(asked: Values) -> Routes:
    """Models all of it: lateness, overload and who is left out have their prices."""
    pywrapcp = import_module("ortools.constraint_solver.pywrapcp")
    enums = import_module("ortools.constraint_solver.routing_enums_pb2")
    board, minutes = asked["board"], asked["minutes"]
    orders, people = board["orders"], board["technicians"]
    count, crew = len(orders), len(people)
    end = count + crew  # a place that costs nothing to go to
    manager = pywrapcp.RoutingIndexManager(
        end + 1, crew, [count + who for who in range(crew)], [end] * crew
    )
    routing = pywrapcp.RoutingModel(manager)
    took = [order["duration_min"] for order in orders]
    travel = [[*row, 0] for row in minutes] + [[0] * (end + 1)]
    whole = [
        [leg + (took[place] if place < count else 0) for leg in row]
        for place, row in enumerate(travel)
    ]
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(travel))
    onward = routing.RegisterTransitMatrix(whole)
    routing.AddDimension(onward, 10_000, 100_000, False, "time")
    routing.AddDimension(onward, 0, 100_000, True, "work")
    time, work = routing.GetDimensionOrDie("time"), routing.GetDimensionOrDie("work")
    for who, one in enumerate(people):
        begins, ends = one["shift"]
        time.CumulVar(routing.Start(who)).SetRange(begins, begins)
        time.CumulVar(routing.End(who)).SetRange(begins, ends)
        limit = int(board["overload_share"] * (ends - begins))
        work.SetCumulVarSoftUpperBound(routing.End(who), limit, 1)
    for place, order in enumerate(orders):
        index = manager.NodeToIndex(place)
        time.CumulVar(index).SetMin(order["ready"])
        # Late is what is done late: the bound is on when it begins, which is as much earlier.
        start = order["due"] - took[place]
        if order["weight"]:
            time.SetCumulVarSoftUpperBound(index, max(0, start), order["weight"])
        routing.AddDisjunction([index], order["not_served_cost"])
        able = [who for who, one in enumerate(people) if order["skill"] in one["skills"]]
        routing.VehicleVar(index).SetValues([-1, *able])
    how = pywrapcp.DefaultRoutingSearchParameters()
    how.local_search_metaheuristic = enums.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    routing.CloseModelWithParameters(how)
    ends_at = process_time() + asked["seconds"]
    enough = routing.solver().CustomLimit(lambda: process_time() >= ends_at)
    routing.AddSearchMonitor(enough)
    first = routing.ReadAssignmentFromRoutes(asked["first"], True)
    found = routing.SolveFromAssignmentWithParameters(first, how) if first else None
    if found is None:
        return list(asked["first"])
    return [_followed(routing, manager, found, who) for who in range(crew)]


def _followed(routing: Any, manager: Any, found: Any, who: int) -> list[int]:
    stops = []
    index = found.Value(routing.NextVar(routing.Start(who)))
    while not routing.IsEnd(index):
        stops.append(manager.IndexToNode(index))
        index = found.Value(routing.NextVar(index))
    return stops


def pyvrp(asked: Values) -> Routes:
    """Knows windows that must be kept, and a prize for each order that is served."""
    np, library = import_module("numpy"), import_module("pyvrp")
    board, minutes = asked["board"], asked["minutes"]
    orders, people = board["orders"], board["technicians"]
    count = len(orders)
    model = library.Model()
    spots = [model.add_location(0, 0) for _ in minutes]
    depots = [model.add_depot(spots[count + who]) for who in range(len(people))]
    for place, (order, (ready, latest)) in enumerate(zip(orders, windows(asked), strict=True)):
        model.add_client(
            spots[place],
            service_duration=order["duration_min"],
            tw_early=ready,
            tw_late=latest,
            prize=order["not_served_cost"],
            required=False,
        )
    groups = sorted({tuple(one["skills"]) for one in people})
    profiles = {group: model.add_profile() for group in groups}
    for who, one in enumerate(people):
        begins, ends = one["shift"]
        limit = int(board["overload_share"] * (ends - begins))
        model.add_vehicle_type(
            start_depot=depots[who],
            end_depot=depots[who],
            tw_early=begins,
            tw_late=ends,
            shift_duration=limit,
            max_overtime=ends - begins - limit,
            unit_overtime_cost=1,
            profile=profiles[tuple(one["skills"])],
        )
    data = model.data()
    base = np.array(minutes, dtype=np.int64)
    base[:, count:] = 0  # nobody has to come back
    matrices = []
    for group in groups:
        matrix = base.copy()
        closed = [place for place, order in enumerate(orders) if order["skill"] not in group]
        matrix[:, closed] = 100_000
        np.fill_diagonal(matrix, 0)
        matrices.append(matrix)
    data = data.replace(distance_matrices=matrices, duration_matrices=matrices)
    ends_at = process_time() + asked["seconds"]
    result = library.solve(data, stop=lambda _: process_time() >= ends_at, display=False)
    routes: Routes = [[] for _ in people]
    for route in result.best.routes():
        visits = [one.idx for one in route if one.is_client()]
        able = people[route.vehicle_type()]["skills"]
        routes[route.vehicle_type()] = [one for one in visits if orders[one]["skill"] in able]
    return routes


def vroom(asked: Values) -> Routes:
    """Knows windows that must be kept, skills and priorities."""
    np, library = import_module("numpy"), import_module("vroom")
    board, minutes = asked["board"], asked["minutes"]
    orders, people = board["orders"], board["technicians"]
    trades = sorted({order["skill"] for order in orders} | {s for p in people for s in p["skills"]})
    problem = library.Input()
    problem.set_durations_matrix("car", np.array(minutes, dtype=np.uint32))
    for who, one in enumerate(people):
        problem.add_vehicle(
            library.Vehicle(
                who,
                start=len(orders) + who,
                skills={trades.index(skill) for skill in one["skills"]},
                time_window=library.TimeWindow(*one["shift"]),
            )
        )
    for place, (order, window) in enumerate(zip(orders, windows(asked), strict=True)):
        problem.add_job(
            library.Job(
                place,
                location=place,
                default_service=order["duration_min"],
                skills={trades.index(order["skill"])},
                priority=min(100, 5 * order["weight"]),
                time_windows=[library.TimeWindow(*window)],
            )
        )
    wait = timedelta(seconds=asked["seconds"] * asked["stretch"])
    found = problem.solve(exploration_level=5, nb_threads=1, timeout=wait)
    routes: Routes = [[] for _ in people]
    for step in found.routes[found.routes["type"] == "job"].itertuples():
        routes[step.vehicle_id].append(int(step.id))
    return routes


def main() -> None:
    """One question, one answer."""
    asked = json.load(sys.stdin)
    peer = {"ortools": ortools, "pyvrp": pyvrp, "vroom": vroom}[asked["peer"]]
    begun = process_time()
    routes = peer(asked)
    print(json.dumps({"routes": routes, "cpu": process_time() - begun}))


if __name__ == "__main__":
    main()
