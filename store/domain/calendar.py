"""Working time: a deadline, a distance or a window on a calendar of one time zone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, overload

from store.domain.calendar_refusals import NoWorkingTime
from store.domain.calendar_spec import WEEKDAYS, CalendarSpec, read_spec
from store.domain.localtime import (
    DAY,
    instant,
    length,
    lost_days,
    micros,
    of_instant,
    to_instant,
    week_of,
)
from store.domain.working_days import WorkingDays
from store.domain.working_line import Reach, WorkingLine

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_NEW_YEAR = (1, 7)
"""Month and day up to which a holiday may belong to the list of the year before."""

Stretch = tuple[datetime, datetime]
"""Working time without a break, as aware UTC instants."""


class Calendar:
    """When work is done, and what follows for clocks; immutable, and safe in any thread.

    All instants are aware and come back in UTC; durations are real time, so a 24-hour window holds
    25 hours on the day that has them. A window is open from its beginning up to, not at, its end.
    """

    __slots__ = ("_days", "_line", "_spec")

    def __init__(self, spec: CalendarSpec) -> None:
        dated = spec.dated() | dict.fromkeys(lost_days(spec.zone), ())
        if not any(spec.week) and not any(dated.values()):
            raise NoWorkingTime
        self._spec = spec
        self._line = WorkingLine(spec.zone, spec.week, dated)
        self._days = WorkingDays(spec.week, dated)

    @classmethod
    def parse(cls, spec: Mapping[str, Any]) -> Calendar:
        """The calendar that plain data describes; a CalendarRefused says what is wrong where."""
        return cls(read_spec(spec))

    @classmethod
    def always(cls) -> Calendar:
        """The calendar on which every second counts."""
        return cls.parse({"zone": "UTC", "week": {day: [["00:00", "24:00"]] for day in WEEKDAYS}})

    def __reduce__(self) -> tuple[Callable[[Mapping[str, Any]], Calendar], tuple[dict[str, Any]]]:
        return Calendar.parse, (self.spec(),)

    def __repr__(self) -> str:
        return f"Calendar.parse({self.spec()!r})"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone whose walls show the calendar's hours."""
        return self._spec.zone

    def spec(self) -> dict[str, Any]:
        """The plain data that `parse` reads, in one canonical form."""
        return self._spec.as_data()

    @property
    def known_until(self) -> date | None:
        """The last day of which the calendar itself says that its holidays are known."""
        return self._spec.known_until

    @property
    def never_closes(self) -> bool:
        """Whether every second counts, on every day."""
        days = [*self._spec.week, *self._spec.dated().values()]
        return all(windows == ((0, DAY),) for windows in days)

    def horizon(self) -> date | None:
        """The last day of which holidays and make-up workdays are known; None without any.

        Where the calendar does not say: the end of the last year that it names a day of, since
        lists come by the year. The first days of January often close the list of the year before.
        """
        if self.known_until is not None:
            return self.known_until
        last = max([*self._spec.holidays, *self._spec.workdays], default=None)
        if last is None:
            return None
        return date(last.year - ((last.month, last.day) <= _NEW_YEAR), 12, 31)

    def known_before(self) -> datetime | None:
        """The midnight that ends the horizon, from which on only the week is known."""
        horizon = self.horizon()
        if horizon is None:
            return None
        return instant(to_instant(self._spec.zone, horizon.toordinal() + 1, 0))

    def add(self, start: datetime, work: timedelta) -> datetime:
        """The first instant by which `work` is done; closing time, not the next opening.

        Negative work goes back, to the last instant from which that much is done by `start`: at
        opening time, not the closing before. No work at all is `start` itself. TooFar outside the
        calendar's years, WorkRunsOut where a calendar of single dates holds no more.
        """
        at, amount = micros(start), length(work)
        if amount == 0:
            return instant(at)
        move = self._line.add if amount > 0 else self._line.subtract
        return instant(move(self._week(at), at, abs(amount)))

    def subtract(self, due: datetime, work: timedelta) -> datetime:
        """The last instant from which `work` is done by `due`; the mirror of `add`."""
        return self.add(due, -work)

    def add_days(self, start: datetime, days: int) -> datetime:
        """The same local time of day `days` working days later, or earlier where negative.

        A working day has any window at all; the time is taken literally, inside hours or not.
        """
        at = micros(start)
        if days == 0:
            return instant(at)
        day, of_day = of_instant(self._spec.zone, at)
        return instant(to_instant(self._spec.zone, self._days.shifted(day, days), of_day))

    def works_on(self, day: date) -> bool:
        """Whether a day has any window at all."""
        ordinal = day.toordinal()
        return self._days.before(ordinal + 1) > self._days.before(ordinal)

    def working_day(self, day: date, *, back: bool = False) -> date:
        """The day itself where it is worked, else the next that is, or the last before it.

        TooFar and WorkRunsOut as for `add_days`.
        """
        if self.works_on(day):
            return day
        return date.fromordinal(self._days.shifted(day.toordinal(), -1 if back else 1))

    def between(self, a: datetime, b: datetime) -> timedelta:
        """The working time from `a` to `b`; negative where `b` comes first."""
        low, high = micros(a), micros(b)
        week_a, week_b = self._week(low), self._week(high)
        reach = self._line.reach(min(week_a, week_b), max(week_a, week_b))
        worked = reach.worked(week_b, high) - reach.worked(week_a, low)
        return timedelta(microseconds=worked)

    def is_open(self, at: datetime) -> bool:
        """Whether work is done at an instant."""
        us = micros(at)
        week = self._week(us)
        reach = self._line.reach(week, week)
        return reach.opened(week, us + 1) > reach.closed(week, us)

    def windows(self, a: datetime, b: datetime) -> Iterator[Stretch]:
        """The working time from `a` to `b` in order, each stretch as long as it can be."""
        held: Stretch | None = None
        for stretch in self.stretches(a, b):
            if held is not None and held[1] == stretch[0]:
                held = held[0], stretch[1]
                continue
            if held is not None:
                yield held
            held = stretch
        if held is not None:
            yield held

    def stretches(self, a: datetime, b: datetime) -> Stretches:
        """The windows from `a` to `b`, cut to it, counted and reached without walking."""
        low, high = micros(a), micros(b)
        week_a, week_b = self._week(low), self._week(high)
        reach = self._line.reach(min(week_a, week_b), max(week_a, week_b))
        numbers = range(reach.closed(week_a, low), reach.opened(week_b, high) if low < high else 0)
        return Stretches(reach, numbers, low, high)

    def _week(self, at: int) -> int:
        return week_of(of_instant(self._spec.zone, at)[0])


class Stretches(Sequence[Stretch]):
    """The windows between two instants, made only when looked at."""

    def __init__(self, reach: Reach, numbers: range, low: int, high: int) -> None:
        self._reach, self._numbers = reach, numbers
        self._low, self._high = low, high

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> Stretch: ...

    @overload
    def __getitem__(self, index: slice) -> Stretches: ...

    def __getitem__(self, index: int | slice) -> Stretch | Stretches:
        if isinstance(index, slice):
            return Stretches(self._reach, self._numbers[index], self._low, self._high)
        opens, closes = self._reach.window(self._numbers[index])
        return instant(max(opens, self._low)), instant(min(closes, self._high))
