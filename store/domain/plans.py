"""Plans for preventive work: when each order is due, and when it is to be made.

An occurrence keeps the day that the rule names, whatever becomes of its date: by that day it is
known, made once, skipped. The time of day is the one on the site's wall; the instant follows from
it, so that no change of the clocks moves the work.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING

from store.domain.calendar_refusals import CalendarRefused
from store.domain.localtime import SECOND, instant, lost_days, micros, of_instant, to_instant
from store.domain.plan_days import days, last_day
from store.domain.plan_rules import Freq
from store.domain.rules import ALWAYS
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from zoneinfo import ZoneInfo

    from store.domain.calendar import Calendar
    from store.domain.plan_rules import PlanRule

PATIENCE = timedelta(days=2)
"""How late an order is still made for each occurrence; of those before, the latest only."""

LOOK_BACK = 40
"""Days before a plan goes on in which the rule may have named a day that closed days moved on."""

MOST_LEAD = timedelta(days=180)
_DAY_S = 86_400


class Basis(StrEnum):
    """From what the next occurrence is counted."""

    SCHEDULED = "scheduled"
    COMPLETION = "completion"


class Closed(StrEnum):
    """What becomes of an occurrence on a day that is not worked."""

    KEEP = "keep"
    SKIP = "skip"
    NEXT = "next"
    PREVIOUS = "previous"


BASES: Mapping[Basis, str] = {
    Basis.SCHEDULED: N_("by the calendar"),
    Basis.COMPLETION: N_("from when the last one was done"),
}
CLOSED: Mapping[Closed, str] = {
    Closed.KEEP: N_("stays on closed days"),
    Closed.SKIP: N_("skipped on closed days"),
    Closed.NEXT: N_("on closed days the next working day"),
    Closed.PREVIOUS: N_("on closed days the working day before"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When a plan comes, and how far it has come."""

    rule: PlanRule
    start: date
    """The first day that may be named; where the rule names no days, they follow from it."""
    of_day: int
    """The time of day on the wall, in seconds."""
    zone: ZoneInfo
    hours: Calendar = ALWAYS
    """Whose closed days count."""
    closed: Closed = Closed.NEXT
    lead: timedelta = timedelta()
    """How long before it is due the order is made, on the wall."""
    basis: Basis = Basis.SCHEDULED
    until: date | None = None
    """The last day that may be named."""
    begin_at: datetime = datetime(1900, 1, 2, tzinfo=UTC)
    """What was due by then is not made any more: the plan was made, or went on, then."""
    floor: date | None = None
    """The day by which the last one made is known; None before the first."""
    floor_due: date | None = None
    """The day on which that one was due."""
    done_on: date | None = None
    """When the last order was done, where the next is counted from that."""
    skipped: frozenset[date] = frozenset()
    """Days whose occurrence somebody has called off."""
    made: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One time that a plan comes."""

    day: date
    """The day that the rule names, by which it is known."""
    due_day: date
    """The day it is due on: another one where that is closed."""
    due_at: datetime
    make_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What is to be made now, and what was passed over since nobody was there to make it."""

    occurrence: Occurrence
    missed: int = 0
    since: date | None = None
    """The day of the first that was missed."""


def occurrences(plan: Timing) -> Iterator[Occurrence]:
    """What is still to come, one after the other; of those from completion the first alone is sure.

    Days and due times only rise: what closed days move onto another occurrence's day is one with
    it.
    """
    if plan.basis is Basis.COMPLETION:
        yield from _from_completion(plan)
    else:
        yield from _from_rule(plan, plan.start, last_day(plan.rule, plan.start, *_wall(plan)))


def turn(plan: Timing, *, at: datetime) -> Turn | None:
    """What is to be made by now; None where nothing is.

    Whatever is due, or was within `PATIENCE`, has its turn; of a longer stretch the latest.
    """
    coming = occurrences(plan)
    held = next(coming, None)
    if held is None or held.make_at > at:
        return None
    first, missed = held.day, 0
    if plan.basis is Basis.SCHEDULED:
        for later in coming:
            if held.due_at >= at - PATIENCE or later.make_at > at:
                break
            held, missed = later, missed + 1
    return Turn(occurrence=held, missed=missed, since=first if missed else None)


