"""The days that a rule names, from any day on, at a cost that does not grow with the distance.

python-dateutil says which days one turn of a rule names; which turn comes next is counted here.
Left to itself it walks from the first turn, and to the year 9999 where a rule names no day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import count, islice
from typing import TYPE_CHECKING

from store.domain.plan_rules import LAST_YEAR, Freq, PlanRule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

REACH_YEARS = 40
"""A rule that names no day for so long names none."""

_ONCE = 120_000
"""An interval, in months or years, that leads out of the calendar: one turn, then the end."""


def days(rule: PlanRule, start: date, first: date) -> Iterator[date]:
    """The days of a rule that begins on `start`, from `first` on, without heeding its end.

    The rule decides: a start that it does not name is none of them.
    """
    first = max(first, start)
    rule = settled(rule, start)
    reach = first.year + REACH_YEARS
    for year, month in _turns(rule, start, first):
        if year > min(reach, LAST_YEAR):
            return
        for ordinal in _named(rule, year, month):
            if ordinal >= first.toordinal() and _in_turn(rule, start, ordinal):
                reach = year + REACH_YEARS
                yield date.fromordinal(ordinal)


@lru_cache(maxsize=1024)
def last_day(rule: PlanRule, start: date, zone: ZoneInfo, of_day: int) -> date | None:
    """The last day that COUNT or UNTIL leaves, at a time of day in seconds; None without an end.

    The day before the start where there is none at all.
    """
    before = date.fromordinal(start.toordinal() - 1)
    if rule.count is not None:
        counted = list(islice(days(rule, start, start), rule.count))
        return counted[-1] if counted else before
    if rule.until is None:
        return None
    if not isinstance(rule.until, datetime):
        return rule.until
    wall = rule.until.astimezone(zone) if rule.until.tzinfo is UTC else rule.until
    in_time = wall.hour * 3600 + wall.minute * 60 + wall.second >= of_day
    return wall.date() if in_time else date.fromordinal(wall.date().toordinal() - 1)


def settled(rule: PlanRule, start: date) -> PlanRule:
    """The rule with the days that follow from its start written out."""
    if rule.freq is Freq.WEEKLY and not rule.weekdays:
        return replace(rule, weekdays=((start.weekday(), 0),))
    if rule.freq is Freq.DAILY and not rule.monthdays and not rule.weekdays:
        return replace(rule, monthdays=tuple(range(1, 32)))
    named = rule.monthdays or rule.weekdays or rule.yeardays or rule.weeks
    if rule.freq is Freq.MONTHLY and not named:
        return replace(rule, monthdays=(start.day,))
    if rule.freq is Freq.YEARLY and not named:
        return replace(rule, months=rule.months or (start.month,), monthdays=(start.day,))
    return rule


def _turns(rule: PlanRule, start: date, first: date) -> Iterator[tuple[int, int]]:
    """The years, or months, to look through; the month is 0 for a whole year."""
    if rule.freq is Freq.YEARLY:
        late = -(start.year - first.year) % rule.interval
        for year in count(first.year + (rule.interval - late) % rule.interval, rule.interval):
            yield year, 0
    step = rule.interval if rule.freq is Freq.MONTHLY else 1
    begin, now = start.year * 12 + start.month - 1, first.year * 12 + first.month - 1
    for turn in count(now + (begin - now) % step, step):
        yield turn // 12, turn % 12 + 1


def _in_turn(rule: PlanRule, start: date, ordinal: int) -> bool:
    """Whether a day lies in a turn of a rule by days or weeks; months and years were chosen."""
    if rule.freq is Freq.DAILY:
        return (ordinal - start.toordinal()) % rule.interval == 0
    if rule.freq is Freq.WEEKLY:
        week, begun = ((day - 1 - rule.week_start) // 7 for day in (ordinal, start.toordinal()))
        return (week - begun) % rule.interval == 0
    return True


@lru_cache(maxsize=4096)
def _named(rule: PlanRule, year: int, month: int) -> tuple[int, ...]:
    """The ordinal days that a settled rule names in one year or month."""
    from dateutil.rrule import MONTHLY, YEARLY, rrule, weekday

    found = rrule(
        MONTHLY if month else YEARLY,
        dtstart=datetime(year, month or 1, 1),  # noqa: DTZ001  a day on the wall
        interval=_ONCE,
        bymonth=rule.months or None,
        bymonthday=rule.monthdays or None,
        byweekday=[weekday(day, place or None) for day, place in rule.weekdays] or None,
        byyearday=rule.yeardays or None,
        byweekno=rule.weeks or None,
        bysetpos=rule.places or None,
        wkst=rule.week_start,
        byhour=0,
        byminute=0,
        bysecond=0,
    )
    return tuple(day.toordinal() for day in found)
