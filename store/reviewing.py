"""What the review of a month is made of, gathered by questions that anybody may ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from store.domain.words import N_
from store.queries.corrective import ListActions
from store.queries.kpi import By, Kpis
from store.queries.packs import ShowBaseline, SureFigures
from store.queries.review import Review

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from store.domain.kpi.baseline import Period
    from store.queries.corrective import ActionLine
    from store.queries.kpi import Figure
    from store.queries.packs import BaselineLine
    from store.queries.review import ReviewLists

    Ask = Callable[[Any], Any]

SHOWN: Final = (
    *("orders_opened", "orders_closed", "orders_open", "backlog_over_30d"),
    *("response_median_s", "response_p90_s", "resolve_wall_mean_s", "resolve_wall_median_s"),
    *("resolve_wall_p90_s", "resolve_working_median_s", "resolve_restricted_mean_s"),
    *("respond_deadline_kept", "arrive_deadline_kept", "resolve_deadline_kept"),
    *("first_time_fix_30d", "repeat_failure_rate", "repeat_failure_fall", "reopen_rate"),
    *("chased_mean", "acknowledge_median_s", "preventive_compliance", "utilisation"),
    *("csat", "nps", "survey_response"),
    *("complaints_received", "complaint_rate", "complaints_answered_in_time", "praise_received"),
    *("inspection_score", "inspection_findings", "renewal_rate"),
)
"""The figures of the review, in this order."""

OURS: Final = frozenset({"utilisation", "acknowledge_median_s", "renewal_rate"})
"""Those that say something of the desk alone, and stand in no customer's edition."""

DRAWN: Final = (
    *("orders_closed", "resolve_wall_median_s", "resolve_deadline_kept"),
    *("first_time_fix_30d", "csat", "repeat_failure_rate"),
)
"""Those that are drawn month by month."""

STEPS: Final = (
    *(N_("the month's figures"), N_("figures of the month before"), N_("the year, month by month")),
    *(N_("kinds of work and people"), N_("promises, worst orders and causes")),
    *(N_("the improvement plan"), N_("the baseline"), N_("writing")),
)
"""What is done for a review, in this order; the last is whoever's who writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """All that a review tells."""

    first: date
    against: date
    """The month that it is held against."""
    zone: str
    customer: str
    """His code or name, whose edition it is; empty for the desk's own."""
    now: Mapping[str, Figure]
    before: Mapping[str, Figure]
    kinds: tuple[Mapping[str, int], Mapping[str, int]]
    """How many were closed of each kind, in this month and in the other."""
    crew: tuple[Mapping[str, int], Mapping[str, int]]
    """The same by who did them."""
    year: Mapping[str, Mapping[str, Figure]]
    """By month and name."""
    lists: ReviewLists
    plan: tuple[ActionLine, ...]
    """What is open of what is done so that causes go."""
    owed: bool
    sure: Period | None = None
    """The figures with their intervals, to hold against a baseline; None where there is none."""
    baseline: BaselineLine | None = None


def gathered(
    ask: Ask,
    first: date,
    *,
    against: date | None,
    zone: str,
    customer: str = "",
    tell: Callable[[int], None] = lambda _step: None,
) -> Pack:
    """All that a review tells; `tell` hears which of `STEPS` comes next, counted from 1."""
    last = last_of(first)
    before = against or (first - timedelta(days=1)).replace(day=1)
    over = last_of(before)
    names = tuple(name for name in SHOWN if not (customer and name in OURS))

    def asked(since: date, until: date, wanted: tuple[str, ...], by: By) -> list[Figure]:
        query = Kpis(first=since, last=until, zone=zone, names=wanted, by=by, customer=customer)
        answer = ask(query)
        owed.append(answer.owed)
        return list(answer.figures)

    owed: list[bool] = []
    tell(1)
    now = asked(first, last, names, By.ALL)
    tell(2)
    was = asked(before, over, names, By.ALL)
    tell(3)
    year: dict[str, dict[str, Figure]] = {}
    for figure in asked(first.replace(year=first.year - 1), last, DRAWN, By.MONTH)[len(DRAWN) :]:
        year.setdefault(figure.of, {})[figure.name] = figure
    tell(4)
    mixes = [
        [
            {figure.of: figure.n for figure in asked(since, until, ("orders_closed",), by)}
            for since, until in ((first, last), (before, over))
        ]
        for by in (By.KIND, By.PERSON)
    ]
    tell(5)
    lists = ask(Review(first=first, last=last, zone=zone, customer=customer))
    tell(6)
    plan = ask(ListActions(customer=customer))
    tell(7)
    baseline = None if customer else ask(ShowBaseline())
    sure = None
    if baseline is not None and baseline.period is not None:
        sure = ask(SureFigures(first=first, last=last, zone=zone, names=SHOWN))
    return Pack(
        first=first,
        against=before,
        kinds=(mixes[0][0], mixes[0][1]),
        crew=(mixes[1][0], mixes[1][1]),
        zone=zone,
        customer=customer,
        now={figure.name: figure for figure in now},
        before={figure.name: figure for figure in was},
        year=year,
        lists=lists,
        plan=plan,
        owed=any(owed),
        sure=sure,
        baseline=baseline,
    )


def last_of(first: date) -> date:
    """The last day of a month that begins then."""
    return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
