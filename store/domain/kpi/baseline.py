"""What outcomes are held against: which way is better, what a change says, what others claim."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from store.domain.errors import Refusal
from store.domain.kpi.intervals import MIXED, newcomers, unlike
from store.domain.kpi.sure import difference
from store.domain.kpi.table import KPIS
from store.domain.kpi.together import TOGETHER
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.kpi.sure import Interval

MIXES: Final = ("kind", "priority", "site", "person")
"""By what the orders closed in a period are counted, so that unlike periods are known."""

MORE_IS_BETTER: Final = frozenset({
    *("respond_deadline_kept", "arrive_deadline_kept", "resolve_deadline_kept"),
    *("first_time_fix_7d", "first_time_fix_14d", "first_time_fix_30d", "repeat_failure_fall"),
    *("preventive_compliance", "csat", "nps", "survey_response", "complaints_answered_in_time"),
    *("renewal_rate", "inspection_score", *TOGETHER),
})  # fmt: skip
LESS_IS_BETTER: Final = frozenset({
    *(name for name in KPIS if name.endswith("_s")),
    *("repeat_failure_rate", "reopen_rate", "reassigned_mean", "chased_mean", "complaint_rate"),
})  # fmt: skip
"""Of the rest neither is: how much there is to do is not of the desk's making."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure:
    """A figure with its interval of 95 in 100; None where there is none."""

    name: str
    value: float | None
    n: int
    unit: str
    low: float | None = None
    high: float | None = None
    within_s: float | None = None
    """See `store.queries.kpi.Figure`."""

    @property
    def interval(self) -> Interval | None:
        """Both ends, or nothing."""
        return None if self.low is None or self.high is None else (self.low, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """All that is known of a stretch of days: its figures, and what work they are of."""

    first: date
    last: date
    zone: str
    figures: Mapping[str, Sure]
    mixes: Mapping[str, Mapping[str, int]]
    """By each of `MIXES` how many orders were closed of what."""


class Change(StrEnum):
    """What a change comes to."""

    BETTER = "better"
    WORSE = "worse"
    NONE_SEEN = "none_seen"
    NOT_JUDGED = "not_judged"


CHANGES: Final[Mapping[Change, str]] = {
    Change.BETTER: N_("better"),
    Change.WORSE: N_("worse"),
    Change.NONE_SEEN: N_("no difference seen"),
    Change.NOT_JUDGED: N_("not judged"),
}


class NothingToFreeze(Refusal):
    """A baseline of nothing would make everything look like progress."""

    sentence = N_("no order was closed from {first} to {last}: there is nothing to freeze")


class NotOver(Refusal):
    """Of days that are not over the figures still change."""

    sentence = N_("{last} is not over yet: freeze days that are")


class NoBaseline(Refusal):
    """Nothing was frozen that the asker sees."""

    sentence = N_("no baseline is frozen; paidan baseline freeze makes one of days that are over")


class BaselineUnknown(Refusal):
    """There never was one of this number."""

    sentence = N_("no baseline {number}; see paidan baseline list")


def change_of(now: Sure, was: Sure) -> tuple[Change, Interval | None]:
    """Whether one figure is better than another, and between what the difference lies.

    Not judged where one of both has no interval, or looks less far than the other, or neither way
    is better.
    """
    here, there = now.interval, was.interval
    if now.within_s != was.within_s:
        return Change.NOT_JUDGED, None
    if now.value is None or was.value is None or here is None or there is None:
        return Change.NOT_JUDGED, None
    low, high = difference(now.value, here, was.value, there)
    if now.name not in MORE_IS_BETTER | LESS_IS_BETTER:
        return Change.NOT_JUDGED, (low, high)
    if low <= 0 <= high:
        return Change.NONE_SEEN, (low, high)
    better = (low > 0) == (now.name in MORE_IS_BETTER)
    return Change.BETTER if better else Change.WORSE, (low, high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlike:
    """What makes two periods unlike: `season`, `crew`, or one of `MIXES`."""

    what: str
    part: float
    """Which part of it, from 0 to 1; of crew that part of the work that newcomers did, or by which
    part the number of people changed."""


def unlikes(now: Period, was: Period) -> tuple[Unlike, ...]:
    """Everything that a change may be the doing of, beside the desk."""
    found = []
    season = unlike(seasons_of(now.first, now.last), seasons_of(was.first, was.last))
    if season is not None and season >= MIXED:
        found.append(Unlike(what="season", part=season))
    crew, crew_was = now.mixes.get("person", {}), was.mixes.get("person", {})
    people, people_was = (len([who for who in one if who]) for one in (crew, crew_was))
    parts = [newcomers(crew, crew_was) or 0.0, newcomers(crew_was, crew) or 0.0]
    if people_was:
        parts.append(abs(people - people_was) / people_was)
    if crew and crew_was and max(parts) >= MIXED:
        found.append(Unlike(what="crew", part=max(parts)))
    for mix in ("kind", "priority", "site"):
        part = unlike(now.mixes.get(mix, {}), was.mixes.get(mix, {}))
        if part is not None and part >= MIXED:
            found.append(Unlike(what=mix, part=part))
    return tuple(found)


def seasons_of(first: date, last: date) -> Mapping[int, int]:
    """How many of these days lie in each season, 0 to 3: three whole months each, from December on.

    South of the equator they have other names, and part at the same days.
    """
    days = (last - first).days + 1
    return Counter((first + timedelta(days=n)).month % 12 // 3 for n in range(days))


def year_before(first: date, last: date) -> tuple[date, date]:
    """The same days a year before, which are of the same season whatever it is."""
    return _back(first), _back(last, over=(last + timedelta(days=1)).day == 1)


def _back(day: date, *, over: bool = False) -> date:
    """A year before; the end of its month where it ended it, or was the 29th of February."""
    if over:
        return _back(day + timedelta(days=1)) - timedelta(days=1)
    if (day.month, day.day) == (2, 29):
        return day.replace(year=day.year - 1, day=28)
    return day.replace(year=day.year - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a published case says of itself; nobody here has measured it."""

    name: str
    """The figure of ours that comes nearest; theirs may be defined otherwise."""
    said: str
    source: str


_CASES: Final = N_("published case of an engineering department")
CLAIMS: Final = (
    Claim(name="resolve_wall_mean_s", said=N_("from 72 h to 24 h"), source=_CASES),
    Claim(name="csat", said=N_("from 82 % to 96 %"), source=_CASES),
    Claim(name="complaint_rate", said=N_("40 % fewer, another 60 % fewer"), source=_CASES),
    Claim(name="renewal_rate", said=N_("85 %"), source=_CASES),
)
"""They stand beside our figures as what others claim, and are reckoned with nowhere."""
