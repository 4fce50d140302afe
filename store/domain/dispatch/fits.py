"""Where one more order fits among somebody's stops, and what each place would cost.

`cheapest` looks at every place, and is quick; `parts` reckons one of them whole, with what becomes
of the other stops, and is what is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.domain.dispatch.crew import Stop
    from store.domain.dispatch.laid import Laid
    from store.domain.dispatch.ways import Around

_A_TRIFLE = 1e-6
"""Minutes; parts of minutes that are added up in another order come to no more."""

Fit = tuple[float, int, float]
"""What it adds to the cost, before which stop, and by how many minutes it fits nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A stop that is done later than without the order."""

    number: int
    later: float
    late_before: float
    """By how much it would have been late all the same."""
    late: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An order among somebody's stops."""

    after: int | None
    """The order that he does before it."""
    arrive: float
    start: float
    end: float
    lateness: float
    knock_on: float
    waiting: float
    """Until work on it begins."""
    others_wait: float
    """By how much longer the stops behind it do."""
    travel: float
    overload: float
    slips: tuple[Slip, ...]


# Each call a place would take as long as the reckoning itself: this is where the time goes.
def cheapest(  # noqa: C901, PLR0912
    laid: Laid, stop: Stop, ways: Around, *, ends: float, room: float, waiting: float
) -> Fit:
    """The cheapest place; `ends` is by when the order itself must be done.

    `room` is how many minutes of work and travel are left before they count as overload, `waiting`
    the price of a minute that an order waits.
    """
    places, dones, hops, starts = laid.places, laid.dones, laid.hops, laid.starts
    latest, slack, tails, stops = laid.latest, laid.slack, laid.tails, laid.stops
    takes, ready, due, weight = stop.takes, stop.ready, stop.due, stop.weight
    (to, on), count, over_now, waits = ways, len(stops), max(0.0, -room), waiting * weight
    best, where, short = inf, -1, inf
    for at in range(count, laid.locked - 1, -1):
        there = to[places[at]]
        end = dones[at] + there
        if end < ready:
            end = ready
        end += takes
        over = end - ends
        extra, delay = there, 0.0
        if at < count:
            after = places[at + 1]
            begin = end + on[after]
            extra += on[after] - hops[at]
            if begin < stops[at].ready:
                begin = stops[at].ready
            if begin - latest[at] > over:
                over = begin - latest[at]
            delay = begin - starts[at]
        if over > 0:
            if over < short:
                short = over
            continue
        cost = extra + max(0.0, takes + extra - room) - over_now + waits * (end - takes - ready)
        if end > due:
            cost += weight * (end - due)
        if cost > best and delay >= 0:
            continue
        if delay:
            if tails[at] < 0:
                cost += _knock_on(laid, at, delay, waiting)
            else:
                cost += waiting * delay * tails[at]
                if delay < 0 or delay > slack[at]:
                    cost += _knock_on(laid, at, delay, 0.0)
        if cost <= best:  # of equals the earliest
            best, where = cost, at
    return best, where, short if where < 0 else 0.0


def _knock_on(laid: Laid, at: int, delay: float, waiting: float) -> float:
    """What it costs that a stop, and those after it, begin so much later, at a price of waiting."""
    stops, dones, hops, starts = laid.stops, laid.dones, laid.hops, laid.starts
    cost = 0.0
    while True:
        stop, before = stops[at], dones[at + 1]
        late = max(0.0, before + delay - stop.due) - max(0.0, before - stop.due)
        cost += stop.weight * (late + waiting * delay)
        at += 1
        if at == len(stops):
            return cost
        delay = max(before + delay + hops[at], stops[at].ready) - starts[at]
        if delay == 0:
            return cost


def overrun(laid: Sequence[Laid], stop: Stop, ways: Around, until: float) -> tuple[float, bool]:
    """By how many minutes an order that fits in none of some spans does not, and whether rest is
    what it would take them from.

    Spans in which it lacks more than is known, however near it is, are not looked at.
    """
    to, takes, ready, best, busy = ways.to, stop.takes, stop.ready, (inf, -1), []
    for span, one in enumerate(laid):
        if one.stops:
            busy.append((takes - _gap(one), span))
            continue
        over = max(one.begins + to[one.places[0]], ready) + takes - min(one.ends, until)
        if over < best[0]:
            best = over, span
    for least, span in busy:
        if least <= best[0] + _A_TRIFLE:
            ends = min(laid[span].ends, until)
            found = cheapest(laid[span], stop, ways, ends=ends, room=inf, waiting=0.0)
            best = min(best, (found[2], span))
    return best[0], 0 < best[0] <= laid[best[1]].cut


def _gap(one: Laid) -> float:
    """No work that is longer fits among the stops of a span, however near it is."""
    dones, latest = one.dones, one.latest
    gaps = [latest[at] - dones[at] for at in range(one.locked, len(latest))]
    return min(one.ends - one.begins, max([one.ends - dones[-1], *gaps]))


def parts(laid: Laid, stop: Stop, ways: Around, at: int, *, room: float, waiting: float) -> Placed:
    """The order before one of the stops, and what becomes of those after it."""
    stops, places, dones = laid.stops, laid.places, laid.dones
    arrive = dones[at] + ways.to[places[at]]
    start = max(arrive, stop.ready)
    now = end = start + stop.takes
    extra: float = ways.to[places[at]]
    if at < len(stops):
        extra += ways.on[places[at + 1]] - laid.hops[at]
    slips, knock_on, waits = [], 0.0, 0.0
    for turn in range(at, len(stops)):
        other, was = stops[turn], dones[turn + 1]
        hop = ways.on[places[turn + 1]] if turn == at else laid.hops[turn]
        now = max(now + hop, other.ready) + other.takes
        late_before, late = max(0.0, was - other.due), max(0.0, now - other.due)
        knock_on += other.weight * (late - late_before)
        waits += other.weight * (now - was)
        if now > was:
            slips.append(
                Slip(number=other.number, later=now - was, late_before=late_before, late=late)
            )
    return Placed(
        after=stops[at - 1].number if at else None,
        arrive=arrive,
        start=start,
        end=end,
        lateness=stop.weight * max(0.0, end - stop.due),
        knock_on=knock_on,
        waiting=waiting * stop.weight * (start - stop.ready),
        others_wait=waiting * waits,
        travel=extra,
        overload=max(0.0, stop.takes + extra - room) - max(0.0, -room),
        slips=tuple(slips),
    )
