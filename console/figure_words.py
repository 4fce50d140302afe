"""Values of figures as people read them; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from store.domain.kpi.table import KPIS

if TYPE_CHECKING:
    from store.domain.kpi.baseline import Sure
    from store.queries.kpi import Figure


def value_said(figure: Figure | Sure) -> str:
    """A value as people read it: shares in percent, times in days, hours and minutes."""
    value = figure.value
    if value is None:
        return "–"
    if figure.unit == "ratio" and figure.name != "created_closed_ratio":
        return f"{100 * value:.1f} %"
    if figure.unit == "s":
        return span_said(value)
    return f"{value:.0f}" if figure.unit in {"orders", "points", "cases"} else f"{value:.2f}"


def was_said(now: Figure | Sure, was: Figure | Sure) -> str:
    """The value of the same figure before; with how far it looks, where that is another time."""
    if now.within_s == was.within_s or was.value is None:
        return value_said(was)
    far = _(KPIS[was.name].label) if was.within_s is None else span_said(was.within_s)
    return _("{value} ({far})").format(value=value_said(was), far=far)


def label_said(figure: Figure | Sure) -> str:
    """What a figure is called; of a mean up to a horizon with how far it really looks."""
    if figure.within_s is None:
        return _(KPIS[figure.name].label)
    if not figure.within_s:
        return _("resolved, mean: nothing was watched yet")
    return _("resolved within {span} (watched no longer), mean").format(
        span=span_said(figure.within_s)
    )


def span_said(seconds: float) -> str:
    """A stretch of time in days and hours, hours and minutes, minutes or seconds."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return _("{count} s").format(count=round(seconds))
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    if days:
        return _("{days} d {hours} h").format(days=days, hours=hours)
    if hours:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return _("{minutes} min").format(minutes=minutes)
