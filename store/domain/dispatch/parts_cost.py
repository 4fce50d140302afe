"""What it costs that somebody does work in parts, reckoned without laying out his days anew.

Of hundreds who may go only the cheapest few are told with all that becomes of their stops; of the
others it is enough whether they can, and at what cost. What comes after all that somebody has moves
only what he comes to later, which mostly is little.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf, isinf
from typing import TYPE_CHECKING, Final, NamedTuple

from store.domain.dispatch.laid import LEAST_PART, SAME_DAY, Laid, turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.domain.dispatch.crew import Stop, Worker
    from store.domain.dispatch.ways import Around, Ways

UNSURE: Final = -inf
"""Only when his days are laid out anew is it known."""
_HERE: Final = -2
"""The number of the place where the work itself is."""


class Asked(NamedTuple):
    """The work, with the ways to it and from it."""

    stop: Stop
    ways: Ways
    around: Around
    here: int
    """The number of the place where it is."""
    waiting: float
    """The price of a minute that an order waits."""


class Days(NamedTuple):
    """Somebody's time, and what he does in it."""

    worker: Worker
    laid: Sequence[Laid]
    rooms: Sequence[float]
    """By span, minutes of work and travel that are left before they count as overload."""
    until: float
    """By when the work must be done."""


def parts_cost(asked: Asked, days: Days) -> float:
    """What it adds, as `in_parts` has it; inf where it cannot be done so, or UNSURE.

    It must be longer than any of his spans.
    """
    stop, to, laid = asked.stop, asked.around.to, days.laid
    if stop.planned is not None or stop.under_way:
        return UNSURE
    for span, one in enumerate(laid):
        if one is laid[-1]:
            break  # it cannot end within the last of them
        at = one.others
        hop = to[one.places[at]]
        start = max(one.dones[at] + hop, stop.ready)
        if one.ends - start >= LEAST_PART:
            waits = asked.waiting * stop.weight * (start - stop.ready)
            return waits + _Onward(asked, days, span).cost(start, hop)
    return inf


def _over(more: float, room: float) -> float:
    """How much overload so many minutes more are."""
    return max(0.0, more - room) - max(0.0, -room)


_Was = tuple[float, float, bool, int, int, int]
"""A stop as it was without the work: when it began and ended, whether that was within a span; from
where he came, where it is, and how far that is.
"""


