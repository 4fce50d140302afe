"""Outcomes against the baseline: what changed, how sure that is, and what else was unlike; pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from console.figure_words import label_said, span_said, value_said, was_said
from console.i18n import _
from console.page import Section
from console.render_change import change_said
from store.domain.kpi.baseline import CHANGES, CLAIMS, Change, change_of, unlikes, year_before
from store.domain.kpi.sure_words import TOO_FEW, method_of
from store.domain.kpi.table import KPIS
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from store.domain.kpi.baseline import Period, Sure
    from store.domain.kpi.sure import Interval
    from store.queries.packs import BaselineLine

_UNLIKE: Final[Mapping[str, str]] = {
    "season": N_(
        "{first} to {last} is another season than {was_first} to {was_last}: what changed may be"
        " its doing. Fair beside it are the same days a year before, {fair_first} to {fair_last}."
    ),
    "crew": N_(
        "The crew is another one than the baseline's, by {percent} %: what changed may be its"
        " doing."
    ),
    "kind": N_(
        "The work is of other kinds: {percent} % of it would have to change to be as in the"
        " baseline."
    ),
    "priority": N_(
        "The work is of other priorities: {percent} % of it would have to change to be as in the"
        " baseline."
    ),
    "site": N_(
        "The work is at other sites: {percent} % of it would have to change to be as in the"
        " baseline."
    ),
}


def baseline_sections(baseline: BaselineLine | None, now: Period | None) -> tuple[Section, ...]:
    """Every figure against the baseline, and what others claim; nothing where none is frozen."""
    if baseline is None or baseline.period is None or now is None:
        return ()
    was = baseline.period
    heads = (_("indicator"), _("value"), "n", _("baseline"), "n", _("change"), _("verdict"))
    rows = []
    for name, one in now.figures.items():
        other = was.figures.get(name)
        if other is not None and name in KPIS and (one.n or other.n):
            told = (value_said(one), str(one.n), was_said(one, other), str(other.n))
            change, between = change_of(one, other)
            said = change_said(one, other, sure=False)
            if between is not None and change is not Change.NOT_JUDGED:
                both = _("{change} ({between})")
                said = both.format(change=said, between=between_said(one, between))
            rows.append((label_said(one), *told, said, _(CHANGES[change])))
    about = _("Baseline “{name}”: {first} to {last}, frozen {day}.").format(
        name=baseline.name,
        first=was.first,
        last=was.last,
        day=f"{baseline.frozen_at:%Y-%m-%d}",
    )
    how = _("Changes stand with intervals of 95 in 100; where one holds no change, none is seen.")
    return (
        Section(
            heading=_("Against the baseline"),
            said=(about, how, *warnings_of(now, was)),
            heads=heads if rows else (),
            rows=tuple(rows),
        ),
        claims_section(now),
    )


def warnings_of(now: Period, was: Period) -> list[str]:
    """What makes both periods unlike, a sentence each."""
    fair = year_before(now.first, now.last)
    days: dict[str, Any] = {
        "first": now.first,
        "last": now.last,
        "was_first": was.first,
        "was_last": was.last,
        "fair_first": fair[0],
        "fair_last": fair[1],
    }
    return [
        _(_UNLIKE[one.what]).format(percent=round(100 * one.part), **days)
        for one in unlikes(now, was)
    ]


def claims_section(now: Period | None) -> Section:
    """What published cases say of themselves, beside ours and mixed with nothing."""
    rows = tuple(
        (
            _(KPIS[claim.name].label),
            _(claim.said),
            _ours(now, claim.name),
            _(claim.source),
        )
        for claim in CLAIMS
    )
    said = _("Nobody here has measured these, nor knows how they were; no figure rests on them.")
    heads = (_("indicator"), _("they claim"), _("here"), _("source"))
    return Section(heading=_("What others claim"), said=(said,), heads=heads, rows=rows)


def _ours(now: Period | None, name: str) -> str:
    one = None if now is None else now.figures.get(name)
    return "–" if one is None else value_said(one)


def between_said(figure: Sure, between: Interval) -> str:
    """Between what a change lies, in the unit of its figure."""
    least, most = (_signed(figure, end) for end in between)
    return _("{least} to {most}").format(least=least, most=most)


def lies_between(figure: Sure) -> str:
    """Between what a figure itself lies, or why nobody knows; nothing of what is counted."""
    if figure.interval is None:
        few = figure.value is not None and figure.name in KPIS and method_of(KPIS[figure.name])
        return _(TOO_FEW) if few else ""
    least, most = (value_said(replace(figure, value=end)) for end in figure.interval)
    return _("{least} to {most}").format(least=least, most=most)


def _signed(figure: Sure, value: float) -> str:
    sign = "−" if value < 0 else "+"
    if figure.unit == "s":
        return sign + span_said(abs(value))
    if figure.unit == "ratio":
        return f"{sign}{abs(100 * value):.1f}"
    return f"{sign}{abs(value):.2f}"


def changes_plain(now: Period, was: Period) -> Iterator[dict[str, Any]]:
    """Every figure against the baseline as JSON tells it."""
    for name, one in now.figures.items():
        other = was.figures.get(name)
        if other is None:
            continue
        change, between = change_of(one, other)
        yield {
            "name": name,
            "value": one.value,
            "n": one.n,
            "unit": one.unit,
            "interval": None if one.interval is None else list(one.interval),
            "baseline": other.value,
            "baseline_n": other.n,
            "baseline_interval": None if other.interval is None else list(other.interval),
            "change_interval": None if between is None else list(between),
            "verdict": change.value,
        }


def plain_baseline(baseline: BaselineLine | None, now: Period | None) -> dict[str, Any]:
    """All of it as JSON tells it; null where none is frozen."""
    if baseline is None or baseline.period is None or now is None:
        return {"baseline": None}
    return {
        "baseline": {
            "id": baseline.id,
            "name": baseline.name,
            "first": baseline.first.isoformat(),
            "last": baseline.last.isoformat(),
            "zone": baseline.zone,
            "figures": list(changes_plain(now, baseline.period)),
            "unlike": [
                {"what": one.what, "part": one.part} for one in unlikes(now, baseline.period)
            ],
        },
        "claims": plain_claims(),
    }


def plain_claims() -> list[dict[str, str]]:
    """What others claim as JSON tells it."""
    return [{"name": one.name, "said": one.said, "source": one.source} for one in CLAIMS]
