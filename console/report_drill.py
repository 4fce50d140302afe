"""The report of a drill under several rules: what may be claimed, and what it hangs on."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from console.i18n import _, _n, coded
from console.page import Section
from console.picture_drill import dots
from store.domain.drill.assumed import FIGURES, Basis
from store.domain.drill.assumed import told as figures_told
from store.domain.drill.compare import against_first, judged_of, told
from store.domain.drill.rules import FIRST, OURS, RULES
from store.domain.drill.score import IN_PARTS, MEASURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.drill.compare import Runs, Setting, Shocks
    from store.domain.drill.score import Change

Otherwise = dict[str, dict[str, "Change"]]
_SHOWN_OTHERWISE = ("urgent_kept", "drive", "restricted")


def title() -> str:
    """Of the whole report."""
    return _("Drill: the same days under several rules")


def sections(setting: Setting, runs: Runs, others: Otherwise) -> list[Section]:
    """Every part, in the order in which it is read."""
    changes = against_first(runs)
    parts = [
        Section(
            heading="",
            said=(
                _setting(setting),
                _claim(runs, changes),
                *_in_doubt(setting, changes),
                _judged(setting),
                _not_claimed(),
            ),
        ),
        _results(runs),
        _changes(changes),
    ]
    if others:
        parts.append(_others(others))
    return [*parts, _figures(setting)]


def plain(setting: Setting, runs: Runs, others: Otherwise) -> dict[str, Any]:
    """As JSON tells it."""
    spreads, changes = told(runs), against_first(runs)
    return {
        "days": setting.days,
        "calls": len(setting.calls),
        "calls_a_week": setting.drawn,
        "crew": setting.crew,
        "runs": setting.runs,
        "seed": setting.seed,
        "shocks": asdict(setting.shocks),
        "figures": figures_told(setting.assumed),
        "rules": {
            rule: {name: {"median": s.median, "p90": s.p90} for name, s in found.items()}
            for rule, found in spreads.items()
        },
        "against_first_come": {rule: _plain(found) for rule, found in changes.items()},
        "otherwise": {label: _plain(found) for label, found in others.items()},
    }


def _plain(found: Mapping[str, Change]) -> dict[str, dict[str, float | str]]:
    return {
        name: {
            "mean": change.mean,
            "from": change.least,
            "to": change.most,
            "unit": "percent" if name in IN_PARTS else "points",
        }
        for name, change in found.items()
    }


def _setting(setting: Setting) -> str:
    said = _(
        "{runs} over the same {days}: {crew} technicians, {calls} calls a week drawn"
        " from {all} real ones, seed {seed}. Every rule meets the same calls, people, work and"
        " waits in a run."
    ).format(
        runs=_n("{n} run", "{n} runs", setting.runs).format(n=setting.runs),
        days=_n("{n} day", "{n} days", setting.days).format(n=setting.days),
        crew=setting.crew,
        calls=f"{setting.drawn:.0f}",
        all=len(setting.calls),
        seed=setting.seed,
    )
    return " ".join([said, *_shocks(setting)])


def _shocks(setting: Setting) -> list[str]:
    shocks, said = setting.shocks, []
    if shocks.storm:
        said.append(
            _("On the second day at ten, {n} urgent calls come within an hour.").format(
                n=shocks.storm
            )
        )
    if shocks.ill:
        said.append(_("On the second day {n} technicians stay away.").format(n=shocks.ill))
    if shocks.down:
        said.append(_("On the second day at ten the system stands still for 20 minutes."))
    return said + _single_orders(shocks)


def _single_orders(shocks: Shocks) -> list[str]:
    """What goes wrong with orders of the second day, of which no rule knows beforehand."""
    said = []
    if n := shocks.overrun:
        told = _n(
            "At {n} order of the second day the work takes three times as long.",
            "At {n} orders of the second day the work takes three times as long.",
            n,
        )
        said.append(told.format(n=n))
    if n := shocks.claim:
        told = _n(
            "At {n} order of that day the customer changes what he wants: until that is decided his"
            " clock stands, then somebody goes again.",
            "At {n} orders of that day the customer changes what he wants: until that is decided"
            " his clock stands, then somebody goes again.",
            n,
        )
        said.append(told.format(n=n))
    if n := shocks.department:
        told = _n(
            "For {n} order of that day another department is asked: until it answers the clock"
            " runs, then somebody goes again.",
            "For {n} orders of that day another department is asked: until it answers the clock"
            " runs, then somebody goes again.",
            n,
        )
        said.append(told.format(n=n))
    return said


def _claim(runs: Runs, changes: Mapping[str, Mapping[str, Change]]) -> str:
    spreads, mine = told(runs), changes[OURS]
    return _(
        "By weight, deadline and travel {ours} % of the first and second priority were resolved"
        " in time, first come first served {theirs} % (medians): {points} percentage points (95 %:"
        " {least} to {most}). Driving an order changed by {drive} % (95 %: {from_} to {to})."
    ).format(
        ours=_short(spreads[OURS]["urgent_kept"].median),
        theirs=_short(spreads[FIRST]["urgent_kept"].median),
        points=_signed(mine["urgent_kept"].mean),
        least=_signed(mine["urgent_kept"].least),
        most=_signed(mine["urgent_kept"].most),
        drive=_signed(mine["drive"].mean),
        from_=_signed(mine["drive"].least),
        to=_signed(mine["drive"].most),
    )


def _in_doubt(setting: Setting, changes: Mapping[str, Mapping[str, Change]]) -> list[str]:
    kept, (_all_due, urgent, _all) = changes[OURS]["urgent_kept"], judged_of(setting)
    if not urgent:
        return [_("No urgent call was due before the end: nothing can be claimed of them.")]
    if kept.least == kept.most:  # of one run, or of runs that are all the same
        return [_("One run tells of no interval: nothing can be claimed; ask for more runs.")]
    if not kept.least <= 0 <= kept.most:
        return []
    return [
        _("The interval reaches from worse to better: nothing can be claimed; ask for more runs.")
    ]


def _judged(setting: Setting) -> str:
    due, urgent, all_ = judged_of(setting)
    return _(
        "Judged in time or not are the calls that were due before the end of the days, with all"
        " that each waits for, and under every rule the same ones: in the first run {due} of {all},"
        " {urgent} of them urgent. What is done before the end but due after it counts for none."
    ).format(due=due, all=all_, urgent=urgent)


def _not_claimed() -> str:
    return _(
        "That holds for this crew and these days. How long orders take on the whole hangs on"
        " waits and work that no rule changes: see how far it moves under other figures. The"
        " plans of a whole board (paidan plan) are not rehearsed here."
    )


def _results(runs: Runs) -> Section:
    spreads = told(runs)
    rows = [
        (
            _measure(name),
            *(
                f"{_short(found[name].median)} ({_short(found[name].p90)})"
                for found in spreads.values()
            ),
        )
        for name in MEASURES
    ]
    values = {_(RULES[rule].label): [run["urgent_kept"] for run in runs[rule]] for rule in runs}
    return Section(
        heading=_("What came of it: median of the runs, and what nine of ten do not pass"),
        heads=(_("measure"), *(_(RULES[rule].label) for rule in spreads)),
        rows=tuple(rows),
        picture=dots(_measure("urgent_kept"), values),
    )


def _changes(changes: Mapping[str, Mapping[str, Change]]) -> Section:
    rows = [
        (_measure(name), _unit(name), *(_interval(found[name]) for found in changes.values()))
        for name in MEASURES
    ]
    return Section(
        heading=_("Against first come, first served: mean of the paired runs, 95 % interval"),
        heads=(_("measure"), _("in"), *(_(RULES[rule].label) for rule in changes)),
        rows=tuple(rows),
    )


def _others(others: Otherwise) -> Section:
    rows = [
        (_(label), *(_interval(found[name]) for name in _SHOWN_OTHERWISE))
        for label, found in others.items()
    ]
    heads = [coded(_measure(name), _unit(name)) for name in _SHOWN_OTHERWISE]
    values = {
        _(label): [found["restricted"].least, found["restricted"].mean, found["restricted"].most]
        for label, found in others.items()
    }
    return Section(
        heading=_("Under other figures: weight, deadline and travel against first come"),
        heads=(_("figures"), *heads),
        rows=tuple(rows),
        picture=dots(coded(_measure("restricted"), _unit("restricted")), values),
    )


def _figures(setting: Setting) -> Section:
    held = figures_told(setting.assumed)
    basis = {Basis.MEASURED: _("measured"), Basis.ASSUMED: _("assumed")}
    rows = [
        (
            "",
            "",
            _("when and where calls came, their trades and priorities"),
            basis[Basis.MEASURED],
            _("the file of calls"),
        ),
        *(
            (name, f"{held[name]:g}", _(figure.means), basis[figure.basis], _(figure.source))
            for name, figure in FIGURES.items()
        ),
    ]
    return Section(
        heading=_("Figures: --set NAME=VALUE changes each"),
        heads=(_("name"), _("value"), _("what it is"), _("basis"), _("source")),
        rows=tuple(rows),
    )


def _interval(change: Change) -> str:
    return _("{mean} ({least} to {most})").format(
        mean=_signed(change.mean), least=_signed(change.least), most=_signed(change.most)
    )


def _measure(name: str) -> str:
    return _(MEASURES[name])


def _unit(name: str) -> str:
    return "%" if name in IN_PARTS else _("percentage points")


def _short(number: float) -> str:
    return f"{number:.0f}" if abs(number) >= 100 else f"{number:.1f}"


def _signed(number: float) -> str:
    return f"{number:+.1f}"
