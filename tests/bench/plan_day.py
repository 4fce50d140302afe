"""A plan made anew two hours into the day: warm, with a price for each order that changes hands."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from time import process_time
from typing import TYPE_CHECKING, Final

from console.commands_plan import at_full_speed
from console.intake.board_file import board_of
from store.domain.dispatch.search import Search
from store.domain.dispatch.told import objective, stops_of
from tests.bench.figures import Row, middle
from tests.bench.plan_boards import a_board

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.domain.dispatch.board import Board, Job, Person

NOW: Final = 120.0
PRICE: Final = 5.0
SECONDS: Final = 2.0
BOARDS: Final = 5
OUT, NEW = 3, 12
"""Technicians who drop out, and orders that come in."""

Held = dict[int, tuple[int, ...]]


def day_rows() -> Iterator[Row]:
    """How many orders change hands, and what that is worth."""
    shares, costs = [], []
    for seed in range(BOARDS):
        board, held = _two_hours_later(seed)
        warm_moved, warm = _again(replace(board, change_price=PRICE), held, warm=True)
        cold_moved, cold = _again(board, held, warm=False)
        shares.append(warm_moved / cold_moved)
        costs.append(100 * (warm / cold - 1))
    of = f"made anew two hours into the day, {BOARDS} boards, median: "
    yield Row(
        measure=of + "orders that change hands, warm as a part of cold",
        ours=middle(shares),
        unit="×",
        most=1 / 3,
    )
    yield Row(measure=of + "warm costs more than cold by", ours=middle(costs), unit="%", most=2)


def _two_hours_later(seed: int) -> tuple[Board, Held]:
    """What is still to be done, from where and by whom; and how it was planned."""
    before = board_of(a_board(seed))
    search = _searched(before, 1.0)
    dice, crew = Random(seed), len(before.people)
    gone = set(dice.sample(range(crew), OUT))
    people: list[Person] = []
    jobs: list[Job] = []
    planned: list[tuple[int, ...]] = []
    for route in search.best.routes:
        person, todo = before.people[route.person], []
        at, free = person.at, max(NOW, person.begins)
        for stop in stops_of(route):
            job = before.jobs[stop.job]
            if stop.start <= NOW:
                at, free = job.at, max(free, stop.end)
            else:
                todo.append(len(jobs))
                holder = None if route.person in gone else person.id
                jobs.append(replace(job, held_by=holder))
        if route.person not in gone:
            people.append(replace(person, at=at, begins=min(free, person.ends)))
            planned.append(tuple(todo))
    jobs += [before.jobs[job] for job in search.best.unserved]
    later = board_of(a_board(seed + 1000, orders=NEW))
    jobs += [
        replace(job, id=f"new {job.id}", due=job.due + NOW, ready=max(NOW, job.ready))
        for job in later.jobs
        if any(job.skill in person.skills for person in people)
    ]
    return replace(before, people=tuple(people), jobs=tuple(jobs)), dict(enumerate(planned))


def _again(board: Board, held: Held, *, warm: bool) -> tuple[int, float]:
    """Orders that change hands, and the cost without their price."""
    search = _searched(board, SECONDS, held if warm else {})
    holders = {job: person for person, stops in held.items() for job in stops}
    moved = sum(
        holders.get(job, route.person) != route.person
        for route in search.best.routes
        for job in route.stops
    )
    cost = objective(search.kernel, search.best)
    return moved, cost.total - cost.change


def _searched(board: Board, seconds: float, held: Held | None = None) -> Search:
    begun = process_time()
    with at_full_speed():
        search = Search(board, held=held)
        for _better in search.run(lambda: (process_time() - begun) / seconds):
            pass
    return search
