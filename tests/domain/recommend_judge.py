"""Who should go, by trying everybody in every place; shares no code with what recommends."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import acos, cos, inf, radians, sin
from typing import TYPE_CHECKING

from tests.domain.dispatch_judge import minutes

if TYPE_CHECKING:
    from store.domain.dispatch.crew import Prices, Stop, Wanted, Worker
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
    return (
        plain[0] if done + hop(_spot(plain[0]), _spot(first), day.told) <= first.planned else first
    )


def _spot(stop: Stop) -> Spot:
    return stop.at, stop.site


def load(day: Day) -> float:
    """Minutes of work and travel."""
    return walked(day, day.stops)[1] + sum(stop.takes for stop in day.stops)


def may(worker: Worker, wanted: Wanted) -> bool:
    """Whether no rule keeps him from it whatever he has to do."""
    locked_out = wanted.locked_to and worker.id not in wanted.locked_to
    if locked_out or any(thing not in worker.carries for thing in wanted.needs):
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
    workers: list[Worker], wanted: Wanted, prices: Prices, told: Told | None = None
) -> list[tuple[float, int, Judged]]:
    """Everybody who may go at the least it costs, cheapest first."""
    loads = [sum(map(load, days(one, told))) for one in workers if _allowed(one, wanted)]
    mean = sum(loads) / len(loads) if loads else 0.0
    found = []
    for worker in workers:
        tried = _tried(worker, wanted, prices, mean, told) if may(worker, wanted) else []
        if tried:
            best = min(tried, key=lambda one: one.total)
            found.append((round(best.total, 6), worker.id, best))
    return sorted(found, key=lambda one: one[:2])


def _allowed(worker: Worker, wanted: Wanted) -> bool:
    paper = worker.papers.get(wanted.paper) if wanted.paper else None
    return may(worker, wanted) and (paper is None or paper > 0)


def _tried(
    worker: Worker, wanted: Wanted, prices: Prices, mean: float, told: Told | None
) -> list[Judged]:
    his, stop = days(worker, told), wanted.stop
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
    return found or _in_parts(worker, wanted, prices, lasting, told)


def _in_parts(
    worker: Worker, wanted: Wanted, prices: Prices, lasting: tuple[float, ...], told: Told | None
) -> list[Judged]:
    """What is longer than any of his spans comes after all he has, and goes on in the next."""
    stop, his = wanted.stop, days(worker, told)
    lengths = [ends - begins for begins, ends in worker.spans]
    if not max(lengths) < stop.takes <= sum(lengths):
        return []
    then = days(replace(worker, stops=(*worker.stops, stop)), told)
    before, after = _times(his), _times(then)
    own = after.pop(stop.number)
    paper = worker.papers.get(wanted.paper) if wanted.paper else None
    if own[-1][2] or (paper is not None and own[-1][1] > paper):
        return []
    late = late_before = waits = 0.0
    for one in worker.stops:
        was, now = before[one.number][-1], after[one.number][-1]
        later = after[one.number][0][0] > before[one.number][0][0]
        if (now[2] and not was[2]) or (one.locked and one.planned is not None and later):
            return []
        late += one.weight * max(0.0, now[1] - one.due)
        late_before += one.weight * max(0.0, was[1] - one.due)
        waits += one.weight * (now[1] - was[1])
    parts = (
        stop.weight * max(0.0, own[-1][1] - stop.due),
        late - late_before,
        prices.waiting * (waits + stop.weight * (own[0][0] - stop.ready)),
        sum(walked(day, day.stops)[1] for day in then)
        - sum(walked(day, day.stops)[1] for day in his),
        sum(_above(day, prices) for day in then) - sum(_above(day, prices) for day in his),
        *lasting,
    )
    gaps = {number: after[number][-1][1] - before[number][-1][1] for number in after}
    slips = {number: gap for number, gap in gaps.items() if gap > 0}
    return [Judged(sum(parts), parts, own[-1][1], slips, len(own))]


def _times(some: list[Day]) -> dict[int, list[tuple[float, float, bool]]]:
    """From when to when each order is worked at, span by span, and whether it runs over."""
    found: dict[int, list[tuple[float, float, bool]]] = {}
    for day in some:
        for stop, end in zip(day.stops, walked(day, day.stops)[0], strict=True):
            part = end - stop.takes, end, end > day.ends
            found.setdefault(stop.number, []).append(part)
    return found


def _above(day: Day, prices: Prices) -> float:
    return max(0.0, load(day) - prices.overload_share * max(0.0, day.ends - day.begins))
