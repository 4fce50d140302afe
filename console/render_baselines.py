"""The baseline on a screen: now beside what was frozen and beside what others claim; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.dashboard_cut import Cut, said_period
from console.figure_words import label_said, value_said, was_said
from console.hanging import HANG
from console.i18n import _
from console.looks import packed
from console.render_baseline import between_said, lies_between, warnings_of
from console.render_change import change_said
from console.render_dashboard import SHOWN, judged
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.domain.kpi.baseline import CHANGES, CLAIMS, Change, change_of, unlikes
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from console.looks import Part, Parts
    from store.domain.kpi.baseline import Period, Sure
    from store.queries.packs import BaselineLine

KEYS: Final[Mapping[str, str]] = {
    "1": N_("period"),
    "2": N_("another baseline"),
    "3": N_("freeze one"),
    "4": N_("let it count"),
    "0": N_("what it says"),
}
"""What the digits do."""
UNLIKE: Final[Mapping[str, str]] = {
    "season": N_("season"),
    "crew": N_("crew {percent} %"),
    "kind": N_("kinds of work {percent} %"),
    "priority": N_("priorities {percent} %"),
    "site": N_("sites {percent} %"),
}
"""What makes days unlike, in few words, where there is no room for whole sentences."""
_CLAIMED: Final = {claim.name: claim for claim in CLAIMS}
_NAMES: Final = (*_CLAIMED, *(name for name in SHOWN if name not in _CLAIMED))
"""What others claim stands first."""
_TALL: Final = 34


def baseline_columns() -> tuple[Column, ...]:
    """What is told of a figure."""
    return (
        Column(name="figure", title=_("indicator"), width=18, flexible=True),
        Column(name="now", title=_("now"), width=12, align="right"),
        Column(name="n", title="n", width=6, align="right", since=100),
        Column(name="baseline", title=_("baseline"), width=12, align="right"),
        Column(name="was_n", title="n", width=6, align="right", since=100),
        Column(name="change", title=_("change"), width=12, align="right"),
        Column(name="between", title=_("between"), width=24, since=150),
        Column(name="verdict", title=_("verdict"), width=17),
        Column(name="claim", title=_("others claim"), width=20, since=120),
    )


def baseline_rows(now: Period | None, was: Period | None) -> Iterator[Row]:
    """Every figure of which there is something on either side."""
    if now is None:
        return
    for place, name in enumerate(_NAMES):
        one = now.figures.get(name)
        other = None if was is None else was.figures.get(name)
        wanted = name in _CLAIMED or (one is not None and one.n) or (other is not None and other.n)
        if one is None or not wanted:
            continue
        change, between = _changed(one, other)
        cells = (
            label_said(one),
            Tinted(value_said(one), "strong" if one.n else "muted"),
            str(one.n),
            "–" if other is None else was_said(one, other),
            "" if other is None else str(other.n),
            "" if other is None else change_said(one, other, sure=False),
            between,
            judged(change),
            _(_CLAIMED[name].said) if name in _CLAIMED else "",
        )
        yield Row(key=name, version=hash(cells), mark=(place,), cells=cells)


def _changed(now: Sure, was: Sure | None) -> tuple[Change | None, str]:
    if was is None:
        return None, ""
    change, between = change_of(now, was)
    if between is None or change is Change.NOT_JUDGED:
        return change, ""
    return change, between_said(now, between)


def baseline_heading(
    line: BaselineLine | None, count: int, cut: Cut, today: date, *, known: bool
) -> tuple[Part, Part]:
    """Which one, and beside which days."""
    if not known:
        return (_("reckoning ..."), "muted"), ("", "")
    beside = _("beside {period}").format(period=said_period(cut, today))
    if line is None:
        return (_("No baseline is frozen: 3 freezes days that are over"), "soon"), (beside, "")
    said = _("Baseline {number} “{name}”: {first} to {last}").format(
        number=line.id, name=line.name, first=line.first, last=line.last
    )
    said += _(", counts") if line.active else _(", does not count")
    if count > 1:
        said += _(" (one of {count})").format(count=count)
    return (said, "strong"), (beside, "")


def baseline_told(
    name: str | None, now: Period | None, line: BaselineLine | None, *, width: int, height: int
) -> tuple[Parts, ...]:
    """The chosen figure with its intervals, what makes the days unlike, and the keys."""
    was = None if line is None else line.period
    told: list[Parts] = []
    if name is not None and now is not None and name in now.figures:
        told += _figure(name, now.figures[name], None if was is None else was.figures.get(name))
    if line is not None and line.period is None and now is not None:
        said = _("It was frozen before your sites were given to you: there are no figures of them.")
        told.append(((" ", ""), HANG, (said, "soon")))
    if now is not None and was is not None:
        told += _unlike(now, was, height)
    pieces = [((f" {key} ", "key"), (f"{_(said)} ", "")) for key, said in KEYS.items()]
    return (*told, *packed(pieces, width))


def _figure(name: str, now: Sure, was: Sure | None) -> Iterator[Parts]:
    label, value = (f" {label_said(now)} ", "strong"), (_valued(now), "")
    yield (label, HANG, value)
    if was is not None:
        change, between = _changed(now, was)
        said = _("baseline {value}; {change}").format(
            value=_valued(was), change=change_said(now, was, sure=False)
        )
        if between:
            said += f" ({between})"
        if change is not None:
            said += _(": {verdict}").format(verdict=_(CHANGES[change]))
        yield ((" ", ""), HANG, (said, ""))
    if name in _CLAIMED:
        claim = _CLAIMED[name]
        said = _("others claim: {said} ({source}); nobody here has measured it")
        yield ((" ", ""), HANG, (said.format(said=_(claim.said), source=_(claim.source)), "muted"))


def _valued(one: Sure) -> str:
    between = lies_between(one)
    if not between:
        return _("{value}, n = {n}").format(value=value_said(one), n=one.n)
    said = _("{value} ({between}), n = {n}")
    return said.format(value=value_said(one), between=between, n=one.n)


def _unlike(now: Period, was: Period, height: int) -> Iterator[Parts]:
    found = unlikes(now, was)
    if height >= _TALL:
        for said in warnings_of(now, was):
            yield ((" ! ", "soon"), HANG, (said, "soon"))
    elif found:
        each = [_(UNLIKE[one.what]).format(percent=round(100 * one.part)) for one in found]
        said = _("unlike the baseline's days: {what}; what changed may be their doing")
        yield ((" ! ", "soon"), HANG, (said.format(what=_(", ").join(each)), "soon"))
