"""What somebody has to do, laid over the time that he is there: which order when, and what fits.

An order that cannot end within one span of his time goes to a later one; after the last span it
stays as it is, too late. One that is longer than any of his spans is begun in what is left of one,
and goes on in the next. Between two working days he rests. Within one, who still works at what is
under way when a span opens begins the rest of it when and where that ends.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.domain.dispatch.crew import Stop, Worker
    from store.domain.dispatch.ways import Ways

SAME_DAY: Final = 4 * 60.0
"""Spans not further apart than this are parts of one working day."""
LEAST_PART: Final = 30.0
"""Minutes; for less nobody begins work that he must leave at the end of the span."""


class Laid:
    """One span of somebody's time with its stops; immutable once it is made."""

    __slots__ = (
        "begins", "came", "cut", "dones", "ends", "hops", "last", "latest", "load", "locked",
        "others", "places", "slack", "starts", "stops", "tails", "timed", "travel",
    )  # fmt: skip

    def __init__(self, begins: float, ends: float, home: int, cut: float) -> None:
        self.begins = begins
        self.ends = ends
        """By when work must be done."""
        self.cut = cut
        """Minutes of the span that are lost to rest."""
        self.came: Sequence[Stop] = ()
        """What was not done before it."""
        self.others = 0
        """Stops that were done when only such were left as have a planned time."""
        self.timed: Sequence[Stop] = ()
        """Those that were left then."""
        self.stops: list[Stop] = []
        self.places = [home]
        """Where it begins, then where each stop is."""
        self.starts: list[float] = []
        self.dones = [begins]
        """When it begins, then when each stop is done."""
        self.hops: list[int] = []
        self.locked = 0
        """Stops under way: nothing comes before them."""
        self.travel = 0
        self.load = 0.0
        """Minutes of work and travel."""
        self.latest: list[float] = []
        """When work must begin at each stop so that those now done in time still are, and what
        is locked to a time begins no later than now; those done while his certificate holds, too.
        """
        self.slack: list[float] = []
        """By how much each stop may begin later at no cost of lateness."""
        self.tails: list[float] = []
        """What each stop and those after it weigh together; -1 where they do not move as one."""
        self.last = 0
        """Stops that are done within the span; those after it run over."""

    def add(self, stop: Stop, place: int, hop: int) -> None:
        """One more at the end."""
        start = self.dones[-1] + hop
        if start < stop.ready:
            start = stop.ready
        self.stops.append(stop)
        self.places.append(place)
        self.starts.append(start)
        self.dones.append(start + stop.takes)
        self.hops.append(hop)
        self.locked = len(self.stops) if stop.under_way else self.locked
        self.travel += hop
        self.load += hop + stop.takes

    # In one piece: it is done for thousands of stops at the press of a key.
    def close(self) -> Laid:  # noqa: C901
        """What each stop knows of those after it."""
        stops, starts, dones, hops = self.stops, self.starts, self.dones, self.hops
        count, ends = len(stops), self.ends
        if not count:
            return self
        last = self.last = sum([done <= ends for done in dones[1:]])
        latest, slack, tails = [inf] * count, [0.0] * count, [-1.0] * count
        by, spare, weight = inf, inf, 0.0
        for at in range(count - 1, -1, -1):
            stop, hop = stops[at], hops[at]
            if at == last - 1 and by > ends:
                by = ends
            if stop.until < by and dones[at + 1] <= stop.until:
                by = stop.until
            by -= stop.takes
            if stop.locked and stop.planned is not None:
                by = min(by, starts[at])
            latest[at] = by
            by -= hop
            early = stop.due - dones[at + 1]
            if early < spare:
                spare = early
            if spare < 0:
                spare = 0.0
            slack[at] = spare
            if weight < 0 or stop.ready > self.begins:
                weight = -1.0
            else:
                weight += stop.weight
            tails[at] = weight
            spare += starts[at] - dones[at] - hop
        self.latest, self.slack, self.tails = latest, slack, tails
        return self


def lay(worker: Worker, ways: Ways) -> tuple[Laid, ...]:
    """Each span of his time with what he comes to in it."""
    left: Sequence[Stop] = worker.stops
    home, laid = ways.number(worker.at, worker.site), list[Laid]()
    ended, rested, long = worker.worked_until, -inf, Long(worker.spans)
    spans = list(parted(worker.spans))
    for turn, (begins, ends, new_day) in enumerate(spans):
        if new_day and ended is not None:
            rested = ended + worker.rest
        free, until = max(begins, rested), ends
        if turn + 1 < len(spans) and spans[turn + 1][2]:
            until = min(ends, spans[turn + 1][0] - worker.rest)
        cut = free - begins + ends - until
        if not new_day and laid[-1].dones[-1] > free:  # he is still at work when it opens
            free, home = laid[-1].dones[-1], laid[-1].places[-1]
        one = Laid(free, until, home, cut)
        one.came = left
        left = _fill(one, left, ways, None if turn + 1 == len(spans) else long)
        home = ways.number(worker.base, worker.base_site)
        laid.append(one.close())
        ended = one.dones[-1] if one.stops else ended
    return tuple(laid)


