"""How long work usually takes here, as what was closed last tells."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import cache, partial
from statistics import median
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, bindparam, cast, func, select, type_coerce

from store.domain.lifecycle import VisitState
from store.domain.pace import LIFE
from store.persistence.mapping import VISIT
from store.persistence.types import Whole, nearest
from store.queries.answers.lines import ORDERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select

    from store.domain.pace import Pace
    from store.persistence.reader import Reader

LEARNT_FROM = 2_000
"""Orders closed last whose work is measured."""
ENOUGH = 5
"""So many times are needed before their median counts as usual."""
USUAL, LONGEST = timedelta(hours=1), timedelta(hours=8)
"""What an order takes where nothing is known, and the longest that is learnt."""
_LONGEST_MS = LONGEST // timedelta(milliseconds=1)
_ENDED = VISIT.c.ended_at


def _in_life(began: int, ended: int) -> int:
    return ended - began


def _paced(pace: Pace, began: int, ended: int) -> int:
    return pace.lasted(nearest(began), nearest(ended)) // timedelta(milliseconds=1)


@cache
def _lately() -> Select[Any]:
    """When work on the orders closed last began and ended, by kind and priority; made once.

    The milliseconds of each are joined to one text: a row a visit would take most of the time.
    """
    last = (
        select(ORDERS.c.number, ORDERS.c.kind, ORDERS.c.priority)
        .where(ORDERS.c.closed_at.is_not(None), ORDERS.c.closed_at <= bindparam("at"))
        .order_by(ORDERS.c.closed_at.desc())
        .limit(LEARNT_FROM)
        .subquery()
    )
    began = func.coalesce(VISIT.c.departed_at, VISIT.c.arrived_at)
    kept = (cast(type_coerce(moment, Whole), String) for moment in (began, _ENDED))
    return (
        select(last.c.kind, last.c.priority, *(func.aggregate_strings(one, ",") for one in kept))
        .join(VISIT, VISIT.c.number == last.c.number)
        .where(VISIT.c.state == VisitState.DONE.value, began < _ENDED)
        .group_by(last.c.kind, last.c.priority)
    )


class UsualTimes:
    """How long work takes here, as the orders closed last tell: from setting out to its end."""

    def __init__(self, reader: Reader) -> None:
        self._pace = reader.pace
        lasted = _in_life if self._pace == LIFE else partial(_paced, self._pace)
        times: dict[Any, list[int]] = defaultdict(list)
        rows = reader.conn.execute(_lately(), {"at": reader.at}).all()
        for kind, priority, *kept in rows:
            began, ended = (map(int, one.split(",")) for one in kept)
            times[kind, priority] = [min(one, _LONGEST_MS) for one in map(lasted, began, ended)]
        self._took = dict(times)
        for (_kind, priority), took in self._took.items():
            times[priority] += took
            times[None] += took
        self._usual = {
            key: timedelta(milliseconds=median(found))
            for key, found in times.items()
            if len(found) >= ENOUGH
        }

    def takes(self, kind: str, priority: int, told_s: int | None) -> timedelta:
        """How long one order takes: as the desk was told, else as such work usually does."""
        if told_s is None:
            return self.of(kind, priority)
        return self._pace.here(timedelta(seconds=told_s))

    def usual_of(self, kinds: Iterable[str]) -> int | None:
        """How many seconds work of these kinds usually takes; None where too few are known."""
        wanted = set(kinds)
        took = [one for (kind, _p), some in self._took.items() if kind in wanted for one in some]
        if len(took) < ENOUGH:
            return None
        return round(self._pace.here(timedelta(milliseconds=median(took))).total_seconds())

    def of(self, kind: str, priority: int) -> timedelta:
        """Of this kind and priority; of the priority where few are known, of all, or an hour."""
        for key in ((kind, priority), priority, None):
            if key in self._usual:
                return self._pace.here(self._usual[key])
        return self._pace.here(USUAL)
