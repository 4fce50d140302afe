"""Who should go, by trying everybody in every place; shares no code with what recommends."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from tests.domain.dispatch_judge import minutes

if TYPE_CHECKING:
    from store.domain.dispatch.crew import Prices, Stop, Wanted, Worker
    from store.domain.distance import Position

TRAVEL = {"speed_kmh": 24, "road_factor": 1.35, "fixed_min": 3}


@dataclass
class Day:
    """One span of somebody's time, and the orders in it."""

    begins: float
    ends: float
    home: Position | None
    stops: list[Stop]


@dataclass
class Judged:
    """One place for the order: what it costs, part by part, and what it does to the others."""

    total: float
    parts: tuple[float, ...]
    end: float
    slips: dict[int, float]


def hop(one: Position | None, other: Position | None) -> int:
    """Minutes from place to place; half an hour where one is not known."""
    return 30 if one is None or other is None else minutes(TRAVEL, list(one), list(other))


def walked(day: Day, stops: list[Stop]) -> tuple[list[float], float]:
    """When each stop is done, and the minutes of travel."""
    now, place, ends, travel = day.begins, day.home, [], 0.0
    for stop in stops:
        leg = hop(place, stop.at)
        now, place = max(now + leg, stop.ready) + stop.takes, stop.at
        travel += leg
        ends.append(now)
    return ends, travel


def days(worker: Worker) -> list[Day]:
    """His spans after rest, and the orders as they fit in."""
    found: list[Day] = []
    left, last_work = list(worker.stops), worker.worked_until
    for turn, span in enumerate(worker.spans):
        begins, ends = span
        earlier = worker.spans[turn - 1][1] if turn else -inf
        if begins - earlier > 240 and last_work is not None:
            begins = max(begins, last_work + 480)
        if turn + 1 < len(worker.spans) and worker.spans[turn + 1][0] - ends > 240:
            ends = min(ends, worker.spans[turn + 1][0] - 480)
        day = Day(begins, ends, worker.base if turn else worker.at, [])
        last, later = turn + 1 == len(worker.spans), []
        while left:
            stop = coming(day, left, last=last)
            left.remove(stop)
            done = walked(day, [*day.stops, stop])[0][-1]
            if done <= ends or stop.under_way or last:
                day.stops.append(stop)
            else:
                later.append(stop)
        left = [stop for stop in worker.stops if stop in later]
        if day.stops:
            last_work = walked(day, day.stops)[0][-1]
        found.append(day)
    return found


def coming(day: Day, left: list[Stop], *, last: bool) -> Stop:
    """Which of those left he does next: what has a time at that time, others before if they fit."""
    timed = [stop for stop in left if stop.planned is not None and not stop.under_way]
    plain = [stop for stop in left if stop not in timed]
    if not timed or not plain or plain[0].under_way:
        return plain[0] if plain else min(timed, key=lambda one: (one.planned, one.number))
    first = min(timed, key=lambda one: (one.planned, one.number))
    done = walked(day, [*day.stops, plain[0]])[0][-1]
    if done > day.ends:
        return first if last else plain[0]
    assert first.planned is not None
    return plain[0] if done + hop(plain[0].at, first.at) <= first.planned else first


def load(day: Day) -> float:
    """Minutes of work and travel."""
    return walked(day, day.stops)[1] + sum(stop.takes for stop in day.stops)


def may(worker: Worker, wanted: Wanted) -> bool:
    """Whether no rule keeps him from it whatever he has to do."""
    if wanted.locked_to and worker.id not in wanted.locked_to:
        return False
    if worker.off or wanted.customer in worker.refused_by or not worker.spans:
        return False
    if wanted.skill is not None and worker.skills.get(wanted.skill, 0) < wanted.level:
        return False
    if wanted.paper and wanted.paper not in worker.papers:
        return False
    if not worker.regions or wanted.region is None:
        return True
    return wanted.region in worker.regions


def ranked(
    workers: list[Worker], wanted: Wanted, prices: Prices
) -> list[tuple[float, int, Judged]]:
    """Everybody who may go at the least it costs, cheapest first."""
    loads = [sum(map(load, days(one))) for one in workers if _allowed(one, wanted)]
    mean = sum(loads) / len(loads) if loads else 0.0
    found = []
    for worker in workers:
        tried = _tried(worker, wanted, prices, mean) if may(worker, wanted) else []
        if tried:
            best = min(tried, key=lambda one: one.total)
            found.append((round(best.total, 6), worker.id, best))
    return sorted(found, key=lambda one: one[:2])


def _allowed(worker: Worker, wanted: Wanted) -> bool:
    paper = worker.papers.get(wanted.paper) if wanted.paper else None
    return may(worker, wanted) and (paper is None or paper > 0)


def _tried(worker: Worker, wanted: Wanted, prices: Prices, mean: float) -> list[Judged]:
    his, stop = days(worker), wanted.stop
    paper = worker.papers.get(wanted.paper) if wanted.paper else None
    his_load = sum(map(load, his))
    lasting = (
        prices.territory
        if worker.home is not None and wanted.region is not None and worker.home != wanted.region
        else 0.0,
        prices.fairness * max(0.0, his_load - mean),
        -prices.usual * (wanted.usual == worker.id)
        - prices.asked_for * (wanted.customer in worker.asked_for_by),
    )
    found = []
    for day in his:
        before, travel = walked(day, day.stops)
        limit = prices.overload_share * max(0.0, day.ends - day.begins)
        for at in range(len(day.stops) + 1):
            if any(other.under_way for other in day.stops[at:]):
                continue
            stops = [*day.stops[:at], stop, *day.stops[at:]]
            after, longer = walked(day, stops)
            end = after.pop(at)
            if end > day.ends or (paper is not None and end > paper):
                continue
            if any(was <= day.ends < now for was, now in zip(before, after, strict=True)):
                continue
            if any(
                other.locked and other.planned is not None and now > was
                for other, was, now in zip(day.stops, before, after, strict=True)
            ):
                continue
            work = sum(one.takes for one in stops)
            parts = (
                stop.weight * max(0.0, end - stop.due),
                sum(
                    one.weight * (max(0.0, now - one.due) - max(0.0, was - one.due))
                    for one, was, now in zip(day.stops, before, after, strict=True)
                ),
                prices.waiting
                * (
                    stop.weight * (end - stop.takes - stop.ready)
                    + sum(
                        one.weight * (now - was)
                        for one, was, now in zip(day.stops, before, after, strict=True)
                    )
                ),
                longer - travel,
                max(0.0, work + longer - limit) - max(0.0, work - stop.takes + travel - limit),
                *lasting,
            )
            slips = {
                one.number: now - was
                for one, was, now in zip(day.stops, before, after, strict=True)
                if now > was
            }
            found.append(Judged(sum(parts), parts, end, slips))
    return found
