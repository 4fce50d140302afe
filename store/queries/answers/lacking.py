"""Answers who is nearest to an order that nobody may go to, and what each lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.dispatch.nearest import NEAREST, how_far, least_lacking
from store.domain.dispatch.recommend import Crew

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.dispatch.crew import Wanted
    from store.domain.dispatch.rules import Barred
    from store.queries.answers.crew import Everybody
    from store.queries.answers.forecast import UsualTimes

_AT_ONCE: Final = 24
"""So many technicians are read together, where those who lack least are looked for."""


def lacks_of(
    them: Everybody, times: UsualTimes, wanted: Wanted, known: Mapping[int, tuple[Barred, ...]]
) -> dict[int, tuple[Barred, ...]]:
    """All that keeps those from it who may be the nearest: what each has to do is read, too.

    That only adds to what is known, so who lacks more already than the nearest found so far is not
    read: on a large desk nearly nobody is.
    """
    found: dict[int, tuple[Barred, ...]] = {}
    waiting = sorted(known, key=lambda who: (*how_far(known[who]), who))
    for first in range(0, len(waiting), _AT_ONCE):
        nearest = least_lacking(found)
        some = waiting[first : first + _AT_ONCE]
        if len(nearest) == NEAREST and how_far(found[nearest[-1]]) < how_far(known[some[0]]):
            break
        found |= Crew(them.busy(times, some, but=wanted.stop.number), them.travel).lacks(wanted)
    return found
