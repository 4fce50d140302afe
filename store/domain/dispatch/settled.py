"""How a recommended order comes into somebody's day once he has it: in its turn, or at a start set.

What somebody has is laid in turn, the urgent first and then by due. Where it costs least to do an
order at another place among his stops, it is given a start that says so: the day is laid with that,
and what was recommended is what comes of it. If not even that brings it there, its turn counts.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

from store.domain.dispatch.in_parts import as_laid, behind, with_it
from store.domain.dispatch.laid import lay, outlasting
from store.domain.dispatch.rules import Barred, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.domain.dispatch.crew import Prices, Stop, Worker
    from store.domain.dispatch.in_parts import InParts
    from store.domain.dispatch.laid import Laid
    from store.domain.dispatch.ways import Ways

_SAME: Final = 1e-6
"""Minutes between two starts that are the same."""

_Starts = list[tuple[int, int, float | None]]
"""In which span which order begins when; None where that does not matter."""


class Day(NamedTuple):
    """Somebody with what he has, as it is laid without the order."""

    worker: Worker
    ways: Ways
    before: Sequence[Laid]
    prices: Prices
    until: float
    """By when the order must be done."""
    firm: bool = False
    """Whether it begins at the very start that it is given, as several do it."""


class Settled(NamedTuple):
    """What comes of it that somebody gets an order."""

    one: InParts
    begins: float | None
    """The start that it must be given; None where its turn brings it there."""
    there: bool = True
    """Whether it comes to the place where it costs least."""


def settled(day: Day, stop: Stop, one: InParts, span: int, at: int) -> Settled | None:
    """`one` is it before a stop of a span; None if something else gives way."""
    meant: _Starts = []
    for turn, was in enumerate(day.before):
        some: _Starts = [(turn, *its) for its in zip(_numbers(was), was.starts, strict=True)]
        if turn == span:  # what follows there is as late as that makes it
            after = [(turn, number, None) for _turn, number, _start in some[at:]]
            some = [*some[:at], (turn, stop.number, one.placed.start), *after]
        meant += some
    return _settled(day, stop, one, meant)


def settled_in_parts(day: Day, stop: Stop, one: InParts) -> Settled | None:
    """`one` is it in parts, after all that he has; None if something else gives way."""
    return _settled(day, stop, one, _starts(lay(behind(day.worker, stop), day.ways)))


def beyond(worker: Worker, stop: Stop, ways: Ways) -> float:
    """By how many minutes somebody's work goes beyond his time, were he given it in its turn."""
    days = lay(with_it(worker, stop), ways)
    return max([0.0, *(one.dones[-1] - one.ends for one in days if one.stops)])


def _settled(day: Day, stop: Stop, one: InParts, meant: _Starts) -> Settled | None:
    natural, start = lay(with_it(day.worker, stop), day.ways), one.placed.start
    if _lands(natural, meant):
        return Settled(one, None)
    timed = replace(stop, planned=start, ready=start if day.firm else stop.ready)
    if _lands(lay(with_it(day.worker, timed), day.ways), meant):
        return Settled(one, start)
    instead = as_laid(day.worker.stops, stop, day.before, natural, day.prices, until=day.until)
    return None if instead is None else Settled(instead, None, there=False)


def _lands(laid: Iterable[Laid], meant: _Starts) -> bool:
    found = _starts(laid)
    return len(found) == len(meant) and all(
        mine[:2] == its[:2] and (its[2] is None or abs((mine[2] or 0.0) - its[2]) < _SAME)
        for mine, its in zip(found, meant, strict=True)
    )


def _starts(laid: Iterable[Laid]) -> _Starts:
    return [
        (turn, number, start)
        for turn, one in enumerate(laid)
        for number, start in zip(_numbers(one), one.starts, strict=True)
    ]


def _numbers(one: Laid) -> list[int]:
    return [stop.number for stop in one.stops]


def given_way(worker: Worker, stop: Stop, ways: Ways, before: Sequence[Laid]) -> Barred:
    """What something of his gives way to, were he given it in its turn."""
    if over := beyond(worker, stop, ways):
        return Barred(rule=Rule.SHIFT, facts={"over": ceil(over)})
    after = lay(with_it(worker, stop), ways)
    ends = outlasting(after) - outlasting(before)
    return Barred(rule=Rule.HELD_PAPER if ends else Rule.HELD)
