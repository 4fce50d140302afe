"""Where work fits that is longer than any span of somebody's time: in parts, one after another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from store.domain.dispatch.fits import Placed, Slip
from store.domain.dispatch.laid import Long, lay
from store.domain.dispatch.present import urgency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.domain.dispatch.crew import Prices, Stop, Worker
    from store.domain.dispatch.laid import Laid
    from store.domain.dispatch.ways import Ways


class InParts(NamedTuple):
    """Work among somebody's stops; long work begins after what he has, and goes on later."""

    placed: Placed
    parts: int
    later: bool
    """Whether it is begun only in a span that has not begun."""

    @property
    def cost(self) -> float:
        """What it adds, without what is the same wherever it comes."""
        placed = self.placed
        waits = placed.waiting + placed.others_wait
        costs = placed.lateness, placed.knock_on, waits, placed.travel, placed.overload
        return sum(costs)


class _Done(NamedTuple):
    starts: float
    ends: float
    fits: bool


def in_parts(
    worker: Worker, stop: Stop, ways: Ways, before: Sequence[Laid], prices: Prices, *, until: float
) -> InParts | None:
    """None where it is no longer than a span, is not over by then, or something else gives way.

    It gives way where it was done within his time and no more is, or was to stay at its time.
    """
    if not Long(worker.spans).part(stop.takes, stop.takes):
        return None
    after = lay(behind(worker, stop), ways)
    return as_laid(worker.stops, stop, before, after, prices, until=until)


def behind(worker: Worker, stop: Stop) -> Worker:
    """Somebody with one more stop, after all that he has."""
    return replace(worker, stops=(*worker.stops, stop))


def with_it(worker: Worker, stop: Stop) -> Worker:
    """Somebody with one more stop, in its turn among those that he has."""
    key, stops = urgency(stop), worker.stops
    at = next((at for at, one in enumerate(stops) if urgency(one) > key), len(stops))
    return replace(worker, stops=(*stops[:at], stop, *stops[at:]))


def as_laid(
    stops: Sequence[Stop],
    stop: Stop,
    before: Sequence[Laid],
    after: Sequence[Laid],
    prices: Prices,
    *,
    until: float,
) -> InParts | None:
    """What one more stop comes to where a day is laid with it; None if something gives way."""
    stands = ((one, at, its.number) for one in after for at, its in enumerate(one.stops))
    mine = [(one, at) for one, at, number in stands if number == stop.number]
    (first, begun), (last, ended) = mine[0], mine[-1]
    start, end = first.starts[begun], last.dones[ended + 1]
    if end > min(last.ends, until):
        return None
    was, now = _done(before), _done(after)
    if any(_gives_way(one, was[one.number], now[one.number]) for one in stops):
        return None
    slips, knock_on, waits = list[Slip](), 0.0, 0.0
    for one in stops:
        earlier, then = was[one.number].ends, now[one.number].ends
        late_before, late = max(0.0, earlier - one.due), max(0.0, then - one.due)
        knock_on += one.weight * (late - late_before)
        waits += one.weight * (then - earlier)
        if then > earlier:
            more = then - earlier
            slips.append(Slip(number=one.number, later=more, late_before=late_before, late=late))
    placed = Placed(
        after=first.stops[begun - 1].number if begun else None,
        arrive=first.dones[begun] + first.hops[begun],
        start=start,
        end=end,
        lateness=stop.weight * max(0.0, end - stop.due),
        knock_on=knock_on,
        waiting=prices.waiting * stop.weight * (start - stop.ready),
        others_wait=prices.waiting * waits,
        travel=float(sum(one.travel for one in after) - sum(one.travel for one in before)),
        overload=_overload(after, prices) - _overload(before, prices),
        slips=tuple(slips),
    )
    return InParts(placed, len(mine), first.begins > 0)


def _done(laid: Sequence[Laid]) -> dict[int, _Done]:
    """From its first part to its last, and whether that is over within a span."""
    found: dict[int, _Done] = {}
    for one in laid:
        for at, stop in enumerate(one.stops):
            start, end = one.starts[at], one.dones[at + 1]
            begun = found.get(stop.number)
            found[stop.number] = _Done(begun.starts if begun else start, end, end <= one.ends)
    return found


def _gives_way(stop: Stop, was: _Done, now: _Done) -> bool:
    if (was.fits and not now.fits) or was.ends <= stop.until < now.ends:
        return True
    return stop.locked and stop.planned is not None and now.starts > was.starts


def _overload(laid: Sequence[Laid], prices: Prices) -> float:
    share = prices.overload_share
    return sum(max(0.0, one.load - share * max(0.0, one.ends - one.begins)) for one in laid)
