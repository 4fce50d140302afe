"""The dashboard: a row a figure, its twelve months as bars, and what it says; pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from console.dashboard_cut import said_filters, said_period
from console.figure_words import label_said, value_said
from console.hanging import HANG
from console.i18n import _, _n
from console.looks import packed
from console.render_change import change_said
from console.render_plot import plot, spark
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.domain.kpi.baseline import CHANGES, Change
from store.domain.kpi.sure_words import method_of
from store.domain.kpi.table import KPIS
from store.domain.kpi.ways import COUNTED
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from console.dashboard_cut import Cut
    from console.looks import Part, Parts
    from store.domain.kpi.baseline import Sure
    from store.queries.kpi import Figure

FIRST: Final = (
    *("orders_opened", "orders_closed", "orders_open", "response_median_s", "response_p90_s"),
    *("resolve_wall_median_s", "resolve_wall_p90_s", "resolve_deadline_kept"),
    *("first_time_fix_30d", "repeat_failure_rate", "reopen_rate", "csat", "nps"),
)
"""The main figures, which are asked for first and stand above the others."""
LAST: Final = ("resolve_restricted_mean_s",)
"""Those that are reckoned from every order, whatever is kept."""
OTHERS: Final = tuple(name for name in KPIS if name not in {*FIRST, *LAST})
SHOWN: Final = (*FIRST, *OTHERS, *LAST)

KEYS: Final[Mapping[str, str]] = {
    "1": N_("period"),
    "2": N_("site"),
    "3": N_("kind"),
    "4": N_("technician"),
    "5": N_("customer"),
    "6": N_("opened or closed"),
    "7": N_("the month before"),
    "8": N_("the month after"),
    "9": N_("all orders"),
    "0": N_("what it says"),
}
"""What the digits do on the dashboard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the store has told so far."""

    now: Mapping[str, Figure] = field(default_factory=dict)
    before: Mapping[str, Figure] = field(default_factory=dict)
    months: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    """By name and month."""
    changes: Mapping[str, Change] = field(default_factory=dict)
    """What each comes to against the baseline, where one is frozen and these are all orders."""
    whole: bool = False
    """Whether nothing more is to come."""


def dashboard_columns() -> tuple[Column, ...]:
    """The columns of the figures."""
    return (
        Column(name="figure", title=_("indicator"), width=18, flexible=True),
        Column(name="value", title=_("value"), width=9, align="right"),
        Column(name="n", title="n", width=6, align="right"),
        Column(name="before", title=_("before"), width=9, align="right", since=100),
        Column(name="change", title=_("change"), width=12, align="right"),
        Column(name="baseline", title=_("against baseline"), width=18, since=120),
        Column(name="months", title=_("12 months"), width=12),
    )


def dashboard_row(name: str, place: int, known: Known) -> Row:
    """One figure; dots where it is still being reckoned."""
    now, was = known.now.get(name), known.before.get(name)
    months = known.months.get(name)
    if was is not None and now is not None and was.within_s != now.within_s:
        was = None  # it looks less far, or farther: its value is another figure's
    cells = (
        _(KPIS[name].label) if now is None else label_said(now),
        "…" if now is None else Tinted(value_said(now), "strong" if now.n else "muted"),
        "" if now is None else str(now.n),
        "" if was is None else value_said(was),
        "" if now is None or was is None else change_said(now, was, sure=False),
        judged(known.changes.get(name)),
        "" if months is None else spark([_value(one) for one in months.values()]),
    )
    return Row(key=name, version=hash(cells), mark=(place,), cells=cells)


def judged(change: Change | None) -> str | Tinted:
    """What a change comes to; nothing where nobody can say."""
    if change is None or change is Change.NOT_JUDGED:
        return ""
    tone = {Change.BETTER: "good", Change.WORSE: "overdue"}.get(change, "muted")
    return Tinted(_(CHANGES[change]), tone)


def _value(figure: Figure) -> float | None:
    return figure.value if figure.n and figure.within_s is None else None


def heading_said(cut: Cut, known: Known, today: date) -> Part:
    """Of which orders and days, and whether it rests on sums."""
    told = [said_period(cut, today), *said_filters(cut)]
    if cut.counted:
        told.append(_("counted from orders"))
    if not known.whole:
        told.append(_("reckoning ..."))
    return "  ".join(told), "strong"


def plot_told(
    name: str | None, known: Known, month: str | None, *, width: int, rows: int
) -> tuple[Parts, ...]:
    """The chosen figure month by month, and the keys; lines so wide, bars so high."""
    keys = tuple(_keys(width))
    if name is None:
        return keys
    return (_headline(name, known, month), *_bars(name, known, month, width, rows), *keys)


def _headline(name: str, known: Known, month: str | None) -> Parts:
    months = known.months.get(name, {})
    figure = known.now.get(name) if month is None else months.get(month)
    label = _(KPIS[name].label) if figure is None else label_said(figure)
    told = [(f" {label} ", "strong")]
    if month is not None:
        told.append((f"{month} ", "key"))
    if figure is None:
        return tuple(told)
    told.append((f"{value_said(figure)}  n = {figure.n}", "strong"))
    was = known.before.get(name)
    alike = was is not None and was.within_s == figure.within_s
    if month is None and was is not None and was.value is not None and alike:
        said = _("  before {value}, n = {n}: {change}").format(
            value=value_said(was), n=was.n, change=change_said(figure, was)
        )
        told.append((said, ""))
    return tuple(told)


def _bars(name: str, known: Known, month: str | None, width: int, rows: int) -> tuple[Parts, ...]:
    months = known.months.get(name)
    if months is None:
        return ((),) * (rows + 2)
    bars = [(of, _value(one), value_said(one)) for of, one in months.items()]
    held = None if month is None or month not in months else list(months).index(month)
    drawn = tuple(plot(bars, cells=width, rows=rows, held=held))
    return ((),) * (rows + 2 - len(drawn)) + drawn


def _keys(width: int) -> tuple[Parts, ...]:
    pieces = [((f" {key} ", "key"), (f"{_(said)} ", "")) for key, said in KEYS.items()]
    return packed(pieces, width)


def definition(name: str, cut: Cut, today: date, figure: Figure | Sure | None) -> Iterator[Parts]:
    """All that is to be said of a figure, for whoever has to defend it."""
    spec = KPIS[name]
    yield ((_(spec.label), "strong"), (f"  {name}", "muted"))
    yield ()
    cohort = _("opened in the period") if cut.cohort == "opened" else _("closed in the period")
    said = said_filters(cut)
    told = {
        _("formula"): _(spec.formula),
        _("orders of"): _("{cohort}, where the formula says nothing else").format(cohort=cohort),
        _("period"): said_period(cut, today),
        _("only"): _(", ").join(said),
        _("measured in"): _(spec.clock) if spec.clock else "",
        _("left out"): _(spec.without) if spec.without else "",
        _("everywhere"): _("cancelled orders and duplicates count nowhere"),
        _("interval of 95 in 100"): _(method_of(spec)) if method_of(spec) else "",
        _("from"): spec.source,
        _("n counts"): _(COUNTED[spec.rows]),
        _("reckoned"): _reckoned(cut),
    }
    for name_, text in told.items():
        if text:
            yield ((f"{name_}: ", "muted"), HANG, (text, ""))
    if figure is not None:
        yield ()
        rows = _n("{value} of n = {n}; Enter lists it", "{value} of n = {n}; Enter lists them",
                  figure.n)  # fmt: skip
        yield ((rows.format(value=value_said(figure), n=figure.n), "strong"),)


def _reckoned(cut: Cut) -> str:
    if cut.counted:
        return _("counted from orders, one by one: no sums are kept of these")
    return _("from sums of days, kept with each closing; what they lack is counted from orders")
