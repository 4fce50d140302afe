"""Which orders the dashboard is of: a period and what else is asked for, as it is typed; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from console.i18n import _
from store.domain.kpi.periods import day_before
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.queries.kpi import Kpis

PERIODS: Final[Mapping[str, tuple[str, str]]] = {
    "30d": (N_("the last 30 days"), "30天"),
    "7d": (N_("the last 7 days"), "7天"),
    "month": (N_("this month so far"), "本月"),
    "last": (N_("last month"), "上月"),
    "year": (N_("twelve months"), "一年"),
}
"""Periods that have a name: what they are, and their Chinese word; a key goes from one to the next.

Any number of days may be said as well, a month as 2026-10, a day or two days, both included.
"""
FIELDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "site": ("site", "站点", N_("site {name}")),
    "kind": ("kind", "类型", N_("kind {name}")),
    "person": ("person", "工程师", N_("technician {name}")),
    "customer": ("customer", "客户", N_("customer {name}")),
}
"""What else may be asked for: typed before a colon in either language, and how it is told."""
COHORTS: Final[Mapping[str, tuple[str, str]]] = {
    "closed": (N_("orders closed in it"), "按关闭"),
    "opened": (N_("orders opened in it"), "按新建"),
}
MONTHS: Final = 12
_DAYS: Final = re.compile(r"(\d{1,4})(?:d|天)")
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
_MOST_DAYS: Final = 3_653
YEARS: Final = range(1900, 9000)
"""The year before has to be one, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What is looked at."""

    period: str = "30d"
    """One of `PERIODS`, so many days, a month, a day, or two days with a space between them."""
    cohort: str = "closed"
    site: str = ""
    kind: str = ""
    person: str = ""
    customer: str = ""

    @property
    def named(self) -> dict[str, str]:
        """What is asked for besides the period, by its field."""
        return {name: told for name in FIELDS if (told := getattr(self, name))}

    @property
    def counted(self) -> bool:
        """Whether no sums are kept of it, so that orders are gone through one by one."""
        return bool(self.kind or self.person or self.customer) or self.cohort == "opened"

    def days(self, today: date) -> tuple[date, date]:
        """The first day and the last, as of a day."""
        return ends(self.period, today)

    def before(self, today: date) -> tuple[date, date]:
        """The period before: as many whole months, else as many days."""
        first, last = self.days(today)
        return day_before(first, last + timedelta(days=1)), first - timedelta(days=1)

    def year(self, today: date) -> tuple[date, date]:
        """Twelve months up to that in which the period ends."""
        last = self.days(today)[1]
        number = last.year * 12 + last.month - MONTHS
        return date(number // 12, number % 12 + 1, 1), last

    def asks(self, days: tuple[date, date], zone: str, **more: Any) -> Kpis:
        """The question for figures of some days."""
        from store.queries.kpi import Kpis

        return Kpis(**self.told(days, zone), **more)

    def told(self, days: tuple[date, date], zone: str) -> dict[str, Any]:
        """What a question about figures and one about the rows behind them are told alike."""
        from store.queries.kpi import Cohort

        first, last = days
        return {
            "first": first,
            "last": last,
            "zone": zone,
            "cohort": Cohort(self.cohort),
            **{name: getattr(self, name) for name in FIELDS},
        }

    def after(self) -> Cut:
        """The same of the next period that has a name."""
        names = list(PERIODS)
        place = names.index(self.period) + 1 if self.period in names else 0
        return replace(self, period=names[place % len(names)])

    def other_cohort(self) -> Cut:
        """The same of the orders opened in it, or closed."""
        return replace(self, cohort="closed" if self.cohort == "opened" else "opened")


def period_of(words: tuple[str, ...]) -> str | None:
    """What one word or two mean as a period; None where that is none."""
    if len(words) == 1:
        word = words[0].casefold()
        for name, (_label, chinese) in PERIODS.items():
            if word in {name, chinese}:
                return name
        days = _DAYS.fullmatch(word)
        if days is not None:
            return f"{int(days[1])}d" if 0 < int(days[1]) <= _MOST_DAYS else None
    said = " ".join(words)
    try:
        first, last = ends(said, date.min)
    except (ValueError, OverflowError):
        return None
    fits = first <= last and {first.year, last.year} <= set(YEARS)
    return said if fits and (last - first).days < _MOST_DAYS else None


def ends(period: str, today: date) -> tuple[date, date]:
    """The first day and the last of a period; ValueError where it is none."""
    month = _MONTH.fullmatch(period)
    if period in {"month", "last", "year"} or month is not None:
        first = (today if month is None else date(int(month[1]), int(month[2]), 1)).replace(day=1)
        if month is not None:
            return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        if period == "month":
            return first, today
        if period == "last":
            last = first - timedelta(days=1)
            return last.replace(day=1), last
        number = today.year * 12 + today.month - MONTHS
        return date(number // 12, number % 12 + 1, 1), today
    days = _DAYS.fullmatch(period)
    if days is not None:
        return today - timedelta(days=int(days[1]) - 1), today
    said = [date.fromisoformat(word) for word in period.split(" ")]
    if len(said) > 2:
        raise ValueError(period)
    return said[0], said[-1]


def field_of(word: str) -> str | None:
    """The field that a word before a colon names."""
    said = word.casefold()
    return next((name for name, (en, zh, _said) in FIELDS.items() if said in {en, zh}), None)


def cohort_of(word: str) -> str | None:
    """Which orders a word means."""
    said = word.casefold()
    return next((name for name, (_label, zh) in COHORTS.items() if said in {name, zh}), None)


def said_period(cut: Cut, today: date) -> str:
    """The period in words, with its days."""
    first, last = cut.days(today)
    days = f"{first}" if first == last else _("{first} to {last}").format(first=first, last=last)
    if cut.period in PERIODS:
        return _("{period} ({days})").format(period=_(PERIODS[cut.period][0]), days=days)
    return days


def said_filters(cut: Cut) -> list[str]:
    """What else is asked for, in words."""
    told = [_(FIELDS[name][2]).format(name=value) for name, value in cut.named.items()]
    return [*told, _(COHORTS["opened"][0])] if cut.cohort == "opened" else told
