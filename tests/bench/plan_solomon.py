"""Solomon's instances of vehicles with time windows, with distance as the cost.

Each vehicle has a last stop at the depot that only it may make, so that it comes back; to be late
is too dear; and a kernel with one rule more knows how much a vehicle holds. Distances are cut to
tenths, as those of the best known are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import hypot, inf
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Final

from console.commands_plan import at_full_speed
from store.domain.dispatch.board import Board, Job, Person, Travel
from store.domain.dispatch.route import NOWHERE, Insertion, Route
from store.domain.dispatch.routes import Kernel
from store.domain.dispatch.search import Search
from tests.bench.figures import Row, middle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.domain.distance import Position

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "solomon"
SECONDS: Final = 5.0
DEAR: Final = 1e5


@dataclass(frozen=True)
class Instance:
    """One of Solomon's files, with its best known cost."""

    vehicles: int
    capacity: int
    customers: tuple[tuple[int, ...], ...]
    """Where (east, north), demand, ready, due and service; the depot first."""
    known: float

    @cached_property
    def tenths(self) -> list[list[int]]:
        """Distances between all."""
        return [
            [int(10 * hypot(one[0] - two[0], one[1] - two[1])) for two in self.customers]
            for one in self.customers
        ]


def read(name: str) -> Instance:
    """An instance and what is known of it."""
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    numbers = [[int(float(word)) for word in line.split()] for line in lines if _numeric(line)]
    (vehicles, capacity), *customers = numbers
    cost = (FOLDER / f"{name}.sol").read_text("utf-8").split("Cost")[1]
    return Instance(vehicles, capacity, tuple(tuple(one[1:]) for one in customers), float(cost))


def _numeric(line: str) -> bool:
    words = line.split()
    return bool(words) and all(word.replace(".", "", 1).isdigit() for word in words)


class _Plane(Travel):
    """Minutes between the places of an instance; the customers are told by their numbers."""

    rows_of: list[list[int]]

    @property
    def is_direct(self) -> bool:
        return False  # its distances are cut to tenths

    def rows(self, places: Sequence[Position]) -> list[list[int]]:
        known = type(self).rows_of
        at = [int(place[0]) for place in places]
        return [[known[one][two] for two in at] for one in at]


class _Laden(Kernel):
    """A kernel that knows how much a vehicle holds."""

    def __init__(self, board: Board, instance: Instance) -> None:
        super().__init__(board)
        self._room = instance.capacity
        self._loads = [one[2] for one in instance.customers[1:]] + [0] * instance.vehicles

    def cheapest(self, route: Route, job: int, enough: float = inf) -> Insertion:
        loads = self._loads
        if sum([loads[one] for one in route.stops]) + loads[job] > self._room:
            return NOWHERE
        return super().cheapest(route, job, enough)


def board_of(one: Instance) -> Board:
    """An instance as a board in tenths of its units."""
    travel = type("_Here", (_Plane,), {"rows_of": one.tenths})()
    end = 10.0 * one.customers[0][4]
    names = [f"V{number}" for number in range(one.vehicles)]
    people = [
        Person(id=name, skills=frozenset(), at=(0.0, 0.0), begins=0.0, ends=end) for name in names
    ]
    jobs = [
        _job(f"C{place}", place, 10 * took, 10 * ready, 10 * (due + took), None)
        for place, (_x, _y, _load, ready, due, took) in enumerate(one.customers)
        if place
    ]
    jobs += [_job(f"home of {name}", 0, 0, end, end, name) for name in names]
    return Board(people=tuple(people), jobs=tuple(jobs), travel=travel, overload_share=2.0)


def _job(name: str, place: int, took: float, ready: float, due: float, only: str | None) -> Job:
    return Job(
        id=name,
        skill=None,
        at=(float(place), 0.0),
        duration=took,
        ready=ready,
        due=due,
        weight=DEAR,
        not_served=DEAR,
        locked_to=only,
    )


def length(one: Instance, routes: Sequence[Sequence[int]]) -> float:
    """The distance of a plan by customers' numbers; AssertionError where it breaks a rule."""
    assert sorted(place for route in routes for place in route) == list(
        range(1, len(one.customers))
    )
    assert len(routes) <= one.vehicles
    tenths = 0
    for route in routes:
        assert sum(one.customers[place][2] for place in route) <= one.capacity
        now, here = 0, 0
        for place in (*route, 0):
            _x, _y, _load, ready, due, took = one.customers[place]
            leg = one.tenths[here][place]
            tenths += leg
            now = max(now + leg, 10 * ready)
            assert now <= 10 * due
            now, here = now + 10 * took, place
    return tenths / 10


def solved(one: Instance, seconds: float) -> float:
    """The distance of our plan after so many seconds of processor."""
    board = board_of(one)
    begun = process_time()
    with at_full_speed():
        search = Search(board, kernel=_Laden(board, one))
        for _better in search.run(lambda: (process_time() - begun) / seconds):
            pass
    served = len(one.customers) - 1
    routes = [[job + 1 for job in route.stops if job < served] for route in search.best.routes]
    return length(one, [route for route in routes if route])


def solomon_rows() -> Iterator[Row]:
    """How much longer our plans are than the best known; one that breaks a rule ends the run."""
    gaps = []
    for file in sorted(FOLDER.glob("*.sol")):
        one = read(file.stem)
        ours = solved(one, SECONDS)
        gaps.append(100 * (ours / one.known - 1))
        yield Row(
            measure=f"{file.stem}, {SECONDS:g} s, feasible: distance",
            ours=ours,
            unit="",
            peer=one.known,
            peer_name="best known",
        )
    yield Row(measure="Solomon: longer than the best known, median", ours=middle(gaps), unit="%")
