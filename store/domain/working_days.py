"""Working days counted: how many lie before a day, and which is the n-th from it."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

from store.domain.calendar_refusals import TooFar, WorkRunsOut
from store.domain.localtime import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.calendar_spec import Windows

_FIRST_DAY = date(FIRST_YEAR, 1, 1).toordinal()
_END_DAY = date(LAST_YEAR + 1, 1, 1).toordinal()


class WorkingDays:
    """Counts the days with any window; whole weeks and dated days by one bisection each."""

    def __init__(self, week: tuple[Windows, ...], dated: Mapping[int, Windows]) -> None:
        worked = [bool(windows) for windows in week]
        self._in_week = tuple(accumulate(worked, initial=0))
        self._days = sorted(dated)
        changes = (bool(dated[day]) - worked[(day - 1) % 7] for day in self._days)
        self._change = tuple(accumulate(changes, initial=0))

    def before(self, day: int) -> int:
        """The number of working days before an ordinal day, from a fixed beginning."""
        weeks, weekday = divmod(day - 1, 7)
        dated = self._change[bisect_left(self._days, day)]
        return weeks * self._in_week[-1] + self._in_week[weekday] + dated

    def shifted(self, day: int, days: int) -> int:
        """The ordinal day `days` working days after `day`, or before it where negative.

        TooFar where the calendar's years end before that, WorkRunsOut where its dated days do.
        """
        if days > 0:
            goal = self.before(day + 1) + days
            found = _first(day, _END_DAY, lambda other: self.before(other + 1) >= goal)
        else:
            goal = self.before(day) + days
            found = _first(_FIRST_DAY - 1, day, lambda other: self.before(other + 1) > goal)
        if _FIRST_DAY <= found < _END_DAY:
            return found
        if self._in_week[-1]:
            raise TooFar(first=FIRST_YEAR, last=LAST_YEAR)
        last = date.fromordinal(self._days[-1 if days > 0 else 0]).isoformat()
        raise WorkRunsOut(side="after" if days > 0 else "before", date=last)


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The first day from `low` to `high` for which a condition, once true, holds."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low
