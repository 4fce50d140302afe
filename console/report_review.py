"""The review of a month: what it came to, against the month before, and what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.figure_words import label_said, span_said, value_said, was_said
from console.i18n import _, _n
from console.page import Section
from console.picture_months import months
from console.render_baseline import baseline_sections, plain_baseline
from console.render_change import change_said
from console.report_plan import plain_plan, plan_section
from console.report_revisits import revisits_section
from console.report_voices import plain_voices, voices_sections
from console.words_heard import cause_said
from store.domain.causes import NOT_LOOKED_FOR
from store.domain.kpi.baseline import seasons_of, year_before
from store.domain.kpi.cohorts import NOWHERE, of_which
from store.domain.kpi.intervals import MIXED, newcomers, unlike
from store.domain.kpi.table import KPIS
from store.domain.targets import CLOCK_LABELS
from store.domain.words import N_
from store.reviewing import DRAWN, last_of

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from store.reviewing import Pack

PROMISES: Final = {kind.value: label for kind, label in CLOCK_LABELS.items()} | {
    "call": N_("call promised")
}
"""How a kind of promise is called."""


def title(pack: Pack) -> str:
    """Of the whole review."""
    month = f"{pack.first:%Y-%m}"
    if pack.customer:
        return _("Service review {month}: {customer}").format(month=month, customer=pack.customer)
    return _("Service review {month}").format(month=month)


def sections(
    pack: Pack, *, at: datetime, zone: tzinfo, plan: Section | None = None
) -> list[Section]:
    """Every part, in the order in which it is read; a `plan` as it was, where it is another one."""
    return [
        Section(heading="", said=_about(pack, at.astimezone(zone).date())),
        _outcomes(pack),
        *(() if pack.customer else baseline_sections(pack.baseline, pack.sure)),
        *_pictures(pack),
        _promises(pack),
        revisits_section(pack.lists.revisits),
        _worst(pack, zone),
        *voices_sections(pack, zone),
        _causes(pack),
        plan or plan_section(pack.plan, at=at, zone=zone, inside=not pack.customer),
        _definitions(pack),
    ]


def plain(pack: Pack) -> dict[str, Any]:
    """As JSON tells it."""
    from dataclasses import asdict

    return {
        "month": f"{pack.first:%Y-%m}",
        "against": f"{pack.against:%Y-%m}",
        "zone": pack.zone,
        "customer": pack.customer,
        "figures": [
            {"name": name, "value": now.value, "n": now.n, "unit": now.unit}
            | {"before": pack.before[name].value, "n_before": pack.before[name].n}
            | ({} if now.within_s is None else {"within_s": now.within_s})
            for name, now in pack.now.items()
        ],
        "revisits": asdict(pack.lists.revisits),
        "promises": [asdict(line) for line in pack.lists.promises],
        "worst": [
            {name: value for name, value in asdict(line).items() if not name.endswith("_at")}
            for line in pack.lists.worst
        ],
        "causes": [asdict(line) for line in pack.lists.causes],
        **plain_voices(pack.lists),
        "plan": plain_plan(pack.plan, inside=not pack.customer),
        **({} if pack.customer else plain_baseline(pack.baseline, pack.sure)),
    }


def _about(pack: Pack, today: date) -> tuple[str, ...]:
    said = _("Days begin in {zone}. Where there is nothing to reckon from there is no value.")
    told = [said.format(zone=pack.zone)]
    if pack.first <= today < _next_month(pack.first):
        told.append(_("The month is not over: these are its figures so far."))
    if pack.owed:
        told.append(_("Figures of some orders are still being made; make this review again."))
    return (*told, *warnings(pack))


def warnings(pack: Pack) -> list[str]:
    """What makes both months unlike, so that a change need not be of our making."""
    told = []
    other = f"{pack.against:%Y-%m}"
    seasons = [seasons_of(first, last_of(first)) for first in (pack.first, pack.against)]
    if seasons[0].keys() != seasons[1].keys():
        said = _(
            "{month} is another season than {this}: what changed may be its doing. Fair beside it"
            " is {fair}."
        )
        fair = f"{year_before(pack.first, pack.first)[0]:%Y-%m}"
        told.append(said.format(month=other, this=f"{pack.first:%Y-%m}", fair=fair))
    mixed = unlike(*pack.kinds)
    if mixed is not None and mixed >= MIXED:
        said = _(
            "The work was of other kinds: {percent} % of it would have to change to be as in"
            " {month}."
        )
        told.append(said.format(percent=round(100 * mixed), month=other))
    new = newcomers(*pack.crew)
    if new is not None and new >= MIXED and any(pack.crew[1].values()):
        said = _(
            "The crew was another one: {percent} % was done by people who did nothing in {month}."
        )
        told.append(said.format(percent=round(100 * new), month=other))
    return told


def _outcomes(pack: Pack) -> Section:
    months_ = f"{pack.first:%Y-%m}", f"{pack.against:%Y-%m}"
    heads = (_("indicator"), months_[0], "n", months_[1], "n", _("change"))
    rows = []
    for name, now in pack.now.items():
        was = pack.before[name]
        if now.n or was.n:
            told = (value_said(now), str(now.n), was_said(now, was), str(was.n))
            rows.append((label_said(now), *told, change_said(now, was)))
    said = _("Of shares the change stands with its interval of 95 in 100 (Wilson, Newcombe).")
    return Section(heading=_("Outcomes"), said=(said,), heads=heads, rows=tuple(rows))


def _pictures(pack: Pack) -> list[Section]:
    found = []
    for name in DRAWN:
        if name not in pack.now:
            continue
        told = [(month, figures[name]) for month, figures in pack.year.items()]
        if any(figure.value is not None and figure.n for _month, figure in told):
            bars = [
                (month, figure.value if figure.n else None, value_said(figure))
                for month, figure in told
            ]
            rows = (tuple(said for _month, _value, said in bars),)
            found.append(
                Section(
                    heading=_(KPIS[name].label),
                    picture=months(_(KPIS[name].label), bars),
                    heads=tuple(month for month, _value, _said in bars),
                    rows=rows,
                )
            )
    return found


def _promises(pack: Pack) -> Section:
    heads = (_("promise"), _("due in the month"), _("missed"), _("kept"))
    rows = tuple(
        (
            _(PROMISES[line.kind]),
            str(line.due),
            str(line.missed),
            f"{100 * (line.due - line.missed) / line.due:.1f} %",
        )
        for line in pack.lists.promises
    )
    none = (_("No promise fell due in the month."),)
    said = () if rows else none
    return Section(heading=_("Promises missed"), said=said, heads=heads if rows else (), rows=rows)


def _worst(pack: Pack, zone: tzinfo) -> Section:
    owner = () if pack.customer else (_("customer"),)
    heads = ("#", _("order"), _("site"), *owner, _("opened"), _("late by"), _("chased"))
    rows = tuple(
        (
            str(line.number),
            line.title,
            line.site or "–",
            *(() if pack.customer else (line.customer or "–",)),
            line.opened_at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
            span_said(line.late_s) + ("" if line.done_at else " " + _("and open")),
            str(line.chased),
        )
        for line in pack.lists.worst
    )
    said = _("Longest past the promise to resolve, every second counted.")
    none = _("No promise to resolve was overrun.")
    return Section(
        heading=_n("The worst order", "The worst {count} orders", len(rows)).format(count=len(rows))
        if rows
        else _("The worst orders"),
        said=(said if rows else none,),
        heads=heads if rows else (),
        rows=rows,
    )


def _causes(pack: Pack) -> Section:
    rows = tuple(
        (cause_said(line.cause) or _(NOT_LOOKED_FOR), str(line.answers))
        for line in pack.lists.causes
    )
    return Section(
        heading=_("Causes of bad answers"),
        said=() if rows else (_("There was no bad answer."),),
        heads=(_("cause"), _("answers")) if rows else (),
        rows=rows,
    )


def _definitions(pack: Pack) -> Section:
    rows = tuple(
        (_(spec.label), _(of_which(spec.way)), _(spec.formula))
        for spec in (KPIS[name] for name in pack.now)
    )
    told = (
        _(
            "The period is the month. Most figures are of the orders closed in it, whenever they"
            " were opened: what is open has no duration yet, and stands in figures of its own."
        ),
        _(
            "Promises are those that fell due in the month, of orders that were not closed before"
            " it; causes are those of bad answers given in it."
        ),
        _(NOWHERE),
    )
    heads = (_("indicator"), _("of which orders"), _("formula"))
    return Section(heading=_("What the figures say"), said=told, heads=heads, rows=rows)


def _next_month(first: date) -> date:
    from datetime import timedelta

    return (first + timedelta(days=32)).replace(day=1)
