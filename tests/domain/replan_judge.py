"""Whether a proposal keeps the rules, and what it comes to; shares no code with what proposes."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from tests.domain.places_judge import Visit, in_two_places
from tests.domain.recommend_judge import days, told_by, walked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.dispatch.crew import Stop, Worker
    from store.domain.dispatch.present import Present, Task

Ends = dict[int, tuple[float, bool]]
"""By order: when it is done, and whether that is within his time, and while his papers hold."""


def holders(present: Present, moves: Mapping[int, int]) -> dict[int, int | None]:
    """By order, who has it once it is moved."""
    found = {task.stop.number: task.holder for task in present.tasks}
    return {number: moves.get(number, holder) for number, holder in found.items()}


def laid(present: Present, worker: Worker, who: Mapping[int, int | None]) -> tuple[Ends, float]:
    """What a technician comes to when, in the order in which everybody does; minutes of travel."""
    mine = {task.stop.number: task for task in present.tasks if who[task.stop.number] == worker.id}
    his = (stop_of(present, task, worker) for task in mine.values())
    stops = sorted([*worker.stops, *his], key=_turn)
    ends: Ends = {}
    travel = 0.0
    for day in days(replace(worker, stops=tuple(stops)), told_by(present.travel.table)):
        done, way = walked(day, day.stops)
        travel += way
        for stop, end in zip(day.stops, done, strict=True):
            lasts = mine[stop.number].able.get(worker.id, inf) if stop.number in mine else inf
            ends[stop.number] = end, end <= min(day.ends, lasts) or stop.under_way
    return ends, travel


def moved(present: Present, task: Task, moves: Mapping[int, int]) -> Task:
    """As it is once it is moved: without the start that it was given, if it is."""
    holder = moves.get(task.stop.number, task.holder)
    workers = {one.id for one in present.workers}
    if task.stop.planned is None or holder == task.holder or task.holder not in workers:
        return replace(task, holder=holder)
    return replace(task, holder=holder, stop=replace(task.stop, planned=None, ready=0.0))


def stop_of(present: Present, task: Task, worker: Worker) -> Stop:
    """The start that an order was given is of the day of whoever has it, and of no other's."""
    others = {one.id for one in present.workers} - {worker.id}
    if task.stop.planned is None or task.holder not in others:
        return task.stop
    return replace(task.stop, planned=None, ready=0.0)


def _turn(stop: Stop) -> tuple[int, float, float, int]:
    return 0 if stop.under_way else 1, 0 - stop.weight, stop.due, stop.number


def torn(present: Present, turns: Mapping[int, Mapping[int, tuple[float, float]]]) -> list[str]:
    """Who is told to be in two places at once; by technician and order, from when to when.

    Work that goes on in a later span is not asked about: others may come in between.
    """
    stops = {task.stop.number: task.stop for task in present.tasks}
    stops |= {stop.number: stop for worker in present.workers for stop in worker.stops}
    said = []
    for worker in present.workers:
        visits = [
            Visit((stops[number].at, stops[number].site), start, end)
            for number, (start, end) in turns[worker.id].items()
            if end - start <= stops[number].takes + 1e-6
        ]
        wrong = in_two_places(worker, visits, told_by(present.travel.table))
        said += [f"{worker.id}: {one}" for one in wrong]
    return said


def broken(present: Present, moves: Mapping[int, int]) -> list[str]:
    """Every rule that moves would break."""
    tasks = {task.stop.number: task for task in present.tasks}
    workers = {worker.id: worker for worker in present.workers}
    said = [f"#{number} is no order that may move" for number in moves.keys() - tasks.keys()]
    now, then = holders(present, {}), holders(present, moves)
    for who, worker in workers.items():
        before, _ = laid(present, worker, now)
        after, _ = laid(present, worker, then)
        for number, task in tasks.items():
            if moves.get(number) == who and number in tasks:
                said += _of_one(task, who, after.get(number))
        for number in moves.keys() & before.keys() & tasks.keys():
            end, fits = before[number]
            needs = not fits or (who in present.upset and end > tasks[number].stop.due)
            if tasks[number].stop.planned is not None and moves[number] != who and not needs:
                said.append(f"#{number} was given a start that {who} keeps")
        stays = [one for one in before if before[one][1] and then.get(one, who) == who]
        said += [f"#{one} falls out of the day of {who}" for one in stays if not after[one][1]]
        timed = {stop.number for stop in worker.stops if stop.locked and stop.planned is not None}
        later = [one for one in timed.intersection(stays) if after[one][0] > before[one][0]]
        said += [f"#{one} is locked to its time and would be later" for one in later]
        lasts = {stop.number: stop.until for stop in worker.stops}
        held = [one for one in lasts.keys() & before.keys() if before[one][0] <= lasts[one]]
        late = [one for one in held if one in stays and after[one][0] > lasts[one]]
        said += [f"#{one} would be done after the papers of {who}" for one in late]
    said += _urgent(present, now, then)
    said += [f"{who} is not there" for who in moves.values() if who not in workers]
    return said


def _of_one(task: Task, who: int, end: tuple[float, bool] | None) -> list[str]:
    number = task.stop.number
    if who not in task.able:
        return [f"{who} may not go to #{number}"]
    if end is None or not end[1]:
        return [f"#{number} does not fit into the time of {who}"]
    return [f"the papers of {who} end before #{number}"] if end[0] > task.able[who] else []


def _urgent(
    present: Present, now: Mapping[int, int | None], then: Mapping[int, int | None]
) -> list[str]:
    """Orders of the first priority that were in time and would be late."""
    stops = [*(task.stop for task in present.tasks), *(s for w in present.workers for s in w.stops)]
    first = {stop.number: stop.due for stop in stops if stop.weight >= 20}
    before, after = (
        {
            number: end
            for worker in present.workers
            for number, end in laid(present, worker, who)[0].items()
        }
        for who in (now, then)
    )
    in_time = {
        n for n, due in first.items() if n in before and before[n][1] and before[n][0] <= due
    }
    return [f"#{n} would be late" for n in in_time if n in after and after[n][0] > first[n]]


def interrupted(present: Present, moves: Mapping[int, int]) -> list[int]:
    """Accepted orders that somebody loses who could do them, for nothing that is more urgent."""
    tasks = {task.stop.number: task for task in present.tasks}
    now = holders(present, {})
    found = []
    for worker in present.workers:
        ends, _travel = laid(present, worker, now)
        gained = [tasks[n].stop.weight for n, who in moves.items() if who == worker.id]
        for number in moves:
            task = tasks[number]
            if not task.accepted or task.holder != worker.id:
                continue
            end, fits = ends.get(number, (inf, False))
            helped = not fits or (worker.id in present.upset and end > task.stop.due)
            if not helped and not (gained and min(gained) > task.stop.weight):
                found.append(number)
    return found
