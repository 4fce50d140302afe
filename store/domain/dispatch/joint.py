"""Who goes to the orders that several do together, and when: all of them at one start.

They are chosen on the repaired board, the urgent first: the start and the people that cost least.
Nothing that somebody has falls out of his day for it, neither as the board stands nor as it is
repaired, so that they may be sent with or without the repair. What follows is planned around them.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, product
from math import ceil, inf
from typing import TYPE_CHECKING, Final, NamedTuple

from store.domain.dispatch.fits import cheapest
from store.domain.dispatch.in_parts import as_laid, with_it
from store.domain.dispatch.laid import lay
from store.domain.dispatch.present import Sent, at_start, urgency
from store.domain.dispatch.ways import ways_of
from store.domain.dispatch.weigh import ends_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from store.domain.dispatch.crew import Stop, Worker
    from store.domain.dispatch.laid import Laid
    from store.domain.dispatch.present import Joint
    from store.domain.dispatch.route import Route
    from store.domain.dispatch.turns import TurnsKernel

_ASKED: Final = 12
"""Those for whom it costs least by themselves are asked first; all only where none of them can."""
_STARTS: Final = 120
"""Starts that are looked at, the earliest first."""
_IN_HAND: Final = 10.0
"""Minutes that everybody has in hand before he must be there, where there are so many: who sets out
a little later than was reckoned would else have to leave undone what he has before it.
"""
_SAME: Final = 1e-6
"""Minutes between two starts that are the same."""


class _Day(NamedTuple):
    """Somebody with what he has, and how that lies over his time."""

    worker: Worker
    laid: Sequence[Laid]


class Pairing:
    """One board that is repaired, and who may be sent together beside that."""

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

    def sent(self, over: Callable[[], bool]) -> tuple[Sent, ...]:
        """All that lack somebody and can be helped, as far as there is time."""
        found = []
        for joint in sorted(self._present.joint, key=lambda one: urgency(one.stop)):
            if over():
                break
            if (one := self._best(joint)) is not None:
                found.append(one)
                self._put(joint, one)
        return tuple(found)

    # -- the days ----------------------------------------------------------------------------

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

    def _put(self, joint: Joint, sent: Sent) -> None:
        """From now on they have it."""
        for who in {*sent.had, *sent.have} & self._days.keys():
            days = [_without(day.worker, sent.number) for day in self._days[who]]
            if who in sent.have:
                days = [with_it(day, at_start(joint, who, sent.start)) for day in days]
            self._days[who] = tuple(map(self._laid, days))

    # -- one order ---------------------------------------------------------------------------

    def _best(self, joint: Joint) -> Sent | None:
        """Who goes when; None where it lacks nobody, or where nobody may be sent."""
        lost = {who for who in joint.has if self._needs(joint, who)}
        keep = [who for who in joint.has if who not in lost]
        wanted = joint.wants - len(keep)
        if wanted <= 0 or (joint.stays and lost) or not all(self._lets(joint, who) for who in lost):
            return None
        meant = _meant(joint) if keep else None
        if joint.stays and meant is None:
            return None  # what is locked to them is given no other start
        people = self._able(joint)
        groups = (people[:_ASKED], people) if len(people) > _ASKED else (people,)
        for some, spare in product(groups, (_IN_HAND, 0.0)):
            who = [*keep, *some]
            starts = (meant,) if meant is not None else self._starts(joint, who, spare)
            best: tuple[float, float, tuple[int, ...]] | None = None
            for at in starts:
                if best is not None and self._least(joint, at, wanted) >= best[0]:
                    break
                found = self._all_at(joint, at, keep, some, wanted)
                if found is not None and (best is None or found[0] < best[0]):
                    best = found[0], at, found[1]
            if best is not None:
                have = (*keep, *best[2])
                return Sent(number=joint.stop.number, start=best[1], had=joint.has, have=have)
        return None

    def _needs(self, joint: Joint, who: int) -> bool:
        """Whether somebody who has it comes to it never or, where his day is upset, too late."""
        kernel, person = self._kernel, self._kernel.places_of.get(who)
        if person is None:
            return True
        now, number = kernel.now[person], joint.stop.number
        job = next(job for job in kernel.fixed[person] if kernel.stops[job].number == number)
        return job in now.short or (who in self._present.upset and now.turns[job].late > 0)

    def _lets(self, joint: Joint, who: int) -> bool:
        """Whether nothing else of somebody is done later without it."""
        number = joint.stop.number
        for day in self._days.get(who, ()):
            before = ends_of(day.laid)
            after = ends_of(lay(_without(day.worker, number), self._ways))
            if any(end > before[other][1] for other, (_stop, end) in after.items()):
                return False
        return True

    def _able(self, joint: Joint) -> list[int]:
        """Who may go and has not got it, those first for whom it costs least by himself."""
        some = []
        for who, until in joint.able.items():
            if who in joint.has or who not in self._days:
                continue
            cost = self._alone(joint, who, until) + joint.own.get(who, 0.0)
            if cost < inf:
                some.append((cost, who))
        return [who for _cost, who in sorted(some)]

    def _alone(self, joint: Joint, who: int, until: float) -> float:
        prices, day = self._present.prices, self._days[who][-1]
        stop = replace(joint.stop, planned=None, ready=_opens(joint))
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

    def _starts(self, joint: Joint, people: Iterable[int], spare: float) -> Iterator[float]:
        """When one of them is free and there, each time he is, in whole minutes; then some more."""
        stop, past, opens = joint.stop, self._present.past, _opens(joint)
        there = self._ways.number(stop.at, stop.site)
        found = set()
        for who in people:
            for one in self._days[who][-1].laid:
                for at in range(one.locked, len(one.places)):
                    free = one.dones[at] + self._ways.between(one.places[at], there)
                    start = ceil(max(free + spare, opens) + past - _SAME) - past
                    if start + stop.takes <= one.ends:
                        found.add(start)
        return islice(iter(sorted(found)), _STARTS)

    def _least(self, joint: Joint, start: float, people: int) -> float:
        """What it costs at least that so many begin it then."""
        stop, waiting = joint.stop, self._present.prices.waiting
        late = max(0.0, start + stop.takes - stop.due)
        return people * stop.weight * (late + waiting * (start - _opens(joint)))

    def _all_at(
        self, joint: Joint, start: float, keep: Sequence[int], people: Iterable[int], wanted: int
    ) -> tuple[float, tuple[int, ...]] | None:
        """What it costs that all begin it then, and who goes beside those who have it."""
        costs = [self._cost(joint, who, start) for who in keep]
        if inf in costs:
            return None
        asked = ((self._cost(joint, who, start) + joint.own.get(who, 0.0), who) for who in people)
        some = sorted(asked)[:wanted]
        if len(some) < wanted or some[-1][0] == inf:
            return None
        return sum(costs) + sum(cost for cost, _who in some), tuple(who for _cost, who in some)

    def _cost(self, joint: Joint, who: int, start: float) -> float:
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
            if one is None or one.parts > 1 or abs(one.placed.start - start) > _SAME:
                return inf
            firm = who in self._present.upset
            late = (slip for slip in one.placed.slips if slip.late > 0 >= slip.late_before)
            if any(firm or slip.number in self._urgent for slip in late):
                return inf
            cost = one.cost
        return cost


def _meant(joint: Joint) -> float | None:
    """The start that it was given, where that is still to come; an appointment is none."""
    start = joint.stop.planned
    return None if start is None or start == joint.stop.appointed or start < 0 else start


def _opens(joint: Joint) -> float:
    """From when the customer lets them in."""
    return max(0.0, joint.stop.appointed or 0.0)


def _without(worker: Worker, number: int) -> Worker:
    return replace(worker, stops=tuple(stop for stop in worker.stops if stop.number != number))
