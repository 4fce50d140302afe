"""The days of everybody among whom some are found to go together, as they stand and repaired.

Both count: what is sent may be done with the repair or without it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from math import ceil, inf
from typing import TYPE_CHECKING, Final, NamedTuple

from store.domain.dispatch.fits import cheapest
from store.domain.dispatch.in_parts import as_laid, with_it
from store.domain.dispatch.laid import lay
from store.domain.dispatch.present import at_start, urgency
from store.domain.dispatch.ways import ways_of
from store.domain.dispatch.weigh import ends_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from store.domain.dispatch.crew import Stop, Worker
    from store.domain.dispatch.laid import Laid
    from store.domain.dispatch.present import Joint, Sent
    from store.domain.dispatch.route import Route
    from store.domain.dispatch.turns import TurnsKernel

_STARTS, _MORE_STARTS = 120, 360
"""Starts that are looked at, the earliest first; and where none of those will do."""
SAME: Final = 1e-6
"""Minutes between two starts that are the same."""


class _Day(NamedTuple):
    """Somebody with what he has, and how that lies over his time."""

    worker: Worker
    laid: Sequence[Laid]


class How(NamedTuple):
    """How closely it is looked for a start."""

    spare: float
    """Minutes that everybody has in hand before it."""
    every_day: bool = False
    """Whether also when somebody is free on the board as it stands counts, not only on the repaired
    one.
    """


class Days:
    """Everybody's day, as it stands and as it is repaired; asked about one order at a time."""

    def __init__(self, kernel: TurnsKernel, repaired: Sequence[Route]) -> None:
        self._kernel = kernel
        self._present = kernel.present
        self._ways = ways_of(kernel.present.travel)
        self._days: dict[int, tuple[_Day, ...]] = {}
        for now, then in zip(kernel.now, repaired, strict=True):
            some = [self._day(now.person, now.stops)]
            if then.stops != now.stops:
                some.append(self._day(now.person, then.stops))
            self._days[kernel.workers[now.person].id] = tuple(some)
        self._urgent = {kernel.stops[job].number for job in kernel.urgent}
        self._known: dict[tuple[int, float], float] = {}
        """What it costs that somebody begins the order that is asked about, by who and when."""

    def __contains__(self, who: int) -> bool:
        """Whether somebody is there at all."""
        return who in self._days

    def ask_anew(self) -> None:
        """Another order is asked about from now on."""
        self._known.clear()

    def _day(self, person: int, jobs: Iterable[int]) -> _Day:
        kernel = self._kernel
        worker = kernel.workers[person]
        stops = [*worker.stops, *(self._stop(person, job) for job in jobs)]
        return self._laid(replace(worker, stops=tuple(sorted(stops, key=urgency))))

    def _stop(self, person: int, job: int) -> Stop:
        """A task as it is for one of them: the start that another was given is not his."""
        kernel, stop = self._kernel, self._kernel.stops[job]
        until = kernel.until[job].get(person, inf)
        if job in kernel.placed and kernel.holder[job] != person:
            ready = max(0.0, stop.appointed or 0.0)
            return replace(stop, planned=stop.appointed, ready=ready, until=until)
        return replace(stop, until=until)

    def _laid(self, worker: Worker) -> _Day:
        return _Day(worker, lay(worker, self._ways))

    def put(self, joint: Joint, sent: Sent) -> None:
        """From now on they have it."""
        for who in {*sent.had, *sent.have} & self._days.keys():
            days = [_without(day.worker, sent.number) for day in self._days[who]]
            if who in sent.have:
                days = [with_it(day, at_start(joint, who, sent.start)) for day in days]
            self._days[who] = tuple(map(self._laid, days))

    def lets(self, joint: Joint, who: int) -> bool:
        """Whether nothing else of somebody is done later without it."""
        number = joint.stop.number
        for day in self._days.get(who, ()):
            before = ends_of(day.laid)
            after = ends_of(lay(_without(day.worker, number), self._ways))
            if any(end > before[other][1] for other, (_stop, end) in after.items()):
                return False
        return True

    def alone(self, joint: Joint, who: int, until: float) -> float:
        """What it costs that somebody goes, were no other needed; `inf` where a span of his has no
        room for it.
        """
        prices, day = self._present.prices, self._days[who][-1]
        stop = replace(joint.stop, planned=None, ready=opens(joint))
        around = self._ways.around(stop.at, stop.site)
        return min(
            (
                cheapest(
                    one,
                    stop,
                    around,
                    ends=min(one.ends, until),
                    room=prices.overload_share * max(0.0, one.ends - one.begins) - one.load,
                    waiting=prices.waiting,
                )[0]
                for one in day.laid
            ),
            default=inf,
        )

    def starts(self, joint: Joint, people: Iterable[int], how: How) -> Iterator[float]:
        """When one of them is free and there, each time he is, in whole minutes."""
        stop, past, sooner = joint.stop, self._present.past, opens(joint)
        there = self._ways.number(stop.at, stop.site)
        found = set()
        for who in people:
            for one in self._spans(joint, who, how):
                for at in range(one.locked, len(one.places)):
                    free = one.dones[at] + self._ways.between(one.places[at], there)
                    start = ceil(max(free + how.spare, sooner) + past - SAME) - past
                    if start + stop.takes <= one.ends:
                        found.add(start)
        return islice(iter(sorted(found)), _MORE_STARTS if how.every_day else _STARTS)

    def _spans(self, joint: Joint, who: int, how: How) -> Iterator[Laid]:
        """Somebody's time as it is without the order."""
        for day in self._days[who][0 if how.every_day else -1 :]:
            if who in joint.has:
                yield from lay(_without(day.worker, joint.stop.number), self._ways)
            else:
                yield from day.laid

    def cost(self, joint: Joint, who: int, start: float) -> float:
        """What it adds to somebody's day that he begins it then; reckoned once."""
        known = self._known.get((who, start))
        if known is None:
            known = self._known[who, start] = self._reckoned(joint, who, start)
        return known

    def _reckoned(self, joint: Joint, who: int, start: float) -> float:
        """What it adds to somebody's day that he begins it then; `inf` where something gives way.

        What counts is his repaired day, but it must not give way as the board stands, either.
        """
        stop, cost = at_start(joint, who, start), inf
        spans = self._days[who][0].worker.spans
        if not any(begins <= start and start + stop.takes <= ends for begins, ends in spans):
            return inf
        for day in self._days[who]:
            worker = _without(day.worker, stop.number)
            after = lay(with_it(worker, stop), self._ways)
            prices = self._present.prices
            one = as_laid(worker.stops, stop, day.laid, after, prices, until=stop.until)
            if one is None or one.parts > 1 or abs(one.placed.start - start) > SAME:
                return inf
            firm = who in self._present.upset
            late = (slip for slip in one.placed.slips if slip.late > 0 >= slip.late_before)
            if any(firm or slip.number in self._urgent for slip in late):
                return inf
            cost = one.cost
        return cost


def opens(joint: Joint) -> float:
    """From when the customer lets them in."""
    return max(0.0, joint.stop.appointed or 0.0)


def _without(worker: Worker, number: int) -> Worker:
    return replace(worker, stops=tuple(stop for stop in worker.stops if stop.number != number))
