"""Answers who is nearest to an order that nobody may go to, and what each lacks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from store.domain.dispatch.helps import ways_to
from store.domain.dispatch.nearest import NEAREST, how_far, least_lacking
from store.domain.dispatch.recommend import Crew
from store.queries.answers.there_now import not_there

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.dispatch.crew import Wanted
    from store.domain.dispatch.rules import Barred
    from store.queries.answers.crew import Everybody
    from store.queries.answers.usual_times import UsualTimes

_AT_ONCE: Final = 24
"""So many technicians are read together, where those who lack least are looked for."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """What keeps whom from an order, and how long his way there is."""

    rules: dict[int, tuple[Barred, ...]] = field(default_factory=dict)
    ways: dict[int, int] = field(default_factory=dict)

    def nearest(self) -> tuple[int, ...]:
        """Who lacks least, and of those the nearest first."""
        return least_lacking(self.rules, self.ways)


def lacks_of(
    them: Everybody, times: UsualTimes, wanted: Wanted, known: Mapping[int, tuple[Barred, ...]]
) -> Lacking:
    """All that keeps those from it who may be the nearest: what each has to do is read, too.

    That only adds to what is known, so who lacks more already than the nearest found so far is not
    read: on a large desk nearly nobody is.
    """
    found = Lacking()
    waiting = sorted(known, key=lambda who: (*how_far(known[who]), who))
    for first in range(0, len(waiting), _AT_ONCE):
        nearest = found.nearest()
        some = waiting[first : first + _AT_ONCE]
        if len(nearest) == NEAREST and how_far(found.rules[nearest[-1]]) < how_far(known[some[0]]):
            break
        busy = them.busy(times, some, but=wanted.stop.number, recalled=True)
        crew = Crew(busy, them.travel)
        found.ways.update(ways_to(crew.workers, crew.ways, wanted.stop))
        for who, rules in crew.lacks(wanted).items():
            away = not_there(them.reader, them, who)
            found.rules[who] = rules if away is None else (*rules, away)
    return found
