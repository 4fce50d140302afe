"""What somebody's day costs as it is laid, and what becomes of it when orders are put elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.dispatch.fits import Slip
from store.domain.dispatch.laid import Laid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.domain.dispatch.crew import Prices, Stop
    from store.domain.dispatch.ways import Ways


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCost:
    """Minutes, as a recommendation and a plan count them."""

    lateness: float
    """Each order's minutes of lateness times its weight."""
    travel: float
    overload: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.lateness + self.travel + self.overload

    def shared(self, speed: float) -> DayCost:
        """The same in the minutes of a desk that lives so many times faster."""
        return DayCost(
            lateness=self.lateness / speed,
            travel=self.travel / speed,
            overload=self.overload / speed,
        )


def cost_of(laid: Iterable[Laid], prices: Prices) -> DayCost:
    """What somebody's spans cost with all that lies in them."""
    late = travel = overload = 0.0
    for one in laid:
        for stop, done in zip(one.stops, one.dones[1:], strict=True):
            late += stop.weight * max(0.0, done - stop.due)
        travel += one.travel
        room = prices.overload_share * max(0.0, one.ends - one.begins)
        overload += max(0.0, one.load - room)
    return DayCost(lateness=late, travel=travel, overload=overload)


def slips_of(before: Iterable[Laid], after: Iterable[Laid], but: frozenset[int]) -> list[Slip]:
    """Orders that are done later than before, those that were moved left out, in their order."""
    was, found = ends_of(before), []
    for number, (stop, done) in ends_of(after).items():
        if number in but or number not in was or done <= was[number][1]:
            continue
        earlier = was[number][1]
        found.append(
            Slip(
                number=number,
                later=done - earlier,
                late_before=max(0.0, earlier - stop.due),
                late=max(0.0, done - stop.due),
            )
        )
    return found


def ends_of(laid: Iterable[Laid]) -> dict[int, tuple[Stop, float]]:
    """When each order is done."""
    return {
        stop.number: (stop, done)
        for one in laid
        for stop, done in zip(one.stops, one.dones[1:], strict=True)
    }


def starts_in(laid: Iterable[Laid]) -> dict[int, float]:
    """When each order is begun."""
    begun: dict[int, float] = {}
    for one in laid:
        for stop, start in zip(one.stops, one.starts, strict=True):
            begun.setdefault(stop.number, start)
    return begun


def slots_of(laid: Sequence[Laid]) -> tuple[tuple[int, int], ...]:
    """Where one more order may come: before which stop of which span, none under way after it."""
    return tuple(
        (span, at) for span, one in enumerate(laid) for at in range(one.locked, len(one.stops) + 1)
    )


def starts_of(
    laid: Sequence[Laid], put: Sequence[tuple[int, Stop]], ways: Ways
) -> Mapping[int, float]:
    """When work begins on orders that are put into slots, one after the other as they are given."""
    slots, found = slots_of(laid), {}
    placed: dict[int, list[tuple[int, Stop]]] = {}
    for slot, stop in put:
        span, at = slots[slot]
        placed.setdefault(span, []).append((at, stop))
    wanted = {stop.number for _, stop in put}
    for span, some in placed.items():
        one = laid[span]
        again = Laid(one.begins, one.ends, one.places[0], one.cut)
        for at in range(len(one.stops) + 1):
            coming = [stop for where, stop in some if where == at]
            for stop in (*coming, *one.stops[at : at + 1]):
                there = ways.number(stop.at, stop.site)
                again.add(stop, there, ways.between(again.places[-1], there))
        for stop, start in zip(again.stops, again.starts, strict=True):
            if stop.number in wanted:
                found[stop.number] = start
    return found


def slot_of(laid: Sequence[Laid], number: int) -> int | None:
    """In which slot an order lies, were it taken out; None where it lies in none."""
    slot = 0
    for one in laid:
        for at, stop in enumerate(one.stops):
            if stop.number == number:
                return slot + max(0, at - one.locked)
        slot += len(one.stops) + 1 - one.locked
    return None
