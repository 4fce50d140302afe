"""Months that a rule passes over since they have no such day: the 31st, a fifth Monday."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from store.domain.plan_days import settled
from store.domain.plan_rules import Freq

if TYPE_CHECKING:
    from datetime import date

    from store.domain.plan_rules import PlanRule

LENGTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of the months in a leap year."""
_FEBRUARY: Final = 2
_IN_EVERY: Final = 28
_FIFTH: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A day of the month that some of a rule's months do not have."""

    day: int
    """From the month's end where negative."""
    months: tuple[int, ...]
    leap: bool = False
    """Whether February has it in leap years."""


def gaps(rule: PlanRule, start: date) -> tuple[Gap, ...]:
    """One for each day of a rule that is missing now and then; the shortest months last."""
    rule = settled(rule, start)
    if rule.freq is Freq.DAILY and len(rule.monthdays) == max(LENGTHS):
        return ()  # it names no day
    found = []
    for day in rule.monthdays:
        months = tuple(m for m in _months(rule, start) if LENGTHS[m - 1] < abs(day))
        leap = abs(day) == LENGTHS[_FEBRUARY - 1] and _FEBRUARY in _months(rule, start)
        if months or leap:
            found.append(Gap(day=day, months=(_FEBRUARY,) if leap else months, leap=leap))
    return tuple(found)


def has_fifths(rule: PlanRule) -> bool:
    """Whether it asks for a fifth weekday of a month, which most months do not have."""
    monthly = rule.freq is Freq.MONTHLY or (rule.freq is Freq.YEARLY and bool(rule.months))
    return monthly and any(abs(place) == _FIFTH for _day, place in rule.weekdays)


def _months(rule: PlanRule, start: date) -> tuple[int, ...]:
    """The months that it looks for days in."""
    named = set(rule.months or range(1, 13))
    if rule.freq is Freq.MONTHLY:
        turns = islice(range(start.month - 1, 10**9, rule.interval), 12)
        named &= {turn % 12 + 1 for turn in turns}
    return tuple(sorted(named))