def after(plan: Timing, made: Occurrence) -> Timing:
    """The plan when one more was made, as if it were done on the day it is due."""
    return replace(
        plan,
        floor=made.day,
        floor_due=made.due_day,
        done_on=made.due_day if plan.basis is Basis.COMPLETION else None,
        made=plan.made + 1,
    )


def local_day(zone: ZoneInfo, at: datetime) -> date:
    """The day that a wall calendar shows at an instant."""
    return date.fromordinal(of_instant(zone, micros(at))[0])


def _wall(plan: Timing) -> tuple[ZoneInfo, int]:
    return plan.zone, plan.of_day


def _from_completion(plan: Timing) -> Iterator[Occurrence]:
    while plan.rule.count is None or plan.made < plan.rule.count:
        anchor = plan.done_on or plan.start
        last = None if plan.rule.count is not None else last_day(plan.rule, anchor, *_wall(plan))
        found = next(_from_rule(plan, anchor, last), None)
        if found is None:
            return
        yield found
        plan = after(plan, found)


def _from_rule(plan: Timing, start: date, last: date | None) -> Iterator[Occurrence]:
    lost = lost_days(plan.zone)
    before = plan.floor_due
    due_before: datetime = plan.begin_at
    for day in _named(plan, start):
        if any(end is not None and day > end for end in (last, plan.until)):
            return
        due_day = _worked(plan, day)
        if due_day is None or due_day.toordinal() in lost:
            continue
        if before is not None and due_day <= before:
            continue
        if day in plan.skipped:
            before = due_day  # and with it whatever closed days moved onto that day
            continue
        found = _at(plan, day, due_day)
        if found.due_at <= due_before:
            continue
        before, due_before = due_day, found.due_at
        yield found


def _named(plan: Timing, start: date) -> Iterator[date]:
    """The days that the rule names from where the plan has come to."""
    first = date.fromordinal(local_day(plan.zone, plan.begin_at).toordinal() - LOOK_BACK)
    if plan.floor is not None:
        first = max(first, date.fromordinal(plan.floor.toordinal() + 1))
    if plan.done_on is None:
        return days(plan.rule, start, first)
    first = max(first, date.fromordinal(plan.done_on.toordinal() + 1))
    if plan.rule.plain and plan.rule.freq is not Freq.WEEKLY:
        return (day for day in _steps(plan.rule, start) if day >= first)
    return days(plan.rule, start, first)


def _steps(rule: PlanRule, start: date) -> Iterator[date]:
    """So many days, months or years on from a day; the month's last where it has no such day."""
    from dateutil.relativedelta import relativedelta

    unit = {Freq.DAILY: "days", Freq.MONTHLY: "months", Freq.YEARLY: "years"}[rule.freq]
    for steps in count(1):
        try:
            yield start + relativedelta(**{unit: steps * rule.interval})
        except (ValueError, OverflowError):
            return


def _worked(plan: Timing, day: date) -> date | None:
    """The day that the work is done on; None where it is skipped."""
    if plan.closed is Closed.KEEP:
        return day
    try:
        if plan.closed is Closed.SKIP:
            return day if plan.hours.works_on(day) else None
        return plan.hours.working_day(day, back=plan.closed is Closed.PREVIOUS)
    except CalendarRefused:  # a calendar of single dates that holds no more
        return None


def _at(plan: Timing, day: date, due_day: date) -> Occurrence:
    ordinal = due_day.toordinal()
    lead = int(plan.lead.total_seconds())
    back, of_day = divmod(plan.of_day - lead, _DAY_S)
    due = to_instant(plan.zone, ordinal, plan.of_day * SECOND)
    make = to_instant(plan.zone, ordinal + back, of_day * SECOND)
    return Occurrence(
        day=day, due_day=due_day, due_at=instant(due), make_at=instant(min(due, make))
    )
