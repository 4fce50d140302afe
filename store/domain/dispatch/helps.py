"""What would let somebody go to an order that nobody may go to, the easiest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from store.domain.dispatch.rules import Barred, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.dispatch.crew import Stop, Worker
    from store.domain.dispatch.ways import Ways

HELPED: Final = (
    Rule.LOCKED, Rule.HELD, Rule.TOOL, Rule.SHIFT, Rule.REGION, Rule.EXPIRED, Rule.ABSENT, Rule.OFF,
    Rule.REST, Rule.LEVEL, Rule.NO_SHIFT,
)  # fmt: skip
"""What somebody can do something about, the easiest first."""

OF_TIME: Final = frozenset(
    {Rule.SHIFT, Rule.REST, Rule.ABSENT, Rule.NO_SHIFT, Rule.HELD, Rule.HELD_PAPER}
)
"""Rules that are about his time itself."""

_AWAY: Final = frozenset({Rule.REST, Rule.ABSENT, Rule.NO_SHIFT, Rule.OFF})
"""Rules that say themselves that he is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """What would let somebody go whom one rule alone keeps from it."""

    worker: int
    barred: Barred
    way: int
    """Minutes from where he is to the order."""
    gone: bool
    """Whether he is absent or off shift now besides, and so no help before he is back."""


def helps_of(
    workers: Mapping[int, Worker],
    ways: Ways,
    barred: Mapping[int, tuple[Barred, ...]],
    stop: Stop,
    fits: Callable[[Worker], bool],
) -> tuple[Help, ...]:
    """Whom one rule alone keeps from it; who is not there only where nobody else is."""
    minutes, found = ways_to(workers, ways, stop), []
    for who, rules in barred.items():
        rule = rules[0].rule
        if len(rules) > 1 or rule not in HELPED or not (rule in OF_TIME or fits(workers[who])):
            continue
        hours = workers[who].hours
        gone = rule not in _AWAY and not (hours and hours[0][0] <= 0)
        found.append(Help(worker=who, barred=rules[0], way=minutes[who], gone=gone))
    there = [one for one in found if not one.gone]
    return tuple(sorted(there or found, key=_easy))


def _easy(one: Help) -> tuple[int, float, int, int]:
    over = float(str(one.barred.facts.get("over", 0)))
    return HELPED.index(one.barred.rule), over, one.way, one.worker


def ways_to(workers: Mapping[int, Worker], ways: Ways, stop: Stop) -> dict[int, int]:
    """Minutes from where each of them is to an order."""
    here = ways.number(stop.at, stop.site)
    return {who: ways.between(ways.number(one.at, one.site), here) for who, one in workers.items()}