def outlasting(days: Sequence[Laid]) -> set[int]:
    """Orders that are done only after the certificate has ended that he has for them."""
    return {
        stop.number
        for one in days
        for stop, done in zip(one.stops, one.dones[1:], strict=True)
        if done > stop.until
    }


def parted(spans: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float, bool]]:
    """Each with whether it begins another working day than the one before."""
    before = -inf
    for begins, ends in spans:
        yield begins, ends, begins - before > SAME_DAY
        before = ends


def longer_than(spans: Sequence[tuple[float, float]], takes: float) -> bool:
    """Whether work is longer than each of some spans, but not than all of them."""
    whole = 0.0
    for begins, ends in spans:
        length = ends - begins
        if takes <= length:
            return False
        whole += length
    return takes <= whole


class Long:
    """Which work is laid in parts: what is longer than each of some spans, but not than all."""

    __slots__ = ("_all", "_each")

    def __init__(self, spans: Sequence[tuple[float, float]]) -> None:
        self._each = max((ends - begins for begins, ends in spans), default=inf)
        self._all = sum(ends - begins for begins, ends in spans)

    def is_parted(self, takes: float) -> bool:
        """Whether work of this length is."""
        return self._each < takes <= self._all

    def part(self, takes: float, room: float) -> float:
        """Whole minutes of it that are done where there is so much room; 0 for none."""
        return float(int(room)) if room >= LEAST_PART and self.is_parted(takes) else 0.0


def _fill(one: Laid, stops: Sequence[Stop], ways: Ways, long: Long | None) -> list[Stop]:
    """Put those in that end within it, each in its turn; the others are left.

    Of one that is too long a part is put in; without `long`, in the last span, all are.
    """
    left: list[Stop] = []
    dones, ends = one.dones, one.ends
    for stop in turns(one, stops, ways, all_of_them=long is None):
        # Where even no way at all is too far, and nothing may be done in part, none is reckoned.
        if (
            long is not None
            and max(dones[-1], stop.ready) + stop.takes > ends
            and not stop.under_way
            and not long.is_parted(stop.takes)
        ):
            left.append(stop)
            continue
        place = ways.number(stop.at, stop.site)
        hop = ways.between(one.places[-1], place)
        start = max(one.dones[-1] + hop, stop.ready)
        if start + stop.takes <= one.ends or long is None:
            one.add(stop, place, hop)
        elif part := long.part(stop.takes, one.ends - start):
            one.add(replace(stop, takes=part, due=inf), place, hop)  # it is the end that is due
            left.insert(0, replace(stop, takes=stop.takes - part, under_way=False, planned=None))
        elif stop.under_way:
            one.add(stop, place, hop)
        else:
            left.append(stop)
    return left


def turns(one: Laid, stops: Sequence[Stop], ways: Ways, *, all_of_them: bool) -> Iterator[Stop]:
    """In the order given, but what begins at a planned time comes when that is reached.

    What has no such time goes before it as long as he is there in time all the same; before a start
    that was only reckoned, what is half done by then. It was reckoned right behind what he had, so
    that whoever sets out some minutes later would else wait for it, and do the rest after it.
    """
    timed = [stop for stop in stops if stop.planned is not None and not stop.under_way]
    if not timed:
        yield from stops
        one.others = len(one.stops)
        return
    timed.sort(key=_planned)
    for stop in stops:
        if stop.planned is not None and not stop.under_way:
            continue
        while timed and not stop.under_way:
            if _fits_before(one, stop, timed[0], ways, all_of_them=all_of_them):
                break
            yield timed.pop(0)
        yield stop
    one.others, one.timed = len(one.stops), tuple(timed)
    yield from timed


def _planned(stop: Stop) -> tuple[float, int]:
    return stop.planned or 0.0, stop.number


def _fits_before(one: Laid, stop: Stop, timed: Stop, ways: Ways, *, all_of_them: bool) -> bool:
    """Whether he can do one stop after those that stand, and be at the other when it is planned."""
    if max(one.dones[-1], stop.ready) + stop.takes > one.ends:  # however near it is
        return not all_of_them
    here, there = ways.number(stop.at, stop.site), ways.number(timed.at, timed.site)
    done = max(one.dones[-1] + ways.between(one.places[-1], here), stop.ready) + stop.takes
    if done > one.ends:  # it takes no time of this span, where there is another one for it
        return not all_of_them
    return done + ways.between(here, there) - spare(timed, stop.takes) <= (timed.planned or 0.0)


def spare(timed: Stop, takes: float) -> float:
    """By how much work may be done too late for a start, and still come before it."""
    return takes / 2 if timed.ready < (timed.planned or 0.0) else 0.0
