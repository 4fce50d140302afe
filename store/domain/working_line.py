"""Working time as a line: how much lies before an instant, and where an amount is reached.

Weeks without a dated day and without a shift of the zone are all alike, so a distance over them
is one division. Only the others, two or so a year and the dated ones, are written out, grouped
into runs with the work and the number of windows before each; an answer is then a bisection.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from store.domain.calendar_refusals import TooFar, WorkRunsOut
from store.domain.localtime import (
    DAY,
    FIRST_YEAR,
    LAST_YEAR,
    monday_of,
    shift_weeks,
    to_instant,
    week_of,
    weeks_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

    from store.domain.calendar_spec import Windows

FIRST_WEEK, END_WEEK = weeks_of(FIRST_YEAR)[0], weeks_of(LAST_YEAR)[1]


@dataclass(frozen=True, slots=True)
class Track:
    """Windows in order, apart from one another, on one scale of microseconds."""

    opens: tuple[int, ...]
    closes: tuple[int, ...]
    sums: tuple[int, ...]
    """The work before each window, and at the end all of it."""

    @classmethod
    def of(cls, windows: Iterable[tuple[int, int]]) -> Track:
        """The union of some windows; those that end before they begin are none."""
        apart: list[tuple[int, int]] = []
        for opens, closes in sorted(window for window in windows if window[0] < window[1]):
            if apart and opens < apart[-1][1]:
                apart[-1] = (apart[-1][0], max(apart[-1][1], closes))
            else:
                apart.append((opens, closes))
        sums = accumulate((closes - opens for opens, closes in apart), initial=0)
        return cls(tuple(o for o, _ in apart), tuple(c for _, c in apart), tuple(sums))

    def worked(self, at: int) -> int:
        """The work done by `at`."""
        index = bisect_right(self.opens, at) - 1
        if index < 0:
            return 0
        return self.sums[index] + min(at, self.closes[index]) - self.opens[index]

    def earliest(self, work: int) -> int:
        """The first place with so much work behind it: 0 < work ≤ all."""
        index = bisect_left(self.sums, work) - 1
        return self.opens[index] + work - self.sums[index]

    def latest(self, work: int) -> int:
        """The last place with no more than so much work behind it: 0 ≤ work < all."""
        index = bisect_right(self.sums, work) - 1
        return self.opens[index] + work - self.sums[index]


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive weeks that are written out, with their windows as instants."""

    first: int
    end: int
    track: Track


class Piece(NamedTuple):
    """One week or run: its windows, the instant they count from, and what lies before it."""

    track: Track
    base: int
    work: int
    number: int


class Reach:
    """The line over a known stretch of weeks; never changes once made."""

    def __init__(
        self, zone: ZoneInfo, plain: Track, bounds: tuple[int, int], runs: list[Run]
    ) -> None:
        self._zone, self._plain = zone, plain
        self.first, self.end = bounds
        self.runs = runs
        self._firsts, self._ends, self._tracks = [self.first], [self.first], [Track.of(())]
        self._work, self._worked = [0], [0]
        self._count, self._counted = [0], [0]
        for run in runs:
            weeks = run.first - self._ends[-1]
            self._work.append(self._worked[-1] + weeks * plain.sums[-1])
            self._worked.append(self._work[-1] + run.track.sums[-1])
            self._count.append(self._counted[-1] + weeks * len(plain.opens))
            self._counted.append(self._count[-1] + len(run.track.opens))
            self._firsts.append(run.first)
            self._ends.append(run.end)
            self._tracks.append(run.track)
        self.total = self._worked[-1] + (self.end - self._ends[-1]) * plain.sums[-1]

    def covers(self, low: int, high: int) -> bool:
        """Whether the weeks from `low` through `high` are known."""
        return self.first <= low and high < self.end

    def worked(self, week: int, at: int) -> int:
        """The work from the beginning of the reach to an instant in a local week."""
        piece = self._piece(week)
        return piece.work + piece.track.worked(at - piece.base)

    def closed(self, week: int, at: int) -> int:
        """How many windows have closed by an instant in a local week."""
        piece = self._piece(week)
        return piece.number + bisect_right(piece.track.closes, at - piece.base)

    def opened(self, week: int, at: int) -> int:
        """How many windows have opened before an instant in a local week."""
        piece = self._piece(week)
        return piece.number + bisect_left(piece.track.opens, at - piece.base)

    def earliest(self, work: int) -> int:
        """The first instant with so much work behind it: 0 < work ≤ total."""
        index = bisect_left(self._work, work) - 1
        if work <= self._worked[index]:
            return self._tracks[index].earliest(work - self._work[index])
        rest = work - self._worked[index]
        weeks = (rest - 1) // self._plain.sums[-1]
        place = self._plain.earliest(rest - weeks * self._plain.sums[-1])
        return self._monday(self._ends[index] + weeks) + place

    def latest(self, work: int) -> int:
        """The last instant with no more than so much work behind it: 0 ≤ work < total."""
        index = bisect_right(self._work, work) - 1
        if work < self._worked[index]:
            return self._tracks[index].latest(work - self._work[index])
        weeks, rest = divmod(work - self._worked[index], self._plain.sums[-1])
        return self._monday(self._ends[index] + weeks) + self._plain.latest(rest)

    def window(self, number: int) -> tuple[int, int]:
        """The window of a number, counted from 0 at the beginning of the reach."""
        index = bisect_right(self._count, number) - 1
        if number < self._counted[index]:
            track, base, at = self._tracks[index], 0, number - self._count[index]
        else:
            track = self._plain
            weeks, at = divmod(number - self._counted[index], len(track.opens))
            base = self._monday(self._ends[index] + weeks)
        return base + track.opens[at], base + track.closes[at]

    def _piece(self, week: int) -> Piece:
        index = bisect_right(self._firsts, week) - 1
        if week < self._ends[index]:
            return Piece(self._tracks[index], 0, self._work[index], self._count[index])
        weeks = week - self._ends[index]
        work = self._worked[index] + weeks * self._plain.sums[-1]
        count = self._counted[index] + weeks * len(self._plain.opens)
        return Piece(self._plain, self._monday(week), work, count)

    def _monday(self, week: int) -> int:
        return to_instant(self._zone, monday_of(week), 0)


