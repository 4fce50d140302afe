"""Packs: the day's summary, the week's actions, the month's review; which are due and when.

Each is of one period by a calendar. The summary of a day is due when that day's work ends, and
tells of all that came since the summary before it: no hour is in none, and none in two. Actions are
due on a day of the week when work begins, a month's review when work begins on the first working
day after it. Where nobody was there to write them, one summary is made up for, which tells of all
the days, and one list of actions, since who reads these acts on how things stand; a month is for
the records, and every one is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from store.domain.errors import Refusal
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from store.domain.calendar import Calendar
    from store.domain.dispatch.figures import Figures

LOOK_BACK: Final = 15
"""Days in which the last summary is looked for; no holidays last longer."""
MOST_MONTHS: Final = 36
"""So many months at most are made up for at once, the oldest first; the next look goes on."""
_AHEAD: Final = 62
"""Days in which the next of each kind is looked for."""
_DAY: Final = timedelta(days=1)


class PackKind(StrEnum):
    """What a pack tells."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


PACK_KINDS: Final[Mapping[str, str]] = {
    PackKind.DAILY: N_("summary of the day"),
    PackKind.WEEKLY: N_("actions of the week"),
    PackKind.MONTHLY: N_("review of the month"),
}
"""How each is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePack:
    """A pack that is to be written."""

    kind: PackKind
    period: str
    """A day as 2026-11-28, a week as 2026-W48, a month as 2026-11."""
    first: date
    last: date
    """The last day that it tells of; it counts."""
    due_at: datetime
    """As of then its figures are reckoned, whenever it is written."""
    since: datetime
    """It tells of what came from then on, up to when it is due; of a month, of its days."""
    ahead: datetime
    """Until then it tells what is promised: of a day's summary the end of the next working day."""


class PackUnknown(Refusal):
    """There is none in sight."""

    sentence = N_("no {kind} pack of {period}; see paidan pack list")


def packs_due(
    hours: Calendar, figures: Figures, *, at: datetime, months: Collection[str] = ()
) -> tuple[DuePack, ...]:
    """Which are due by then, be they written or not; `months` are those that are written.

    A summary tells of what came since the work before ended, until `after_last` says better.
    """
    found: list[DuePack] = []
    if figures.pack_daily:
        found += _daily(hours, at)
    if figures.pack_weekly:
        found += _weekly(hours, figures.pack_weekly, at)
    if figures.pack_monthly:
        found += _monthly(hours, at, months)
    return tuple(found)


def next_packs(hours: Calendar, figures: Figures, *, at: datetime) -> tuple[DuePack, ...]:
    """The next of each kind that is due after then, the soonest first."""
    found: dict[PackKind, DuePack] = {}
    day = at.astimezone(hours.zone).date()
    for ahead in range(_AHEAD):
        for moment in _moments(hours, day + _DAY * ahead):
            if moment > at:
                for one in packs_due(hours, figures, at=moment):
                    if one.due_at > at:
                        found.setdefault(one.kind, one)
        if len(found) == len(PackKind):
            break
    return tuple(sorted(found.values(), key=lambda one: one.due_at))


def _moments(hours: Calendar, day: date) -> tuple[datetime, ...]:
    """When something may fall due on a day: as its work begins, and as it ends."""
    ends = _ends(hours, day)
    return () if ends is None else (_begins(hours, day), ends)


def after_last(hours: Calendar, pack: DuePack, last: datetime | None) -> DuePack | None:
    """The summary that goes on where the `last` one ended; None where that one told of it all."""
    if pack.kind is not PackKind.DAILY or last is None:
        return pack
    if pack.due_at <= last:
        return None
    return replace(pack, since=last, first=min(last.astimezone(hours.zone).date(), pack.last))


def _daily(hours: Calendar, at: datetime) -> Iterator[DuePack]:
    today = at.astimezone(hours.zone).date()
    for day in (today - _DAY * back for back in range(LOOK_BACK)):
        ends = _ends(hours, day)
        if ends is not None and ends <= at:
            since = _ended_before(hours, day)
            yield DuePack(
                kind=PackKind.DAILY,
                period=day.isoformat(),
                first=since.astimezone(hours.zone).date(),
                last=day,
                due_at=ends,
                since=since,
                ahead=_ends(hours, _working(hours, day + _DAY)) or ends + _DAY,
            )
            return


def _ended_before(hours: Calendar, day: date) -> datetime:
    """When the work before that of a day ended; its own midnight where there was none."""
    for back in range(1, LOOK_BACK):
        ends = _ends(hours, day - _DAY * back)
        if ends is not None:
            return ends
    return _midnight(hours, day)


def _weekly(hours: Calendar, weekday: int, at: datetime) -> Iterator[DuePack]:
    today = at.astimezone(hours.zone).date()
    this = today - _DAY * today.weekday()
    for monday in (this, this - 7 * _DAY, this - 14 * _DAY):
        due = _begins(hours, monday + _DAY * (weekday - 1))
        if due <= at:
            day = due.astimezone(hours.zone).date()
            year, week, _day = monday.isocalendar()
            yield DuePack(
                kind=PackKind.WEEKLY,
                period=f"{year}-W{week:02}",
                first=monday,
                last=max(day, monday),
                due_at=due,
                since=_midnight(hours, monday),
                ahead=due,
            )
            return


def _monthly(hours: Calendar, at: datetime, months: Collection[str]) -> Iterator[DuePack]:
    """The last, and every one that is missing since the first that was written."""
    last = before(at.astimezone(hours.zone).date().replace(day=1))
    while _begins(hours, after(last)) > at:
        last = before(last)
    month = min((first for one in months if (first := _month(one)) < last), default=last)
    count = 0
    while month <= last and count < MOST_MONTHS:
        period = f"{month:%Y-%m}"
        if period not in months or month == last:
            due = _begins(hours, after(month))
            yield DuePack(
                kind=PackKind.MONTHLY,
                period=period,
                first=month,
                last=after(month) - _DAY,
                due_at=due,
                since=_midnight(hours, month),
                ahead=due,
            )
            count += 1
        month = after(month)


def _month(period: str) -> date:
    try:
        return date.fromisoformat(f"{period}-01")
    except ValueError:  # what another program wrote
        return date.max


def before(month: date) -> date:
    """The first day of the month before one that begins then."""
    return (month - _DAY).replace(day=1)


def after(month: date) -> date:
    """The first day of the month after."""
    return (month + 32 * _DAY).replace(day=1)


def _working(hours: Calendar, day: date) -> date:
    """The day itself, or the next that is worked; the day where none ever is."""
    try:
        return hours.working_day(day)
    except Refusal:
        return day


def _begins(hours: Calendar, day: date) -> datetime:
    """When work begins on a day, or the next working day; midnight where none ever does."""
    day = _working(hours, day)
    opens = next(iter(hours.windows(_midnight(hours, day), _midnight(hours, day + _DAY))), None)
    return _midnight(hours, day) if opens is None else opens[0]


def _ends(hours: Calendar, day: date) -> datetime | None:
    """When a day's work ends: at midnight at the latest; None on a day off."""
    worked = list(hours.windows(_midnight(hours, day), _midnight(hours, day + _DAY)))
    return worked[-1][1] if worked else None


def _midnight(hours: Calendar, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=hours.zone).astimezone(UTC)
