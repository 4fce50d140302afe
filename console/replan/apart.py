"""A search on a great board: by territories in processes of their own, then over the borders.

What lies at the borders is looked at in two halves of the board that are cut another way, in
processes of their own, too; what lies between these, last and shortly, on the whole board. Where
there is little time, all of it is looked at on the whole board.

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
    from collections.abc import Callable, Iterator, Sequence

    from console.replan.spent import Spent
    from store.domain.dispatch.search import Search
    from store.domain.dispatch.standing import Plan
    from store.domain.dispatch.territory import Territory

_TURNS: Final = 2
"""How often the board is cut into territories, each time another way."""
_SHORT: Final = 0.4
"""Where the first plan took that part of the way, it is cut once."""
_BORDERS, _WHOLE = 0.4, 0.1
"""The parts of each turn that are spent on what lies at the borders, and of that on the whole."""
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
        borders, whole = (end - (end - start) * part for part in (_BORDERS, _WHOLE))
        some = search.territories(2 * turn)
        yield from _apart(search, some, 2 * turn, (start, borders), spent, wanted)
        if turns > 1:  # to set out on halves would take all of a short while
            seeds, half = search.troubled(some), -(-len(search.best.routes) // 2)
            some = search.territories(2 * turn + 1, most=half)
            yield from _apart(search, some, 2 * turn + 1, (done(), whole), spent, wanted, seeds)
        with search.across(some, turn):
            yield from search.run(done, until=end)


def _apart(
    search: Search,
    some: list[Territory],
    turn: int,
    leg: Leg,
    spent: Spent,
    wanted: Callable[[], bool],
    seeds: Sequence[int] | None = None,
) -> Iterator[Plan]:
    """Search all territories, around some seeds or all, and put together what is found in each."""
    own = [sorted(one.jobs if seeds is None else one.jobs.intersection(seeds)) for one in some]
    jobs = max(1, sum(map(len, own)))
    parts = [max(0.0, leg[1] - leg[0]) * len(one) / jobs for one in own]
    makes = [
        partial(_within, search, one, turn, leg, spent, part, its, os.getpid())
        for one, its, part in zip(some, own, parts, strict=True)
    ]
    before, elsewhere = search.rounds, spent.elsewhere
    rounds, used = [0] * len(some), [0.0] * len(some)
    for place, (told, rounds[place], used[place]) in several(makes, wanted=wanted):
        search.rounds, spent.elsewhere = before + sum(rounds), elsewhere + sum(used)
        if search.join(some[place], told):
            yield search.best


def _within(
    search: Search,
    some: Territory,
    turn: int,
    leg: Leg,
    spent: Spent,
    share: float,
    seeds: Sequence[int],
    parent: int,
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

    with search.within(some, turn, seeds):
        for _better in search.run(done, until=leg[1]):
            if clock.processor() - last >= _EVERY_S:
                last = clock.processor()
                yield tell()
        yield tell()