class _Onward:
    """From the span in which the work is begun to the last that is not as it was.

    It comes before all that is left for later spans, but for what has a planned time.
    """

    __slots__ = (
        "_asked", "_days", "_done", "_left", "_load", "_longest", "_now", "_place", "_rest",
        "_span", "_travel", "_was",
    )  # fmt: skip

    def __init__(self, asked: Asked, days: Days, span: int) -> None:
        self._asked = asked
        self._days = days
        self._span = span
        self._longest = max([ends - begins for begins, ends in days.worker.spans])
        self._rest = asked.stop.takes
        """Minutes of the work that are still to be done."""
        self._left: Sequence[Stop] = days.laid[span + 1].came
        """What others have of him that is not done so far."""
        self._now, self._place = 0.0, 0
        """When he is where, in the span that is looked at."""
        self._done = 0.0
        """When the last work so far is done."""
        self._travel, self._load = 0, 0.0
        """By how much those of the span change."""
        self._was: dict[int, _Was] = {}

    def cost(self, start: float, hop: int) -> float:
        """What all of it costs more, where work begins then, so far from what is done before."""
        span, laid = self._span, self._days.laid
        one, after = laid[span], laid[span].others
        self._put(start, float(int(one.ends - start)), hop)
        cost = 0.0
        if timed := one.timed:  # they come after it now
            gone = sum(one.hops[after:])
            self._travel -= gone
            self._load -= gone + sum([stop.takes for stop in one.stops[after:]])
            stayed = len(self._left) - len(timed) + len(one.stops) - after
            before = self._left[:stayed]
            cost = self._others(timed, one, None, last=False)
            if isinf(cost):
                return cost
            self._left = [*before, *self._left]
        cost += self._travel + _over(self._load, self._days.rooms[span])
        return cost + self._later()

    def _later(self) -> float:
        """What the spans after that one cost more."""
        laid, rooms, cost = self._days.laid, self._days.rooms, 0.0
        last = len(laid) - 1
        for span in range(self._span + 1, len(laid)):
            one = laid[span]
            if self._new_day(span):
                if not self._is_rested(span):
                    return UNSURE
            elif self._done > one.begins:
                return UNSURE
            if not self._rest and self._left == one.came:  # from here on all is as it was
                return cost if self._is_rested(span) else UNSURE
            self._now, self._place = one.begins, one.places[0]
            self._travel, self._load = -one.travel, -one.load
            dearer = self._filled(one, last=span == last)
            if isinf(dearer):
                return dearer
            cost += dearer + self._travel + _over(self._load, rooms[span])
        return cost

    def _new_day(self, span: int) -> bool:
        spans = self._days.worker.spans
        return spans[span][0] - spans[span - 1][1] > SAME_DAY

    def _is_rested(self, span: int) -> bool:
        """Whether the next working day begins when it did, though he works longer before it."""
        worker, laid = self._days.worker, self._days.laid
        while not self._new_day(span):
            span += 1
            if span == len(laid):
                return True
        opens = worker.spans[span][0]
        return laid[span].begins == opens and self._done + worker.rest <= opens

    def _filled(self, one: Laid, *, last: bool) -> float:
        """The rest of the work, then what others have of him: what is later costs."""
        left, ends = self._left, one.ends
        if not left:
            return self._mine(ends, last=last) if self._rest else 0.0
        timed = any(stop.planned is not None for stop in left)
        if timed and self._rest and (last or self._now + self._rest <= ends):
            mine = replace(self._asked.stop, takes=self._rest)
            return self._in_turn([mine, *left], one, last=last)  # what is timed may come before it
        cost = 0.0
        if self._rest:
            cost = self._mine(ends, last=last)
            if cost == inf or (self._place == _HERE and self._rest and self._short() >= 1):
                return cost  # no minute is left for others
        if timed:
            return cost + self._in_turn(left, one, last=last)
        return cost + self._others(left, one, None, last=last)

    def _in_turn(self, some: Sequence[Stop], one: Laid, *, last: bool) -> float:
        """Others, and perhaps the work, where some begin at a planned time."""
        filling = Laid(self._now, one.ends, self._here(), 0.0)
        order = turns(filling, some, self._asked.ways, all_of_them=last)
        return self._others(order, one, filling, last=last)

    def _here(self) -> int:
        return self._asked.here if self._place == _HERE else self._place

    def _short(self) -> float:
        """The shortest that others have of him."""
        return min([stop.takes for stop in self._left])

    def _mine(self, ends: float, *, last: bool) -> float:
        """As much of the rest as there is room for: what it costs that it is late."""
        stop, rest, hop = self._asked.stop, self._rest, self._asked.around.to[self._place]
        start = max(self._now + hop, stop.ready)
        if start + rest <= ends or last:
            self._put(start, rest, hop)
            end = self._now
            too_late = end > ends or end > self._days.until
            return inf if too_late else stop.weight * max(0.0, end - stop.due)
        if rest > self._longest and ends - start >= LEAST_PART:
            self._put(start, float(int(ends - start)), hop)
        return 0.0

    def _put(self, start: float, part: float, hop: int) -> None:
        """So much of the work then and there."""
        self._rest -= part
        self._done = self._now = start + part
        self._place = _HERE
        self._travel += hop
        self._load += hop + part

    def _others(
        self, order: Iterable[Stop], one: Laid, filling: Laid | None, *, last: bool
    ) -> float:
        """What others have of him as far as it is done in a span: what it costs that it is later.

        The work may be among them, where the `filling` says whose turn it is.
        """
        asked, ends = self._asked, one.ends
        left: list[Stop] = []
        cost = 0.0
        for other in order:
            if other.number == asked.stop.number:
                dearer = self._mine(ends, last=last)
            elif other.under_way or other.takes > self._longest:
                return UNSURE
            elif not last and max(self._now, other.ready) + other.takes > ends:
                left.append(other)
                continue
            else:
                dearer = self._other(other, ends, left, last=last)
            if dearer == inf:
                return inf
            cost += dearer
            if filling is not None:
                filling.dones[-1], filling.places[-1] = self._now, self._here()
        self._left = left
        return cost

    def _other(self, other: Stop, ends: float, left: list[Stop], *, last: bool) -> float:
        """One stop of another order: what it costs that it is later; inf where it gives way."""
        asked, place = self._asked, self._place
        began, ended, fitted, after, there, hop = self._before(other.number)
        if place == _HERE:
            hop = asked.around.on[there]
        elif place != after:
            hop = asked.ways.between(place, there)
        start = max(self._now + hop, other.ready)
        end = start + other.takes
        if end > ends:
            if not last:
                left.append(other)
                return 0.0
            if fitted:
                return inf
        moved = other.locked and other.planned is not None and start > began
        if moved or ended <= other.until < end:
            return inf
        self._now = self._done = end
        self._place = there
        self._travel += hop
        self._load += hop + other.takes
        late = max(0.0, end - other.due) - max(0.0, ended - other.due)
        return other.weight * (late + asked.waiting * (end - ended))

    def _before(self, number: int) -> _Was:
        if not self._was:
            for one in self._days.laid[self._span :]:
                for at, stop in enumerate(one.stops):
                    end, places = one.dones[at + 1], one.places
                    when = one.starts[at], end, end <= one.ends
                    self._was[stop.number] = (*when, places[at], places[at + 1], one.hops[at])
        return self._was[number]
