"""Revisits: customers called again by tier, each on a day of his month; pure.

A revisit is a promise of the desk to call a customer, made at an order of his: it rings, is put
off, kept and taken back as every promise is. Its kind tells the month that it is for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from store.domain.calls import Outcome, read_outcome
from store.domain.contracts import midnight
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from store.domain.calendar import Calendar
    from store.domain.dispatch.figures import Figures

_KIND: Final = "revisit "
_MONTHS: Final = 12
_TIERS: Final = {"key": "revisit_key", "standard": "revisit_standard"}


class Standing(StrEnum):
    """How a revisit stands."""

    PLANNED = "planned"
    DUE = "due"
    MISSED = "missed"
    HELD = "held"
    REFUSED = "refused"
    OFF = "off"


STANDINGS: Final[Mapping[Standing, str]] = {
    Standing.PLANNED: N_("revisit planned"),
    Standing.DUE: N_("revisit due"),
    Standing.MISSED: N_("revisit missed"),
    Standing.HELD: N_("revisit held"),
    Standing.REFUSED: N_("revisit not wanted"),
    Standing.OFF: N_("revisit called off"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallingDay:
    """A day on which a customer can be called, and from when until when."""

    day: date
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanting:
    """A customer who is to have a day, of those on which he can be called."""

    customer: int
    days: tuple[date, ...]
    """Rising."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One promise to call that a revisit came to: the first, or again after no answer."""

    due_at: datetime
    done_at: datetime | None
    outcome: str | None


def kind_of(period: str) -> str:
    """The kind of the promise that a revisit of a month is."""
    return _KIND + period


def period_of(kind: str) -> str | None:
    """The month, as 2026-11, that a promise of this kind is the revisit of; None for others."""
    month = kind.removeprefix(_KIND)
    return month if month != kind and is_period(month) else None


def is_period(text: str) -> bool:
    """Whether a text is a month as 2026-11."""
    year, _, month = text.partition("-")
    plain = text.isascii() and year.isdecimal() and month.isdecimal()
    return plain and (len(year), len(month)) == (4, 2) and 1 <= int(month) <= _MONTHS


def months_of(figures: Figures, tier: str) -> int:
    """How many months lie between two revisits of a customer of this tier; 0 for none."""
    months: int = getattr(figures, _TIERS.get(tier, "revisit_others"))
    return months


def is_wanted(last: str | None, period: str, months: int) -> bool:
    """Whether a customer whose last revisit was for that month is due for one in this."""
    if months < 1:
        return False
    return last is None or _count(period) - _count(last) >= months


def _count(period: str) -> int:
    year, _, month = period.partition("-")
    return int(year) * _MONTHS + int(month)


def calling_days(
    hours: Calendar, desk: Calendar, *, at: datetime
) -> tuple[str, tuple[CallingDay, ...]]:
    """The month of a customer's calendar that an instant lies in, and what is left of its days.

    He is called while he and the desk both work; where they never do, while he does. Of today
    only what is not over.
    """
    here = at.astimezone(hours.zone).date()
    first = here.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    rest = [here + timedelta(days=n) for n in range((last - here).days + 1)]
    days: tuple[CallingDay, ...] = ()
    for both in (True, False):
        found = (_calling(day, hours, desk if both else hours) for day in rest)
        days = tuple(one for one in found if one is not None and one.closes_at > at)
        if days:
            break
    return f"{first:%Y-%m}", days


def _calling(day: date, hours: Calendar, desk: Calendar) -> CallingDay | None:
    begins = midnight(day, hours.zone.key)
    ends = midnight(day + timedelta(days=1), hours.zone.key)
    common = [
        (max(opens, mine), min(closes, over))
        for mine, over in hours.stretches(begins, ends)
        for opens, closes in desk.stretches(mine, over)
    ]
    if not common:
        return None
    return CallingDay(day=day, opens_at=common[0][0], closes_at=common[-1][1])


def spread(wanting: Sequence[Wanting], load: Mapping[date, int]) -> dict[int, date]:
    """A day for each customer who has any, even over the month and the same for whoever reckons.

    `load` is how many each day has already. Afterwards nobody stands on a day that has two more
    than another one on which he could be called: he is moved there.
    """
    able = sorted((one for one in wanting if one.days), key=lambda one: one.customer)
    count = dict(load)
    chosen: dict[int, date] = {}
    for place, one in enumerate(able):
        # The n-th of so many has his place at the same part of the month, each month again.
        meant = (2 * place + 1) * len(one.days) // (2 * len(able))
        near = ((count.get(day, 0), abs(n - meant), day) for n, day in enumerate(one.days))
        day = min(near)[2]
        chosen[one.customer] = day
        count[day] = count.get(day, 0) + 1
    while _evened(able, chosen, count):
        pass
    return chosen


def _evened(able: Sequence[Wanting], chosen: dict[int, date], count: dict[date, int]) -> bool:
    """Move each customer to an emptier day where that evens both out; whether anybody moved."""
    moved = False
    for one in able:
        day = chosen[one.customer]
        least, other = min((count.get(each, 0), each) for each in one.days)
        if least + 1 < count[day]:
            chosen[one.customer] = other
            count[day] -= 1
            count[other] = least + 1
            moved = True
    return moved


def standing(
    calls: Sequence[Call], *, opens_at: datetime, due_at: datetime, at: datetime
) -> tuple[Standing, Call | None]:
    """How a revisit stands at a moment, and the call that says so; `calls` rising by place."""
    if not calls:
        return Standing.OFF, None
    still = next((call for call in calls if call.done_at is None), None)
    if still is not None:
        if at > due_at:
            return Standing.MISSED, still
        return (Standing.DUE if at >= opens_at else Standing.PLANNED), still
    last = calls[-1]
    refused = read_outcome(last.outcome)[0] is Outcome.REFUSED
    return (Standing.REFUSED if refused else Standing.HELD), last
