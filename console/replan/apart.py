"""A search on a great board: by territories in processes of their own, then over the borders.

On a small one it is the plain search. With rounds to go by, the plan is the same on however many
processors; with time to go by, that of all processes counts together.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from console.beside import several
from store import clock
from store.domain.dispatch.near import FEW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from console.replan.spent import Spent
    from store.domain.dispatch.search import Search
    from store.domain.dispatch.standing import Plan
    from store.domain.dispatch.territory import Territory

_TURNS: Final = 2
"""How often the board is cut into territories, each time another way."""
_SHORT: Final = 0.4
"""Where the first plan took that part of the way, it is cut once."""
_ACROSS: Final = 0.4
"""The part of each turn that is spent on what lies at the borders."""
_EVERY_S: Final = 0.2
"""Seconds of the processor between two plans that a territory tells."""

Leg = tuple[float, float]
"""From which part of the way to which."""


def bettered(search: Search, spent: Spent, *, wanted: Callable[[], bool]) -> Iterator[Plan]:
    """Better plans until all is spent, or until they are wanted no more."""

    def done() -> float:
        return spent.part(search.rounds) if wanted() else 1.0

    if len(search.best.routes) <= FEW:
        yield from search.run(done)
        return
    begun = done()
    turns = _TURNS if begun < _SHORT else 1
    for turn in range(turns):
        if (start := done()) >= 1.0:
            return
        end = begun + (1 - begun) * (turn + 1) / turns
        border = end - (end - start) * _ACROSS
        some = search.territories(turn)
        yield from _apart(search, some, turn, (start, border), spent, wanted)
        with search.across(some, turn):
            yield from search.run(done, until=end)


def _apart(
    search: Search,
    some: list[Territory],
    turn: int,
    leg: Leg,
    spent: Spent,
    wanted: Callable[[], bool],
) -> Iterator[Plan]:
    """Search all territories, and put together what is found in each."""
    jobs = max(1, sum(len(one.jobs) for one in some))
    whole = leg[1] - leg[0]
    makes = [
        partial(_within, search, one, turn, leg, spent, whole * len(one.jobs) / jobs, os.getpid())
        for one in some
    ]
    before, elsewhere = search.rounds, spent.elsewhere
    rounds, used = [0] * len(some), [0.0] * len(some)
    for place, (told, rounds[place], used[place]) in several(makes, wanted=wanted):
        search.rounds, spent.elsewhere = before + sum(rounds), elsewhere + sum(used)
        if search.join(some[place], told):
            yield search.best


def _within(
    search: Search, some: Territory, turn: int, leg: Leg, spent: Spent, share: float, parent: int
) -> Iterator[tuple[Any, int, float]]:
    """What is found in a territory, its rounds, and the seconds that it took in another process."""
    own, before, beside = spent.share(share), search.rounds, os.getpid() != parent
    last = clock.processor()

    def done() -> float:
        if beside and os.getppid() != parent:
            return 1.0  # nobody wants it any more
        return leg[0] + (leg[1] - leg[0]) * own.part(search.rounds - before)

    def tell() -> tuple[Any, int, float]:
        used = clock.processor() if beside else 0.0
        return search.told(some), search.rounds - before, used

    with search.within(some, turn):
        for _better in search.run(done, until=leg[1]):
            if clock.processor() - last >= _EVERY_S:
                last = clock.processor()
                yield tell()
        yield tell()
