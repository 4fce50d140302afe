"""Who should go, by trying everybody in every place; shares no code with what recommends."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import acos, cos, inf, radians, sin
from typing import TYPE_CHECKING

from tests.domain.dispatch_judge import minutes

if TYPE_CHECKING:
    from store.domain.dispatch.crew import Stop, Worker
    from store.domain.dispatch.travel_table import TravelTable
    from store.domain.distance import Position

Spot = tuple["Position | None", "int | None"]
"""Where, and which site that is."""

TRAVEL = {"speed_kmh": 24, "road_factor": 1.35, "fixed_min": 3}


@dataclass
class Told:
    """A desk's own travel times: minutes by pairs of sites, and where sites lie."""

    minutes: dict[tuple[int, int], int] = field(default_factory=dict)
    places: dict[int, Position] = field(default_factory=dict)
    sites: set[int] = field(default_factory=set)

    def site(self, spot: Spot) -> int | None:
        """The site of a spot, or the nearest one within two hundred metres of it."""
        place, site = spot
        if site is not None:
            return site if site in self.sites else None
        if place is None:
            return None
        near = sorted((metres(place, self.places[one]), one) for one in self.sites & {*self.places})
        return near[0][1] if near and near[0][0] <= 200 else None


def told_by(table: TravelTable | None) -> Told:
    """What a table says, as plain pairs."""
    if table is None:
        return Told()
    pairs = {(one, to): took for one, row in table.rows.items() for to, took in row.items()}
    sites = {site for pair in pairs for site in pair} | set(table.rows)
    return Told(pairs, dict(table.places), sites)


def metres(one: Position, other: Position) -> float:
    """Over the earth, by the angle at its middle."""
    (lat, long), (lat2, long2) = (map(radians, place) for place in (one, other))
    angle = sin(lat) * sin(lat2) + cos(lat) * cos(lat2) * cos(long2 - long)
    return 6371008.8 * acos(max(-1.0, min(1.0, angle)))


@dataclass
class Day:
    """One span of somebody's time, and the orders in it."""

    begins: float
    ends: float
    home: Spot
    stops: list[Stop]
    told: Told


@dataclass
class Judged:
    """One place for the order: what it costs, part by part, and what it does to the others."""

    total: float
    parts: tuple[float, ...]
    end: float
    slips: dict[int, float]
    shifts: int = 1
    where: tuple[int, int] = (0, 0)
    """In which span, before which stop of it."""


def hop(one: Spot, other: Spot, told: Told) -> int:
    """Minutes from place to place; half an hour where one is not known."""
    here, there = told.site(one), told.site(other)
    if (here, there) in told.minutes:
        assert here is not None
        assert there is not None
        return told.minutes[here, there]
    if one[0] is None or other[0] is None:
        return 0 if here is not None and here == there else 30
    return minutes(TRAVEL, list(one[0]), list(other[0]))


def walked(day: Day, stops: list[Stop]) -> tuple[list[float], float]:
    """When each stop is done, and the minutes of travel."""
    now, place, ends, travel = day.begins, day.home, [], 0.0
    for stop in stops:
        leg = hop(place, (stop.at, stop.site), day.told)
        now, place = max(now + leg, stop.ready) + stop.takes, (stop.at, stop.site)
        travel += leg
        ends.append(now)
    return ends, travel


def days(worker: Worker, told: Told | None = None) -> list[Day]:
    """His spans after rest, and the orders as they fit in."""
    where, base = (worker.at, worker.site), (worker.base, worker.base_site)
    found: list[Day] = []
    left, last_work = list(worker.stops), worker.worked_until
    lengths = [ends - begins for begins, ends in worker.spans]
    longest, whole = max(lengths, default=inf), sum(lengths)
    begun: list[Stop] = []
    woken, busy = -inf, (-inf, where)
    for turn, span in enumerate(worker.spans):
        begins, ends = span
        earlier = worker.spans[turn - 1][1] if turn else -inf
        home = base if turn else where
        if begins - earlier > 240:
            woken = -inf if last_work is None else last_work + worker.rest
            busy = (-inf, home)
        begins = max(begins, woken)
        if busy[0] > begins:
            begins, home = busy
        if turn + 1 < len(worker.spans) and worker.spans[turn + 1][0] - ends > 240:
            ends = min(ends, worker.spans[turn + 1][0] - worker.rest)
        day = Day(begins, ends, home, [], told or Told())
        rests, later = _filled(day, left, longest, whole, last=turn + 1 == len(worker.spans))
        left = [*rests, *(stop for stop in (*begun, *worker.stops) if stop in later)]
        begun = [*rests, *(stop for stop in begun if stop in later)]
        if day.stops:
            last_work = walked(day, day.stops)[0][-1]
            busy = last_work, _spot(day.stops[-1])
        found.append(day)
    return found


def _filled(
    day: Day, left: list[Stop], longest: float, whole: float, *, last: bool
) -> tuple[list[Stop], list[Stop]]:
    """What is left of work that is too long for any of his spans, and what comes later."""
    rests: list[Stop] = []
    later: list[Stop] = []
    while left:
        stop = coming(day, left, last=last)
        left.remove(stop)
        done = walked(day, [*day.stops, stop])[0][-1]
        room = int(day.ends - (done - stop.takes))
        if done <= day.ends or last:
            day.stops.append(stop)
        elif room >= 30 and longest < stop.takes <= whole:
            day.stops.append(replace(stop, takes=room, due=inf))
            rest = replace(stop, takes=stop.takes - room, under_way=False, planned=None)
            rests.insert(0, rest)
        elif stop.under_way:
            day.stops.append(stop)
        else:
            later.append(stop)
    return rests, later


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
    late = done + hop(_spot(plain[0]), _spot(first), day.told) - first.planned
    only_reckoned = first.ready < first.planned
    return plain[0] if late <= (plain[0].takes / 2 if only_reckoned else 0) else first


def _spot(stop: Stop) -> Spot:
    return stop.at, stop.site


def load(day: Day) -> float:
    """Minutes of work and travel."""
    return walked(day, day.stops)[1] + sum(stop.takes for stop in day.stops)
