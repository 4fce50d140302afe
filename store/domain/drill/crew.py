"""Who works at a rehearsed desk: trades, shifts, and where these begin."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.domain.distance import Position
    from store.domain.drill.calls import Call

_DAY: Final = 24 * 60.0
_SHIFT: Final = 8 * 60.0
_BEGINS: Final = (6 * 60.0, 8 * 60.0, 14 * 60.0, 8 * 60.0, 22 * 60.0)
"""Minutes after midnight at which shifts begin, taken in turns; one in five works at night."""
_AT_WORK: Final = 5
"""Days of seven."""
_YARDS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A technician."""

    trades: frozenset[str]
    yard: Position
    """Where each shift begins."""
    shifts: tuple[tuple[float, float], ...]
    """From and until, in minutes from the first midnight, one after the other."""


def crew_for(calls: Sequence[Call], count: int, *, seed: int) -> tuple[Worker, ...]:
    """So many people for these calls: one to three trades each, every trade mastered by somebody.

    Trades that are asked for more often have more people; rest days go round.
    """
    if not calls:
        return ()
    dice = Random(f"crew {seed}")
    asked = Counter(call.trade for call in calls)
    trades = [trade for trade, _ in asked.most_common()]
    weights = [asked[trade] for trade in trades]
    yards = [dice.choice(calls).place for _ in range(_YARDS)]
    days = int(calls[-1].at // _DAY) + 1
    return tuple(
        Worker(
            trades=frozenset(
                [
                    trades[place % len(trades)],
                    *dice.choices(trades, weights, k=dice.randint(0, 2)),
                ]
            ),
            yard=yards[place % _YARDS],
            shifts=tuple(_shifts(place, days)),
        )
        for place in range(count)
    )


def ill(crew: Sequence[Worker], *, count: int, day: int, seed: int) -> tuple[Worker, ...]:
    """The same people, but some who would have worked on a day stay away from it."""
    begins = day * _DAY
    due = [
        place
        for place, one in enumerate(crew)
        if any(begins <= start < begins + _DAY for start, _ in one.shifts)
    ]
    gone = set(Random(f"ill {seed}").sample(due, min(count, len(due))))
    return tuple(
        replace(
            one,
            shifts=tuple(s for s in one.shifts if not begins <= s[0] < begins + _DAY),
        )
        if place in gone
        else one
        for place, one in enumerate(crew)
    )


def _shifts(place: int, days: int) -> list[tuple[float, float]]:
    begins = _BEGINS[place % len(_BEGINS)]
    return [
        (day * _DAY + begins, day * _DAY + begins + _SHIFT)
        for day in range(-1, days)
        if (day + place) % 7 < _AT_WORK
    ]
