"""A recurrence in words: every 3 months on the first Monday at 09:00; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.i18n import _, _n
from store.domain.plan_days import settled
from store.domain.plan_form import written_time
from store.domain.plan_rules import Freq, read_rule
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from store.domain.plan_gaps import Gap
    from store.domain.plan_rules import PlanRule, Weekday

_DAYS: Final = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday")),
    *(N_("Friday"), N_("Saturday"), N_("Sunday")),
)
_MONTHS: Final = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June")),
    *(N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)
_SHORT: Final = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)
_EVERY: Final = {
    Freq.DAILY: (N_("every day"), N_("every {count} days"), N_("every {count} days{on}")),
    Freq.WEEKLY: (N_("every week"), N_("every {count} weeks"), N_("every {count} weeks{on}")),
    Freq.MONTHLY: (N_("every month"), N_("every {count} months"), N_("every {count} months{on}")),
    Freq.YEARLY: (N_("every year"), N_("every {count} years"), N_("every {count} years{on}")),
}
_PLACES: Final = {
    1: N_("first"),
    2: N_("second"),
    3: N_("third"),
    4: N_("fourth"),
    5: N_("fifth"),
    -1: N_("last"),
    -2: N_("second last"),
}


def rule_said(text: str, start: date, of_day: int, *, from_completion: bool = False) -> str:
    """What an RRULE comes to; days that it leaves to its start are named, too.

    Counted from completion, those follow from the day on which the last one was done.
    """
    rule = read_rule(text)
    where = ""
    if not (from_completion and rule.plain):
        where = "".join(_where(rule if rule.freq is Freq.DAILY else settled(rule, start)))
    said = [_every(rule, where)]
    said.append(_(" at {time}").format(time=written_time(of_day)))
    if rule.week_start and (rule.weeks or (rule.freq is Freq.WEEKLY and rule.interval > 1)):
        said.append(_(", weeks from {day}").format(day=_(_DAYS[rule.week_start])))
    if rule.count is not None:
        said.append(_n(", {count} time", ", {count} times", rule.count).format(count=rule.count))
    if rule.until is not None:
        said.append(_(", until {day}").format(day=rule.until.strftime("%Y-%m-%d")))
    return "".join(said)


def gap_said(gap: Gap) -> str:
    """Which months have no such day, and what every month has."""
    if gap.leap:
        said = _("February has a {day} in leap years only; “last day” comes every year")
        return said.format(day=_monthday(gap.day))
    said = _("no {day} in {months}; “last day” comes every month")
    return said.format(day=_monthday(gap.day), months=_list(_(_SHORT[n - 1]) for n in gap.months))


def _every(rule: PlanRule, where: str) -> str:
    """With the days `where` it comes, which Chinese joins to several months by a word."""
    one, many, many_on = _EVERY[rule.freq]
    if rule.interval == 1:
        return _(one) + where
    return _(many_on if where else many).format(count=rule.interval, on=where)


def _where(rule: PlanRule) -> Iterator[str]:
    if rule.months:
        yield _(" in {months}").format(months=_list(_(_MONTHS[n - 1]) for n in rule.months))
    if rule.weeks:
        yield _(" in week {weeks}").format(weeks=_list(map(str, rule.weeks)))
    if rule.yeardays:
        yield _(" on day {days} of the year").format(days=_list(map(str, rule.yeardays)))
    days = [_monthday(day) for day in rule.monthdays]
    if days:
        yield _(" on {days}").format(days=_list(days))
    if rule.weekdays:
        named = _list(_weekday(day) for day in rule.weekdays)
        whole = _(" on {days}") if not days else _(" that is a {days}")
        if rule.places:
            places = _list(_place(place) for place in rule.places)
            named = _("the {places} of {days}").format(places=places, days=named)
        yield whole.format(days=named)
    elif rule.places:
        yield _(", the {places} of these").format(places=_list(map(_place, rule.places)))


def _monthday(day: int) -> str:
    if day == -1:
        return _("the last day")
    if day < 0:
        return _("day {day} from the end").format(day=-day)
    return _("day {day}").format(day=day)


def _weekday(weekday: Weekday) -> str:
    day, place = weekday
    if not place:
        return _(_DAYS[day])
    return _("the {place} {day}").format(place=_place(place), day=_(_DAYS[day]))


def _place(place: int) -> str:
    known = _PLACES.get(place)
    return _(known) if known is not None else _("no. {place}").format(place=place)


def _list(words: Iterable[str]) -> str:
    return _(", ").join(words)
