"""What goes wrong with single orders of a rehearsed day: delays, changes, others to be asked.

Drawn before the first rule is tried, as calls and dice are, so that it befalls the same orders
under every rule, and no rule knows of it beforehand.
"""

from __future__ import annotations

from dataclasses import replace
from math import log
from random import Random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.domain.drill.calls import Case

OVERRUN_TIMES: Final = 3.0
"""How many times longer work takes that overruns."""
_DAY: Final = 24 * 60.0
_HOUR: Final = 60.0


def overrun(cases: Sequence[Case], *, day: int, count: int, seed: int) -> list[Case]:
    """Some orders that come on a day take longer at the first visit at which somebody opens."""
    return _befallen(cases, _longer, day, count, Random(f"overrun {seed}"))


def claimed(cases: Sequence[Case], *, day: int, count: int, hours: float, seed: int) -> list[Case]:
    """At some the customer changes what he wants: that is decided within so many hours on average.

    His clock stands meanwhile; then somebody goes again.
    """
    dice = Random(f"claim {seed}")

    def changed(case: Case) -> Case:
        return replace(case, wait=case.wait + _answer(hours, dice))

    return _befallen(cases, changed, day, count, dice)


def asking(cases: Sequence[Case], *, day: int, count: int, hours: float, seed: int) -> list[Case]:
    """At some another department has to be asked: the same, but the customer's clock runs on."""
    dice = Random(f"department {seed}")

    def asked(case: Case) -> Case:
        return replace(case, asks=_answer(hours, dice))

    return _befallen(cases, asked, day, count, dice)


def _befallen(
    cases: Sequence[Case], change: Callable[[Case], Case], day: int, count: int, dice: Random
) -> list[Case]:
    """The cases, so many of those that come on a day changed: all where there are no more."""
    due = [place for place, one in enumerate(cases) if day * _DAY <= one.call.at < (day + 1) * _DAY]
    chosen = set(dice.sample(due, min(count, len(due))))
    return [change(one) if place in chosen else one for place, one in enumerate(cases)]


def _longer(case: Case) -> Case:
    first = next((n for n, visit in enumerate(case.visits) if visit.opened), None)
    visits = tuple(
        replace(visit, labour=visit.labour * OVERRUN_TIMES) if n == first else visit
        for n, visit in enumerate(case.visits)
    )
    return replace(case, visits=visits)


def _answer(hours: float, dice: Random) -> float:
    """Minutes until an answer; waits fall off as chance does."""
    return max(1.0, -hours * _HOUR * log(1 - dice.random()))
