"""Draws which life is told again, when, where and of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.crowd import ALWAYS_OPEN
from console.demo.pasts import BACK
from console.demo.words import FAULTS
from store.domain.copies import Copy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from random import Random

    from console.demo.crowd import Crowd
    from store.domain.history import History

WEEK_S = 7 * 86_400
APART_S = 7
"""Seconds between two copies of one open order, where its calendar allows any shift."""
_PEOPLE = 2
"""The most technicians that any of our lives names."""


class Draw:
    """Copies of some lives, drawn from a crowd; the same dice give the same ones."""

    def __init__(self, crowd: Crowd, dice: Random) -> None:
        self._crowd = crowd
        self._dice = dice
        self._anytime = frozenset(crowd.levels[:ALWAYS_OPEN])

    def pasts(
        self, lives: Sequence[History], count: int, *, weeks: int, at: datetime
    ) -> Iterator[Copy]:
        """So many copies of lives that are over, spread evenly over some weeks before `at`."""
        if not count:
            return
        spans = [(at - life.entries[-1].at).total_seconds() for life in lives]
        fitting = {
            k: [n for n, left in enumerate(spans) if left >= k * WEEK_S]
            for k in range(BACK - weeks, BACK)
        }
        weeks_with_any = [k for k, lives_then in fitting.items() if lives_then] or [0]
        for place, weeks_on in enumerate(weeks_with_any):
            share = count * (place + 1) // len(weeks_with_any) - count * place // len(
                weeks_with_any
            )
            for n in sorted(self._dice.choices(fitting.get(weeks_on, range(len(lives))), k=share)):
                yield self._copy(n, lives[n], weeks_on * WEEK_S)

    def presents(self, lives: Sequence[History], count: int, first: int) -> Iterator[Copy]:
        """So many copies of lives that go on; `first` is the place of the first one's pattern."""
        for n in range(count):
            life = lives[n % len(lives)]
            movable = life.order.level in self._anytime
            shift = -APART_S * (n // len(lives)) if movable else 0
            yield self._copy(first + n % len(lives), life, shift)

    def _copy(self, pattern: int, life: History, shift_s: int) -> Copy:
        dice, crowd = self._dice.random, self._crowd
        # Squared, so that a few sites and customers have most of the orders, as everywhere.
        site = crowd.sites[int(len(crowd.sites) * dice() ** 2)]
        customer = crowd.customers[int(len(crowd.customers) * dice() ** 2)]
        people = crowd.technicians
        first = int(len(people) * dice())
        titles = FAULTS[life.order.kind]
        return Copy(
            pattern=pattern,
            shift_s=shift_s,
            site=site,
            customer=customer,
            technicians=tuple(people[(first + n * 7) % len(people)] for n in range(_PEOPLE)),
            title=titles[int(len(titles) * dice())],
            salt=self._dice.getrandbits(48),
        )
