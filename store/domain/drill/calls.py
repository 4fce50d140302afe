"""What happens at a rehearsed desk whatever it does: calls, labour, waits, doors that stay shut.

Each call has its dice thrown before the first rule is tried, so that every rule meets the same day.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from random import Random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.domain.distance import Position
    from store.domain.drill.assumed import Assumed

VISITS: Final = 8
"""Visits whose dice are thrown; further ones end well."""
SHUT_DAY: Final = 24 * 60.0
"""Minutes until somebody goes again where nobody opened; the clock stands: it is the customer's."""
_HOUR: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A customer's call, in minutes from the first day's midnight."""

    at: float
    place: Position
    trade: str
    priority: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a visit would be like, whoever makes it."""

    labour: float
    opened: bool
    """Whether somebody opens the door."""
    fixed: bool
    """Whether no other visit is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A call with its fate."""

    call: Call
    within: float
    """Minutes in which it is to be resolved; while it waits for a part, none pass."""
    wait: float
    """Minutes of waiting after the first visit; 0 for none."""
    visits: tuple[Visit, ...]
    asks: float = 0.0
    """Minutes until another department has answered after a visit; 0 where none is asked."""

    @property
    def last_due(self) -> float:
        """By when it must be done at the latest, whoever goes when: with all that it waits for."""
        due, waited, asked = self.call.at + self.within, False, False
        for visit in self.visits[:-1]:  # the last one ends well
            if not visit.opened:
                due += SHUT_DAY
            elif self.wait and not waited:
                due, waited = due + self.wait, True
            elif self.asks and not asked:
                asked = True  # that is no matter of the customer's
            elif visit.fixed:
                break
        return due


def thinned(calls: Sequence[Call], share: float, *, seed: int) -> list[Call]:
    """About this part of the calls, each by chance; bursts stay bursts."""
    dice = Random(f"calls {seed}")
    return [call for call in calls if dice.random() < share]


def storm(calls: Sequence[Call], *, at: float, count: int, seed: int) -> list[Call]:
    """So many calls more within an hour, of what the days have anyway but urgent."""
    dice = Random(f"storm {seed}")
    chosen = [dice.choice(calls) for _ in range(count)] if calls else []
    more = [
        Call(
            at=at + dice.random() * _HOUR,
            place=call.place,
            trade=call.trade,
            priority=dice.choice((1, 2)),
        )
        for call in chosen
    ]
    return sorted([*calls, *more], key=lambda call: call.at)


def fated(calls: Sequence[Call], assumed: Assumed, *, seed: int) -> list[Case]:
    """Calls with their dice thrown: the same for a seed, whatever the desk does with them."""
    return [
        _fate(call, assumed, Random(f"fate {seed} {place}")) for place, call in enumerate(calls)
    ]


def _fate(call: Call, assumed: Assumed, dice: Random) -> Case:
    waits = dice.random() < assumed.wait_share
    wait = _wait(assumed, dice) if waits else 0.0
    visits = tuple(
        Visit(
            labour=_spread(assumed.labour_min, assumed.labour_spread, dice),
            opened=dice.random() >= assumed.no_access,
            fixed=dice.random() < assumed.first_fix,
        )
        for _ in range(VISITS)
    )
    within = assumed.hours(call.priority) * _HOUR
    return Case(call=call, within=within, wait=wait, visits=visits)


def _wait(assumed: Assumed, dice: Random) -> float:
    mean = assumed.wait_hours * _HOUR
    if not assumed.wait_tail:
        return -mean * log(1 - dice.random())
    return _lognormal(mean, assumed.wait_tail, dice)


def _spread(mean: float, spread: float, dice: Random) -> float:
    """A lognormal draw with this mean, and this standard deviation as a part of it."""
    return _lognormal(mean, sqrt(log(1 + spread * spread)), dice)


def _lognormal(mean: float, sigma: float, dice: Random) -> float:
    return mean * exp(sigma * dice.gauss(0, 1) - sigma * sigma / 2)