class WorkingLine:
    """The working time of one calendar, explored as far as questions have asked.

    Any thread may ask: a reach is never changed, only replaced by a wider one.
    """

    def __init__(
        self, zone: ZoneInfo, week: tuple[Windows, ...], dated: Mapping[int, Windows]
    ) -> None:
        self._zone, self._week, self._dated = zone, week, dated
        self._days = sorted(dated)
        self._plain = Track.of(
            (day * DAY + opens, day * DAY + closes)
            for day, windows in enumerate(week)
            for opens, closes in windows
        )
        self._known: Reach | None = None

    def reach(self, low: int, high: int) -> Reach:
        """The line over at least the weeks from `low` through `high`; TooFar outside the years."""
        known = self._known
        if known is not None and known.covers(low, high):
            return known
        if low < FIRST_WEEK or high >= END_WEEK:
            raise TooFar(first=FIRST_YEAR, last=LAST_YEAR)
        if known is not None:
            low, high = min(low, known.first), max(high, known.end - 1)
        self._known = wider = self._explored(low, high, known.runs if known else [])
        return wider

    def add(self, week: int, at: int, work: int) -> int:
        """The first instant by which `work` > 0 is done from an instant in a local week."""
        a_week = self._plain.sums[-1]
        high = week + work // a_week + 1 if a_week else week
        while True:
            reach = self.reach(week, high)
            goal = reach.worked(week, at) + work
            if goal <= reach.total:
                return reach.earliest(goal)
            if not a_week:
                raise self._runs_out("after", -1)
            high = reach.end + (goal - reach.total) // a_week

    def subtract(self, week: int, at: int, work: int) -> int:
        """The last instant from which `work` > 0 is done by an instant in a local week."""
        a_week = self._plain.sums[-1]
        low = week - work // a_week - 1 if a_week else week
        while True:
            reach = self.reach(low, week)
            goal = reach.worked(week, at) - work
            if goal >= 0:
                return reach.latest(goal)
            if not a_week:
                raise self._runs_out("before", 0)
            low = reach.first - 1 + goal // a_week

    def _explored(self, low: int, high: int, known: list[Run]) -> Reach:
        if self._plain.sums[-1]:
            first_year, last_year = _year(low), _year(high)
        else:  # nothing but dated days: all of them at once, and the zone's shifts do not matter
            first_year, last_year = FIRST_YEAR, LAST_YEAR
        bounds = weeks_of(first_year)[0], weeks_of(last_year)[1]
        days = self._days[
            bisect_left(self._days, monday_of(bounds[0])) : bisect_left(
                self._days, monday_of(bounds[1])
            )
        ]
        special = {week_of(day) for day in days}
        if self._plain.sums[-1]:
            for year in range(first_year, last_year + 1):
                special.update(shift_weeks(self._zone, year))
        old = {(run.first, run.end): run for run in known}
        spans = _spans(sorted(special))
        runs = [old.get(span) or Run(*span, self._written(*span)) for span in spans]
        return Reach(self._zone, self._plain, bounds, runs)

    def _written(self, first: int, end: int) -> Track:
        return Track.of(
            (to_instant(self._zone, day, opens), to_instant(self._zone, day, closes))
            for day in range(monday_of(first), monday_of(end))
            for opens, closes in self._dated.get(day, self._week[(day - 1) % 7])
        )

    def _runs_out(self, side: str, index: int) -> WorkRunsOut:
        worked = [day for day in self._days if self._dated[day]]
        return WorkRunsOut(side=side, date=date.fromordinal(worked[index]).isoformat())


def _year(week: int) -> int:
    """The year that a week is counted to: its Sunday's."""
    return date.fromordinal(monday_of(week) + 6).year


def _spans(weeks: list[int]) -> list[tuple[int, int]]:
    """Consecutive weeks drawn together."""
    spans: list[tuple[int, int]] = []
    for week in weeks:
        if spans and spans[-1][1] == week:
            spans[-1] = (spans[-1][0], week + 1)
        else:
            spans.append((week, week + 1))
    return spans
